"""Copies, translations and citations to origins. Pure."""
