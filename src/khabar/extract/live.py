"""The entries of a live page as reports of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from khabar.extract.datelines import DateWords
from khabar.extract.draft import Draft
from khabar.extract.entries import Entry, after_clock, clock_of
from khabar.extract.furniture import cut_file_names, mark_comments, mark_known_lines, mark_tail
from khabar.extract.jsonld import Object, text_of
from khabar.extract.lines import Line, make_line
from khabar.extract.metadata import Said
from khabar.extract.notes import notes_on
from khabar.extract.outlets import Outlet
from khabar.extract.phrases import Phrases
from khabar.extract.words import forms
from khabar.model.article import Boilerplate, BoilerplateKind, DateClaim, Extract, PageFacts, PageForm
from khabar.model.claims import Claim, ClaimField
from khabar.model.outcome import Dropped, Kept, Outcome
from khabar.model.span import Span
from khabar.model.stored import Stored

_PAGE_FIELDS = (ClaimField.OUTLET, ClaimField.ADDRESS, ClaimField.LANGUAGE, ClaimField.SECTION)
# Above the first entry: the title and day of the page, which must not pass for those of the entry.
_OF_THE_PAGE = (None, BoilerplateKind.OTHER, BoilerplateKind.DATE_LINE, BoilerplateKind.BYLINE)


@dataclass(frozen=True, slots=True)
class LivePage:
    """A page of entries: its sorted lines, where each entry stands, and what is said of the page."""

    path: str
    draft: Draft
    entries: Sequence[Entry]
    said: Said
    times: Sequence[tuple[int, str]]  # places in the text and the moments that markup gives there
    phrases: Phrases
    dates: DateWords
    outlet: Outlet | None
    day: str  # that the page prints above its entries, or that its metadata begin with
    stored: Stored | None = None

    def extracts(self, lead: Callable[[Draft], Extract | None]) -> list[Outcome[Extract]]:
        """What stands above the entries, where it is a report, and each entry; they share out the text."""
        top = _cut(self.draft, 0, self.entries[0].first)
        above = lead(top)
        found = [] if above is None else [above]
        for number, entry in enumerate(self.entries):
            found.append(self._extract(number, entry, 0 if number == 0 and above is None else entry.first))
        return [
            Kept(one) if one.body else Dropped(one.path, "extract", "this entry of a live page has no text")
            for one in found
        ]

    def _extract(self, number: int, entry: Entry, first: int) -> Extract:
        draft = _cut(self.draft, first, entry.end)
        offset = _start(self.draft, first)
        for line in range(entry.first - first):
            if draft.kinds[line] in _OF_THE_PAGE:
                draft.kinds[line] = BoilerplateKind.SITE
        if entry.head is not None:
            draft.title_line = entry.head - first
            draft.title = draft.lines[draft.title_line].span
        _mark_stamp(draft, entry.stamp - first)
        own = draft.kinds[entry.stamp - first]
        mark_known_lines(draft, self.phrases, self.dates)
        draft.kinds[entry.stamp - first] = own  # it may hold the entry's text
        cut_file_names(draft)
        if number == len(self.entries) - 1:
            mark_comments(draft)
            mark_tail(draft, self.phrases)
        return self._finish(draft, number, entry, offset)

    def _finish(self, draft: Draft, number: int, entry: Entry, offset: int) -> Extract:
        claims = (*self._times_of(entry), *(c for c in self.said.claims if c.field in _PAGE_FIELDS))
        published = [c for c in claims if c.field is ClaimField.PUBLISHED]
        title = self.said.of(ClaimField.TITLE)[:1]
        outlet = self.outlet
        reason = f"entry {number + 1} of {len(self.entries)} on a page where each has its own time"
        return Extract(
            path=f"{self.path}#entry-{number + 1}",
            text=draft.text,
            body=draft.body(),
            boilerplate=draft.boilerplate(),
            title=draft.title,
            outlet=outlet.name if outlet else None,
            outlet_from=outlet.read_from if outlet else "",
            date_claims=tuple(DateClaim(c.text, c.origin) for c in published),
            facts=PageFacts(
                claims=(*claims, *(replace(c, origin=f"the whole page: {c.origin}") for c in title)),
                title_from="the headline of the entry" if draft.title else "",
                form=PageForm.ENTRY,
                form_reason=reason,
                notes=notes_on(draft.text, self.stored),
                offset=offset,
                stored=self.stored,
            ),
        )

    def _times_of(self, entry: Entry) -> list[Claim]:
        """The entry's moment by JSON-LD, by markup, and by its clock with the day that the page prints."""
        start, end = _start(self.draft, entry.first), _end(self.draft, entry.end)
        found = [
            text
            for text in map(self._update, self._updates())
            if text and text[1] and text[1] == self._words(entry)
        ]
        claims = [
            Claim(ClaimField.PUBLISHED, text, "json-ld liveBlogUpdate datePublished") for text, _ in found
        ]
        for place, moment in self.times:
            if start <= place < end:
                claims.append(Claim(ClaimField.PUBLISHED, moment, "time datetime of the entry"))
        clock, day = clock_of(self.draft.lines[entry.stamp]), self.day
        if clock and day and not self.dates.holds_date(self.draft.lines[entry.stamp]):
            claims.append(
                Claim(ClaimField.PUBLISHED, f"{day} {clock}", "the time of the entry, on the page's day")
            )
        return claims

    def _updates(self) -> list[Object]:
        lists = (report.get("liveBlogUpdate") for report in self.said.scripts.reports)
        return [
            each for found in lists if isinstance(found, list) for each in found if isinstance(each, dict)
        ]

    def _update(self, update: Object) -> tuple[str, tuple[str, ...]] | None:
        moment = text_of(update.get("datePublished"))
        return (moment, forms(text_of(update.get("headline")))) if moment else None

    def _words(self, entry: Entry) -> tuple[str, ...]:
        return self.draft.lines[entry.head].words if entry.head is not None else ()


def day_of_page(
    draft: Draft, entries: Sequence[Entry], said: Said, phrases: Phrases, dates: DateWords
) -> str:
    """The day that a live page prints above its entries, else the one that its metadata begin with."""
    for line in draft.lines[: entries[0].first]:
        if dates.is_date_line(line, phrases) and not clock_of(line):
            return line.text
    published = said.of(ClaimField.PUBLISHED)
    return published[0].text[:10] if published else ""


def _mark_stamp(draft: Draft, number: int) -> None:
    """The line with the time: what stands behind the time is the entry's headline, or its text."""
    line = draft.lines[number]
    after = after_clock(line)
    if not after:
        draft.kinds[number] = BoilerplateKind.DATE_LINE
        return
    start = line.span.start
    if not line.running and draft.title is None:
        draft.title, draft.title_line = Span(start + after, line.span.end), number
    else:
        clock = Span(start, start + after).trimmed(draft.text)
        draft.cuts.append(Boilerplate(clock, BoilerplateKind.DATE_LINE))


def _start(draft: Draft, number: int) -> int:
    return draft.lines[number].span.start if number else 0


def _end(draft: Draft, number: int) -> int:
    return draft.lines[number].span.start if number < len(draft.lines) else len(draft.text)


def _cut(draft: Draft, first: int, end: int) -> Draft:
    """The lines from `first` to `end` as a page of their own."""
    start = _start(draft, first)
    text = draft.text[start : _end(draft, end)]
    lines: list[Line] = []
    for line in draft.lines[first:end]:
        lines.append(make_line(text, Span(line.span.start - start, line.span.end - start)))
    part = Draft(text, lines)
    part.kinds = list(draft.kinds[first:end])
    return part
