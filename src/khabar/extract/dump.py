"""Our own cleaner for text that was copied from a page without its markup."""

from __future__ import annotations

from collections.abc import Callable

from khabar.extract.datelines import load_date_words
from khabar.extract.draft import Draft
from khabar.extract.furniture import (
    cut_file_names,
    mark_comments,
    mark_further_titles,
    mark_head,
    mark_inner_heads,
    mark_known_lines,
    mark_listed_facts,
    mark_related,
    mark_tail,
    reopen_text_above_text,
)
from khabar.extract.lines import Line
from khabar.extract.outlets import site_names
from khabar.extract.phrases import load_phrases
from khabar.extract.repeats import find_repeats
from khabar.extract.titles import mark_title
from khabar.lang.loader import Languages
from khabar.model.article import Boilerplate, BoilerplateKind


def clean(
    draft: Draft,
    languages: Languages,
    title_hints: tuple[str, ...] = (),
    when_titled: Callable[[], None] = lambda: None,
) -> None:
    """Sorts the lines of a draft into title, body and boilerplate.

    Order matters: what set phrases and dates tell comes first; a title that stands twice must be known
    before repeats are sought, and one that stands between two copies of the body only shows after.
    `when_titled` is called once the title is known: markup then tells more about the lines around it.
    """
    phrases = load_phrases(languages)
    mark_known_lines(draft, phrases, load_date_words(languages))
    reopen_text_above_text(draft, phrases)
    mark_related(draft, phrases)
    mark_listed_facts(draft)
    mark_title(draft, languages, title_hints)
    mark_repeats(draft)
    if draft.title is None:
        mark_title(draft, languages, title_hints)
    when_titled()
    mark_further_titles(draft)
    cut_file_names(draft)
    mark_inner_heads(draft)
    mark_head(draft, site_names(draft), phrases)
    mark_comments(draft)
    mark_tail(draft, phrases)


def mark_repeats(draft: Draft) -> None:
    """Gives passages that stand a second time the kind REPEAT."""
    rows = draft.open_lines()
    zones = draft.zones()
    lines: list[Line] = [draft.lines[number] for number in rows]
    gone = find_repeats(draft.text, lines, [zones[number] for number in rows])
    gone.sort()
    place = 0
    for number in rows:
        span = draft.lines[number].span
        inside = []
        while place < len(gone) and gone[place].start < span.end:
            inside.append(gone[place])
            place += 1
        if inside and sum(len(piece.of(draft.text).strip()) for piece in inside) >= len(span) - 2 * len(
            inside
        ):
            draft.kinds[number] = BoilerplateKind.REPEAT
        else:
            draft.cuts += [Boilerplate(piece, BoilerplateKind.REPEAT) for piece in inside]
