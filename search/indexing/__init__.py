"""Keeps the index equal to the database."""
