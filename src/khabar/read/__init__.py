"""From what a user names to pages."""

from khabar.read.fields import FieldMap, parse_fields
from khabar.read.limits import Limits
from khabar.read.sources import read_bytes, read_paths, read_sources

__all__ = ["FieldMap", "Limits", "parse_fields", "read_bytes", "read_paths", "read_sources"]
