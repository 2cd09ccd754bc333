"""HTML and saved web pages."""
