"""Which language a text is in: the script first, then a statistical model among that script's languages."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from threading import Lock
from types import MappingProxyType
from typing import Protocol

UNDETERMINED = "und"
_LATIN = "Latn"


@dataclass(frozen=True, slots=True)
class Guess:
    """A language code, and how certain it is from 0 to 1. "und" where there are no letters."""

    language: str
    certainty: float


# First and last letter of each block, Unicode 15; marks and digits between them do no harm.
_BLOCKS: Mapping[str, tuple[tuple[int, int], ...]] = MappingProxyType(
    {
        "Latn": ((0x41, 0x24F), (0x1E00, 0x1EFF)),
        "Arab": ((0x620, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)),
        "Cyrl": ((0x400, 0x52F),),
        "Hebr": ((0x5D0, 0x5EA), (0xFB1D, 0xFB4F)),
        "Grek": ((0x370, 0x3FF), (0x1F00, 0x1FFF)),
        "Armn": ((0x531, 0x587),),
        "Geor": ((0x10A0, 0x10FF), (0x1C90, 0x1CBF)),
        "Ethi": ((0x1200, 0x139F),),
        "Deva": ((0x900, 0x97F),),
        "Beng": ((0x980, 0x9FF),),
        "Guru": ((0xA00, 0xA7F),),
        "Gujr": ((0xA80, 0xAFF),),
        "Taml": ((0xB80, 0xBFF),),
        "Telu": ((0xC00, 0xC7F),),
        "Knda": ((0xC80, 0xCFF),),
        "Mlym": ((0xD00, 0xD7F),),
        "Sinh": ((0xD80, 0xDFF),),
        "Thai": ((0xE00, 0xE7F),),
        "Laoo": ((0xE80, 0xEFF),),
        "Mymr": ((0x1000, 0x109F),),
        "Khmr": ((0x1780, 0x17FF),),
        "Hang": ((0x1100, 0x11FF), (0xAC00, 0xD7AF)),
        "Kana": ((0x3040, 0x30FF),),
        "Hani": ((0x3400, 0x9FFF), (0x20000, 0x2FA1F)),
    }
)

# The languages that reports are written in, by script; a script with one of them needs no model.
_BY_SCRIPT = {
    "Latn": "en fr de es it pt nl tr az uz tk ku sq bs hr sl sk cs pl ro hu fi sv da no nb nn et lv lt is id "
    "ms tl vi sw so ha yo ig zu xh af mt ca gl eu ga cy rw om",
    "Arab": "ar arz ary fa ckb sdh ps ur ug",
    "Cyrl": "ru uk be bg sr mk kk ky tg mn tt ba",
    "Deva": "hi mr ne",
    "Beng": "bn as",
    "Hebr": "he",
    "Grek": "el",
    "Armn": "hy",
    "Geor": "ka",
    "Ethi": "am",
    "Guru": "pa",
    "Gujr": "gu",
    "Taml": "ta",
    "Telu": "te",
    "Knda": "kn",
    "Mlym": "ml",
    "Sinh": "si",
    "Thai": "th",
    "Laoo": "lo",
    "Mymr": "my",
    "Khmr": "km",
    "Hang": "ko",
    "Kana": "ja",
    "Hani": "zh",
}
_LANGUAGES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {script: tuple(languages.split()) for script, languages in _BY_SCRIPT.items()}
)

# What the model tells apart and reports do not: spoken Arabic is printed as Arabic; it knows Central
# Kurdish only by its southern neighbour.
_SAME: Mapping[str, str] = MappingProxyType(
    {"arz": "ar", "ary": "ar", "sdh": "ckb", "prs": "fa", "nb": "no", "nn": "no"}
)

# A line of fewer letters is a name or a heading: it follows its surroundings, when its script allows.
_SHORT = 12
# Below this the surroundings know better than the model.
_UNSURE = 0.6
# The model reads no more than this: more changes no answer and costs time.
_ENOUGH = 3000


def identify(text: str, hint: str | None = None) -> Guess:
    """The language of `text`; `hint`, the language around it, decides what is very short or unclear."""
    sample = text.lstrip()[:_ENOUGH]
    script, letters = _script(sample)
    if script is None:
        return Guess(UNDETERMINED, 0.0)
    if hint is not None and letters < _SHORT and _may_be(script, hint):
        return Guess(hint, _UNSURE)
    languages = _LANGUAGES[script]
    if len(languages) == 1:
        return Guess(languages[0], 1.0)
    guess = _best(sample, languages)
    if hint is not None and guess.certainty < _UNSURE and hint in languages:
        return Guess(hint, _UNSURE)
    return guess


def _may_be(script: str, language: str) -> bool:
    """Whether a short line in that script may belong to that language: Latin abbreviations stand in all."""
    return script == _LATIN or language in _LANGUAGES[script]


def _script(text: str) -> tuple[str | None, int]:
    """The script of most letters, and how many letters of it there are."""
    found: Counter[str] = Counter()
    for char, count in Counter(text).items():
        script = _script_of(char) if char.isalpha() else None
        if script is not None:
            found[script] += count
    # Japanese writes half its words in Chinese characters; Chinese writes nothing in kana.
    if found["Kana"] * 10 > found["Hani"]:
        found["Kana"] += found.pop("Hani", 0)
    # Latin names stand in texts of every script, the reverse is rare.
    if len(found) > 1:
        found[_LATIN] //= 2
    best = max(found, key=lambda script: found[script], default=None)
    return (best, found[best]) if best is not None and found[best] else (None, 0)


@cache
def _script_of(char: str) -> str | None:
    code = ord(char)
    for script, blocks in _BLOCKS.items():
        if any(first <= code <= last for first, last in blocks):
            return script
    return None


def _best(text: str, languages: tuple[str, ...]) -> Guess:
    """The most likely of some languages; spoken forms count for the language that they are printed as."""
    scores: dict[str, float] = {}
    for language, score in _model().rank(text):
        if language in languages:
            same = _SAME.get(language, language)
            scores[same] = scores.get(same, 0.0) + score
    total = math.fsum(scores.values())
    language, score = max(scores.items(), key=lambda item: item[1])
    return Guess(language, round(score / total, 4) if total else 0.0)


class _Model(Protocol):
    def rank(self, text: str) -> list[tuple[str, float]]:
        """Every language with its probability, likeliest first."""


_loading = Lock()


def _model() -> _Model:
    """The model, loaded when a text first needs it: that takes a second, and nothing here changes it."""
    with _loading:
        return _load()


@cache
def _load() -> _Model:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  (a fifth of a second)

    model: _Model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return model
