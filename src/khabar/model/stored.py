"""How a text was stored, where an article reads it in another order than it stands in its file."""

from __future__ import annotations

from dataclasses import dataclass

from khabar.model.span import Span


@dataclass(frozen=True, slots=True)
class Run:
    """`span` of the stored text, read from its end to its start where it was `backwards`."""

    span: Span
    backwards: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """The unaltered text of a page whose lines were stored backwards, and the runs in reading order.

    The runs share out all of `text`: one after the other they are the text that is read, character by
    character; only brackets face the other way where they stand in a run that is backwards.
    """

    text: str
    runs: tuple[Run, ...]
