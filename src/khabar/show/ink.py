"""Runs of text for the page: escaped, isolated, with language and direction, controls as small marks."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from khabar.show.bidi import FOREIGN
from khabar.show.marks import direction, pieces
from khabar.show.wording import say

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
    """A sentence of ours in the page's own direction; words of the other direction in it are isolated."""
    text = sentence or ""
    shown = _begin(text, most) if most and len(text) > most + 20 else text
    rest = Markup("") if shown == text else _rest(len(text) - len(shown))
    at, runs = 0, []
    for run in FOREIGN.finditer(shown):
        runs += [words(shown[at : run.start()]), ink(run.group())]
        at = run.end()
    inner = Markup("").join([*runs, words(shown[at:])])
    return Markup('<bdi dir="{}">{}{}</bdi>').format(say("direction"), inner, rest)


def _begin(text: str, most: int) -> str:
    head, space, _ = text[:most].rpartition(" ")
    return head if space and len(head) > most // 2 else text[:most]


def _rest(count: int) -> Markup:
    return Markup('<span class="rest" title="{}">…</span>').format(say("page.shortened", count=count))
