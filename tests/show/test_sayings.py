"""Who said what, in the terminal, on the page and in the JSON."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from jsonschema import validate
from lxml import html as markup
from rich.console import Console

from khabar.model.span import Excerpt, Span
from khabar.model.story import Comparison, Saying, Story, Telling
from khabar.show.html import to_html
from khabar.show.json import to_json
from khabar.show.sayings import by_speaker
from khabar.show.schema import schema
from khabar.show.terminal import show_terminal

CONFLICT = "Given to سالم الدرويش (جريدة المرفأ) and to Behrouz Tavana (The Lantern Review)."


def telling(article: str, words: str, kind: str, language: str, speaker: str | None) -> Telling:
    return Telling(Excerpt(article, Span(0, len(words)), words), kind, language, speaker, None, "why so")


def with_sayings(made: Comparison, *sayings: Saying) -> Comparison:
    story = replace(made.stories[0], sayings=sayings)
    return replace(made, stories=(story, *made.stories[1:]))


@pytest.fixture
def spoken(comparison: Comparison) -> Comparison:
    story: Story = comparison.stories[0]
    first, second, *_ = story.articles
    who = story.who[0]
    several = Saying(
        "w1",
        who,
        (
            telling(first, "لن نفتح الجسر", "direct", "ar", who),
            telling(second, "<b>پل</b> باز نمی‌شود", "indirect", "fa", story.who[1]),
        ),
        (),
        CONFLICT,
        "In quotation marks in A; in the report's own words in B.",
    )
    return with_sayings(
        comparison, several, Saying("w2", None, (telling(first, "سمعنا صوتا", "direct", "ar", None),))
    )


def test_the_page_has_every_telling_with_its_direction_and_escapes_it(spoken: Comparison) -> None:
    found = markup.document_fromstring(to_html(spoken))
    [heading] = [one for one in found.iter("h3") if one.text_content() == "Who said what"]
    quotes = [one for one in found.iter("blockquote") if "پل" in one.text_content()]
    assert heading is not None
    assert [
        (one.get("lang"), one.get("dir"), one.text_content()) for one in quotes if one.get("lang") == "fa"
    ][-1] == ("fa", "rtl", "<b>پل</b> باز نمی‌شود")
    assert found.xpath("//details[@class='speaker']//b[text()='پل']") == []


def test_a_conflict_is_said_at_the_speaker_and_at_the_saying(spoken: Comparison) -> None:
    text = " ".join(markup.document_fromstring(to_html(spoken)).text_content().split())
    assert "1 is given to different speakers" in text
    assert CONFLICT in text
    assert "Speaker not named" in text


def test_a_page_without_sayings_has_no_such_section(comparison: Comparison) -> None:
    assert "Who said what" not in to_html(with_sayings(comparison))


def test_the_terminal_names_the_reports_and_the_conflict(spoken: Comparison) -> None:
    out = io.StringIO()
    show_terminal(spoken, Console(file=out, width=140), "logical")
    text = re.sub("[\u2066-\u2069]", "", out.getvalue())
    assert "Who said what" in text
    assert "1–2 لن نفتح الجسر" in text
    assert f"⚠ {CONFLICT}" in text
    assert "1 saying, 1 told by one report only" in text


def test_the_json_has_them_and_follows_its_schema(spoken: Comparison) -> None:
    data = to_json(spoken)
    validate(data, schema())
    first = data["stories"][0]["sayings"][0]
    assert (first["conflict"], [one["kind"] for one in first["tellings"]]) == (
        CONFLICT,
        ["direct", "indirect"],
    )


def test_who_says_most_of_what_several_tell_comes_first_and_the_unnamed_last(spoken: Comparison) -> None:
    order = by_speaker(spoken.stories[0])
    assert [one.speaker for one in order] == [spoken.stories[0].who[0], None]
    assert [(len(one.several), len(one.single), one.conflicts) for one in order] == [(1, 0, 1), (0, 1, 0)]
