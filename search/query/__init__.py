"""The query: turns the words and the place typed into a question that engines understand."""
