"""Statements to differences. Pure."""
