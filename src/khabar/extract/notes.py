"""What is peculiar about the text of a page, for the reader."""

from __future__ import annotations

from khabar.lang.loader import Languages
from khabar.lang.visual import has_presentation_forms, is_visual

SHAPES = (
    "The text is written in shapes of Arabic letters (presentation forms). They are compared as the letters "
    "that they show; the text itself is unaltered."
)
BACKWARDS = (
    "The right-to-left lines of this text are stored backwards, as some old files and bad PDF text are. "
    "It stands here as it was found; names, dates and statements in it may be missed."
)


def notes_on(text: str, languages: Languages) -> tuple[str, ...]:
    """The notes on a text; none on an ordinary one."""
    found = [SHAPES] if has_presentation_forms(text) else []
    return (*found, BACKWARDS) if is_visual(text, languages) else tuple(found)
