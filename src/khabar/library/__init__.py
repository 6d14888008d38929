"""Keeps reports, stories and decisions: in one SQLite file, or on a PostgreSQL server."""

from khabar.library.care import restore
from khabar.library.library import Library, open_library

__all__ = ["Library", "open_library", "restore"]
