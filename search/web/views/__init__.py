"""Pages that need the search engine, one subject a file."""
