"""Tables across units and years."""
