"""Which outlet brought a report, as far as its page says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from khabar.extract.draft import Draft
from khabar.extract.phrases import Phrases
from khabar.extract.words import find_words, forms
from khabar.model.article import BoilerplateKind

_PARTS = re.compile(r"\s*[|–—»›·•]+\s*|\s+-+\s+")
_QUOTED = re.compile(r"[\"“”«»„‟']([^\"“”«»„‟']{2,60})[\"“”«»„‟']")
_DATELINE = re.compile(r"^[^\W\d_][\w\s‘’'.،,]{1,30}?\s?[-–—/(]\s?\(?([^\W\d_][\w\s]{1,30}?)\)?\s?[-–—:]\s?")
_YEAR = re.compile(r"(?:19|20|13|14)\d\d(?:\s*[-–]\s*(?:19|20|13|14)?\d\d)?(?!\d)")
_NOTICE_PARTS = re.compile(r"\s*[|•·©]\s*|\s[–—-]\s|\.\s|\(c\)|\bcopyright\b", re.IGNORECASE)
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
        or _in_copyright(draft, phrases)
        or _in_source_line(draft, phrases)
        or _in_masthead(draft, phrases)
        or _in_section(draft, phrases)
        or _in_dateline(draft)
    )


def outlet_of_title(draft: Draft, titles: Sequence[str]) -> Outlet | None:
    """The site's name in a title outside the visible text: what stands there behind the visible title."""
    if draft.title is None:
        return None
    shown = forms(draft.title.of(draft.text))
    for title in titles:
        parts = [part.strip() for part in _PARTS.split(title) if part.strip()]
        for count in range(1, len(parts)):
            if forms(" ".join(parts[:count])) == shown and len(forms(parts[count])) <= _NAME_WORDS:
                return Outlet(parts[count], "the name behind the title in the page's head")
    return None


def _in_suffix(draft: Draft) -> Outlet | None:
    names = site_names(draft)
    if not names:
        return None
    parts = [name for name in names if name not in _shorter_names(draft, list(names))] or list(names)
    shorter = _shorter_names(draft, parts[:1])
    return Outlet(shorter[0] if shorter else parts[0], "the name of the site behind the title")


def _in_copyright(draft: Draft, phrases: Phrases) -> Outlet | None:
    for line in _of_kind(draft, BoilerplateKind.COPYRIGHT):
        if "©" not in line and not _YEAR.search(line):
            continue
        parts = [_YEAR.sub(" ", part) for part in _NOTICE_PARTS.split(line)]
        for part in parts:
            words = forms(part)
            if 0 < len(words) <= _NAME_WORDS and phrases.share(words)[0] == 0:
                return Outlet(part.strip(" \"'()،,:"), "the copyright line")
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


def _in_masthead(draft: Draft, phrases: Phrases) -> Outlet | None:
    for line in _of_kind(draft, BoilerplateKind.SITE):
        name = _PARTS.split(line)[0].strip()
        if 0 < len(forms(name)) <= _NAME_WORDS and phrases.share(forms(name))[0] < 1:
            return Outlet(name, "the name of the site on its page")
    return None


def _in_section(draft: Draft, phrases: Phrases) -> Outlet | None:
    """From "outlet – section": the first, if the second is a section or the text never says the first."""
    text = " " + " ".join(word for number in draft.running() for word in draft.lines[number].words) + " "
    for line in (*_of_kind(draft, BoilerplateKind.SECTION), *_of_kind(draft, BoilerplateKind.NAVIGATION)):
        parts = [part for part in _PARTS.split(line) if part]
        names = [forms(part) for part in parts]
        if len(parts) < 2 or not all(names) or phrases.share(names[0])[0] == 1:
            continue
        told = f" {' '.join(names[0])} " in text
        section = phrases.whole(names[1]) is BoilerplateKind.SECTION
        if len(parts) == 2 and (section or (not told and f" {' '.join(names[1])} " in text)):
            return Outlet(parts[0], f"the line “{line}” that stands alone near the head")
        if phrases.at_start(names[0]) and phrases.at_start(names[0])[0].kind is BoilerplateKind.SITE:
            return Outlet(parts[0], f"the line “{line}” that says where on the site the page stands")
    return None


def _in_dateline(draft: Draft) -> Outlet | None:
    running = draft.running()
    match = _DATELINE.match(draft.lines[running[0]].text) if running else None
    if match and len(forms(match[1])) <= 2 and len(forms(match[0])) <= 5:
        return Outlet(match[1].strip(), "the agency named at the start of the text")
    return None


def _of_kind(draft: Draft, kind: BoilerplateKind) -> list[str]:
    return [line.text for number, line in enumerate(draft.lines) if draft.kinds[number] is kind]
