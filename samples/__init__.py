"""Reports written for the project, and the generator that writes more."""
