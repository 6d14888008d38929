"""Runs of text for the page: escaped, isolated, with language and direction, controls as small marks."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from khabar.show.bidi import BACKWARD, FOREIGN
from khabar.show.marks import direction, pieces
from khabar.show.retell import retell
from khabar.show.wording import say

# from a Latin, Greek or Cyrillic letter to the last one that no right-to-left letter separates from it
LATIN = re.compile(
    f"[A-Za-z\u00c0-\u058f\u1e00-\u1fff](?:[^{BACKWARD}]*[A-Za-z0-9\u00c0-\u058f\u1e00-\u1fff])?"
)
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def words(text: str) -> Markup:
    """The text escaped; each control character is a small box with its name."""
    return Markup("").join(
        escape(piece) if control is None else _box(piece, control) for piece, control in pieces(text)
    )


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
