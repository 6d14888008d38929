"""`khabar init`, `add`, `stories`, `story`, `articles`, `article` and `person`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from khabar.cli.listing import (
    as_json,
    of_library,
    open_lines,
    open_named,
    quoted,
    show_article_line,
    show_events,
    show_name,
    show_story_line,
    tell_json,
    to_plain,
)
from khabar.cli.shared import PathType, open_console, open_progress
from khabar.errors import NotFound

if TYPE_CHECKING:
    from khabar.library.types import Added, KeptArticle

ADD = """\b
Examples:
  khabar add reports/                      files and folders, into ./khabar.db
  khabar add reports/ --library news.db    into another file
  khabar add archive.warc.gz https://news.example/report
  khabar add reports/ --json | jq .dropped

What is in the library already is not added again, so that a command that was cut off
may simply be repeated. Every input is kept, known or dropped with a reason."""


@click.command()
@of_library
def init(library: str | None) -> None:
    """Makes an empty library. (`add` makes one too.)"""
    with open_named(library, create=True) as opened:
        click.echo(f"The library is ready: {opened.store.where}")


@click.command(epilog=ADD)
@click.argument("paths", nargs=-1, required=True, type=click.Path(allow_dash=True))
@of_library
@click.option("--quiet", "-q", is_flag=True, help="No progress; only the totals.")
@click.option("--threads", type=int, metavar="N", help="Texts encoded at once (default: one for each core).")
@click.option("--names", metavar="FILE", help="Your own names: name, kind, aliases, parted by tabs.")
@click.option("--outlets", metavar="FILE", help="Your own outlets: name, kind, country and more, by tabs.")
@click.option("--fields", metavar="MAP", help="Fields of JSON records: text=body,title=headline.")
@click.option("--largest-file-mb", type=int, metavar="MB", help="Drop larger files.")
@as_json
def add(paths: tuple[str, ...], library: str | None, quiet: bool, json_wanted: bool, **flags: Any) -> None:
    """Adds the reports in PATHS (files, folders, archives, feeds, addresses) to the library."""
    with open_named(library, create=True, **flags) as opened, open_progress(quiet) as (progress, _):
        added = opened.add(paths, progress)
    if json_wanted:
        tell_json(added)
    else:
        _tell_added(added)


def _tell_added(added: Added) -> None:
    for item in added.dropped:
        click.echo(f"Dropped: {item.path} ({item.stage}): {item.reason}", err=True)
    parts = f"{added.kept} kept + {added.known} known + {len(added.dropped)} dropped"
    click.echo(f"{added.inputs} inputs = {parts}")
    if added.articles:
        shown = ", ".join(added.stories[:8]) + (", ..." if len(added.stories) > 8 else "")
        click.echo(f"{len(added.articles)} new reports; stories that changed: {shown}")


@click.command()
@click.option("--since", metavar="DAY", help="With a report of this day or later (2020-07-01).")
@click.option("--until", metavar="DAY", help="With a report of this day or earlier.")
@click.option("--language", metavar="CODE", help="With a report in this language.")
@click.option("--least", type=int, default=1, show_default=True, help="With at least so many reports.")
@click.option("--after", metavar="STORY", help="Those that follow this one in the list.")
@click.option("--limit", type=int, default=50, show_default=True, help="How many to list.")
@of_library
@as_json
def stories(library: str | None, json_wanted: bool, **choice: Any) -> None:
    """Lists the stories, the newest first."""
    from khabar.settings import load_settings  # noqa: PLC0415

    with open_named(library) as opened:
        found = opened.stories(**choice)
    if json_wanted:
        tell_json({"stories": found})
        return
    lines = open_lines(load_settings())
    for story in found:
        show_story_line(lines, story)
    if not found:
        click.echo("No story fits.")


@click.command()
@click.argument("story")
@click.option(
    "--history", "past", is_flag=True, help="What happened to it, and why, instead of its statements."
)
@click.option("--html", type=PathType, metavar="FILE", help="Write one self-contained HTML page.")
@of_library
@as_json
def story(story: str, past: bool, html: Path | None, library: str | None, json_wanted: bool) -> None:
    """Shows a story with its statements side by side, as `compare` does."""
    from khabar.settings import load_settings  # noqa: PLC0415
    from khabar.show.files import check_writable, write_file  # noqa: PLC0415
    from khabar.show.json import to_json  # noqa: PLC0415
    from khabar.show.terminal import show_stories  # noqa: PLC0415

    if html is not None:
        check_writable(html)
    settings = load_settings()
    with open_named(library) as opened:
        if past:
            _tell_history(opened.history(story), json_wanted)
            return
        comparison = opened.comparison([story])
    if html is not None:
        from khabar.show.html import to_html  # noqa: PLC0415

        write_file(html, to_html(comparison, settings.theme, settings.interface, settings.calendar))
    if json_wanted:
        tell_json(to_json(comparison))
    elif html is None:
        show_stories(comparison, open_console(settings.colour), settings.bidi)


def _tell_history(events: Any, json_wanted: bool) -> None:
    from khabar.settings import load_settings  # noqa: PLC0415

    if json_wanted:
        tell_json({"history": events})
    else:
        show_events(open_lines(load_settings()), events)


@click.command()
@click.option("--since", metavar="DAY", help="Of this day or later (2020-07-01).")
@click.option("--until", metavar="DAY", help="Of this day or earlier.")
@click.option("--language", metavar="CODE", help="In this language.")
@click.option("--outlet", metavar="WORDS", help="Of an outlet whose name holds these words.")
@click.option("--story", metavar="STORY", help="Of this story.")
@click.option("--after", type=int, metavar="NUMBER", help="Those that follow this one in the list.")
@click.option("--limit", type=int, default=50, show_default=True, help="How many to list.")
@of_library
@as_json
def articles(library: str | None, json_wanted: bool, **choice: Any) -> None:
    """Lists the reports, the latest added first."""
    from khabar.settings import load_settings  # noqa: PLC0415

    with open_named(library) as opened:
        found = opened.articles(**choice)
    if json_wanted:
        tell_json({"articles": found})
        return
    lines = open_lines(load_settings())
    for one in found:
        show_article_line(lines, one)
    if not found:
        click.echo("No report fits.")


@click.command()
@click.argument("article")
@click.option("--text", "text_only", is_flag=True, help="Print its text, unaltered, and nothing else.")
@of_library
@as_json
def article(article: str, text_only: bool, library: str | None, json_wanted: bool) -> None:
    """Shows a report: where it is from, its story, its text. The id may be shortened."""
    with open_named(library) as opened:
        found = opened.article(article)
    if json_wanted:
        _tell_article_json(found)
    elif text_only:
        click.echo(found.article.text, nl=False)
    else:
        _tell_article(found)


def _tell_article_json(found: KeptArticle) -> None:
    from khabar.model.story import Comparison  # noqa: PLC0415
    from khabar.show.json import to_json  # noqa: PLC0415

    shown = to_json(Comparison((found.article,), (), (), (), found.made_by))
    kept = {
        name: to_plain(getattr(found, name)) for name in ("story", "added", "address", "paths", "supersedes")
    }
    tell_json({**kept, "article": shown["articles"][0], "made_by": shown["made_by"]})


def _tell_article(found: KeptArticle) -> None:
    from khabar.settings import load_settings  # noqa: PLC0415

    lines, one = open_lines(load_settings()), found.article
    title = one.title.of(one.text) if one.title else "untitled"
    lines.line(f"{one.id}  {quoted(title)}", "bold")
    published = one.published.value or "date unknown"
    outlet = quoted(one.outlet) or "outlet unknown"
    lines.line(" · ".join((outlet, published, "/".join(one.languages), found.story)), "dim", 4)
    for path in found.paths:
        lines.line(f"from {quoted(path)}", "dim", 4)
    if found.supersedes:
        lines.line(f"a later state of {found.supersedes} at {quoted(found.address)}", "dim", 4)
    for span in one.body:
        lines.line()
        lines.line(" ".join(span.of(one.text).split()))


@click.command()
@click.argument("name")
@click.option(
    "--kind", type=click.Choice(["person", "organisation", "place"]), default="person", show_default=True,
    help="What the name names.",
)  # fmt: skip
@of_library
@as_json
def person(name: str, kind: str, library: str | None, json_wanted: bool) -> None:
    """Shows whom NAME may mean, with every spelling in every script, and their stories."""
    from khabar.model.mentions import NameKind  # noqa: PLC0415
    from khabar.settings import load_settings  # noqa: PLC0415

    with open_named(library) as opened:
        found = opened.people(name, NameKind(kind))
    if json_wanted:
        tell_json({"people": found})
        return
    if not found:
        raise NotFound(f"nobody in the library is called {name!r}.")
    lines = open_lines(load_settings())
    for one in found:
        show_name(lines, one)
