"""Tables to results: which column is what, rows, annexes, rankings."""
