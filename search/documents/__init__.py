"""Documents: which offers are indexed, and what an offer becomes in the index."""
