"""Every word of ours that a reader sees, in one table: another interface language is another table."""

from __future__ import annotations

import re
from typing import Final

ENGLISH: Final[dict[str, str]] = {
    "language": "en",
    "direction": "ltr",
    "months": "January February March April May June July August September October November December",
    # marks and cells
    "states": "stated",
    "part": "stated in part",
    "differs": "differs",
    "attributes": "stated by",
    "absent": "not mentioned",
    "legend.states": "the report states it",
    "legend.part": "the report states a part of it",
    "legend.differs": "the report states it differently from the words in the first column",
    "legend.attributes": "the report gives it as the words of a speaker",
    "legend.absent": "the report does not mention it",
    "more": "and {count} more",
    "reading.uncertain": "{reading} (vowels that nobody wrote are left out)",
    # kinds of differences
    "kind.number": "number",
    "kind.date": "date",
    "kind.name": "name",
    "kind.title": "title or rank",
    "kind.attribution": "who says it",
    "kind.polarity": "yes or no",
    "kind.strength": "strength",
    "kind.omission": "left out",
    "kind.detail": "detail",
    "kind.wording": "wording",
    "weight.meaning": "shifts the meaning",
    "weight.wording": "words only",
    # dates
    "date.printed": "printed",
    "date.resolved": "completed from the text",
    "date.conflict": "date conflict",
    "date.inferred": "inferred",
    "date.unknown": "date unknown",
    "date.calendar.jalali": "Solar Hijri",
    "date.calendar.hijri": "Lunar Hijri",
    # the headings of a story
    "story": "Story {number}",
    "reports.one": "1 report",
    "reports.many": "{count} reports",
    "languages.one": "1 language",
    "languages.many": "{count} languages",
    "head": "What most origins state",
    "head.origins": "{origins}, {reports}",
    "head.disputed": "differs in {kinds}",
    "origins.one": "1 origin",
    "origins.many": "{count} origins",
    "report": "Report {number}",
    "reports": "Reports",
    "who": "who",
    "where": "where",
    "when": "when",
    "unknown": "unknown",
    "outlet.unknown": "outlet unknown",
    "untitled": "no title found",
    "conflicts.one": "1 report has a date conflict",
    "conflicts.many": "{count} reports have a date conflict",
    "two_blocks": "one witness in two languages",
    "statement": "Statement",
    "statements": "Statements",
    "statements.none": "No statement was found in these reports.",
    "differences": "Differences",
    "differences.none": "No differences were found.",
    "in_page": "within one report",
    "left_out": "nothing in its place",
    "kept_apart": "Kept apart",
    "kept_apart.why": "{report} resembles this story and was kept apart:",
    "why_together": "Why these reports belong together",
    "dates": "Dates",
    "sources": "Origins: who took from whom",
    "sayings": "Who said what",
    "sayings.one": "1 saying",
    "sayings.many": "{count} sayings",
    "sayings.once": "told by one report only",
    "sayings.unnamed": "Speaker not named",
    "sayings.conflicts.one": "1 is given to different speakers",
    "sayings.conflicts.many": "{count} are given to different speakers",
    "said.direct": "in quotation marks",
    "said.mixed": "partly in quotation marks",
    "said.indirect": "in the report's own words",
    "said.by": "given to {speaker}",
    "origins": "Origins",
    "relation.cites": "{taker} cites {origin}",
    "relation.copies": "{taker} copies {origin}",
    "relation.translates": "{taker} translates {origin}",
    "relation.shares_source": "{taker} and {origin} share words or a source",
    "alone": "Reports that share their event with no other",
    "alone.only": "Only one report could be read, so there is nothing to compare it with: name another.",
    "stories.none": "No report could be compared.",
    # every input is accounted for
    "dropped": "Dropped",
    "dropped.none": "Nothing was dropped.",
    "inputs.one": "1 input",
    "inputs.many": "{count} inputs",
    "totals": "{inputs} = {compared} compared + {dropped} dropped",
    "totals.stories": "{compared} compared = {shared} in {stories} told by several + {alone} alone",
    "stories.one": "1 story",
    "stories.many": "{count} stories",
    "made_by": "Made by khabar {version}, encoder {encoder}",
    "settings": "settings",
    # the page
    "page.title": "khabar: {title}",
    "page.left_out": "What the page holds, and what was left out of the body",
    "page.no_speaker": "speaker unknown",
    "page.read_from": "outlet read from {origin}",
    "page.column.report": "Report",
    "page.column.published": "Published",
    "page.column.printed": "As printed",
    "page.column.status": "Status",
    "page.column.note": "Why",
    "page.column.input": "Input",
    "page.column.stage": "Stopped at",
    "page.column.reason": "Reason",
    "page.theme": "Light or dark",
    "page.open_all": "Open all evidence",
    "page.close_all": "Close all evidence",
    "page.keys": "Keys",
    "page.keys.arrows": "arrow keys walk the table",
    "page.keys.enter": "Enter opens and closes the evidence",
    "page.keys.escape": "Esc closes it",
    "page.keys.help": "? shows these keys",
    "page.contents": "Stories in this report",
    "page.evidence": "Evidence",
    "page.controls": "Small boxes like this one stand for invisible control characters in a page:",
    "page.folded": "{count} reports with the same cells",
    "page.keys.close": "Close",
    "tellings.one": "1 telling",
    "tellings.many": "{count} tellings",
    "differences.count.one": "1 difference",
    "differences.count.many": "{count} differences",
    "sentences.one": "1 sentence",
    "sentences.many": "{count} sentences",
    "left_outs.one": "1 piece left out",
    "left_outs.many": "{count} pieces left out",
    "speaks.for": "speaks for one story",
    "speaks.against": "speaks against it",
    "origin": "one origin:",
    "origin.alone": "each an origin of its own:",
    "page.shortened": "{count} characters more",
    # what was left out of the body
    "left_out.repeat": "the body again",
    "left_out.title_repeat": "title again",
    "left_out.date_line": "date line",
    "left_out.byline": "byline",
    "left_out.section": "section",
    "left_out.site": "site name",
    "left_out.counter": "counter",
    "left_out.comment_form": "comment form",
    "left_out.copyright": "copyright",
    "left_out.source_line": "source line",
    "left_out.caption": "caption",
    "left_out.file_name": "file name",
    "left_out.navigation": "navigation",
    "left_out.related": "related reports",
    "left_out.sharing": "sharing",
    "left_out.tags": "tags",
    "left_out.advertisement": "advertisement",
    "left_out.paywall": "notice for subscribers",
    "left_out.consent": "notice on cookies",
    "left_out.other_report": "another report",
    "left_out.other": "other",
    "left_out.title": "title",
}


def say(key: str, **values: object) -> str:
    """The words for `key` with the values put in."""
    return ENGLISH[key].format(**values) if values else ENGLISH[key]


def count(key: str, number: int) -> str:
    """A number with its noun: "1 report", "4 reports"."""
    return say(f"{key}.one") if number == 1 else say(f"{key}.many", count=number)


def day(value: str | None) -> str:
    """An ISO date in words, at the precision that it has: "7 March 2023", "March 2023"; unknown is said."""
    if value is None:
        return say("unknown")
    date, _, clock = value.partition("T")
    year, month, number = [*date.split("-"), "", ""][:3]
    words = [number.lstrip("0"), _month(month), year, *_clock(clock)]
    return " ".join(word for word in words if word)


def _month(number: str) -> str:
    names = say("months").split()
    return names[int(number) - 1] if number.isdecimal() and 1 <= int(number) <= len(names) else ""


def _clock(time: str) -> list[str]:
    """The hour and its zone: "11:37", "UTC+03:30"."""
    found = re.fullmatch(r"([\d:]+)(Z|[+-]\d{2}:\d{2})?", time)
    if found is None:
        return [time]
    zone = found.group(2) or ""
    return [found.group(1), "UTC" + ("" if zone in {"Z", "+00:00"} else zone) if zone else ""]
