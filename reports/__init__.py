"""Indicators, the report of an edition and of the portal, snapshots, audits, grants."""
