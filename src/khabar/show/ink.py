"""Runs of text for the page: escaped, isolated, with language and direction, controls as small marks."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from khabar.show.bidi import BACKWARD, FOREIGN
from khabar.show.marks import direction, pieces
from khabar.show.retell import retell
from khabar.show.wording import say

# from a Latin, Greek or Cyrillic letter, with figures that are joined to it ("04_wire.txt"), to the last one
# that no right-to-left letter separates from it
LATIN = re.compile(
    f"(?:[0-9]+[_./-]+)*[A-Za-z\u00c0-\u058f\u1e00-\u1fff](?:[^{BACKWARD}]*[A-Za-z0-9\u00c0-\u058f\u1e00-\u1fff])?"
)
_LONGEST_WORD = 400
_ENDLESS = re.compile(rf"\S{{{_LONGEST_WORD},}}")
# up to the next letter, so that no mark is parted from the letter that bears it
_CUT = re.compile(r".{200}[\W_]*|.+", re.DOTALL)
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def words(text: str) -> Markup:
    """The text escaped; each control character is a small box with its name."""
    return Markup("").join(
        _breakable(piece) if control is None else _box(piece, control) for piece, control in pieces(text)
    )


def _breakable(text: str) -> Markup:
    """The text escaped; in a word without end stand places where a line may break.

    Without them a browser shapes the whole of it anew for each line: a word of 60,000 joined letters took
    Chromium 12 seconds, and with them 0.3.
    """
    if len(text) < _LONGEST_WORD:
        return escape(text)
    at, shown = 0, list[Markup]()
    for word in _ENDLESS.finditer(text):
        shown += [
            escape(text[at : word.start()]),
            Markup("<wbr>").join(map(escape, _CUT.findall(word.group()))),
        ]
        at = word.end()
    return Markup("").join([*shown, escape(text[at:])])


def _box(control: str, name: str) -> Markup:
    box = '<span class="control" title="U+{:04X}">{}</span>'
    return Markup(box).format(ord(control), name)


def attributes(text: str, language: str | None = None) -> Markup:
    """The `lang` and `dir` of a run; a language that is no language tag is left out."""
    known = Markup(' lang="{}"').format(language) if language and LANGUAGE.fullmatch(language) else Markup("")
    return known + Markup(' dir="{}"').format(direction(text))


def ink(text: str | None, language: str | None = None, most: int = 0) -> Markup:
    """The text as an isolated run of its own; with `most`, what is longer is cut and the rest counted."""
    text = text or ""
    shown = _begin(text, most) if most and len(text) > most + 20 else text
    rest = Markup("") if shown == text else _rest(len(text) - len(shown))
    return Markup("<bdi{}>{}{}</bdi>").format(attributes(shown, language), words(shown), rest)


def told(sentence: str | None, most: int = 0) -> Markup:
    """A sentence of ours in the reader's language; words of the other direction in it are isolated.

    What cannot be told in that language is given in English, and marked as English.
    """
    text = sentence or ""
    own = retell(text)
    text = text if own is None else own
    shown = _begin(text, most) if most and len(text) > most + 20 else text
    rest = Markup("") if shown == text else _rest(len(text) - len(shown))
    inner = _isolated(shown, FOREIGN if own is None or say("direction") == "ltr" else LATIN)
    ours = Markup(' lang="en" dir="ltr"') if own is None else Markup(' dir="{}"').format(say("direction"))
    return Markup("<bdi{}>{}{}</bdi>").format(ours, inner, rest)


def _isolated(text: str, foreign: re.Pattern[str]) -> Markup:
    at, runs = 0, []
    for run in foreign.finditer(text):
        runs += [words(text[at : run.start()]), ink(run.group())]
        at = run.end()
    return Markup("").join([*runs, words(text[at:])])


def _begin(text: str, most: int) -> str:
    head, space, _ = text[:most].rpartition(" ")
    return head if space and len(head) > most // 2 else text[:most]


def _rest(count: int) -> Markup:
    return Markup('<span class="rest" title="{}">…</span>').format(say("page.shortened", count=count))
