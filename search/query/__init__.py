"""From the words typed to a question."""
