"""Short lines around the running text that belong to the page, not to the report."""

from __future__ import annotations

import re
from collections.abc import Iterable

from khabar.extract.datelines import DateWords
from khabar.extract.draft import Draft
from khabar.extract.lines import Line
from khabar.extract.phrases import Phrases, follows_colon
from khabar.extract.words import forms
from khabar.model.article import Boilerplate, BoilerplateKind
from khabar.model.span import Span

_FILE_NAME = re.compile(
    r"(?<![\w/])(?:"
    r"(?:photo|video|image|img|dsc|pxl|vid|screenshot|doc)[_-]?\d[\d_-]*\d(?:-WA\d+)?(?:\.[a-z]{3,4}\b)?"
    r"|[A-Za-z0-9][A-Za-z0-9_.()%-]{0,120}?\.(?:jpe?g|png|gif|webp|bmp|tiff?|mp4|mp3|avi)"
    r")",
    re.IGNORECASE | re.ASCII,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_DASHED = re.compile(r"\s[-–—|/]\s")
_HEAD_WORDS = 5  # a line of so few words between title and text is no paragraph
_LABEL_WORDS = 3  # so short are tags and entries of menus
_ROW = 3  # so many short lines in a row are a menu or tags
_RELATED_MOST = 10  # headlines that one "read also" may bring
_NAMING = {BoilerplateKind.COPYRIGHT, BoilerplateKind.SOURCE_LINE}
_UNSPECIFIC = {BoilerplateKind.NAVIGATION, BoilerplateKind.OTHER}  # by markup; words may tell more
_TELLING = {
    BoilerplateKind.COPYRIGHT,
    BoilerplateKind.COMMENT_FORM,
    BoilerplateKind.SOURCE_LINE,
    BoilerplateKind.SHARING,
    BoilerplateKind.TAGS,
}
_FACTS = {BoilerplateKind.DATE_LINE, BoilerplateKind.COUNTER}
_SIGNED_WORDS = 14
_FRAME_WORDS = 14  # of a line below the page's closing furniture that is no part of the report
_PHRASED = 1 / 3  # of a short line's words: so much of it set phrases, and it is furniture


def mark_known_lines(draft: Draft, phrases: Phrases, dates: DateWords) -> None:
    """Gives a kind to each line that a set phrase, a date or a bare number makes up."""
    for number, line in enumerate(draft.lines):
        if draft.is_open(number):
            draft.kinds[number] = _known_kind(line, phrases, dates)
        elif draft.kinds[number] in _UNSPECIFIC:
            told = phrases.kind_of(line)
            draft.kinds[number] = told if told in _TELLING else draft.kinds[number]


def _known_kind(line: Line, phrases: Phrases, dates: DateWords) -> BoilerplateKind | None:
    if not line.words:
        return BoilerplateKind.OTHER
    if _ADDRESS.fullmatch(line.text):
        return BoilerplateKind.NAVIGATION
    if all(word.isdigit() for word in line.words):
        short = len(line.words) <= 2
        return (
            BoilerplateKind.COUNTER
            if short and not dates.is_date_line(line, phrases)
            else BoilerplateKind.DATE_LINE
        )
    kind = phrases.kind_of(line)
    if kind is None and dates.is_date_line(line, phrases):
        return BoilerplateKind.DATE_LINE
    return kind or _signed_with_date(line, phrases, dates) or phrases.labels(line)


def reopen_text_above_text(draft: Draft, phrases: Phrases) -> None:
    """Takes back the kind of paragraphs that hold a legal phrase somewhere, where the report goes on below.

    Legal notices end a page; a paragraph amid others tells of the law.
    """
    below = False
    for number in range(len(draft.lines) - 1, -1, -1):
        line = draft.lines[number]
        if draft.kinds[number] in _NAMING and line.running and below and phrases.only_holds(line):
            draft.kinds[number] = None
        below = below or (draft.is_open(number) and line.running)


def _signed_with_date(line: Line, phrases: Phrases, dates: DateWords) -> BoilerplateKind | None:
    """BYLINE for "By Jane Doe, 5 May 2026 at 7 pm", which is longer than other bylines."""
    signed = any(phrase.kind is BoilerplateKind.BYLINE for phrase in phrases.at_start(line.words))
    short = line.weight <= _SIGNED_WORDS and not line.stops
    return BoilerplateKind.BYLINE if signed and short and dates.holds_date(line) else None


def mark_listed_facts(draft: Draft) -> None:
    """Gives a short item of a list that also holds the date or a counter the kind BYLINE."""
    listed = [line.bulleted and line.weight <= _HEAD_WORDS and not line.ends for line in draft.lines]
    for number, kind in enumerate(draft.kinds):
        if kind not in _FACTS or not draft.lines[number].bulleted:
            continue
        for step in (-1, 1):
            near = number + step
            while 0 <= near < len(listed) and listed[near] and draft.is_open(near):
                draft.kinds[near] = BoilerplateKind.BYLINE
                near += step


def cut_file_names(draft: Draft) -> None:
    """Cuts out names of picture files, also where one is glued to the first word of a paragraph."""
    for number in draft.open_lines():
        line = draft.lines[number]
        for match in _FILE_NAME.finditer(line.text):
            before, after = line.text[: match.start()], line.text[match.end() :]
            if not before.strip() or not after.strip() or _glued(after):
                start = line.span.start + match.start()
                span = Span(start, start + len(match[0]))
                if not any(cut.span.overlap(span) for cut in draft.cuts):
                    draft.cuts.append(Boilerplate(span, BoilerplateKind.FILE_NAME))


def _glued(after: str) -> bool:
    return after[0].isalpha() and (not after[0].isascii() or after[0].isupper())


def mark_related(draft: Draft, phrases: Phrases) -> None:
    """Gives headlines that follow "read also" the kind RELATED, up to the next running text."""
    for number, line in enumerate(draft.lines):
        if draft.kinds[number] is not BoilerplateKind.RELATED or not _is_bare(line, phrases):
            continue
        for follower in range(number + 1, min(number + 1 + _RELATED_MOST, len(draft.lines))):
            if (
                not draft.is_open(follower)
                or draft.lines[follower].stops
                or draft.lines[follower].weight > 25
            ):
                break
            draft.kinds[follower] = BoilerplateKind.RELATED


def _is_bare(line: Line, phrases: Phrases) -> bool:
    known = (phrase for phrase in phrases.at_start(line.words) if phrase.kind is BoilerplateKind.RELATED)
    return any(len(line.words) <= len(phrase.words) + 1 for phrase in known)


def mark_comments(draft: Draft) -> None:
    """Gives all that follows the comment form its kind, where the form closes the page."""
    openers = [n for n, kind in enumerate(draft.kinds) if kind is BoilerplateKind.COMMENT_FORM]
    running = draft.running()
    for opener in openers:
        before = sum(draft.lines[n].weight for n in running if n < opener)
        after = sum(draft.lines[n].weight for n in running if n > opener)
        if before > after:
            for number in range(opener + 1, len(draft.lines)):
                if draft.is_open(number):
                    draft.kinds[number] = BoilerplateKind.COMMENT_FORM
            return


def mark_head(draft: Draft, sites: Iterable[str], phrases: Phrases) -> None:
    """Gives short lines above the first running text their kinds: menus, site names, bylines, captions."""
    running = draft.running()
    if not running or draft.title is None:
        return
    names = {forms(site) for site in sites}
    title = set(forms(draft.title.of(draft.text)))
    open_above = [n for n in draft.open_lines() if n < running[0]]
    for number in open_above:
        line = draft.lines[number]
        if line.words in names or _in_legal_notice(draft, line) or phrases.is_masthead(line):
            draft.kinds[number] = BoilerplateKind.SITE
        elif line.weight <= _HEAD_WORDS and not line.ends and not line.bulleted:
            draft.kinds[number] = _head_kind(draft, number, title, open_above)


def _in_legal_notice(draft: Draft, line: Line) -> bool:
    """Whether a short line is the name that the copyright or source line gives."""
    if not 0 < line.weight <= _HEAD_WORDS or line.ends:
        return False
    name = f" {' '.join(line.words)} "
    rows = (n for n, kind in enumerate(draft.kinds) if kind in _NAMING)
    return any(name in f" {' '.join(draft.lines[n].words)} " for n in rows)


def _head_kind(draft: Draft, number: int, title: set[str], open_above: list[int]) -> BoilerplateKind:
    line = draft.lines[number]
    if draft.title_line is not None and number < draft.title_line:
        row = sum(1 for n in open_above if n < draft.title_line)
        return BoilerplateKind.NAVIGATION if row >= _ROW else BoilerplateKind.SECTION
    if _second_title_ahead(draft, number):
        return BoilerplateKind.SITE
    if len(line.words) > 1 and set(line.words) <= title:
        return BoilerplateKind.CAPTION
    if _DASHED.search(line.text) or len(line.words) == 1:
        return BoilerplateKind.SECTION
    return BoilerplateKind.BYLINE


def _second_title_ahead(draft: Draft, number: int) -> bool:
    """Whether the title comes again below: what stands between both is the site's own."""
    return BoilerplateKind.TITLE_REPEAT in draft.kinds[number : number + 8]


def mark_inner_heads(draft: Draft) -> None:
    """Gives lines "outlet – section" near a date line the kind SECTION."""
    for number, kind in enumerate(draft.kinds):
        if kind is not BoilerplateKind.DATE_LINE:
            continue
        for near in range(max(0, number - 1), min(number + 4, len(draft.lines))):
            line = draft.lines[near]
            if (
                draft.is_open(near)
                and not line.ends
                and line.weight <= _HEAD_WORDS
                and _DASHED.search(line.text)
            ):
                draft.kinds[near] = BoilerplateKind.SECTION


def mark_further_titles(draft: Draft) -> None:
    """Gives the title of a second language block, a headline above a date line, the kind TITLE_REPEAT."""
    for number, kind in enumerate(draft.kinds[1:], 1):
        line = draft.lines[number - 1]
        inside = draft.title_line is not None and number - 1 > draft.title_line
        if kind is BoilerplateKind.DATE_LINE and inside and draft.is_open(number - 1):
            other = 3 <= line.weight <= 30 and not line.ends and not line.bulleted
            if other and _script(line.text) != _script(draft.title.of(draft.text) if draft.title else ""):
                draft.kinds[number - 1] = BoilerplateKind.TITLE_REPEAT


def _script(text: str) -> str:
    """The block of the first letter: enough to tell Arabic, Latin, Cyrillic, Hebrew and the like apart."""
    first = next((char for char in text if char.isalpha()), "")
    return (
        ""
        if not first
        else "latin"
        if ord(first) < 0x250 or 0x1E00 <= ord(first) < 0x1F00
        else hex(ord(first) >> 8)
    )


def mark_tail(draft: Draft, phrases: Phrases) -> None:
    """Gives rows of lines below the last running text the kind TAGS, or RELATED where they are headlines."""
    running = draft.running()
    if not running:
        return
    _mark_frame(draft, phrases, running[-1])
    row: list[int] = []
    for number in [*range(running[-1] + 1, len(draft.lines)), -1]:
        line = draft.lines[number]
        if (
            number >= 0
            and draft.is_open(number)
            and not (line.ends or line.bulleted or follows_colon(line, 1))
        ):
            row.append(number)
            continue
        _mark_row(draft, row, after=running[-1])
        row = []


def _mark_frame(draft: Draft, phrases: Phrases, last: int) -> None:
    """Gives short lines below the text their kind: those made of phrases, and those below such furniture."""
    closed = False
    for number in range(last + 1, len(draft.lines)):
        line = draft.lines[number]
        if not draft.is_open(number):
            closed = closed or number != draft.title_line
        elif not line.stops and line.weight <= _FRAME_WORDS:
            share, kind = phrases.share(line.words)
            if share >= _PHRASED and kind is not None:
                draft.kinds[number] = kind
            elif closed:
                draft.kinds[number] = BoilerplateKind.OTHER


def _mark_row(draft: Draft, row: list[int], after: int) -> None:
    if len(row) < _ROW or draft.lines[row[0] - 1].text.rstrip().endswith((":", "：")):
        return
    short = all(draft.lines[number].weight <= _LABEL_WORDS for number in row)
    if short or row[0] > after + 1:
        for number in row:
            draft.kinds[number] = BoilerplateKind.TAGS if short else BoilerplateKind.RELATED
