"""Keeping the index true."""
