"""From files to pages."""

from khabar.read.paths import read_paths

__all__ = ["read_paths"]
