"""What the report's pages and files show."""
