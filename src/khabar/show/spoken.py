"""Who said what, for the terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from khabar.model.story import Saying, Story
from khabar.show.grid import spans
from khabar.show.marks import one_line
from khabar.show.sayings import Spoken, by_speaker, once_each, reports_of
from khabar.show.table import Catalogue
from khabar.show.wording import count, say

_MOST_SPEAKERS, _MOST_SAYINGS = 12, 12
_MOST_WORDS = 90
_QUIET, _CONFLICT = "dim", "bold red"


class Lines(Protocol):
    """What shows a paragraph of ours."""

    @property
    def known(self) -> Catalogue:
        """The articles and names."""
        ...

    def line(self, text: str = "", style: str = "", indent: int = 0) -> None:
        """Shows it, wrapped."""
        ...


def show_sayings(screen: Lines, story: Story, term: Callable[[str, int], str]) -> None:
    """The sayings that several reports tell, by speaker; those of one report are counted."""
    spoken = by_speaker(story)
    if not spoken:
        return
    screen.line()
    screen.line(say("sayings"), "bold")
    for one in spoken[:_MOST_SPEAKERS]:
        _speaker(screen, one, term)
    if len(spoken) > _MOST_SPEAKERS:
        screen.line(say("more", count=len(spoken) - _MOST_SPEAKERS), _QUIET, indent=2)


def _speaker(screen: Lines, one: Spoken, term: Callable[[str, int], str]) -> None:
    names = screen.known.names
    name = term(names.get(one.speaker, one.speaker), _MOST_WORDS) if one.speaker else say("sayings.unnamed")
    head = f"{name} · {count('sayings', one.sayings)}"
    if one.single:
        head += f", {len(one.single)} {say('sayings.once')}"
    screen.line(head, indent=2)
    for saying in one.several[:_MOST_SAYINGS]:
        _saying(screen, saying, term)
    if len(one.several) > _MOST_SAYINGS:
        screen.line(say("more", count=len(one.several) - _MOST_SAYINGS), _QUIET, indent=4)


def _saying(screen: Lines, saying: Saying, term: Callable[[str, int], str]) -> None:
    telling, _ = once_each(saying)[0]
    numbers = spans([screen.known.numbers[article] for article in reports_of(saying)])
    screen.line(f"{numbers} {term(telling.excerpt.text, _MOST_WORDS)}", indent=4)
    if saying.conflict:
        screen.line(f"⚠ {one_line(saying.conflict)}", _CONFLICT, indent=8)
    if saying.forms:
        screen.line(one_line(saying.forms), _QUIET, indent=8)
