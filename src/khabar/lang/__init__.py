"""Language packs: facts as data, and what finds them in text."""

from khabar.lang.loader import Languages, load_languages
from khabar.lang.schema import Pack, Row

__all__ = ["Languages", "Pack", "Row", "load_languages"]
