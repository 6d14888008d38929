"""Names in what no newspaper would print: bounded time, no crash, spans that hold together."""

import time
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khabar.annotate.names import find_names, link_names, name_article
from khabar.annotate.names.romanise import romanise
from khabar.encode.types import Encoder
from khabar.lang.loader import load_languages
from khabar.model.mentions import NameKind, NameMention

from .conftest import make_report

# A busy machine may take many times what a quiet one does; what is tested for never ends or takes minutes.
LONG_S = 60.0
GIVEN = ["سامر", "وليد", "رشيد", "منير", "هادي", "كمال", "عماد", "سعيد", "ليث", "نادر"]
SURNAMES = [
    "ال" + a + b
    for a in ("حد", "عط", "نص", "كر", "بر", "شا", "مر", "سل", "جب", "قا")
    for b in ("اد", "ار", "يم", "وي", "ان")
]


def found_in(encoder: Encoder, text: str, language: str) -> list[NameMention]:
    found = find_names(text, encoder.words([text])[0], load_languages().pack(language))
    assert all(name.span.of(text) == name.text for name in found)
    assert all(one.span.end <= two.span.start for one, two in pairwise(found))
    return found


def test_a_page_of_five_thousand_names_is_linked_in_bounded_time() -> None:
    names = [f"{GIVEN[n % 10]} {SURNAMES[n // 10 % 50]}{'ي' * (n // 500 % 10)}" for n in range(5_000)]
    reports = [
        make_report(
            str(k), "ar", *names[k : k + 500], names="|".join(f"p:{name}" for name in names[k : k + 500])
        )
        for k in range(0, 5_000, 500)
    ]
    begun = time.monotonic()
    linked, entities = link_names(reports)
    assert time.monotonic() - begun < LONG_S
    assert sum(len(article.names) for article in linked) >= 5_000
    assert entities


@pytest.mark.parametrize(
    "piece", ["وقال Samer حداد في بيروت ", "Samer Haddad met ", "قانون اتفاقية معاهدة ", "«", "ا", "Ab"]
)
def test_a_sentence_of_twenty_thousand_characters_ends(encoder: Encoder, piece: str) -> None:
    text = (piece * (20_000 // len(piece) + 1))[:20_000]
    words = encoder.words([text])[0]
    begun = time.monotonic()
    find_names(text, words, load_languages().pack("ar"))
    assert time.monotonic() - begun < LONG_S


def test_text_in_capitals_still_names_people_and_places(encoder: Encoder) -> None:
    found = found_in(encoder, "PRESIDENT SAMER HADDAD ARRIVED IN BEIRUT ON MONDAY, REUTERS REPORTED.", "en")
    kinds = {name.text: name.kind for name in found}
    assert kinds.get("BEIRUT") is NameKind.PLACE
    assert any("HADDAD" in text and kind is NameKind.PERSON for text, kind in kinds.items())
    assert "MONDAY" not in kinds


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "وصلسامرحدادإلىبيروتأمسوقالإنالسفينةغرقت"),
        ("en", "samerhaddadarrivedinbeirutyesterdayandsaidtheshipsank"),
        ("zh", "萨米尔昨天抵达贝鲁特他说船沉了"),
        ("ar", "وصل سامر حداد إلى بيروت ثم غادر إلى دمشق ثم عاد إلى بيروت " * 5),
        ("ar", "سامرHaddad وصل إلى Beirutبيروت"),
        ("en", "Sаmer Hаddаd came to Bеirut"),
        ("ar", "\u202bسامر\u202c \u2067حداد\u2069 وصل"),
        ("ar", "سا\u200fمر حدّ\u200eاد في بيـــروت"),
        ("en", "Sa\u202emer\u202c Haddad in Beirut"),
    ],
)
def test_odd_text_gives_spans_that_hold_together(encoder: Encoder, language: str, text: str) -> None:
    for name in found_in(encoder, text, language):
        assert name.text.strip()
        assert len(name.text) < 60


def test_bidi_controls_inside_a_name_leave_it_one_name(encoder: Encoder) -> None:
    text = "وصل الوزير \u2067سامر حداد\u2069 إلى بيروت أمس."
    plain = text.replace("\u2067", "").replace("\u2069", "")
    assert [name.text for name in found_in(encoder, text, "ar")] == [
        name.text for name in found_in(encoder, plain, "ar")
    ]


@pytest.mark.parametrize("name", ["ا" * 20_000, "سامر " * 4_000, "ʿ" * 500, "\u202eسامر", ""])
def test_any_name_is_read_in_bounded_time(name: str) -> None:
    begun = time.monotonic()
    for style in ("plain", "scholarly"):
        romanise(name, "ar", style)  # type: ignore[arg-type]
    assert time.monotonic() - begun < LONG_S


ODD = st.text(st.sampled_from("ابقيىSaH\u202b\u202c\u2067\u2069\u200c\u200f«»\"'()12٣ -.،\n"), max_size=80)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(ODD, min_size=1, max_size=3), language=st.sampled_from(["ar", "fa", "en"]))
def test_a_report_of_odd_text_keeps_its_spans(encoder: Encoder, texts: list[str], language: str) -> None:
    article = make_report("a", language, *texts)
    words = encoder.words([sentence.span.of(article.text) for sentence in article.sentences])
    named = name_article(article, words, load_languages())
    (linked,), entities = link_names([named])
    assert {name.entity for name in linked.names} == {entity.id for entity in entities}
    assert all(name.span.of(article.text) == name.text for name in linked.names)
    assert replace(linked, names=()) == replace(article, names=())
