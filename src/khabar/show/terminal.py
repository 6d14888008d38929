"""A comparison for the terminal: stories, reports, look-alikes, the statement table, differences, totals."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from khabar.model.article import Article
from khabar.model.mentions import DateStatus
from khabar.model.span import Excerpt
from khabar.model.story import Comparison, Difference, Origin, Relation, Story, Weight
from khabar.show.bidi import kept_together, orders_itself
from khabar.show.grid import Grid, Setter, spans
from khabar.show.headlines import show_head
from khabar.show.marks import one_line
from khabar.show.spoken import show_sayings
from khabar.show.table import MARKS, Catalogue, State, catalogue, is_folded, page_notes, rows
from khabar.show.wording import count, day, say

BODY, QUIET, HEAD = "", "dim", "bold cyan"
WARN = "bold red"
MOST_NAMES = 6
MOST_WORDS, MOST_TITLE = 60, 200
MOST_RELATIONS = 60


@dataclass(frozen=True, slots=True)
class Screen:
    """Where lines go, how wide they are and how right-to-left words are set."""

    console: Console
    setter: Setter
    known: Catalogue

    def line(self, text: str = "", style: str = BODY, indent: int = 0) -> None:
        """Shows a paragraph of ours, wrapped; what comes from elsewhere in it went through `term`."""
        for part in self.setter.ours(text, max(20, self.console.width - indent)):
            self.raw(" " * indent + part.shown, style)

    def raw(self, text: str | Text, style: str = BODY) -> None:
        """Shows one line that is already laid out."""
        shown = Text(text, style=style) if isinstance(text, str) else text
        self.console.print(shown, soft_wrap=True, highlight=False, markup=False)

    def report(self, article: str) -> str:
        """The number and the outlet by which a report is called."""
        outlet = self.known.articles[article].outlet or say("outlet.unknown")
        return f"{self.known.numbers[article]} {term(outlet)}"


def term(text: str, most: int = 0) -> str:
    """Words from elsewhere, safe to show within a line of ours: one line, no controls, kept together."""
    words = one_line(text[: most * 4] if most else text)
    if most and len(words) > most:
        words = words[: most - 1].rstrip() + "…"
    return kept_together(words)


def show_terminal(comparison: Comparison, console: Console, bidi: str = "auto") -> None:
    """Writes the whole comparison to the console."""
    logical = bidi == "logical" or (bidi == "auto" and orders_itself(os.environ, console.is_terminal))
    screen = Screen(console, Setter(logical), catalogue(comparison))
    shared = [story for story in comparison.stories if len(story.articles) > 1]
    for number, story in enumerate(shared, 1):
        _story(screen, story, number)
    _alone(screen, [story for story in comparison.stories if len(story.articles) == 1], bool(shared))
    _end(screen, comparison, shared)


def show_stories(comparison: Comparison, console: Console, bidi: str = "auto") -> None:
    """Writes the stories of the comparison to the console, without totals: for a part of a library."""
    logical = bidi == "logical" or (bidi == "auto" and orders_itself(os.environ, console.is_terminal))
    screen = Screen(console, Setter(logical), catalogue(comparison))
    for number, story in enumerate(comparison.stories, 1):
        _story(screen, story, number)


def _story(screen: Screen, story: Story, number: int) -> None:
    screen.raw(Text("─" * screen.console.width, style=QUIET))
    screen.line(f"{say('story', number=number)}: {term(story.title or say('untitled'), MOST_TITLE)}", HEAD)
    screen.line(_summary(screen, story), QUIET)
    screen.line(_facts(screen, story))
    screen.line()
    show_head(screen, story, term)
    _reports(screen, story.articles)
    _lookalikes(screen, story)
    _table(screen, story)
    _differences(screen, story)
    show_sayings(screen, story, term)
    _origins(screen, story)
    screen.line()


def _summary(screen: Screen, story: Story) -> str:
    articles = [screen.known.articles[article] for article in story.articles]
    languages = {language for article in articles for language in article.languages}
    parts = [count("reports", len(articles)), count("languages", len(languages))]
    if story.origins:
        parts.append(count("origins", len(story.origins)))
    return " · ".join(parts)


def _facts(screen: Screen, story: Story) -> str:
    names = screen.known.names
    who = [term(names.get(entity, entity), MOST_WORDS) for entity in story.who]
    more = [say("more", count=len(who) - MOST_NAMES)] if len(who) > MOST_NAMES else []
    where = term(names.get(story.where, story.where), MOST_WORDS) if story.where else say("unknown")
    facts = {
        "who": ", ".join(who[:MOST_NAMES] + more) or say("unknown"),
        "where": where,
        "when": day(story.when),
    }
    return " · ".join(f"{say(key)}: {value}" for key, value in facts.items())


def _reports(screen: Screen, articles: Sequence[str]) -> None:
    """One entry per report; copies that would read the same share one."""
    entries: dict[tuple[str, ...], list[int]] = {}
    for article in articles:
        entries.setdefault(_entry(screen.known.articles[article]), []).append(screen.known.numbers[article])
    for (head, *notes), numbers in entries.items():
        screen.line(f"{spans(numbers)}  {head}")
        for note in notes:
            screen.line(note, QUIET, indent=5)


def _entry(article: Article) -> tuple[str, ...]:
    languages = one_line("/".join(article.languages)) or say("unknown")
    outlet = term(article.outlet or say("outlet.unknown"), MOST_WORDS)
    published, notes = article.published, list[str]()
    if published.status not in {DateStatus.PRINTED, DateStatus.UNKNOWN} and published.note:
        notes.append(one_line(published.note))
    if any(block.translates for block in article.blocks):
        notes.append(say("two_blocks"))
    notes += [one_line(note) for note in page_notes(article)]
    return f"{outlet} · {languages} · {_date(article)}", *notes


def _date(article: Article) -> str:
    published = article.published
    status = say(f"date.{published.status}")
    if published.value is None:
        return status
    printed = "" if published.text is None else f" ({term(published.text, MOST_WORDS)})"
    sign = "⚠ " if published.status is DateStatus.CONFLICT else ""
    return f"{day(published.value)}{printed} · {sign}{status}"


def _lookalikes(screen: Screen, story: Story) -> None:
    for lookalike in story.lookalikes:
        screen.line()
        who = f"{say('report', number='')}{screen.report(lookalike.article)}"
        screen.line(f"{say('kept_apart')}: {who}", "bold")
        for reason in lookalike.reasons:
            screen.line(one_line(reason.sentence), indent=5)


def _table(screen: Screen, story: Story) -> None:
    screen.line()
    table = rows(story, screen.known)
    if not table:
        screen.line(say("statements.none"), QUIET)
        return
    grid = Grid(screen.console.width, screen.setter, screen.known)
    for line in grid.lines(story, table):
        screen.raw(line)
    screen.line(_legend(table_states=[cell.state for row in table for cell in row.cells]), QUIET)


def _legend(table_states: Iterable[State]) -> str:
    used = set(table_states)
    return " · ".join(f"{MARKS[state]} {say(f'legend.{state}')}" for state in State if state in used)


def _differences(screen: Screen, story: Story) -> None:
    screen.line()
    screen.line(say("differences"), "bold")
    if not story.differences:
        screen.line(say("differences.none"), QUIET, indent=2)
    numbers = {statement.id: number for number, statement in enumerate(story.statements, 1)}
    told = [one for one in story.differences if not is_folded(one)]
    for difference in told:
        _difference(screen, difference, numbers)
    if folded := len(story.differences) - len(told):
        screen.line(count("differences.wording", folded), QUIET, indent=2)


def _difference(screen: Screen, difference: Difference, numbers: dict[str, int]) -> None:
    place = numbers.get(difference.statement or "")
    where = say("in_page") if place is None else f"{say('statement')} {place}"
    kind, weight = say(f"kind.{difference.kind}"), say(f"weight.{difference.weight}")
    screen.line(
        f"{where} · {kind} · {weight}", "" if difference.weight is Weight.MEANING else QUIET, indent=2
    )
    for side, sign in ((difference.a, " "), (difference.b, "≠")):
        screen.line(f"{sign} {_side(screen, side)}", indent=4)
    screen.line(one_line(difference.reason), QUIET, indent=6)


def _side(screen: Screen, side: Excerpt | None) -> str:
    if side is None:
        return say("left_out")
    return f"{screen.report(side.article)}: {term(side.text, MOST_WORDS)}"


def _origins(screen: Screen, story: Story) -> None:
    if not story.relations:
        return
    screen.line()
    screen.line(say("sources"), "bold")
    for relation in story.relations[:MOST_RELATIONS]:
        screen.line(_relation(screen, relation), indent=2)
    if len(story.relations) > MOST_RELATIONS:
        screen.line(say("more", count=len(story.relations) - MOST_RELATIONS), QUIET, indent=2)
    for origin in story.origins:
        if len(origin.articles) > 1:
            screen.line(_origin(screen, origin), QUIET, indent=2)


def _origin(screen: Screen, origin: Origin) -> str:
    numbers = spans([screen.known.numbers[article] for article in origin.articles])
    return f"{say('origin')} {numbers}: {one_line(origin.reason)}"


def _relation(screen: Screen, relation: Relation) -> str:
    taker, origin = screen.report(relation.taker), screen.report(relation.origin)
    held = f" ({say(f'held.{relation.held}')})" if relation.held else ""
    return (
        f"{say(f'relation.{relation.kind}', taker=taker, origin=origin)}{held}: {one_line(relation.reason)}"
    )


def _alone(screen: Screen, stories: list[Story], others: bool) -> None:
    if not stories:
        return
    screen.line(say("alone"), "bold")
    for story in stories:
        _reports(screen, story.articles)
        screen.line(term(story.title or say("untitled"), MOST_TITLE), indent=5)
        if not others:
            _lookalikes(screen, story)
    if len(stories) == 1 and not others:
        screen.line(say("alone.only"), "yellow")


def _end(screen: Screen, comparison: Comparison, shared: list[Story]) -> None:
    compared, lost = len(comparison.articles), len(comparison.dropped)
    if not compared:
        screen.line(say("stories.none"), WARN)
    screen.line()
    for item in comparison.dropped:
        screen.line(
            f"{say('dropped')}: {term(item.path)} ({one_line(item.stage)}): {one_line(item.reason)}", "yellow"
        )
    screen.line(_total(compared, lost), QUIET)
    if shared:
        together = sum(len(story.articles) for story in shared)
        stories, alone = count("stories", len(shared)), compared - together
        words = say("totals.stories", compared=compared, shared=together, stories=stories, alone=alone)
        screen.line(words, QUIET)


def _total(compared: int, lost: int) -> str:
    inputs = count("inputs", compared + lost)
    return say("totals", inputs=inputs, compared=compared, dropped=lost)
