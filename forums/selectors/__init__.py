"""Reads that join several models, one subject a file."""
