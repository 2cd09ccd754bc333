"""PDFs with a text layer: words, ruled tables, columns, what is no text."""
