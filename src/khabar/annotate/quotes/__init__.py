"""Who says what: quotations with their speakers. Pure."""

from khabar.annotate.quotes.find import find_quotes

__all__ = ["find_quotes"]
