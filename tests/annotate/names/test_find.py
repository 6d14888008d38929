import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khabar.annotate.names import find_names
from khabar.annotate.names.tagger import warn_of
from khabar.encode.types import Encoder, Words
from khabar.lang.loader import load_languages
from khabar.model.mentions import NameKind, NameMention
from khabar.model.span import Span


def find(encoder: Encoder, text: str, language: str) -> list[NameMention]:
    return find_names(text, encoder.words([text])[0], load_languages().pack(language))


def people(mentions: list[NameMention]) -> list[str]:
    return [mention.text for mention in mentions if mention.kind is NameKind.PERSON]


@pytest.mark.parametrize(
    ("language", "text", "person", "place"),
    [
        ("ar", "وصل وزير الخارجية سامر حداد أمس إلى بيروت للقاء المسؤولين.", "سامر حداد", "بيروت"),
        ("fa", "سامر حدادی وزیر خارجه روز گذشته وارد تهران شد.", "سامر حدادی", "تهران"),
        ("en", "Foreign Minister Samer Haddad arrived in Beirut yesterday.", "Samer Haddad", "Beirut"),
        ("tr", "Dışişleri Bakanı Samer Haddad dün Ankara'ya geldi.", "Samer Haddad", "Ankara"),
        ("ru", "Министр Самер Хаддад прибыл вчера в Москву.", "Самер Хаддад", None),
        ("fr", "Le ministre Samer Haddad est arrivé hier à Paris.", "Samer Haddad", "Paris"),
    ],
)
def test_a_person_and_a_place_are_found(
    encoder: Encoder, language: str, text: str, person: str, place: str | None
) -> None:
    found = find(encoder, text, language)
    assert people(found) == [person]
    if place:
        assert place in [mention.text for mention in found if mention.kind is NameKind.PLACE]


def test_one_letter_words_written_onto_a_name_stay_outside(encoder: Encoder) -> None:
    found = find(
        encoder, "وأكد الوزير دعمه الكامل لسوريا، وقال اللواء باقري وسامر حداد إن الاتفاق قريب.", "ar"
    )
    assert {"باقري", "سامر حداد"} <= set(people(found))
    assert "سوريا" in [mention.text for mention in found]


def test_the_office_before_a_name_is_its_title(encoder: Encoder) -> None:
    text = "وقع وزير الدفاع السوري، اللواء سامر حداد، الاتفاقية."
    mention = next(m for m in find(encoder, text, "ar") if m.kind is NameKind.PERSON)
    assert mention.text == "سامر حداد"
    assert mention.title is not None
    assert mention.title.of(text).startswith("وزير الدفاع")


@pytest.mark.parametrize(
    ("language", "text", "titles"),
    [
        ("ar", "وقال وزير الدفاع أن سامر حداد وصل إلى بيروت.", {"سامر حداد": None}),
        (
            "fa",
            "سامر حدادی نخست وزیر پاکستان با علی لاریان دیدار کرد.",
            {"سامر حدادی": "نخست وزیر", "علی لاریان": None},
        ),
        ("en", "President Samer Haddad met John Carter.", {"Samer Haddad": "President", "John Carter": None}),
        (
            "en",
            "The boat sank in strong winds, said Brig. Samer al-Haddadi, the coast guard commander.",
            {"Samer al-Haddadi": "Brig.", "Brig": "not found"},
        ),
        ("en", "The truce holds, said Maj. Gen. Samer Haddad on Monday.", {"Samer Haddad": "Maj. Gen."}),
    ],
)
def test_a_title_goes_to_the_person_whose_it_is(
    encoder: Encoder, language: str, text: str, titles: dict[str, str | None]
) -> None:
    found = {m.text: m.title and m.title.of(text) for m in find(encoder, text, language)}
    assert {name: found.get(name, "not found") for name in titles} == titles


def test_an_agency_named_in_brackets_is_an_outlet(encoder: Encoder) -> None:
    found = find(encoder, "وذكرت الوكالة السورية للأنباء (سانا) أن الاجتماع انتهى.", "ar")
    kinds = {mention.text: mention.kind for mention in found}
    assert kinds["سانا"] is NameKind.OUTLET


def test_with_another_encoders_vectors_the_tables_still_speak() -> None:
    words = Words((Span(0, 4),), np.ones((1, 7), np.float32), np.ones((1, 7), np.float32))
    found = find_names("Samer met nobody in Syria.", words, load_languages().pack("en"))
    assert [(mention.text, mention.kind) for mention in found] == [("Syria", NameKind.PLACE)]


def test_vectors_of_the_right_size_from_another_family_are_not_read(encoder: Encoder) -> None:
    text = "Samer Haddad arrived in Syria."
    own = encoder.words([text])[0]
    pack = load_languages().pack("en")
    assert [mention.text for mention in find_names(text, own, pack)] == ["Samer Haddad", "Syria"]
    for family in ("", "another-encoder"):
        found = find_names(text, replace(own, family=family), pack)
        assert [mention.text for mention in found] == ["Syria"]


def test_the_user_is_told_when_the_encoder_is_of_another_family(encoder: Encoder) -> None:
    assert warn_of(encoder.name, encoder.family) is None
    warning = warn_of("mine@1", "")
    assert warning is not None
    assert "tables and patterns only" in warning
    assert "mine@1" in warning


@pytest.mark.parametrize("text", ["", " ", "...", "١٢٣", "\u202b\u200f", "ـــ", "‘’“”"])
def test_a_sentence_without_words_names_nobody(encoder: Encoder, text: str) -> None:
    assert find(encoder, text, "ar") == []


def test_a_sentence_of_twenty_thousand_characters_ends_in_bounded_time(encoder: Encoder) -> None:
    text = ("وقال Samer حداد في بيروت " * 1000)[:20_000]
    words = encoder.words([text])[0]
    begun = time.monotonic()
    find_names(text, words, load_languages().pack("ar"))
    assert time.monotonic() - begun < 10


NASTY = st.text(
    st.sampled_from("ابوعليSamerHĀ‘ʿ'\"«»()،.- \u200c\u200f\u202b\u202c\u0651٣7_ШלB"), max_size=60
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=NASTY, language=st.sampled_from(["ar", "fa", "en", "xx"]))
def test_spans_point_at_their_words_in_any_text(encoder: Encoder, text: str, language: str) -> None:
    last = 0
    for mention in find(encoder, text, language):
        assert mention.span.of(text) == mention.text
        assert mention.span.start >= last
        assert mention.text.strip() == mention.text != ""
        last = mention.span.end
