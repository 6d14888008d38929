"""From a page to its title, its body and what was left out."""

from khabar.extract.pages import extract, extract_reports

__all__ = ["extract", "extract_reports"]
