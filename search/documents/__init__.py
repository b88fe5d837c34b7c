"""What an offer becomes in the index."""
