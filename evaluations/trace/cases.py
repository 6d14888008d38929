"""The constructed stories of who took from whom, as pages with their truth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

HERE = Path(__file__).resolve().parent
TEXTS, STORIES = HERE / "texts.txt", HERE / "stories.txt"
# Each outlet as its readers write it: a credit in another language names it in that one.
OUTLETS = {
    "delta": {"en": "Delta Wire", "ar": "دلتا واير", "fa": "دلتا وایر"},
    "coast": {"en": "Coast Post", "ar": "كوست بوست", "fa": "کوست پست"},
    "hill": {"en": "Hill Gazette", "ar": "هيل غازيت", "fa": "هیل گازت"},
    "jisr": {"en": "Al-Jisr News Agency", "ar": "وكالة الجسر للأنباء", "fa": "خبرگزاری الجسر"},
    "nakhil": {"en": "Al-Nakhil", "ar": "صحيفة النخيل", "fa": "روزنامه النخیل"},
    "pegah": {"en": "Pegah News Agency", "ar": "وكالة بيغاه للأنباء", "fa": "خبرگزاری پگاه"},
    "rudbar": {"en": "Rudbar", "ar": "صحيفة رودبار", "fa": "روزنامه رودبار"},
    "sahil": {"en": "Sahil News Agency", "ar": "وكالة الساحل للأنباء", "fa": "خبرگزاری ساحل"},
}
_CREDITS = {
    "en": {"lead": "According to {}: ", "end": "Source: {}"},
    "ar": {"lead": "بحسب {}، ", "end": "المصدر: {}"},
    "fa": {"lead": "به گزارش {}، ", "end": "منبع: {}"},
}
_SPELLED = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "«": '"', "»": '"', "“": '"', "”": '"', "،": " ،"})
_PART = re.compile(r"(\w+)\.(\w)\.([\d,-]+)")


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation that a story has: the taker and the origin by their letters, and the kind."""

    taker: str
    kind: str
    origin: str


@dataclass(frozen=True, slots=True)
class Case:
    """One story: its pages by letter, its relations and its origins as groups of letters."""

    name: str
    held: bool
    pages: dict[str, str]
    ties: tuple[Tie, ...]
    origins: frozenset[frozenset[str]]


def read_cases() -> list[Case]:
    """Every story of the set."""
    paragraphs = _paragraphs()
    blocks = re.split(r"^story ", STORIES.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return [_case(block.strip().splitlines(), paragraphs) for block in blocks]


def _paragraphs() -> dict[tuple[str, ...], str]:
    lines = [line for line in TEXTS.read_text("utf-8").splitlines() if line and line[0] != "#"]
    return {tuple(line.split("\t")[:4]): line.split("\t")[4] for line in lines}


def _case(lines: list[str], paragraphs: dict[tuple[str, ...], str]) -> Case:
    half, name = lines[0].split(maxsplit=1)
    told, _, groups = lines[-1].removeprefix("=").partition("|")
    ties = tuple(Tie(*words.split()) for words in told.split(",") if words.strip())
    pages = {line[0]: _page(line.split()[1:], paragraphs) for line in lines[1:-1]}
    return Case(f"{half} {name}", half == "held", pages, ties, frozenset(map(frozenset, groups.split())))


def _page(fields: list[str], paragraphs: dict[tuple[str, ...], str]) -> str:
    event, parts, outlet, time, *options = fields
    language = parts[:2]
    words = [
        paragraphs[event, *match.group(1, 2), str(number)]
        for match in _PART.finditer(parts)
        for number in _numbers(match.group(3))
    ]
    for option in options:
        if option.startswith("by="):
            source, place = option.removeprefix("by=").split(":")
            credit = _CREDITS[language][place].format(OUTLETS[source][language])
            words = [credit + words[0], *words[1:]] if place == "lead" else [*words, credit]
    if "spelling" in options:
        words = [one.translate(_SPELLED) for one in words]
    return _html(language, OUTLETS[outlet][language], None if time == "-" else time, words)


def _numbers(words: str) -> Iterator[int]:
    for piece in words.split(","):
        first, _, last = piece.partition("-")
        yield from range(int(first), int(last or first) + 1)


def _html(language: str, outlet: str, time: str | None, words: list[str]) -> str:
    published = f'<meta property="article:published_time" content="{time}:00Z">' if time else ""
    body = "".join(f"<p>{escape(one)}</p>" for one in words)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta property="og:site_name" content="{escape(outlet)}">{published}</head>'
        f"<body><article>{body}</article></body></html>"
    )
