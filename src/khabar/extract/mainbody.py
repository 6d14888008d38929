"""Which lines of an HTML page belong to the report: the extractor's choice, mapped onto the visible text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from resiliparse.extract.html2text import extract_plain_text

from khabar.extract.draft import Draft
from khabar.extract.lines import Line
from khabar.extract.visible import Part, Piece, View
from khabar.extract.words import forms
from khabar.model.article import BoilerplateKind as Kind

_SHINGLE = 3  # words
_SHARE = 0.7  # of a line's shingles that the extractor's text must have
_DEEPEST = 400  # elements; the extractor works on a tree, and ours needs none
_LONGEST = 5_000_000  # characters of HTML that are given to the extractor
_LABEL_WORDS = 3  # so short are entries of menus; longer links are headlines
_LINKED = 0.6  # of a line's letters
_HOLDS_MOST = 0.5  # of the running text: an element with so much of it is no margin, whatever its name
_HOLDS_CORE = 0.6
_MAY_STAND_ABOVE = 0.2  # of the running text, above the title
_LEAST_OUTSIDE = 20.0  # words that must be left when comments, menus and the like are taken away
_SURE = {Kind.COMMENT_FORM, Kind.NAVIGATION, Kind.COPYRIGHT, Kind.SHARING, Kind.CAPTION}
# Hints that name a small thing do not hold for lines of more words than these.
_SMALL = {
    Kind.DATE_LINE: 16,
    Kind.BYLINE: 20,
    Kind.COUNTER: 8,
    Kind.SECTION: 8,
    Kind.SITE: 10,
    Kind.SHARING: 30,
    Kind.TAGS: 60,
}


def mark_regions(draft: Draft, view: View, html: str, title_hints: Sequence[str]) -> None:
    """Gives every line outside the report its kind; what may be body stays open for the cleaner."""
    _weigh(view, draft.lines)
    _settle_regions(view)
    chosen = _chosen_by_extractor(view, html, draft.lines)
    core = _core(view, draft.lines, chosen)
    first, last = _extent(view, core)
    titles = {forms(hint) for hint in title_hints}
    for number, (piece, line) in enumerate(zip(view.pieces, draft.lines, strict=True)):
        if piece.heading and _is_title(line.words, titles):
            continue
        if number in core:
            draft.kinds[number] = _kind_inside(piece, line)
        elif not (number in chosen and piece.part.region is None and line.running and piece.linked < _LINKED):
            draft.kinds[number] = _kind_outside(piece, line, above=number < first, below=number > last)


def mark_above_title(draft: Draft, view: View) -> None:
    """Gives what stands above the title and apart from it the kind OTHER: notices on cookies, tickers.

    A sentence in the title's own element may be body and stays.
    """
    if draft.title_line is None or not view.pieces[draft.title_line].heading:
        return
    above = [n for n in draft.open_lines() if n < draft.title_line]
    running = sum(draft.lines[n].weight for n in draft.running())
    if sum(draft.lines[n].weight for n in above) > _MAY_STAND_ABOVE * running:
        return
    holder = view.pieces[draft.title_line].part.parent
    for number in above:
        if view.pieces[number].part.parent is not holder or not draft.lines[number].stops:
            draft.kinds[number] = Kind.OTHER


def mark_other_reports(draft: Draft, view: View) -> None:
    """Gives what stands in further `article` elements with their own top heading the kind OTHER_REPORT.

    Pages that go on with the next report when the reader reaches the end are saved with both.
    """
    if draft.title_line is None:
        return
    own = _article_of(view.pieces[draft.title_line].part)
    if own is None:
        return
    others = {
        id(other)
        for number in draft.open_lines()
        if (piece := view.pieces[number]).top_heading and number > draft.title_line
        if (other := _article_of(piece.part)) not in (None, own)
    }
    for number, piece in enumerate(view.pieces):
        if others and draft.is_open(number) and id(_article_of(piece.part)) in others:
            draft.kinds[number] = Kind.OTHER_REPORT


def _article_of(part: Part) -> Part | None:
    """The outermost `article` element that a part lies in."""
    found, at = None, part
    while at.parent is not None:
        found = at if at.tag == "article" else found
        at = at.parent
    return found


def _is_title(words: tuple[str, ...], titles: set[tuple[str, ...]]) -> bool:
    return any(words and (words == title or title[: len(words)] == words) for title in titles)


def _weigh(view: View, lines: Sequence[Line]) -> None:
    """Adds up the running text below each part. Parents come before their children in `view.parts`."""
    for piece, line in zip(view.pieces, lines, strict=True):
        if line.running and piece.linked < _LINKED:
            piece.part.weight += line.weight
    for part in reversed(view.parts):
        if part.parent is not None:
            part.parent.weight += part.weight


def _settle_regions(view: View) -> None:
    """Gives each part the kind of the margin it lies in, unless that margin holds the report itself."""
    total = view.parts[0].weight
    for part in view.parts:
        hint = part.hint if part.hint is not None and not _holds_report(part, total) else None
        above = part.parent.region if part.parent is not None else None
        part.region = above if above in _SURE else hint or above


def _holds_report(part: Part, total: float) -> bool:
    if part.hint in _SURE:
        return part.weight > 0 and total - part.weight < _LEAST_OUTSIDE and part.hint is not Kind.CAPTION
    return part.weight > _HOLDS_MOST * total


def _chosen_by_extractor(view: View, html: str, lines: Sequence[Line]) -> set[int]:
    """The numbers of the lines whose words the extractor takes for the main content."""
    free = {n for n, line in enumerate(lines) if line.running and _is_free(view.pieces[n])}
    if view.depth > _DEEPEST or len(html) > _LONGEST:
        return free
    main = extract_plain_text(html, main_content=True, links=False, alt_texts=False, form_fields=False)
    rows = [forms(row) for row in main.splitlines()]
    whole = set(rows)
    words = [word for row in rows for word in row]
    known = {tuple(words[i : i + _SHINGLE]) for i in range(len(words))}
    chosen = {n for n, line in enumerate(lines) if line.words in whole or _is_known(line.words, known)}
    chosen |= {number for number in free if view.pieces[number].part.tab}  # it leaves hidden panes out
    missed = sum(lines[number].weight for number in free - chosen)
    # It goes by names of elements too, but cannot see that the one it left out holds the report.
    return chosen | free if missed > sum(lines[number].weight for number in free & chosen) else chosen


def _is_free(piece: Piece) -> bool:
    return piece.part.region is None and piece.linked < _LINKED


def _is_known(words: tuple[str, ...], known: set[tuple[str, ...]]) -> bool:
    shingles = [words[i : i + _SHINGLE] for i in range(len(words) - _SHINGLE + 1)]
    return len(shingles) > 1 and sum(shingle in known for shingle in shingles) >= _SHARE * len(shingles)


def _core(view: View, lines: Sequence[Line], chosen: set[int]) -> set[int]:
    """The numbers of the lines in the smallest part that holds most of the chosen running text."""
    weights: Counter[int] = Counter()
    for number, (piece, line) in enumerate(zip(view.pieces, lines, strict=True)):
        if number in chosen and line.running and piece.part.region is None and piece.linked < _LINKED:
            weights[id(piece.part)] += line.weight  # type: ignore[assignment]
    total = sum(weights.values())
    for part in reversed(view.parts):
        if part.parent is not None and weights[id(part)]:
            weights[id(part.parent)] += weights[id(part)]
    heavy = [part for part in view.parts if total and weights[id(part)] >= _HOLDS_CORE * total]
    return _inside(view, heavy[-1]) if heavy else set()


def _inside(view: View, holder: Part) -> set[int]:
    within = {id(holder)}
    for part in view.parts:
        if part.parent is not None and id(part.parent) in within:
            within.add(id(part))
    return {number for number, piece in enumerate(view.pieces) if id(piece.part) in within}


def _extent(view: View, core: set[int]) -> tuple[int, int]:
    return (min(core), max(core)) if core else (len(view.pieces), -1)


def _kind_inside(piece: Piece, line: Line) -> Kind | None:
    kind = piece.part.region
    if kind in _SMALL and line.weight > _SMALL[kind]:
        kind = None
    if kind is None and piece.linked >= _LINKED and not line.stops and not piece.heading:
        return Kind.RELATED if line.weight > _LABEL_WORDS else Kind.NAVIGATION
    return kind


def _kind_outside(piece: Piece, line: Line, above: bool, below: bool) -> Kind | None:
    kind = piece.part.region
    if kind in _SMALL and line.weight > _SMALL[kind]:
        kind = None
    if kind is not None:
        return kind
    if piece.linked >= _LINKED:
        return Kind.RELATED if line.weight > _LABEL_WORDS else Kind.NAVIGATION
    return None if not line.running and (above or below) else Kind.OTHER
