"""Files to documents, documents to records."""
