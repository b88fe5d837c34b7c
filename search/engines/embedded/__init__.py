"""The embedded engine: a tantivy index under the data folder, written by one process, read by all."""

from search.engines.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
