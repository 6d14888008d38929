"""Whether the clause around a date looks back or ahead, by its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from khabar.annotate.date_items import Item

_MOST_CHARS = 60  # a verb further away than this tells of something else
_MOST_ITEMS = 12
_AUXILIARY_CHARS = 16  # "will be opened" looks ahead, though its last word alone would look back
_COMMA_CHARS = 20  # a verb behind a comma may still be the clause's own, but one on this side goes before
_ENDS = re.compile(r'[.!?؟؛;:\n«»"“”]')
_COMMAS = re.compile("[,،]")


def turn_at(text: str, items: Sequence[Item], first: int, following: int) -> str | None:
    """ "ahead" or "behind" for what stands in the items from `first` up to `following`; None if untold."""
    found = [*_marks(text, items, first, following, -1), *_marks(text, items, first, following, 1)]
    if not found:
        return None
    near, side, tense = min(found)
    auxiliary = any(
        one.startswith("future") and of == side and far - near <= _AUXILIARY_CHARS for far, of, one in found
    )
    return "ahead" if tense.startswith("future") or auxiliary else "behind"


def _marks(
    text: str, items: Sequence[Item], first: int, following: int, step: int
) -> Iterator[tuple[int, int, str]]:
    """The marks on one side with their distance; of two as near, what stands behind goes first."""
    edge = items[following - 1].end if step > 0 else items[first].start
    at = following if step > 0 else first - 1
    for place in range(at, at + step * _MOST_ITEMS, step):
        if not 0 <= place < len(items):
            return
        item = items[place]
        between = text[edge : item.start] if step > 0 else text[item.end : edge]
        if len(between) > _MOST_CHARS or _ENDS.search(between):
            return
        tense = item.get("tense")
        if isinstance(tense, str) and (step > 0 or not tense.endswith(":behind")):
            yield len(between) + _COMMA_CHARS * len(_COMMAS.findall(between)), -step, tense
