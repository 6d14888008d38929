"""Words fitted into columns of a terminal: widths that count no invisible character, wrapping, padding."""

from __future__ import annotations

import unicodedata

ELLIPSIS = "…"


def width(text: str) -> int:
    """How many columns the text takes; marks over letters, joiners and isolates take none."""
    return sum(_columns(letter) for letter in text)


def _columns(letter: str) -> int:
    if letter < "\u0300":
        return 0 if letter == "\xad" else 1
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1


def cut(text: str, columns: int) -> str:
    """The text, or as much of its beginning as fits with an ellipsis behind it."""
    if len(text) <= columns and width(text) <= columns:
        return text
    used, kept = 0, list[str]()
    for letter in text:
        used += _columns(letter)
        if used > columns:
            return _fitted(kept, columns)
        kept.append(letter)
    return text


def _fitted(kept: list[str], columns: int) -> str:
    while kept and width("".join(kept)) > columns - 1:
        kept.pop()
    return "".join(kept).rstrip() + ELLIPSIS


def wrap(text: str, columns: int, lines: int = 0) -> list[str]:
    """The text in lines of at most `columns`; with `lines` above 0 no more than so many, the rest is cut."""
    most = (lines or 10_000) * columns * 4
    out, line = [], ""
    for word in _breakable(text[:most], columns):
        longer = f"{line} {word}" if line else word
        if line and width(longer) > columns:
            out.append(line)
            line = word
        else:
            line = longer
    out.append(line)
    return _shortened(out, columns, lines, cut_off=len(text) > most)


def _breakable(text: str, columns: int) -> list[str]:
    words: list[str] = []
    for word in text.split():
        part = ""
        for letter in word if width(word) > columns else [word]:
            if part and len(letter) == 1 and width(part + letter) > columns:
                words.append(part)
                part = ""
            part += letter
        words.append(part)
    return words


def _shortened(lines: list[str], columns: int, most: int, cut_off: bool) -> list[str]:
    if not most or (len(lines) <= most and not cut_off):
        return lines
    kept = lines[:most]
    return [*kept[:-1], cut(kept[-1], columns - 1).removesuffix(ELLIPSIS) + ELLIPSIS]


def pad(shown: str, columns: int, right: bool) -> str:
    """A line filled up to its column with spaces, on the left of it when it stands at the right."""
    room = " " * max(0, columns - width(shown))
    return room + shown if right else shown + room
