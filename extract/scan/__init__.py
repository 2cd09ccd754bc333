"""Pictures of pages: straightened, cleaned, read by their grid, each word with its confidence."""
