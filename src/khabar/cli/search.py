"""Searching the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from khabar.cli.listing import as_json, of_library, open_lines, open_named, quoted, tell_json

if TYPE_CHECKING:
    from khabar.cli.listing import Lines
    from khabar.library.search import ArticleHit, Results, Snippet, StoryHit

_OPEN, _CLOSE = "‹", "›"  # around the words that answer
_MOST_FACETS = 5
_SNIPPET_LINES = 3
_HELP = """Finds stories whose reports answer QUERY, in any language, by words and by meaning.

\b
  "exact words"      word by word, in this order
  -word  -"words"    not with these
  earthquake OR quake
  outlet:  language:  person:  place:  story:
  published:2020-07..2020-08  mentioned:2019  since:  until:

A name in one script finds all its spellings (--match-names off: only as it is written). The
words that answer are set in ‹ ›; without them a sentence answers by its meaning."""


@click.command(help=_HELP)
@click.argument("query", nargs=-1, required=True)
@click.option("--language", metavar="CODE", multiple=True, help="In this language; may be repeated.")
@click.option("--since", metavar="DAY", help="Of this day or later (2020-07-01).")
@click.option("--until", metavar="DAY", help="Of this day or earlier.")
@click.option("--mentioned", metavar="DAYS", help="That mention a day of these (2020-07..2020-08).")
@click.option("--outlet", metavar="WORDS", multiple=True, help="Of an outlet whose name has these words.")
@click.option("--person", metavar="NAME", multiple=True, help="That name this person, in any script.")
@click.option("--place", metavar="NAME", multiple=True, help="That name this place, in any script.")
@click.option("--story", metavar="STORY", multiple=True, help="Of this story.")
@click.option("--match-names", type=click.Choice(["on", "off"]), help="Other spellings of names, too.")
@click.option(
    "--mode", type=click.Choice(["both", "words", "meaning"]), default="both", show_default=True,
    help="What decides.",
)  # fmt: skip
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="Stories to show.")
@click.option("--after", metavar="PLACE", help="Those that follow: the words that the last page ended with.")
@of_library
@as_json
def search(  # noqa: D103  (its help is above)
    query: tuple[str, ...], library: str | None, json_wanted: bool, match_names: str | None, mode: str,
    **choice: Any,
) -> None:  # fmt: skip
    from khabar.library.search import Mode  # noqa: PLC0415
    from khabar.settings import load_settings  # noqa: PLC0415

    names = None if match_names is None else match_names == "on"
    with open_named(library) as opened:
        found = opened.search(as_typed(query), match_names=names, mode=Mode(mode), **choice)
    if json_wanted:
        tell_json(found)
        return
    _show(open_lines(load_settings()), found)


def as_typed(words: tuple[str, ...]) -> str:
    """One query of the words that the shell made of it; a word with spaces in it was in quotation marks."""
    if len(words) == 1:
        return words[0]
    return " ".join(f'"{word}"' if " " in word and ":" not in word else word for word in words)


def _show(lines: Lines, found: Results) -> None:
    for note in found.notes:
        lines.line(quoted(note), "dim")
    if not found.stories:
        lines.line("Nothing was found.")
        return
    for story in found.stories:
        _show_story(lines, story)
    more = "at least " if found.more else ""
    reports = "1 report" if found.articles == 1 else f"{found.articles} reports"
    lines.line()
    lines.line(f"{more}{reports} · {found.took_ms:.0f} ms", "dim")
    for name in ("languages", "outlets", "months", "people", "places"):
        values = getattr(found.facets, name)[:_MOST_FACETS]
        if len(values) > 1:
            lines.line(
                f"{name}: " + ", ".join(f"{quoted(one.label)} {one.articles}" for one in values), "dim"
            )
    if found.next:
        lines.line(f"More: --after {found.next}", "dim")


def _show_story(lines: Lines, found: StoryHit) -> None:
    lines.line()
    lines.line(f"{found.story.id}  {quoted(found.story.title)}", "bold")
    total = found.story.reports
    reports = "1 report" if total == 1 else f"{total} reports"
    facts = [found.story.when or "day unknown", f"{found.matching} of {reports}"]
    if found.origins is not None and total > 1:
        facts.append("1 origin" if found.origins == 1 else f"{found.origins} independent origins")
    lines.line(" · ".join(facts), "dim", 4)
    for hit in found.hits:
        _show_hit(lines, hit)


def _show_hit(lines: Lines, hit: ArticleHit) -> None:
    one = hit.article
    outlet = quoted(one.outlet) or "outlet unknown"
    facts = (one.id[:9], outlet, one.published or "date unknown", "/".join(one.languages))
    lines.line(" · ".join(facts), "cyan", 4)
    for snippet in hit.snippets:
        _show_snippet(lines, snippet)


def _show_snippet(lines: Lines, snippet: Snippet) -> None:
    said = "".join(f"{_OPEN}{words}{_CLOSE}" if marked else words for words, marked in snippet.parts)
    room = max(20, lines.console.width - 6)
    for line in lines.setter.words(said, room, _SNIPPET_LINES):
        pad = " " * max(0, room - _width(line.shown)) if line.right else ""
        lines.console.print(f"      {pad}{line.shown}", soft_wrap=True, highlight=False, markup=False)


def _width(text: str) -> int:
    from rich.cells import cell_len  # noqa: PLC0415

    return cell_len(text)
