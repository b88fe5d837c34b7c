"""Writes, one subject a file."""
