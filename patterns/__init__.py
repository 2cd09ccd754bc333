"""What an expert of the subject would correct, as TOML with examples and counter-examples."""
