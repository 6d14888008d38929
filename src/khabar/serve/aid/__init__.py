"""A translation aid for readers who do not know a language: off until it is set, a help and never evidence.

What it gives is shown beside the original and marked as a machine's; it is compared with nothing and stored
with no report.
"""

from khabar.serve.aid.open import open_aid
from khabar.serve.aid.types import Aid, AidError, Line, Translator

__all__ = ["Aid", "AidError", "Line", "Translator", "open_aid"]
