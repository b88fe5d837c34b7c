"""The searches that a page may ask for."""
