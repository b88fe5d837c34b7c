"""Helpers named by subject. They know no model and no app."""
