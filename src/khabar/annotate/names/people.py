"""Whether two names may be one person's, and what speaks against it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import product

from rapidfuzz.distance import Levenshtein

from khabar.annotate.names.gazetteer import name_counts, without_article
from khabar.annotate.names.rough import rough_key, sounds_near
from khabar.annotate.names.spelling import ABJAD, LATIN, read_spelling, read_table, spelling_weight
from khabar.annotate.names.tokens import find_tokens

# Chosen on evaluations/names: chance pairs stay below in 999 of 1,000 cases (see docs/decisions/names.md).
WORD = 1.5  # least weight of a word beside other words that match
ALONE = 4.0  # least weight of a surname that stands alone
# Least share of the weight that the word has with itself, where both are in one alphabet: without vowels
# a letter says more (حاتم and حاتمي are two names, Soleimani and Sulaymani are one).
SAME_ALPHABET = {ABJAD: 0.85, LATIN: 0.65}
STANDARD = 20  # met so often as a name, an Arabic-script word has one spelling only
BETTER = 3.0  # another name, met FREQUENT times, that fits so much better takes a spelling: كامل takes Kamil
FREQUENT = 60
FAR_OFF = -6.5  # a word beside two that match may fall so low before it speaks against
_TYPO_LENGTH = 4
_VOWELS = dict.fromkeys(map(ord, "اوی"))
_INSIDE = re.compile(
    r"(?<=\w)['’‘`ʼ](?=\w)"
)  # stands for hamza or ayn, or for a letter left out: Sa'id, O'Hara
_FUSED = ("al", "el")  # the Arabic article as Latin spellings write it onto a word
_SHORTEST_REST = 4  # letters behind an article or Abd that is written onto its word


class Verdict(StrEnum):
    """What comparing two names says."""

    SAME = "same"
    PART = "part"  # one is the end of the other: a surname alone
    CLASH = "clash"  # one surname, two given names
    OTHER = "other"


@cache
def _particles() -> dict[str, str]:
    return {read_spelling(form).letters: role for form, role in read_table("particles.tsv")}


@lru_cache(maxsize=20_000)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a person's name for comparison: articles and links left out, Abd and Abu joined on."""
    words: list[str] = []
    joined = ""
    tokens = [token.text for token in find_tokens(_INSIDE.sub("", name)) if token.is_word]
    for at, text in enumerate(tokens):
        role, last = _role(text), at == len(tokens) - 1
        if last or role is None:
            words.append(joined + text if joined else _with_plain_abd(without_article(text)))
            joined = ""
        elif role == "join":
            joined = _plain_join(text)
        elif role == "given" and not words and not joined:
            words.append(text)  # Ben Carter: between names a link, at the beginning a name
    return tuple(word for word in words if word)


def _plain_join(text: str) -> str:
    """The joining word in its shortest spelling: Abdul, Abdel and Abd are one."""
    letters = read_spelling(text).letters
    shorter = (form for form, role in _particles().items() if role == "join" and letters.startswith(form))
    return min(shorter, key=len) if letters in _particles() else text


def _with_plain_abd(text: str) -> str:
    """Abdulkarim as Abdkarim, so that it is what Abd al-Karim is."""
    spelling = read_spelling(text)
    if spelling.alphabet != LATIN:
        return text
    for form, role in sorted(_particles().items(), key=lambda one: -len(one[0])):
        rest = spelling.letters.removeprefix(form)
        if role == "join" and rest != spelling.letters and len(rest) >= _SHORTEST_REST:
            return _plain_join(form) + rest if form != _plain_join(form) else text
    return text


def is_article(word: str) -> bool:
    """Whether a word is an article as names have it: al, el, аль."""
    return _role(word) == "article"


def _role(text: str) -> str | None:
    return _particles().get(read_spelling(text).letters)


@lru_cache(maxsize=200_000)
def words_match(a: str, b: str, alone: bool = False) -> bool:
    """Whether two words may spell one name; in one script they must be closer than across two."""
    if read_spelling(a) == read_spelling(b):
        return bool(read_spelling(a).letters)
    fused = ((_behind_article(a), b), (a, _behind_article(b)))
    return _may_spell(a, b, alone) or any(pair != (a, b) and words_match(*pair, alone) for pair in fused)


def _may_spell(a: str, b: str, alone: bool) -> bool:
    """Whether the weights of spelling hold two words for one name."""
    one, two = read_spelling(a), read_spelling(b)
    if min(len(one.letters), len(two.letters)) == 1:
        return not alone and one.alphabet == two.alphabet and one.letters[:1] == two.letters[:1]
    if not sounds_near(a, b):
        return False
    weight, least = spelling_weight(a, b), ALONE if alone else WORD
    if one.alphabet != two.alphabet:
        abjad, latin = (one, two) if one.alphabet == ABJAD else (two, one)
        return weight >= least and not _is_better_fit(abjad.letters, latin.letters, weight)
    if _are_two_standard_names(one.letters, two.letters):
        return False
    own = min(spelling_weight(a, a), spelling_weight(b, b))
    return weight >= max(least, SAME_ALPHABET[one.alphabet] * own)


@lru_cache(maxsize=50_000)
def _behind_article(word: str) -> str:
    """A Latin word without an article written onto it: Alhaddad."""
    spelling = read_spelling(word)
    for form in _FUSED:
        rest = spelling.letters.removeprefix(form)
        if spelling.alphabet == LATIN and rest != spelling.letters and len(rest) > _SHORTEST_REST:
            return rest
    return word


def _are_two_standard_names(a: str, b: str) -> bool:
    """Whether both are established spellings that only long vowels part: حسن and حسین, محمد and محمود.

    Persian and Arabic write a foreign o as ا and و (جان, جون), and foreign consonants in several ways.
    """
    counts = name_counts()
    established = min(counts.get(a, 0), counts.get(b, 0)) >= STANDARD
    return established and a.translate(_VOWELS) == b.translate(_VOWELS) and _no_o(a) != _no_o(b)


def _no_o(word: str) -> str:
    return word.replace("و", "ا")


@cache
def _frequent_names() -> dict[str, str]:
    """Frequent Arabic-script names and how they sound roughly."""
    return {word: rough_key(word) for word, count in name_counts().items() if count >= FREQUENT}


@cache
def _frequent_by_sound() -> dict[str, list[str]]:
    names = defaultdict(list)
    for word, sound in _frequent_names().items():
        names[sound].append(word)
    return dict(names)


def _is_better_fit(abjad: str, latin: str, weight: float) -> bool:
    """Whether another frequent name that sounds about so fits the Latin spelling clearly better."""
    sound = _frequent_names().get(abjad)
    others = _frequent_by_sound().get(sound, []) if sound else []
    return any(spelling_weight(other, latin) > weight + BETTER for other in others if other != abjad)


def is_typo(a: str, b: str) -> bool:
    """Whether one letter of a long enough word differs, is missing or is doubled.

    Two words that are both known as names are two names: حسن and حسین.
    """
    one, two = read_spelling(a), read_spelling(b)
    if (
        min(len(one.letters), len(two.letters)) < _TYPO_LENGTH
        or {one.letters, two.letters} <= name_counts().keys()
    ):
        return False
    return one.alphabet == two.alphabet and Levenshtein.distance(one.letters, two.letters) <= 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """A verdict on two names, and a sentence for the reader."""

    verdict: Verdict
    reason: str


def compare_people(a: str, b: str) -> Comparison:
    """What two names of persons say about each other, titles not counted."""
    one, two = sorted((name_words(a), name_words(b)), key=len)
    if not one:
        return Comparison(Verdict.OTHER, "no word to compare")
    if len(one) == 1:
        return _compare_surname(one[0], two)
    for a_words, b_words in product((one, *_joined(one)), (two, *_joined(two))):
        shorter, longer = sorted((a_words, b_words), key=len)
        if _is_within(shorter, longer) and words_match(shorter[-1], longer[-1]):
            return _compare_within(shorter, longer)
    return _compare_odd(one, two)


def _joined(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The name with two neighbouring words written as one: طهماسب نيا."""
    if len(words) < 3:
        return []
    return [(*words[:at], words[at] + words[at + 1], *words[at + 2 :]) for at in range(len(words) - 1)]


def _compare_odd(one: tuple[str, ...], two: tuple[str, ...]) -> Comparison:
    """Two full names with a word that does not match."""
    if _is_near(one, two):
        return Comparison(Verdict.SAME, "all words but one match, and that one nearly")
    if words_match(one[-1], two[-1]):
        return Comparison(Verdict.CLASH, f"same surname, but {one[0]} is not {two[0]}")
    if words_match(one[0], two[0]) and len(one) == len(two) and is_typo(one[-1], two[-1]):
        return Comparison(Verdict.SAME, f"{one[-1]} and {two[-1]} differ by one letter")
    return Comparison(Verdict.OTHER, "different names")


def _compare_surname(word: str, name: tuple[str, ...]) -> Comparison:
    if words_match(word, name[-1], alone=True):
        verdict = Verdict.SAME if len(name) == 1 else Verdict.PART
        return Comparison(verdict, f"{word} is how {' '.join(name)} ends")
    return Comparison(Verdict.OTHER, "different surnames")


def _compare_within(one: tuple[str, ...], two: tuple[str, ...]) -> Comparison:
    """Names that end alike, the words of one among those of the other."""
    if words_match(one[0], two[0]):
        left_out = len(two) - len(one)
        return Comparison(Verdict.SAME, "same words" if not left_out else f"{left_out} middle name left out")
    return Comparison(Verdict.PART, f"{' '.join(one)} is how {' '.join(two)} ends")


def _is_within(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Whether the words of `one` come in that order among those of `two`."""
    rest = iter(two)
    return all(any(words_match(word, other) for other in rest) for word in one)


def _is_near(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Whether names of three words and more match in all words but one, and that one is not far off."""
    if len(one) != len(two) or len(one) < 3:
        return False
    odd = [(a, b) for a, b in zip(one, two, strict=True) if not words_match(a, b)]
    return len(odd) == 1 and spelling_weight(*odd[0]) > FAR_OFF
