"""The page as it is written: complete, isolated, harmless, and nothing of a report lost."""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.resources import files

import pytest
from lxml import html as markup

from khabar.model.article import BoilerplateKind
from khabar.model.mentions import Calendar, DateStatus
from khabar.model.story import Comparison, DifferenceKind, Weight
from khabar.show.evidence import cards, lines
from khabar.show.html import to_html
from khabar.show.ink import told
from khabar.show.ink import words as ink_words
from khabar.show.table import State, catalogue, rows
from khabar.show.wording import speaking, words_in
from show import sample

STYLE = files("khabar.show").joinpath("templates/report.css").read_text(encoding="utf-8")


def page(made: Comparison, theme: str = "auto") -> markup.HtmlElement:
    return markup.document_fromstring(to_html(made, theme))


@pytest.fixture(scope="module")
def full() -> markup.HtmlElement:
    return page(sample.comparison())


def words(element: markup.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_cells_say_their_state_and_a_few_words(full: markup.HtmlElement) -> None:
    second = full.cssselect(".statements .row")[1]
    assert [cell.get("class") for cell in second.cssselect("td")] == [
        "attributes",
        "differs",
        "absent",
        "attributes",
    ]
    texts = [words(cell) for cell in second.cssselect("td")]
    assert "≠ differs ۲۰" in texts[1]
    assert texts[2].endswith("– not mentioned")
    assert "stated by Salem al-Darwish The two countries will send 12 ships to the island," in texts[3]


def test_evidence_marks_the_differing_words_with_the_same_number_on_both_sides(
    full: markup.HtmlElement,
) -> None:
    third = full.cssselect(".evidence")[2]
    marks = [
        (mark.text_content().rstrip("12"), mark.cssselect("sup")[0].text) for mark in third.cssselect("mark")
    ]
    assert sorted(marks) == sorted([("ستقوي", "1"), ("الرادار", "2"), ("قول داده است", "1"), ("موشکی", "2")])
    listed = [words(item) for item in third.cssselect(".differences li")]
    assert "radar ≠ missile: these words do not correspond" in listed[1]


def test_marked_words_are_the_words_of_the_difference(comparison: Comparison) -> None:
    known = catalogue(comparison)
    for row in rows(comparison.stories[0], known):
        for card in cards(row, known):
            whole = "".join(piece.text for piece in card.pieces)
            assert card.attestation.excerpt.text in whole
            attested = "".join(piece.text for piece in card.pieces if piece.attested)
            assert attested == card.attestation.excerpt.text


def test_story_header_names_who_where_when_and_conflicts(full: markup.HtmlElement) -> None:
    head = words(full.cssselect(".story-head")[0])
    assert "who سالم الدرويش Salem al-Darwish Behrouz Tavana" in head
    assert "where Nilan" in head
    assert "when 8 March 2023 ⚠ 1 report has a date conflict" in head
    assert "one witness in two languages" in head


def test_look_alike_is_named_with_its_reasons(full: markup.HtmlElement) -> None:
    apart = words(full.cssselect(".apart")[0])
    assert "The Tidewater Post" in apart
    assert "and another day: 12 March, not 8 March. speaks against it: 2023-03-08 / 2023-03-12" in apart


def test_dates_keep_the_printed_words_beside_the_converted_day(full: markup.HtmlElement) -> None:
    table = [words(row) for row in full.cssselect("h3[id^=dates] + .scroll tbody")[0]]
    assert "8 March 2023 چهارشنبه ۱۷ اسفند ۱۴۰۱ Solar Hijri printed" in table[1]
    assert "unknown unknown date unknown" in table[2]
    assert "⚠ date conflict" in table[0]
    assert table[0].endswith("اليوم الأربعاء")


def test_dropped_inputs_and_totals(full: markup.HtmlElement) -> None:
    dropped = words(full.cssselect(".dropped")[0])
    assert "reports/empty.txt read The file is empty." in dropped
    assert "7 inputs = 5 compared + 2 dropped" in dropped
    assert "5 compared = 4 in 1 story told by several + 1 alone" in dropped


def test_made_by_is_told(full: markup.HtmlElement) -> None:
    assert "Made by khabar 0.1.0, encoder multilingual-e5-small int8 r1" in words(full.cssselect("footer")[0])


def test_page_view_names_what_was_left_out(full: markup.HtmlElement) -> None:
    first = full.cssselect(".page")[0]
    assert [words(label) for label in first.cssselect(".label")] == [
        "site name",
        "title",
        "date line",
        "counter",
        "sharing",
        "copyright",
    ]
    assert words(first.cssselect(".out")[2]) == "1540 مشاهدة"


def test_page_view_loses_no_character(comparison: Comparison) -> None:
    for article in (*comparison.articles, *sample.hostile(1000).articles):
        shown = "\n".join("".join(stretch.text for stretch in line) for line in lines(article))
        assert shown == article.text


def test_every_right_to_left_run_is_isolated_with_its_direction(full: markup.HtmlElement) -> None:
    for run in full.cssselect("bdi"):
        if any("ء" <= letter <= "ی" for letter in run.text_content()):
            assert run.get("dir") in {"rtl", "ltr"}
    quotes = full.cssselect(".card blockquote")
    assert {(quote.get("lang"), quote.get("dir")) for quote in quotes} == {
        ("ar", "rtl"),
        ("fa", "rtl"),
        ("en", "ltr"),
    }
    assert full.cssselect("html")[0].get("lang") == "en"


def test_sentence_of_ours_keeps_its_direction_among_foreign_names() -> None:
    shown = markup.fragment_fromstring(told("Both name سالم بن حمد الوضاحي and کمال."))
    assert shown.get("dir") == "ltr"
    assert [run.text for run in shown.cssselect("bdi bdi[dir=rtl]")] == ["سالم بن حمد الوضاحي", "کمال"]
    assert words(shown) == "Both name سالم بن حمد الوضاحي and کمال."


def test_nothing_is_fetched_from_anywhere(full: markup.HtmlElement) -> None:
    links = [link for _, attribute, link, _ in full.iterlinks() if attribute]
    assert all(link.startswith("#") for link in links)
    assert not full.cssselect("link, img, iframe, script[src], base, object")
    assert "url(" not in STYLE
    assert "@import" not in STYLE


def test_policy_allows_only_this_style_and_this_script(full: markup.HtmlElement) -> None:
    policy = full.cssselect("meta[http-equiv]")[0].get("content")
    for name in ("style", "script"):
        source = full.cssselect(name)[0].text
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")


def test_inline_styles_that_the_policy_forbids_are_not_used(full: markup.HtmlElement) -> None:
    assert full.xpath("//*[@style or @onclick or @onload]") == []


def test_hostile_words_stay_words() -> None:
    text = to_html(sample.hostile(10_000))
    made = markup.document_fromstring(text)
    assert len(made.cssselect("script")) == 1
    assert len(made.cssselect("style")) == 1
    assert made.cssselect("img") == []
    assert "alert(1)" in words(made.cssselect("h2")[0])
    assert "{{ 7*7 }}" in words(made.cssselect("h2")[0])
    assert re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]", text) == []
    assert [box.text for box in made.cssselect("h2 .control")][:3] == ["RLO", "PDF", "RLI"]
    assert {element.get("lang") for element in made.iter() if element.get("lang")} <= {"en", "x"}


def test_long_words_are_cut_in_the_table_and_whole_in_the_page_view() -> None:
    made = page(sample.hostile(10_000))
    assert len(words(made.cssselect(".statements")[0])) < 6_000
    assert "w" * 10_000 in words(made.cssselect(".page")[0])


def test_copies_share_a_column_that_unfolds() -> None:
    made = page(sample.many(50))
    assert len(made.cssselect(".statements thead th")) == 3
    assert len(made.cssselect(".members")[0].cssselect("li")) == 50
    assert len(made.cssselect(".evidence")[0].cssselect(".card")) == 2


def test_one_report_alone_and_none_at_all() -> None:
    assert "Only one report could be read" in words(page(sample.alone()).cssselect("main")[0])
    assert "No report could be compared." in words(page(sample.nothing()).cssselect("main")[0])


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
def test_theme_is_set(theme: str) -> None:
    assert page(sample.alone(), theme).get("data-theme") == theme


def test_every_kind_has_its_words() -> None:
    needed = [f"kind.{kind}" for kind in DifferenceKind] + [f"weight.{weight}" for weight in Weight]
    needed += [f"date.{status}" for status in DateStatus] + [f"left_out.{kind}" for kind in BoilerplateKind]
    needed += [f"date.calendar.{calendar}" for calendar in Calendar if calendar != "gregorian"]
    needed += [f"legend.{state}" for state in State] + [str(state) for state in State]
    assert [key for key in needed if key not in words_in("en").words] == []


def test_only_logical_properties_are_used() -> None:
    physical = r"(margin|padding|border|inset)-(left|right|top|bottom)|[{;\s](left|right|top|bottom):"
    assert re.findall(physical, STYLE) == []
    assert "text-align: left" not in STYLE
    assert "text-align: right" not in STYLE


def test_right_to_left_words_are_never_slanted_or_spaced() -> None:
    assert "italic" not in STYLE
    assert "letter-spacing" not in STYLE
    assert "justify;" not in STYLE


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Source: WCAG 2.2, contrast ratio."""
    high, low = sorted([_luminance(one), _luminance(other)], reverse=True)
    return (high + 0.05) / (low + 0.05)


def palettes() -> list[dict[str, str]]:
    blocks = re.findall(r"--paper:[^}]*?--quiet: #\w{6}", STYLE)
    return [dict(re.findall(r"--(\w+): (#\w{6})", block)) for block in blocks]


def test_palettes_are_all_found() -> None:
    assert len(palettes()) == 4  # light, dark twice (system and switch), print
    assert palettes()[1] == palettes()[2]


@pytest.mark.parametrize("ground", ["paper", "panel"])
@pytest.mark.parametrize("colour", ["ink", "accent", "differs", "conflict", "agree", "quiet"])
def test_contrast_is_at_least_four_and_a_half(colour: str, ground: str) -> None:
    for palette in palettes():
        assert contrast(palette[colour], palette[ground]) >= 4.5


def test_a_word_without_end_may_be_broken_and_loses_no_letter() -> None:
    endless = "ب\u0651" * 3000
    pieces = str(ink_words(f"before {endless} after")).split("<wbr>")
    assert "".join(pieces) == f"before {endless} after"
    assert max(map(len, pieces)) < 250
    assert not any(piece.startswith("\u0651") for piece in pieces)
    assert "<wbr>" not in ink_words("a word " * 500)


def test_figures_before_a_file_name_stay_before_it() -> None:
    with speaking("fa"):
        assert '<bdi dir="ltr">04_wire_en.txt</bdi>' in told(
            "04_wire_en.txt makes the rest of it and does not mention this part."
        )
