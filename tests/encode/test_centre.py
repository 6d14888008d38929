"""Centred vectors tell what a sentence says, not which language says it."""

from __future__ import annotations

import numpy as np
import pytest

from khabar.encode.centre import Background, background_from_means, load_background, no_background
from khabar.encode.types import Encoder

NEWS = {
    "en": (
        "The harbour was closed because of the storm.",
        "Two hundred people marched against the new tax.",
        "The court postponed the hearing until March.",
        "The minister will travel to the neighbouring country on Sunday.",
    ),
    "ar": (
        "أُغلق الميناء بسبب العاصفة.",
        "تظاهر مئتا شخص ضد الضريبة الجديدة.",
        "أجلت المحكمة الجلسة حتى مارس.",
        "سيسافر الوزير إلى الدولة المجاورة يوم الأحد.",
    ),
    "fa": (
        "بندر به دلیل طوفان بسته شد.",
        "دویست نفر علیه مالیات جدید راهپیمایی کردند.",
        "دادگاه جلسه رسیدگی را تا مارس به تعویق انداخت.",
        "وزیر روز یکشنبه به کشور همسایه سفر خواهد کرد.",
    ),
    "sv": (  # no mean ships for it
        "Hamnen stängdes på grund av stormen.",
        "Två hundra personer demonstrerade mot den nya skatten.",
        "Domstolen sköt upp förhandlingen till mars.",
        "Ministern reser till grannlandet på söndag.",
    ),
}


@pytest.fixture(scope="module")
def background(encoder: Encoder) -> Background:
    return load_background(encoder)


def test_every_sentence_finds_its_translations_before_its_own_language(
    encoder: Encoder, background: Background
) -> None:
    texts = [text for side in NEWS.values() for text in side]
    languages = [language for language, side in NEWS.items() for _ in side]
    vectors = background.centre(encoder.sentences(texts), languages)
    closeness, count = vectors @ vectors.T, len(NEWS["en"])
    same = np.arange(len(texts))[:, None] % count == np.arange(len(texts)) % count
    np.fill_diagonal(closeness, np.nan)
    assert np.nanmin(np.where(same, closeness, np.nan)) > np.nanmax(np.where(same, np.nan, closeness))


def test_a_language_named_wrongly_costs_little(encoder: Encoder, background: Background) -> None:
    vectors = encoder.sentences(NEWS["fa"])
    right, wrong = (background.centre(vectors, [language] * 4) for language in ("fa", "ar"))
    assert np.sum(right * wrong, axis=1).min() > 0.9


def test_each_vector_is_centred_by_itself(encoder: Encoder, background: Background) -> None:
    vectors = encoder.sentences(NEWS["ar"])
    alone = np.concatenate([background.centre(vectors[at : at + 1], ["ar"]) for at in range(4)])
    assert np.allclose(background.centre(vectors, ["ar"] * 4), alone, atol=1e-6)


def test_the_shape_length_and_input_stay(encoder: Encoder, background: Background) -> None:
    vectors = encoder.sentences([*NEWS["en"], ""])
    before = vectors.copy()
    centred = background.centre(vectors, ["en"] * 5)
    assert centred.dtype == np.float32
    assert np.allclose(np.linalg.norm(centred, axis=1), [1, 1, 1, 1, 0], atol=1e-5)
    assert np.array_equal(vectors, before)
    assert background.centre(vectors[:0], []).shape == (0, encoder.dim)


def test_a_regional_name_of_a_language_has_its_mean(background: Background) -> None:
    assert np.array_equal(background.mean("pt-BR"), background.mean("pt"))
    assert {"ar", "fa", "en"} <= set(background.languages)
    assert len(background.languages) == 39


def test_the_directions_in_which_languages_differ_are_gone() -> None:
    random = np.random.default_rng(3)
    means = random.normal(size=(4, 16)).astype(np.float32)
    background = background_from_means(("a", "b", "c", "d"), means)
    centred = background.centre(random.normal(size=(9, 16)).astype(np.float32), ["x"] * 9)
    assert np.abs(centred @ (means - means.mean(axis=0)).T).max() < 1e-5


def test_an_encoder_without_a_background_is_only_set_to_length() -> None:
    centred = no_background(4).centre(np.array([[3, 0, 4, 0], [0, 0, 0, 0]], np.float32), ["ar", "en"])
    assert np.allclose(centred, [[0.6, 0, 0.8, 0], [0, 0, 0, 0]])
