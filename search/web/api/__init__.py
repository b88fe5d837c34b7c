"""The read API of offers."""
