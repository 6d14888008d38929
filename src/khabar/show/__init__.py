"""Findings to terminal, HTML and JSON. Values in, text out."""
