"""A story's head as it is shown: each line in the reader's language where a report has it so."""

from __future__ import annotations

from collections.abc import Callable

from khabar.model.span import Excerpt
from khabar.model.story import Difference, DifferenceKind, HeadLine, Story
from khabar.show.opening import opened
from khabar.show.spoken import Lines
from khabar.show.wording import count, say

_MOST_WORDS = 240
_MOST_SIDE, _MOST_DISPUTES = 60, 3


def told_in(line: HeadLine, language: str) -> tuple[str, Excerpt]:
    """The telling in this language with its language, else the statement's own."""
    for own, excerpt in line.tellings:
        if own == language:
            return own, excerpt
    return line.tellings[0]


def counted(line: HeadLine, story: Story) -> str:
    """By how many it is made, and in which respects it is told differently."""
    made_by = (count("origins", line.origins), count("reports", line.reports))
    parts = [say("head.origins", origins=made_by[0], reports=made_by[1])]
    kinds = dict.fromkeys(story.differences[number].kind for number in line.disputed)
    if kinds:
        parts.append(say("head.disputed", kinds=say("comma").join(say(f"kind.{kind}") for kind in kinds)))
    return " · ".join(parts)


def disputes(line: HeadLine, story: Story) -> list[Difference]:
    """What is told differently of it, with both sides: one of each kind, the first few."""
    found: dict[DifferenceKind, Difference] = {}
    for number in line.disputed:
        found.setdefault(story.differences[number].kind, story.differences[number])
    return list(found.values())[:_MOST_DISPUTES]


def show_head(screen: Lines, story: Story, term: Callable[[str, int], str]) -> None:
    """The lines of the head in the terminal; nothing for a report alone."""
    if len(story.articles) < 2 or not story.head:
        return
    screen.line(say("head"), "bold")
    for line in story.head:
        _, excerpt = told_in(line, say("language"))
        words = opened(excerpt, screen.known.articles[excerpt.article])
        screen.line(term(words, _MOST_WORDS), indent=2)
        screen.line(counted(line, story), "dim", indent=4)
        for one in disputes(line, story):
            sides = " ≠ ".join(
                f"{screen.known.numbers[side.article]} {term(side.text, _MOST_SIDE)}"
                for side in (one.a, one.b)
                if side is not None
            )
            screen.line(f"{say(f'kind.{one.kind}')}: {sides}", "yellow", indent=4)
    screen.line()
