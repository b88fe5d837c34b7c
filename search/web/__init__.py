"""The public pages, the read API and the feed."""
