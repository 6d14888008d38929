"""Sentences of one story to statements. Pure."""
