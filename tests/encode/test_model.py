"""The encoder on texts as they come: places in the text as given, and no text changed by its company."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.encode.load import load_encoder
from khabar.encode.model import Tokens
from khabar.encode.types import Encoder
from khabar.encode.words import find_words

TEXTS = (
    "أعلن وزير الخارجية أن المحادثات ستستأنف الأسبوع المقبل في العاصمة.",
    "وزیر خارجه اعلام کرد که گفت‌وگوها هفته آینده در پایتخت از سر گرفته می‌شود.",
    "The foreign minister said that talks will resume next week in the capital.",
    "Der Hafen bleibt wegen des Sturms bis Freitag geschlossen, teilte die Behörde mit, und weitere Fähren "
    "fallen aus, solange der Wind nicht nachlässt.",
    "نعم",
)
WORD_LETTERS = "abzÉمحمدعلیپگچﷲﻻﻼﻣﺤﻤﺪﭘﮔ\u064e\u0651\u0652\u0670\u0640\u200c١۲3ﬁﬃ①½北京กา"
WORD = st.text(st.sampled_from(WORD_LETTERS), min_size=1, max_size=12)
SPACE = st.sampled_from(
    [" ", "  ", "\n", "\t", "\u00a0", " 😀 ", " 👩\u200d💻 ", " \ud800 ", " \u202b", "\u2069 ", "\u200f "]
)
ODD = st.text(st.sampled_from(WORD_LETTERS + " «».,()\u202a\u202e\u2067😀\udfff\ufeff\x00\x1f"), max_size=80)


def closeness(a: np.ndarray, b: np.ndarray) -> float:
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def test_translations_are_closer_than_other_news(encoder: Encoder) -> None:
    ar, fa, en, other, _ = encoder.sentences(TEXTS)
    assert min(ar @ fa, ar @ en, fa @ en) > max(ar @ other, fa @ other, en @ other)


def test_a_text_gets_the_same_vectors_in_any_company(encoder: Encoder) -> None:
    together = encoder.encode([*TEXTS, *reversed(TEXTS)])
    for text, first, second in zip(TEXTS, together, reversed(together), strict=False):
        (alone,) = encoder.encode([text])
        for other in (first, second):
            assert np.array_equal(alone.sentence, other.sentence)
            assert np.array_equal(alone.words.middle, other.words.middle)
            assert alone.words.spans == other.words.spans


def test_one_thread_gives_the_same_as_several(encoder: Encoder) -> None:
    assert np.array_equal(encoder.sentences(TEXTS), load_encoder(keep_mb=0, threads=1).sentences(TEXTS))


def test_the_three_calls_agree(encoder: Encoder) -> None:
    both = encoder.encode(TEXTS)
    assert np.array_equal(np.stack([one.sentence for one in both]), encoder.sentences(TEXTS))
    for one, words in zip(both, encoder.words(TEXTS), strict=True):
        assert words.spans == one.words.spans
        assert np.array_equal(words.top, one.words.top)
    assert np.allclose(np.linalg.norm(encoder.sentences(TEXTS), axis=1), 1, atol=1e-5)


def test_progress_counts_every_text_once(encoder: Encoder) -> None:
    counted: list[int] = []
    encoder.sentences([*TEXTS, TEXTS[0]], counted.append)
    assert sum(counted) == len(TEXTS) + 1


def test_no_text_and_empty_texts_have_their_place(encoder: Encoder) -> None:
    assert encoder.sentences([]).shape == (0, encoder.dim)
    vectors = encoder.sentences(["", TEXTS[0], " \n\u200f"])
    assert not vectors[0].any()
    assert not vectors[2].any()
    assert vectors[1].any()
    (words,) = encoder.words([""])
    assert words.spans == ()
    assert words.middle.shape == words.top.shape == (0, encoder.dim)


def test_every_word_has_a_vector_of_its_own(encoder: Encoder) -> None:
    (words,) = encoder.words(["قال «الوزير»: لن نقبل."])
    assert [span.of("قال «الوزير»: لن نقبل.") for span in words.spans] == ["قال", "الوزير", "لن", "نقبل"]
    assert words.middle.shape == words.top.shape == (4, encoder.dim)
    assert np.linalg.matrix_rank(words.middle) == 4


@pytest.mark.parametrize("mark", ["\u202b", "\u202c", "\u2067", "\u2069", "\u061c", "\x1f", "\x7f"])
def test_marks_that_only_steer_the_line_change_nothing(encoder: Encoder, mark: str) -> None:
    plain, marked = encoder.sentences([TEXTS[0], mark + TEXTS[0].replace(" ", f" {mark}") + mark])
    assert np.array_equal(plain, marked)


def test_presentation_forms_read_like_letters(encoder: Encoder) -> None:
    plain, shaped = encoder.sentences(["محمد في لندن", "ﻣﺤﻤﺪ ﻓﻲ ﻟﻨﺪﻥ"])
    assert np.array_equal(plain, shaped)


def test_a_persian_word_with_its_joiner_reads_as_its_two_halves(encoder: Encoder) -> None:
    joined, apart = encoder.sentences(["او می\u200cرود", "او می رود"])
    assert np.array_equal(joined, apart)


def test_a_long_text_is_read_to_its_end(encoder: Encoder) -> None:
    start, end = (" ".join([text] * 60) for text in (TEXTS[0], TEXTS[3]))
    (both,) = encoder.encode([f"{start} {end}"])
    assert len(both.words.spans) == 60 * (len(TEXTS[0].split()) + len(TEXTS[3].split()))
    assert np.isfinite(both.words.middle).all()
    alone = encoder.sentences([start, end])
    assert abs(both.sentence @ alone[0] - both.sentence @ alone[1]) < 0.1
    last = encoder.words([TEXTS[3]])[0]
    assert closeness(both.words.middle[-1], last.middle[-1]) > 0.7


def test_a_run_of_letters_without_end_does_no_harm(encoder: Encoder) -> None:
    (made,) = encoder.encode(["ب" * 20_000 + " نعم"])
    assert made.words.spans[-1].of("ب" * 20_000 + " نعم") == "نعم"
    assert np.isfinite(made.sentence).all()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(WORD, SPACE), min_size=1, max_size=8))
def test_the_pieces_of_a_word_spell_that_word(encoder: Encoder, parts: list[tuple[str, str]]) -> None:
    text = "".join(word + space for word, space in parts)
    tokens: Tokens = encoder._pieces(text)  # type: ignore[attr-defined]
    at = 0
    for word, space in parts:
        span = (at, at + len(word))
        inside = [i for i, (start, end) in enumerate(tokens.places) if start < span[1] and end > span[0]]
        spelt = encoder._tokenizer.decode([tokens.ids[i] for i in inside])  # type: ignore[attr-defined]
        known = letters(spelt.replace("<unk>", ""))
        assert known <= letters(word)
        assert "<unk>" in spelt or known == letters(word)
        at += len(word) + len(space)


def letters(text: str) -> set[str]:
    return set(unicodedata.normalize("NFKC", text)) - set(" ▁\u200c")


@settings(max_examples=200, deadline=None)
@given(ODD | st.text(max_size=60))
def test_places_lie_in_the_text_in_order(encoder: Encoder, text: str) -> None:
    places = encoder._pieces(text).places  # type: ignore[attr-defined]
    assert all(0 <= start <= end <= len(text) for start, end in places)
    assert [start for start, _ in places] == sorted(start for start, _ in places)


@settings(max_examples=60, deadline=None)
@given(ODD | st.text(max_size=60))
def test_any_text_gives_finite_vectors_and_words_in_place(encoder: Encoder, text: str) -> None:
    (made,) = encoder.encode([text])
    assert np.isfinite(made.sentence).all()
    assert np.isfinite(made.words.middle).all()
    assert len(made.words.spans) == len(made.words.middle) == len(made.words.top)
    assert {span.start for span in find_words(text)} <= {span.start for span in made.words.spans}
    assert all(span.end <= len(text) and not span.of(text).isspace() for span in made.words.spans)


def test_the_fixture_of_this_folder_is_the_shipped_encoder(encoder: Encoder) -> None:
    assert encoder.family
    assert Path(encoder.name).name == encoder.name
