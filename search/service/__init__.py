"""The searches that pages, feeds and alerts ask for."""
