"""Every row of every table is found in its own example; tables agree with themselves and with each other."""

from __future__ import annotations

from collections import defaultdict

import pytest

from khabar.lang.fold import Fold, folded_text
from khabar.lang.loader import load_languages
from khabar.lang.match import Hit, Lexicon
from khabar.lang.schema import NOTHING, Pack, Row

LANGUAGES = load_languages()
PACKS = tuple(LANGUAGES.packs.values())
FULL = ("ar", "fa", "en")
TABLES = [(pack, table) for pack in PACKS for table in pack.tables]
NEEDED = (
    "months weekdays day_words day_parts number_words ordinal_words reporting_verbs quote_marks titles "
    "negation polarity hedges attribution clause_marks boilerplate places_words units"
)


def named(each: object) -> str:
    return each.code if isinstance(each, Pack) else str(each)


def compact(form: str) -> str:
    return folded_text(form.strip("-ـ") or form, Fold.LEXICON).replace(" ", "")


def shows(hit: Hit, row: Row) -> bool:
    """A longer row of the same meaning may stand for a shorter one ("Tags:" for "Tags")."""
    return hit.row.meaning == row.meaning and compact(row.form) in compact(hit.span.of(row.example))


def works(row: Row, lexicon: Lexicon, without_hiding: Lexicon) -> bool:
    """A row is found in its example; one that means nothing hides something there that would be found."""
    found = lexicon.find(row.example)
    if row.meaning != NOTHING:
        return any(shows(hit, row) for hit in found)
    return compact(row.form) in compact(row.example) and len(found) < len(without_hiding.find(row.example))


@pytest.mark.parametrize(("pack", "table"), TABLES, ids=named)
def test_every_row_is_found_in_its_example_with_its_meaning(pack: Pack, table: str) -> None:
    rows = pack.tables[table]
    lexicon = Lexicon(rows, pack.clitics)
    without_hiding = Lexicon([row for row in rows if row.meaning != NOTHING], pack.clitics)
    lost = [row for row in rows if not works(row, lexicon, without_hiding)]
    assert not lost, f"{pack.code}/{table}.tsv: {len(lost)} rows, the first of them {lost[0]}"


@pytest.mark.parametrize("code", FULL)
def test_a_full_pack_has_every_table(code: str) -> None:
    assert [table for table in NEEDED.split() if not LANGUAGES.pack(code).has(table)] == []


@pytest.mark.parametrize("pack", LANGUAGES.all(), ids=named)
def test_no_month_and_no_weekday_is_missing(pack: Pack) -> None:
    months = {row.meaning for row in pack.rows("months")}
    for calendar in {meaning.split(":")[0] for meaning in months} | {"gregorian"}:
        assert {f"{calendar}:{n}" for n in range(1, 13)} <= months
    assert {row.meaning for row in pack.rows("weekdays")} == set("1234567")


@pytest.mark.parametrize("pack", LANGUAGES.all(), ids=named)
@pytest.mark.parametrize("table", ["months", "weekdays", "day_words", "ordinal_words"])
def test_a_form_has_one_meaning(pack: Pack, table: str) -> None:
    meanings = defaultdict(set)
    for row in pack.rows(table):
        calendar = row.meaning.partition(":")[0] if table == "months" else ""
        meanings[compact(row.form), calendar].add(row.meaning)
    assert {form: found for form, found in meanings.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    ("meaning", "forms"),
    [
        ("rank:major_general", {"ar": "اللواء", "fa": "سرلشکر", "en": "Major General"}),
        ("rank:lieutenant_general", {"ar": "الفريق", "fa": "سپهبد", "en": "Lieutenant General"}),
        ("office:defence_minister", {"ar": "وزير الدفاع", "fa": "وزیر دفاع", "en": "defense minister"}),
        (
            "office:chief_of_staff",
            {"ar": "رئيس أركان الجيش", "fa": "رئیس ستاد کل نیروهای مسلح", "en": "chief of staff"},
        ),
    ],
)
def test_equal_titles_share_a_meaning_across_languages(meaning: str, forms: dict[str, str]) -> None:
    for code, form in forms.items():
        hits = Lexicon.of(LANGUAGES.pack(code), "titles").find(form)
        assert [hit.row.meaning for hit in hits] == [meaning]


@pytest.mark.parametrize(
    ("code", "text", "meaning"),
    [
        ("ar", "8 يوليو", "gregorian:7"),
        ("ar", "8 تموز", "gregorian:7"),
        ("ar", "8 جويلية", "gregorian:7"),
        ("ar", "8 يوليوز", "gregorian:7"),
        ("fa", "۸ ژوئیه", "gregorian:7"),
        ("fa", "۸ جولای", "gregorian:7"),
        ("fa", "۸ ژوییه", "gregorian:7"),
        ("fa", "۱۸ تیر", "jalali:4"),
        ("fa", "۱۸ سرطان", "jalali:4"),
        ("ar", "18 تير", "jalali:4"),
        ("en", "18 Tir", "jalali:4"),
        ("ar", "17 ذو القعدة", "hijri:11"),
        ("fa", "۱۷ ذی‌القعده", "hijri:11"),
        ("en", "17 Dhu al-Qadah", "hijri:11"),
    ],
)
def test_a_month_is_known_by_each_of_its_names(code: str, text: str, meaning: str) -> None:
    assert meaning in {hit.row.meaning for hit in Lexicon.of(LANGUAGES.pack(code), "months").find(text)}


def test_a_country_of_one_full_pack_is_in_the_others() -> None:
    countries = [
        {row.meaning for row in LANGUAGES.pack(code).rows("places_words") if row.meaning[:7] == "country"}
        for code in FULL
    ]
    assert countries[0] == countries[1] == countries[2]
    assert len(countries[0]) >= 193


def test_a_city_of_one_full_pack_is_in_the_others() -> None:
    cities = [
        {row.meaning for row in LANGUAGES.pack(code).rows("places_words") if row.meaning[:4] == "city"}
        for code in FULL
    ]
    assert cities[0] == cities[1] == cities[2]


@pytest.mark.parametrize("pack", PACKS, ids=named)
def test_a_pack_can_tell_where_a_quotation_closes(pack: Pack) -> None:
    forms = {row.form for row in pack.rows("quote_marks")}
    assert pack.quote_pairs
    assert all(opening in forms and closing in forms for opening, closing in pack.quote_pairs)
