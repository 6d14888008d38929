"""How far a credit reaches, and outlets that only their place, a masthead or the user tells of."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.annotate.quote_reports import report

from khabar.annotate.citations import find_citations
from khabar.annotate.outlets import KINDS, Outlet, outlet_id, outlets, shipped_outlets
from khabar.model.mentions import Citation, Reaches


def cited(text: str, language: str, outlet: str | None = None) -> list[Citation]:
    articles, _ = find_citations([report(text, language, {}, outlet)], [])
    return list(articles[0].citations)


@pytest.mark.parametrize(
    ("language", "text", "reaches", "words"),
    [
        ("en", "It rained. According to Reuters, roads were cut. It was cold.", "sentence", "According to"),
        ("en", "TYRE (AFP) - It rained.\nRoads were cut.", "report", "TYRE"),
        ("en", "It rained. (AP)\nRoads were cut.", "paragraph", "It rained."),
        ("en", "It rained.\nRoads were cut. (AP)", "report", "It rained."),
        ("fa", "به گزارش ایسنا، باران بارید.\nراه‌ها بسته شد.", "report", "به گزارش"),
        ("fa", "باران بارید. به نقل از تابناک، راه‌ها بسته شد.", "sentence", "به نقل از"),
        ("ar", "أمطرت. وقُطعت الطرق، بحسب وكالة سانا. وعاد البرد.", "sentence", "وقُطعت"),
    ],
)
def test_a_credit_reaches_as_far_as_its_place_tells(
    language: str, text: str, reaches: str, words: str
) -> None:
    [found] = cited(text, language)
    assert found.reaches == reaches
    assert found.reach is not None
    assert found.reach.of(text).startswith(words)
    assert 0 < found.confidence <= 1
    assert found.reach_reason.endswith(".")


def test_a_photo_credit_reaches_no_words() -> None:
    [found] = cited("Photo: Reuters\nIt rained in the hills all day.", "en")
    assert (found.reaches, found.reach) == (Reaches.PICTURE, None)


def test_a_photo_credit_inside_a_paragraph_is_found_and_of_two_agencies_both() -> None:
    long = "It rained in the hills all day, and the roads to the villages were cut in three places. " * 3
    found = cited(f"{long}(Photo: AFP / Reuters)\n{long}", "en")
    assert [one.reaches for one in found] == [Reaches.PICTURE, Reaches.PICTURE]


def test_a_tag_of_two_agencies_names_both_and_agencies_name_none() -> None:
    assert len({one.source for one in cited("It rained all day. (AFP, Reuters)", "en")}) == 2
    [found] = cited("It rained all day - with agencies", "en")
    assert found.source is None


def test_the_outlet_of_the_report_is_no_source_of_itself() -> None:
    assert cited("TEHRAN (ISNA) - It rained.", "en", outlet="خبرگزاری ایسنا") == []


def test_an_outlet_named_by_a_masthead_is_found_where_another_report_cites_it() -> None:
    source = report("أمطرت أمس في التلال.", "ar", {}, "بوابة نخلة الساحل")
    taker = report("به نقل از نخلة الساحل، دیروز باران بارید.", "fa", {}, "رهنما")
    articles, known = find_citations([source, taker], [])
    [found] = articles[1].citations
    assert [one.name for one in known if one.id == found.source] == ["نخلة الساحل"]


@pytest.mark.parametrize(
    "text",
    [
        "به نقل از شاهدان عینی، دیروز باران بارید.",
        "به نقل از وی، دیروز باران بارید.",
        "به نقل از منابع آگاه، دیروز باران بارید.",
        "به نقل از رئیس پلیس، دیروز باران بارید.",
    ],
)
def test_people_behind_a_citing_word_are_no_outlet(text: str) -> None:
    assert cited(text, "fa") == []


def test_a_name_that_nothing_tells_of_is_an_outlet_behind_a_citing_word() -> None:
    [found] = cited("به نقل از نوای کرانه، دیروز باران بارید.", "fa")
    assert found.reason.endswith("not known")


def test_the_users_outlets_go_before_the_table() -> None:
    own = shipped_outlets().with_own([Outlet("own:mine", "Mine", forms=("Mine", "خبرگزاری کوه", "Reuters"))])
    assert own.id_of("Reuters") == own.id_of("خبرگزاری کوه") == "own:mine"
    assert shipped_outlets().id_of("Reuters") == "org:reuters"


def test_the_table_has_every_region_and_says_what_an_outlet_is() -> None:
    rows = outlets().values()
    countries = {one.country for one in rows}
    assert len(rows) >= 150
    assert {"SY", "EG", "SA", "IR", "AF", "TR", "IL", "GB", "FR", "DE", "US", "RU", "CN"} <= countries
    assert {one.kind for one in rows} == set(KINDS)
    assert all(len(one.country) == 2 and one.country.isupper() and one.language for one in rows)
    assert all("." in one.domain and " " not in one.domain for one in rows if one.domain)


@pytest.mark.parametrize(
    "names",
    [
        ("سانا", "SANA", "الوكالة العربية السورية للأنباء", "САНА"),
        ("تابناک", "تابناك", "Tabnak"),
        ("طلوع نیوز", "TOLOnews"),
        ("يديعوت أحرونوت", "یدیعوت آحارونوت", "ידיעות אחרונות"),
        ("الشرق الأوسط", "Asharq Al-Awsat"),
    ],
)
def test_an_outlet_is_one_in_every_script(names: tuple[str, ...]) -> None:
    assert len({outlet_id(name) for name in names}) == 1
    assert outlet_id(names[0]) is not None


def test_a_common_word_is_no_outlet_without_the_word_for_one() -> None:
    assert outlet_id("صحيفة النهار") is not None
    assert [name for name in ("النهار", "الخليج", "البيان", "الثورة", "شرق") if outlet_id(name)] == []


PIECES = st.sampled_from(
    [
        "به نقل از ",
        "according to ",
        "Reuters",
        "نقلا عن ",
        "(",
        ")",
        " - ",
        "رويترز",
        "، ",
        ". ",
        "\n",
        "Photo: ",
        "المصدر: ",
        "ایسنا",
        ":",
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=30), st.sampled_from(["ar", "fa", "en", "tr", "xx"]))
def test_any_text_gives_credits_whose_words_and_reach_lie_in_it(pieces: list[str], language: str) -> None:
    text = "".join(pieces)
    for one in cited(text, language):
        assert one.text == one.span.of(text) != ""
        assert one.reaches is not None
        assert one.reach is None or one.reach.end <= len(text)


@pytest.mark.parametrize(
    "text",
    ["according to " * 3000, "(AFP) " * 5000, "Photo: " * 4000, "به نقل از " * 3000, "المصدر: " * 3000],
)
def test_lists_of_citing_words_take_bounded_time(text: str) -> None:
    began = time.perf_counter()
    for language in ("en", "fa", "ar"):
        cited(text, language)
    assert time.perf_counter() - began < 20  # seconds; a quadratic search takes minutes
