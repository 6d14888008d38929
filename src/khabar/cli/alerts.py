"""`khabar alert` and `alerts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from khabar.cli.listing import as_json, of_library, open_lines, open_named, quoted, tell_json

if TYPE_CHECKING:
    from khabar.cli.listing import Lines
    from khabar.library.alerts import AlertHits

ALERTS = """\b
Examples:
  khabar alert "air defence Syria"               what comes from now on
  khabar alert "person:أيوب outlet:irna" --name ayyoub
  khabar alerts                                  new hits since last time, of all alerts
  khabar alerts --keep                           the same, and they stay new
  khabar alert --remove ayyoub"""


@click.command(epilog=ALERTS)
@click.argument("query")
@click.option("--name", default="", metavar="NAME", help="What to call it (default: the query).")
@click.option("--remove", is_flag=True, help="Take away the alert with this name or id.")
@of_library
@as_json
def alert(query: str, name: str, remove: bool, library: str | None, json_wanted: bool) -> None:
    """Saves a search: `khabar alerts` shows what is new for it."""
    from khabar.library.alerts import create_alert, remove_alert  # noqa: PLC0415

    with open_named(library, create=not remove) as opened:
        store = opened.store
        done = remove_alert(store, query) if remove else create_alert(store, query, name)
    if json_wanted:
        tell_json(done)
    else:
        word = "taken away" if remove else "saved; what is in the library already counts as seen"
        open_lines(opened.settings).line(f"{done.id}  {quoted(done.name)} · {word}")


@click.command(epilog=ALERTS)
@click.argument("names", nargs=-1)
@click.option("--keep", is_flag=True, help="What is shown stays new.")
@of_library
@as_json
def alerts(names: tuple[str, ...], keep: bool, library: str | None, json_wanted: bool) -> None:
    """Shows what is new for saved searches, for all or those with these NAMES."""
    from khabar.library.alerts import list_alerts, mark_seen, new_hits, read_alert  # noqa: PLC0415

    with open_named(library) as opened:
        store = opened.store
        chosen = [read_alert(store, name) for name in names] if names else list_alerts(store)
        found = [new_hits(opened, one) for one in chosen]
        _show(found, open_lines(opened.settings), json_wanted)
        if not keep:  # only once they are shown: what could not be told stays new
            for hits in found:
                mark_seen(store, hits)


def _show(found: list[AlertHits], lines: Lines, json_wanted: bool) -> None:
    if json_wanted:
        tell_json({"alerts": found})
        return
    for hits in found:
        _show_alert(hits, lines)
    if not found:
        click.echo("No alert yet. khabar alert QUERY saves one.")


def _show_alert(hits: AlertHits, lines: Lines) -> None:
    count = sum(story.matching for story in hits.stories)
    new = "nothing new" if not count else f"{count} new"
    lines.line(f"{hits.alert.id}  {quoted(hits.alert.name)} · {new}", "bold")
    for story in hits.stories:
        lines.line(f"{story.story.id}  {quoted(story.story.title)}", "", 4)
        for hit in story.hits:
            line = hit.article
            facts = (line.id, quoted(line.outlet) or "outlet unknown", line.published or "date unknown")
            lines.line(" · ".join(facts), "dim", 8)
            for snippet in hit.snippets[:1]:
                lines.line(quoted(snippet.excerpt.text), "", 8)
    if hits.more:
        lines.line("There is more; ask again.", "dim", 4)
