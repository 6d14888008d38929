"""What is peculiar about the text of a page, for the reader."""

from __future__ import annotations

from khabar.lang.visual import has_presentation_forms
from khabar.model.stored import Stored

SHAPES = (
    "The text is written in shapes of Arabic letters (presentation forms). They are compared as the letters "
    "that they show; the text itself is unaltered."
)
BACKWARDS = (
    "The right-to-left lines of this page are stored backwards, as some old files and bad PDF text are. "
    "Here they are turned round to be read; the stored text is kept beside, unaltered."
)


def notes_on(text: str, stored: Stored | None = None) -> tuple[str, ...]:
    """The notes on a text; none on an ordinary one."""
    found = [SHAPES] if has_presentation_forms(text) else []
    return (*found, BACKWARDS) if stored else tuple(found)
