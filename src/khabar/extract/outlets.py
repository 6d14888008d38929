"""Which outlet brought a report, as far as its page says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from khabar.extract.draft import Draft
from khabar.extract.phrases import Phrases
from khabar.extract.words import find_words, forms
from khabar.model.article import BoilerplateKind

_PARTS = re.compile(r"\s*[|–—»›·•]+\s*|\s+-+\s+")
_QUOTED = re.compile(r"[\"“”«»„‟']([^\"“”«»„‟']{2,60})[\"“”«»„‟']")
_DATELINE = re.compile(r"^[^\W\d_][\w\s‘’'.،,]{1,30}?\s?[-–—/(]\s?\(?([^\W\d_][\w\s]{1,30}?)\)?\s?[-–—:]\s?")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:\d{4}(?:\s*[-–]\s*\d{4})?)?\s*([^.|،,\n]{2,50})", re.IGNORECASE
)
_NAME_WORDS = 6


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet's name as the page prints it, and where it was read, in words."""

    name: str
    read_from: str


def site_names(draft: Draft) -> tuple[str, ...]:
    """What stands behind the title as the site's name: the whole, its parts, and lines that a part holds."""
    if draft.title is None or draft.title_line is None:
        return ()
    line = draft.lines[draft.title_line]
    tail = draft.text[draft.title.end : line.span.end]
    parts = [part.strip() for part in _PARTS.split(tail) if part.strip()]
    return (*parts, *_shorter_names(draft, parts))


def _shorter_names(draft: Draft, parts: list[str]) -> list[str]:
    """Lines of their own that say a part of the suffix: "Harbour TV" for "Site of Harbour TV"."""
    whole = [f" {' '.join(forms(part))} " for part in parts]
    lines = [line for line in draft.lines[:40] if 0 < len(line.words) <= _NAME_WORDS]
    return [line.text for line in lines if any(f" {' '.join(line.words)} " in part for part in whole)]


def find_outlet(draft: Draft, phrases: Phrases) -> Outlet | None:
    """The outlet that a page of text names, best evidence first; None when it names none."""
    return (
        _in_suffix(draft)
        or _in_copyright(draft)
        or _in_source_line(draft, phrases)
        or _in_section(draft)
        or _in_dateline(draft)
    )


def _in_suffix(draft: Draft) -> Outlet | None:
    names = site_names(draft)
    if not names:
        return None
    parts = [name for name in names if name not in _shorter_names(draft, list(names))] or list(names)
    shorter = _shorter_names(draft, parts[:1])
    return Outlet(shorter[0] if shorter else parts[0], "the name of the site behind the title")


def _in_copyright(draft: Draft) -> Outlet | None:
    for line in _of_kind(draft, BoilerplateKind.COPYRIGHT):
        match = _COPYRIGHT.search(line)
        if match and 0 < len(forms(match[1])) <= _NAME_WORDS:
            return Outlet(match[1].strip(), "the copyright line")
    return None


def _in_source_line(draft: Draft, phrases: Phrases) -> Outlet | None:
    for line in _of_kind(draft, BoilerplateKind.SOURCE_LINE):
        name = _credited(line, phrases)
        if name:
            return Outlet(name, "the line that credits the source; the page may be another's that carried it")
    return None


def _credited(line: str, phrases: Phrases) -> str:
    quoted = _QUOTED.search(line)
    if quoted:
        return quoted[1].strip()
    words = find_words(line)
    known = phrases.at_start(tuple(word.form for word in words))
    begin = words[len(known[0].words) - 1].end if known else 0
    name = line[begin:].lstrip(" :：-–.\t").strip(" .،,؛;)(")
    return name if 0 < len(forms(name)) <= _NAME_WORDS else ""


def _in_section(draft: Draft) -> Outlet | None:
    """From a line "outlet – section": the first part, if the running text never uses it."""
    text = {word for number in draft.running() for word in draft.lines[number].words}
    for line in _of_kind(draft, BoilerplateKind.SECTION):
        parts = [part for part in _PARTS.split(line) if part]
        if (
            len(parts) == 2
            and forms(parts[0])
            and not set(forms(parts[0])) & text
            and set(forms(parts[1])) & text
        ):
            return Outlet(parts[0], f"the line “{line}” that stands alone near the head")
    return None


def _in_dateline(draft: Draft) -> Outlet | None:
    running = draft.running()
    match = _DATELINE.match(draft.lines[running[0]].text) if running else None
    if match and len(forms(match[1])) <= 2 and len(forms(match[0])) <= 5:
        return Outlet(match[1].strip(), "the agency named at the start of the text")
    return None


def _of_kind(draft: Draft, kind: BoilerplateKind) -> list[str]:
    return [line.text for number, line in enumerate(draft.lines) if draft.kinds[number] is kind]
