"""The arithmetic of a score tree."""
