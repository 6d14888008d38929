"""Sentences for the reader, a table for each interface language."""
