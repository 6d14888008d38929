"""Names in scripts that put no space between words.

There the tagger sees a whole run of characters as one word, so that it may call a clause a name. Only what
bounds itself is kept; of the rest it stays unknown where a name begins and ends.
"""

from __future__ import annotations

import re

from khabar.model.mentions import NameKind
from khabar.model.span import Span

_KANA = "\u30a1-\u30fa\u30fc-\u30fe"
_HAN = "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LETTERS = f"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u3096{_KANA}{_HAN}"
_UNSPACED = re.compile(f"[{_LETTERS}]")
_DOT = "[·・‧•]"
# Parts joined by dots are how foreign persons are written. Syllable signs end where other letters begin; of
# Chinese characters no more than a given name or surname takes, between marks.
_JOINED = re.compile(
    rf"(?<![{_KANA}])[{_KANA}]{{2,10}}(?:{_DOT}[{_KANA}]{{2,10}})+(?![{_KANA}])"
    rf"|(?<![\w·])[{_HAN}]{{1,6}}(?:{_DOT}[{_HAN}]{{1,6}})+(?![\w·])"
)


def bounded(text: str, span: Span, kind: NameKind) -> Span | None:
    """The part of a tagged name whose ends the writing shows; all of it in scripts that part words."""
    if not _UNSPACED.search(text, span.start, span.end):
        return span
    if kind is not NameKind.PERSON:
        return None
    joined = _JOINED.search(text, span.start)
    return Span(*joined.span()) if joined and joined.start() < span.end else None
