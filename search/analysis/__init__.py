"""The one French analysis: what is indexed, what is asked and what is highlighted go through `analyzer.py`."""
