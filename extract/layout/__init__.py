"""What the readers share about text on a page: lines to paragraphs, running heads, gutters, old encodings."""
