"""Keeps reports, stories and decisions: in one SQLite file, or on a PostgreSQL server."""
