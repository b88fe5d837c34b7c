"""Pages whose highest fact is an offer without its search results, one subject a file."""
