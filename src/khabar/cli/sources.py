"""`khabar follow`, `unfollow`, `sources`, `fetch` and `watch`."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from khabar.cli.listing import Lines, as_json, of_library, open_lines, open_named, quoted, tell_json
from khabar.cli.shared import open_progress, tell
from khabar.errors import ReadError

if TYPE_CHECKING:
    from khabar.library import Library
    from khabar.library.following import Brought
    from khabar.library.sources import Source
    from khabar.progress import Progress
    from khabar.read.web.sitemaps import Followed
    from khabar.settings import Settings

FOLLOW = """\b
Examples:
  khabar follow https://news.example/rss.xml     a feed: RSS, Atom, JSON Feed, news sitemap
  khabar follow https://news.example/            the first feed that this page names
  khabar follow feeds.opml                       all feeds in a list
  khabar fetch                                   asks those that are due, adds what is new
  khabar watch                                   goes on asking, until Ctrl+C"""
LONGEST_SLEEP_S = 60.0  # so that sources which another process follows meanwhile are seen


@click.command(epilog=FOLLOW)
@click.argument("what", nargs=-1, required=True, metavar="ADDRESS|FILE.opml...")
@click.option("--unseen", is_flag=True, help="Follow it as named, without looking what is there.")
@of_library
@as_json
def follow(what: tuple[str, ...], unseen: bool, library: str | None, json_wanted: bool) -> None:
    """Follows feeds: `khabar fetch` adds what is new in them."""
    from khabar.library import sources as table  # noqa: PLC0415

    with open_named(library, create=True) as opened:
        named = [one for each in what for one in _named(each, unseen, opened.settings)]
        done = [table.follow(opened.store, one.address, one.title) for one in named]
    if json_wanted:
        tell_json({"sources": [source for source, _ in done]})
        return
    lines = open_lines(opened.settings)
    for source, is_new in done:
        word = "followed" if is_new else "followed already"
        lines.line(f"{source.id}  {quoted(source.title or source.address)} · {word}")


def _named(what: str, unseen: bool, settings: Settings) -> list[Followed]:
    from khabar.read.web.addresses import is_address  # noqa: PLC0415
    from khabar.read.web.sitemaps import Followed  # noqa: PLC0415

    if not is_address(what):
        return _listed(Path(what))
    return [Followed(what)] if unseen else [_found(what, settings)]


def _listed(path: Path) -> list[Followed]:
    from khabar.read.faults import Unreadable  # noqa: PLC0415
    from khabar.read.web.sitemaps import parse_opml  # noqa: PLC0415

    try:
        found = parse_opml(path.read_bytes())
    except OSError as error:
        reason = f"{path} cannot be read ({error.strerror}). Name an address (https://...) or an OPML file."
        raise ReadError(reason) from error
    except Unreadable as error:
        raise ReadError(f"{path} is no OPML list: {error.reason}") from error
    if not found:
        raise ReadError(f"{path} names no feed.")
    return list(found)


def _found(address: str, settings: Settings) -> Followed:
    """The feed there, or the first one that the page there names; others are told."""
    from khabar.read.faults import Unreadable  # noqa: PLC0415
    from khabar.read.web.finding import find_feeds  # noqa: PLC0415
    from khabar.read.web.policy import make_policy  # noqa: PLC0415

    try:
        first, *others = find_feeds(address, make_policy(settings))
    except Unreadable as error:
        raise ReadError(f"{address}: {error.reason}. To follow it as it is, add --unseen.") from error
    if others:
        tell(f"This page names further feeds: {', '.join(quoted(one.address) for one in others[:8])}")
    return first


@click.command()
@click.argument("source", metavar="ADDRESS|ID")
@of_library
@as_json
def unfollow(source: str, library: str | None, json_wanted: bool) -> None:
    """Asks SOURCE no more. What it brought stays."""
    from khabar.library import sources as table  # noqa: PLC0415

    with open_named(library) as opened:
        left = table.unfollow(opened.store, source)
    if json_wanted:
        tell_json(left)
    else:
        open_lines(opened.settings).line(f"{left.id}  {quoted(left.title or left.address)} · not followed")


@click.command()
@click.option("--all", "left", is_flag=True, help="Also those that are no longer followed.")
@of_library
@as_json
def sources(left: bool, library: str | None, json_wanted: bool) -> None:
    """Lists what is followed, and how well that goes."""
    from khabar.library.sources import list_sources  # noqa: PLC0415

    with open_named(library) as opened:
        found = list_sources(opened.store, left)
    if json_wanted:
        tell_json({"sources": found})
        return
    lines = open_lines(opened.settings)
    for one in found:
        _show_source(lines, one)
    if not found:
        click.echo("Nothing is followed. khabar follow ADDRESS begins.")


def _show_source(lines: Lines, source: Source) -> None:
    lines.line(f"{source.id}  {quoted(source.title or source.address)}", "bold")
    if source.title:
        lines.line(quoted(source.address), "dim", 4)
    facts = ["not followed"] if source.state != "active" else []
    facts += [_count(source.reports), f"last news {_short(source.last_new)}"]
    facts += [f"asked {_short(source.last_asked)}", f"again {_short(source.next_due)}"]
    lines.line(" · ".join(facts), "dim", 4)
    if source.failures:
        times = "once" if source.failures == 1 else f"{source.failures} times"
        lines.line(f"failed {times}: {quoted(source.note)}", "", 4)


def _count(reports: int) -> str:
    return "1 report" if reports == 1 else f"{reports} reports"


def _short(moment: str | None) -> str:
    return moment[:16].replace("T", " ") if moment else "never"


@click.command()
@click.option("--all", "everything", is_flag=True, help="Also those whose time has not come.")
@click.option("--quiet", "-q", is_flag=True, help="No progress; only the totals.")
@of_library
@as_json
def fetch(everything: bool, quiet: bool, library: str | None, json_wanted: bool) -> None:
    """Asks the followed sources that are due, and adds what is new in them."""
    with open_named(library) as opened, open_progress(quiet) as (progress, _), _stopping() as stop:
        brought = _round(opened, progress, everything, stop)
    if json_wanted:
        tell_json({"sources": brought})
    else:
        _tell_brought(brought, opened.settings)
        if not brought:
            tell("None is due yet: khabar sources says when, khabar fetch --all asks them now.")


@click.command()
@click.option("--quiet", "-q", is_flag=True, help="Tell only what went wrong.")
@of_library
def watch(quiet: bool, library: str | None) -> None:
    """Goes on asking the followed sources as they become due, until Ctrl+C."""
    from khabar.library.sources import next_due_s  # noqa: PLC0415

    with open_named(library) as opened, _stopping() as stop:
        tell("Watching; Ctrl+C ends it.")
        while not stop.is_set():
            wait_s = next_due_s(opened.store)
            if wait_s is not None and wait_s <= 0:
                _watch_once(opened, quiet, stop)
                wait_s = next_due_s(opened.store)
            # A source that another process holds is due and cannot be asked: no haste.
            stop.wait(min(LONGEST_SLEEP_S, max(1.0, wait_s if wait_s is not None else LONGEST_SLEEP_S)))
    tell("Stopped.")


def _watch_once(opened: Library, quiet: bool, stop: threading.Event) -> None:
    with open_progress(quiet) as (progress, _):
        brought = _round(opened, progress, False, stop)
    shown = [one for one in brought if one.error or (one.entries and not quiet)]
    if shown:
        _tell_brought(shown, opened.settings)


def _round(opened: Library, progress: Progress, everything: bool, stop: threading.Event) -> list[Brought]:
    """One round, with a job on record where anything was due."""
    from khabar.library.following import fetch_sources  # noqa: PLC0415
    from khabar.library.jobs import recorded  # noqa: PLC0415

    with recorded(opened.store, "fetch", "followed sources", progress, stop) as telling:
        brought = fetch_sources(opened, telling, everything, stop)
        telling.result = _sum(brought)
    return brought


def _sum(brought: list[Brought]) -> str:
    kept, failed = sum(one.kept for one in brought), sum(bool(one.error) for one in brought)
    asked = "1 source" if len(brought) == 1 else f"{len(brought)} sources"
    return f"{asked} asked, {kept} new {'report' if kept == 1 else 'reports'}" + (
        f", {failed} failed" if failed else ""
    )


def _tell_brought(brought: list[Brought], settings: Settings) -> None:
    lines = open_lines(settings)
    for one in brought:
        lines.line(quoted(one.title or one.address), "bold")
        if one.error:
            lines.line(f"failed: {quoted(one.error)}", "", 4)
        elif one.entries:
            parts = f"{one.kept} kept, {one.known} known, {len(one.dropped)} dropped"
            lines.line(f"{one.entries} new entries: {parts}", "", 4)
        for item in one.dropped:
            lines.line(f"dropped: {quoted(item.path)} ({item.stage}): {quoted(item.reason)}", "dim", 4)
    lines.line(_sum(brought))


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """Set by the first Ctrl+C or SIGTERM, so that what was begun is ended well; the second one breaks off."""
    stop = threading.Event()

    def ask(number: int, _: Any) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        tell("Ending what was begun; once more breaks off.")

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
