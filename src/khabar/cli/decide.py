"""`khabar merge`, `split`, `confirm`, `reject`, `note`, `undo` and `decisions`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from khabar.cli.listing import (
    as_json,
    of_library,
    open_lines,
    open_named,
    show_decision,
    show_story_line,
    tell_json,
)
from khabar.errors import NotFound

if TYPE_CHECKING:
    from khabar.library import Library
    from khabar.library.types import Decision

F = TypeVar("F", bound=Callable[..., Any])


def _by_person(command: F) -> F:
    command = click.option("--by", default="", metavar="NAME", help="Who decides.")(command)
    return click.option("--note", default="", metavar="TEXT", help="Why.")(command)


def _tell(opened: Library, decision: Decision, json_wanted: bool) -> None:
    """The decision, and the stories that its reports are in now."""
    if json_wanted:
        tell_json(decision)
        return
    from khabar.settings import load_settings  # noqa: PLC0415

    lines = open_lines(load_settings())
    show_decision(lines, decision)
    held = opened.articles([*decision.together, *decision.apart], limit=1000)
    for story in dict.fromkeys(one.story for one in held):
        show_story_line(lines, opened.line(story))


@click.command()
@click.argument("story")
@click.argument("other")
@_by_person
@of_library
@as_json
def merge(story: str, other: str, by: str, note: str, library: str | None, json_wanted: bool) -> None:
    """Makes one story of two. The id of STORY stays; that of OTHER leads to it."""
    with open_named(library) as opened:
        _tell(opened, opened.merge(story, other, by, note), json_wanted)


@click.command()
@click.argument("story")
@click.argument("articles", nargs=-1, required=True)
@_by_person
@of_library
@as_json
def split(
    story: str, articles: tuple[str, ...], by: str, note: str, library: str | None, json_wanted: bool
) -> None:
    """Makes a story of their own of these ARTICLES of STORY."""
    with open_named(library) as opened:
        _tell(opened, opened.split(story, articles, by, note), json_wanted)


@click.command()
@click.argument("story")
@click.argument("articles", nargs=-1)
@_by_person
@of_library
@as_json
def confirm(
    story: str, articles: tuple[str, ...], by: str, note: str, library: str | None, json_wanted: bool
) -> None:
    """Holds STORY together as it is, and ARTICLES with it: nothing that is found later parts them."""
    with open_named(library) as opened:
        _tell(opened, opened.confirm(story, articles, by, note), json_wanted)


@click.command()
@click.argument("story")
@click.argument("article")
@_by_person
@of_library
@as_json
def reject(story: str, article: str, by: str, note: str, library: str | None, json_wanted: bool) -> None:
    """Keeps ARTICLE out of STORY, now and later."""
    with open_named(library) as opened:
        _tell(opened, opened.reject(story, article, by, note), json_wanted)


@click.command()
@click.argument("story")
@click.argument("text")
@click.option("--by", default="", metavar="NAME", help="Who says so.")
@of_library
@as_json
def note(story: str, text: str, by: str, library: str | None, json_wanted: bool) -> None:
    """Keeps a person's words about STORY; they change nothing."""
    with open_named(library) as opened:
        _tell(opened, opened.note(story, text, by), json_wanted)


@click.command()
@click.argument("decision", required=False)
@of_library
@as_json
def undo(decision: str | None, library: str | None, json_wanted: bool) -> None:
    """Takes DECISION back, or the last one. It stays on record as undone."""
    with open_named(library) as opened:
        _tell(opened, opened.undo(decision or _last(opened)), json_wanted)


def _last(opened: Library) -> str:
    standing = [decision for decision in opened.decisions() if decision.undone is None]
    if not standing:
        raise NotFound(f"nothing to undo: no decision stands in {opened.store.where}.")
    return standing[-1].id


@click.command()
@click.argument("story", required=False)
@of_library
@as_json
def decisions(story: str | None, library: str | None, json_wanted: bool) -> None:
    """Lists what people decided, undone decisions too; with STORY only what concerns it."""
    from khabar.settings import load_settings  # noqa: PLC0415

    with open_named(library) as opened:
        found = opened.decisions(story)
    if json_wanted:
        tell_json({"decisions": found})
        return
    lines = open_lines(load_settings())
    for one in found:
        show_decision(lines, one)
    if not found:
        click.echo("No decision yet.")
