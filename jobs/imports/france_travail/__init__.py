"""Rows in the structure of France Travail's API "Offres d'emploi v2"."""

from jobs.imports.france_travail.rows import identify, parse

__all__ = ["identify", "parse"]
