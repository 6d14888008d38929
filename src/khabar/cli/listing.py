"""What the commands of a library share: its option, its lines on the terminal, its values as JSON."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from khabar.cli.shared import open_console

if TYPE_CHECKING:
    from rich.console import Console

    from khabar.library import Library
    from khabar.library.types import ArticleLine, Decision, Event, KnownName, StoryLine
    from khabar.settings import Settings
    from khabar.show.grid import Setter

F = TypeVar("F", bound=Callable[..., Any])
_LONGEST = 160


def of_library(command: F) -> F:
    """The command with the option that names the library."""
    text = "A file or postgresql:// string (default: KHABAR_LIBRARY, else khabar.db)."
    return click.option("--library", metavar="WHERE", help=text)(command)


def as_json(command: F) -> F:
    """The command with the option for programs."""
    return click.option("--json", "json_wanted", is_flag=True, help="For programs.")(command)


def open_named(library: str | None, create: bool = False, **flags: Any) -> Library:
    """The library that the flag or the settings name."""
    from khabar.library import open_library  # noqa: PLC0415
    from khabar.settings import load_settings  # noqa: PLC0415

    return open_library(load_settings({"library": library, **flags}), create)


def tell_json(value: object) -> None:
    """Prints a value, dataclasses as objects."""
    from khabar.show.files import json_text  # noqa: PLC0415

    click.echo(json_text(to_plain(value)), nl=False)


def to_plain(value: object) -> object:
    """The value as JSON takes it."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [to_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: to_plain(one) for key, one in value.items()}
    return value


@dataclasses.dataclass(frozen=True, slots=True)
class Lines:
    """Lines on the terminal, with right-to-left words set as the settings ask."""

    console: Console
    setter: Setter

    def line(self, text: str = "", style: str = "", indent: int = 0) -> None:
        """One paragraph; words from elsewhere in it went through `quoted`."""
        for part in self.setter.ours(text, max(20, self.console.width - indent)):
            self.console.print(
                " " * indent + part.shown, style=style, soft_wrap=True, highlight=False, markup=False
            )


def open_lines(settings: Settings) -> Lines:
    """The terminal as the settings describe it."""
    import os  # noqa: PLC0415

    from khabar.show.bidi import orders_itself  # noqa: PLC0415
    from khabar.show.grid import Setter  # noqa: PLC0415

    console = open_console(settings.colour)
    auto = settings.bidi == "auto" and orders_itself(os.environ, console.is_terminal)
    return Lines(console, Setter(settings.bidi == "logical" or auto))


def quoted(text: str | None) -> str:
    """Words from elsewhere, safe to show."""
    from khabar.show.terminal import term  # noqa: PLC0415

    return term(text or "", _LONGEST)


def show_story_line(lines: Lines, story: StoryLine) -> None:
    """A story in two lines."""
    lines.line(f"{story.id}  {quoted(story.title)}", "bold")
    reports = "1 report" if story.reports == 1 else f"{story.reports} reports"
    facts = [story.when or "day unknown", reports, "/".join(story.languages)]
    facts += [quoted(story.where)] if story.where else []
    facts += [", ".join(map(quoted, story.who))] if story.who else []
    lines.line(" · ".join(facts), "dim", 4)


def show_article_line(lines: Lines, article: ArticleLine) -> None:
    """An article in two lines."""
    lines.line(f"{article.id}  {quoted(article.title)}", "bold")
    published = article.published or "date unknown"
    outlet = quoted(article.outlet) or "outlet unknown"
    lines.line(" · ".join((outlet, published, "/".join(article.languages), article.story)), "dim", 4)


def show_name(lines: Lines, name: KnownName) -> None:
    """A person with every spelling."""
    read = f" ({name.entity.romanised})" if name.entity.romanised else ""
    lines.line(f"{name.entity.id}  {quoted(name.entity.name)}{read}", "bold")
    reports = "1 report" if name.articles == 1 else f"{name.articles} reports"
    lines.line(f"{reports} · {', '.join(name.stories)}", "dim", 4)
    for form in name.forms:
        lines.line(f"{quoted(form.text)} · {form.language} · {form.mentions}", "", 4)


def show_decision(lines: Lines, decision: Decision) -> None:
    """A decision in one line, its note in a second."""
    undone = f" · undone {decision.undone}" if decision.undone else ""
    by = f" · by {quoted(decision.by)}" if decision.by else ""
    lines.line(f"{decision.id}  {decision.kind} · {decision.story} · {decision.at}{by}{undone}")
    if decision.apart:
        lines.line(f"apart: {', '.join(decision.apart)}", "dim", 4)
    if decision.note:
        lines.line(quoted(decision.note), "dim", 4)


def show_events(lines: Lines, events: Iterable[Event]) -> None:
    """The history of a story."""
    for event in events:
        parts = [event.at[:16].replace("T", " "), event.event, event.article or "", event.other or ""]
        parts += [f"by decision {event.decision}"] if event.decision else []
        lines.line(" · ".join(filter(None, parts)), "", 2)
        if event.why:
            from khabar.show.marks import one_line  # noqa: PLC0415

            lines.line(one_line(event.why), "dim", 6)
