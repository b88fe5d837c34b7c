"""What candidates and recruiters type, one subject a file."""
