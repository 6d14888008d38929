"""A story's head as it is shown: each line in the reader's language where a report has it so."""

from __future__ import annotations

from collections.abc import Callable

from khabar.model.span import Excerpt
from khabar.model.story import HeadLine, Story
from khabar.show.spoken import Lines
from khabar.show.wording import count, say

_MOST_WORDS = 240


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


def show_head(screen: Lines, story: Story, term: Callable[[str, int], str]) -> None:
    """The lines of the head in the terminal; nothing for a report alone."""
    if len(story.articles) < 2 or not story.head:
        return
    screen.line(say("head"), "bold")
    for line in story.head:
        _, excerpt = told_in(line, say("language"))
        screen.line(term(excerpt.text, _MOST_WORDS), indent=2)
        screen.line(counted(line, story), "dim", indent=4)
    screen.line()
