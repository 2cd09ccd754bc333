"""The commands, the settings and the pipeline."""
