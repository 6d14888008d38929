"""Live pages become a report for each entry; other pages with several times do not."""

from __future__ import annotations

import pytest

from khabar.extract import extract_reports
from khabar.lang.loader import load_languages
from khabar.model.article import Extract, PageForm
from khabar.model.outcome import kept
from khabar.model.page import Page, PageKind

ENTRIES = (
    ("14:32", "Gates closed", "The harbour master has closed both gates. He said they stay shut until noon."),
    (
        "13:58",
        "Trains stop",
        "Trains have stopped after a tree fell on the line. Buses run from four o'clock.",
    ),
    ("12:15", "First warning", "Forecasters raised their warning to red. Winds of 110 km/h are expected."),
)
HEAD = "Storm reaches the coast: live updates\n17 January 2026\n"
ABOVE_TIME = HEAD + "\n".join(f"{head}\n{clock}\n{text}" for clock, head, text in ENTRIES)
BELOW_TIME = HEAD + "\n".join(f"{clock}\n{head}\n{text}" for clock, head, text in ENTRIES)
ONE_LINE = HEAD + "\n".join(f"{clock} – {text}" for clock, _, text in ENTRIES)
REPORT = (
    "Council backs canal tunnel after long debate\n3 March 2026 09:40\n"
    "Larkford council voted on Monday night to reopen the old canal tunnel, forty years after it closed.\n"
    "Councillors backed the plan by 21 votes to 14. Opponents wanted the money for the town's buses.\n"
    "Work is due to start in September and the first boats are expected in 2028, the council said.\n"
)


def reports(text: str, kind: PageKind = PageKind.TEXT) -> list[Extract]:
    return kept(extract_reports(Page("page", kind, text, "utf-8", "declared"), load_languages()))


@pytest.mark.parametrize("text", [ABOVE_TIME, BELOW_TIME])
def test_each_entry_is_a_report_with_its_headline_text_and_time(text: str) -> None:
    found = reports(text)
    assert [one.path for one in found] == ["page#entry-1", "page#entry-2", "page#entry-3"]
    assert [one.title and one.title.of(one.text) for one in found] == [head for _, head, _ in ENTRIES]
    assert [[span.of(one.text) for span in one.body] for one in found] == [[words] for _, _, words in ENTRIES]
    assert [one.facts.claims[0].text for one in found] == [
        f"17 January 2026 {clock}" for clock, _, _ in ENTRIES
    ]
    assert {one.facts.form for one in found} == {PageForm.ENTRY}


def test_a_time_before_the_text_of_its_line_is_left_out_of_the_body() -> None:
    assert [[span.of(one.text) for span in one.body] for one in reports(ONE_LINE)] == [
        [words] for _, _, words in ENTRIES
    ]


@pytest.mark.parametrize("text", [ABOVE_TIME, BELOW_TIME, ONE_LINE, "\n \n" + BELOW_TIME + "\nShare\n"])
def test_the_entries_share_out_the_text_of_their_page(text: str) -> None:
    found = reports(text)
    assert "".join(one.text for one in found) == text
    for one in found:
        assert text[one.facts.offset :].startswith(one.text)
        spans = [*one.body, *(piece.span for piece in one.boilerplate), *([one.title] if one.title else [])]
        left = list(one.text)
        for span in spans:
            for at in range(span.start, span.end):
                assert left[at], "two pieces hold one character"
                left[at] = ""
        assert not "".join(left).strip()


def test_json_ld_gives_the_moments_of_entries() -> None:
    updates = ",".join(
        f'{{"headline":"{head}","datePublished":"2026-01-17T{clock}:00+03:00"}}' for clock, head, _ in ENTRIES
    )
    blocks = "".join(f"<div><span>{c}</span><h2>{head}</h2><p>{text}</p></div>" for c, head, text in ENTRIES)
    script = f'{{"@type":"LiveBlogPosting","headline":"Storm","liveBlogUpdate":[{updates}]}}'
    page = f'<script type="application/ld+json">{script}</script><h1>Storm</h1>{blocks}'
    moments = [one.facts.claims[0].text for one in reports(page, PageKind.HTML)]
    assert moments == [f"2026-01-17T{clock}:00+03:00" for clock, _, _ in ENTRIES]


@pytest.mark.parametrize(
    "more",
    [
        "",
        "Comments\nAnn\n10:02\nI am glad they did this at last, it took years.\nBen\n10:05\nNobody uses that "
        "canal any more, I think.\nCem\n11:20\nThe buses are late every single day now.\n",
        "21:10 First call to the fire service.\n22:40 Mill Street is closed.\n23:55 The bridge gives way.\n",
        "Library hours cut\n2 March 2026 11:20\nThe libraries will close earlier from April, they said.\n"
        "Bakery opens\n1 March 2026 08:05\nA bakery has opened its doors on Mill Street this week.\n",
    ],
)
def test_a_report_with_times_around_it_stays_one(more: str) -> None:
    assert [one.path for one in reports(REPORT + more)] == ["page"]
