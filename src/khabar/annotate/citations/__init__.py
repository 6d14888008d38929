"""Whom a report credits: outlets and agencies cited in its text, datelines, tags and source lines. Pure."""

from khabar.annotate.citations.find import find_citations

__all__ = ["find_citations"]
