"""The engine for more than one machine: Elasticsearch 8."""

from search.engines.elastic.connection import connect
from search.engines.elastic.engine import ElasticEngine

__all__ = ["ElasticEngine", "connect"]
