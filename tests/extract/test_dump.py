"""What the cleaner makes of text that was copied from a page."""

from __future__ import annotations

import time

import pytest

from khabar.extract import extract
from khabar.lang.loader import load_languages
from khabar.model.article import BoilerplateKind, Extract
from khabar.model.outcome import Kept
from khabar.model.page import Page, PageKind

TITLE = "Flood closes Skerry bridge"
FIRST = "The bridge over the Skerry was closed on Monday after a flood damaged two of its piers."
SECOND = "Mayor Colin Weir said repairs would take until May and cost two million pounds."
THIRD = "Cars must use the old road through the valley until then, police said."


def clean(*lines: str) -> Extract:
    outcome = extract(Page("a.txt", PageKind.TEXT, "\n".join(lines), "utf-8", "detected"), load_languages())
    assert isinstance(outcome, Kept)
    return outcome.item


def body(found: Extract) -> list[str]:
    return [span.of(found.text) for span in found.body]


def title(found: Extract) -> str | None:
    return found.title.of(found.text) if found.title else None


def kinds(found: Extract) -> dict[str, BoilerplateKind]:
    return {piece.span.of(found.text): piece.kind for piece in found.boilerplate}


@pytest.mark.parametrize(
    "text", ["Bridge closed after flood", FIRST, f"{FIRST} {SECOND} {THIRD}", "جسر", "سیل پل را بست"]
)
def test_a_single_line_is_body_whatever_it_looks_like(text: str) -> None:
    assert body(clean(text)) == [text]


def test_a_copy_with_a_slip_of_spelling_is_a_repeat_and_the_paragraphs_stay() -> None:
    found = clean(
        TITLE, FIRST, SECOND, "By Anna Holt", TITLE, f"{FIRST} {SECOND}".replace("damaged", "damagd")
    )
    assert title(found) == TITLE
    assert body(found) == [FIRST, SECOND]
    assert BoilerplateKind.REPEAT in kinds(found).values()


def test_a_copy_with_another_number_is_no_repeat() -> None:
    first = FIRST.replace("two", "7")
    found = clean(TITLE, first, "By Anna Holt", first.replace("7", "9"))
    assert len(body(found)) == 2


def test_the_complete_copy_is_kept_before_the_one_cut_short() -> None:
    whole = FIRST.replace(".", ", the mayor said in the evening.")
    found = clean(TITLE, FIRST.replace(".", "..."), "Read more", "12 May 2026", whole, SECOND, THIRD)
    assert body(found) == [whole, SECOND, THIRD]


def test_a_sentence_that_only_the_other_copy_has_is_not_lost() -> None:
    found = clean(
        FIRST, SECOND, THIRD, "12 May 2026", TITLE, f"{FIRST} Nobody knows why it rained so. {SECOND} {THIRD}"
    )
    assert body(found) == [FIRST, SECOND, THIRD, "Nobody knows why it rained so."]


def test_three_copies_leave_one() -> None:
    found = clean(*[FIRST, SECOND, "12 May 2026"] * 3)
    assert body(found) == [FIRST, SECOND]


def test_a_title_after_the_body_is_found() -> None:
    found = clean(FIRST, SECOND, "", TITLE, "12 May 2026", "1,204 views")
    assert title(found) == TITLE
    assert body(found) == [FIRST, SECOND]


def test_a_title_is_never_made_up() -> None:
    assert title(clean(FIRST, SECOND, THIRD)) is None


def test_a_first_paragraph_without_a_full_stop_is_not_the_title() -> None:
    lines = [line.rstrip(".") for line in (FIRST, SECOND, THIRD)]
    found = clean(*lines)
    assert title(found) is None
    assert body(found) == lines


def test_the_name_of_the_site_behind_the_title_is_no_part_of_it() -> None:
    found = clean(f"{TITLE} – Site of Skerry Radio – Northmere", "Skerry Radio", TITLE, FIRST, SECOND)
    assert title(found) == TITLE
    assert found.outlet == "Skerry Radio"
    assert kinds(found)[TITLE] is BoilerplateKind.TITLE_REPEAT


@pytest.mark.parametrize(
    "name", ["photo_2026-05-04_10-11-12", "IMG_20260504_1011", "DSC_0417", "bridge-2.jpg"]
)
def test_a_file_name_glued_to_a_word_is_cut_and_the_word_stays(name: str) -> None:
    found = clean(TITLE, FIRST, f"{name}{SECOND}")
    assert kinds(found)[name] is BoilerplateKind.FILE_NAME
    assert body(found) == [FIRST, SECOND]


def test_sub_headings_lists_and_verses_stay() -> None:
    lines = [
        FIRST,
        "Schools",
        SECOND,
        "Roads and bridges",
        THIRD,
        "The winners:",
        "1. Anna Holt",
        "2. Tom Renner",
    ]
    assert body(clean(TITLE, *lines)) == lines
    verses = [
        "The river runs low",
        "under the old bridge",
        "and nobody crosses",
        "The river runs low",
        "and I wait",
    ]
    assert body(clean(*verses)) == verses


def test_sentences_that_begin_like_furniture_stay() -> None:
    lines = [
        "By Tuesday the river had risen to its highest level in forty years.",
        "Source documents seen by reporters say otherwise, the mayor said.",
        "Share prices fell.",
        "Comments by the minister angered the valley.",
        "Copyright law was not on the agenda of the council that evening.",
        "The shop changed its privacy policy and its terms of service after the flood, customers said.",
        "Nobody else in the valley had done so before the end of the year.",
    ]
    assert body(clean(TITLE, *lines)) == lines


def test_read_also_in_the_middle_takes_its_headlines_and_no_paragraph() -> None:
    found = clean(TITLE, FIRST, "Read also", "Ferry sails again", "Storm was the worst on record", SECOND)
    assert body(found) == [FIRST, SECOND]


def test_a_comment_form_above_the_text_does_not_swallow_it() -> None:
    assert body(clean("Comments (3)", TITLE, FIRST, SECOND)) == [FIRST, SECOND]


def test_a_dateline_stays_in_the_body_and_names_the_outlet() -> None:
    found = clean(TITLE, f"SKERRY (Coastwire) - {FIRST}", SECOND)
    assert body(found)[0].startswith("SKERRY (Coastwire) -")
    assert found.outlet == "Coastwire"


def test_agencies_that_a_report_cites_are_not_its_outlet() -> None:
    assert clean(TITLE, FIRST, "The agency “Coastwire” said repairs had begun.").outlet is None


def test_a_language_without_a_pack_passes_through() -> None:
    lines = [
        "Daraja jipya la mto lilifunguliwa Jumatatu na rais wa nchi mbele ya watu elfu moja.",
        "Waziri alisema ujenzi uligharimu shilingi bilioni mbili.",
    ]
    found = clean("Daraja jipya lafunguliwa", *lines)
    assert title(found) == "Daraja jipya lafunguliwa"
    assert body(found) == lines


@pytest.mark.parametrize(
    "text", ["a " * 200_000, f"{FIRST}\n{SECOND}\n" * 1500, "8 July 2020\n" * 20_000 + FIRST]
)
def test_long_texts_take_time_by_their_length(text: str) -> None:
    clean("warm up")
    begin = time.process_time()
    clean(text)
    assert time.process_time() - begin < 15


def test_a_translation_above_its_original_is_body_in_both_languages() -> None:
    arabic = [
        "افتتح وزير المياه سد السدرة يوم الإثنين بحسب ما أعلن مسؤولون في المحافظة",
        "ويتسع السد لمليوني متر مكعب من المياه ويخدم تسع قرى في الوادي والجبل",
    ]
    found = clean(TITLE, "12 May 2026", FIRST, SECOND, "افتتاح سد السدرة الجديد", "12 مايو 2026", *arabic)
    assert title(found) == TITLE
    assert body(found) == [FIRST, SECOND, *arabic]
    assert kinds(found)["افتتاح سد السدرة الجديد"] is BoilerplateKind.TITLE_REPEAT


def test_a_line_that_is_only_an_address_is_no_part_of_the_text() -> None:
    address = "https://skerry.example/news/2026/05/04/bridge"
    found = clean(TITLE, address, FIRST, f"{SECOND} See www.skerry.example for the map.", THIRD)
    assert kinds(found) == {address: BoilerplateKind.NAVIGATION}
    assert body(found) == [FIRST, f"{SECOND} See www.skerry.example for the map.", THIRD]


@pytest.mark.parametrize("line", ["12 марта 2025 г.", "12. März 2025.", "2025年3月12日", "۲۲ اسفند ۱۴۰۳."])
def test_a_date_line_that_ends_in_a_stop_is_no_statement(line: str) -> None:
    found = clean(TITLE, line, FIRST, SECOND)
    assert kinds(found)[line] is BoilerplateKind.DATE_LINE
    assert body(found) == [FIRST, SECOND]


def test_a_short_sentence_with_a_day_is_body() -> None:
    last = "The vote is on 5 May 2026."
    assert body(clean(TITLE, FIRST, SECOND, last))[-1] == last
