"""What is kept in few bytes comes back whole."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.errors import LibraryError
from khabar.library.codec import from_plain, to_plain
from khabar.library.packing import pack_lead, pack_rows, unpack_leads, unpack_rows
from khabar.library.squeeze import read_facts, read_text, squeeze_facts, squeeze_text
from khabar.model.article import Article, Boilerplate, BoilerplateKind, Sentence
from khabar.model.mentions import Calendar, DateMention, NameKind, NameMention, Precision, Published
from khabar.model.span import Span


@st.composite
def articles(draw: st.DrawFn) -> Article:
    text = draw(st.text(min_size=1, max_size=60))

    def span() -> Span:
        start = draw(st.integers(0, len(text)))
        return Span(start, draw(st.integers(start, len(text))))

    place, named = span(), span()
    name = NameMention(
        named, draw(st.sampled_from([named.of(text), "other words"])), NameKind.PERSON, "e1", place
    )
    date = DateMention(
        place, place.of(text), "2026-05-12", Precision.DAY, draw(st.sampled_from([None, *Calendar]))
    )
    return Article(
        id="a1",
        path="p",
        text=text,
        outlet=draw(st.none() | st.text(max_size=5)),
        outlet_from="",
        title=draw(st.sampled_from([None, place])),
        languages=("ar", "en"),
        published=Published(conflicts=(place, named)),
        body=(place,),
        boilerplate=(Boilerplate(named, BoilerplateKind.BYLINE),),
        blocks=(),
        sentences=(Sentence("a1:s1", place, "ar"),),
        dates=(date,),
        names=(name,),
    )


@given(articles())
def test_an_article_comes_back(article: Article) -> None:
    kept = squeeze_facts(to_plain(article, article.text))
    assert from_plain(Article, read_facts(kept), article.text) == article


def test_what_was_kept_before_a_field_existed_is_read() -> None:
    plain = to_plain(NameMention(Span(0, 2), "ab", NameKind.PERSON, "e1"), "ab")
    plain["a_field_of_a_later_khabar"] = 1
    plain.pop("entity")
    assert from_plain(NameMention, plain, "ab") == NameMention(Span(0, 2), "ab", NameKind.PERSON)


def test_every_type_that_an_article_holds_has_a_codec() -> None:
    assert {field.name for field in dataclasses.fields(Article)} >= {"names", "quotes"}
    with pytest.raises(LibraryError):
        from_plain(Article, {"id": "a1"})


@given(st.text())
def test_a_text_comes_back(text: str) -> None:
    assert read_text(squeeze_text(text)) == text


def test_lone_surrogates_come_back() -> None:
    assert read_text(squeeze_text("x\ud800y")) == "x\ud800y"


@given(st.binary(max_size=40))
def test_bytes_that_are_not_ours_are_an_error_of_the_library(data: bytes) -> None:
    try:
        read_text(data)
    except LibraryError:
        return
    except UnicodeDecodeError:
        pytest.fail("broken bytes reach the caller as they are")


def test_products_of_packed_vectors_are_right_on_average() -> None:
    chance = np.random.default_rng(3)
    mean = chance.normal(size=(1, 384))
    vectors = (chance.normal(size=(200, 384)) + 0.8 * mean).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    packed = unpack_rows(pack_rows(vectors), 384)
    pairs = ~np.eye(200, dtype=bool)
    error = (packed @ packed.T - vectors @ vectors.T)[pairs]
    assert abs(error.mean()) < 0.01
    assert error.std() < 0.04
    assert len(pack_rows(vectors)) == 200 * (96 + 2)


def test_nothing_and_zero_are_packed_too() -> None:
    assert unpack_rows(pack_rows(np.zeros((0, 384), np.float32)), 384).shape == (0, 384)
    assert not unpack_rows(pack_rows(np.zeros((2, 384), np.float32)), 384).any()
    with pytest.raises(LibraryError):
        unpack_rows(b"12345", 384)


def test_a_lead_comes_back_nearly() -> None:
    lead = np.random.default_rng(1).normal(size=384).astype(np.float32)
    lead /= np.linalg.norm(lead)
    assert float(unpack_leads([pack_lead(lead)])[0] @ lead) == pytest.approx(1, abs=0.001)
    assert len(pack_lead(lead)) == 98
