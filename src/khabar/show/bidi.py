"""Right-to-left words in a terminal: isolated where it orders them itself, ordered here where it does not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from itertools import groupby

from khabar.show.marks import direction

FSI, RLI, PDI = "\u2068", "\u2067", "\u2069"
MIRRORED = str.maketrans("()[]{}<>«»‹›⟨⟩≤≥", ")(][}{><»«›‹⟩⟨≥≤")
BACKWARD = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
# from a right-to-left letter to the last one that no other letter separates from it
FOREIGN = re.compile(f"[{BACKWARD}](?:[^A-Za-z\u00c0-\u058f]*[{BACKWARD}])?")
TOGETHER = re.compile(f"{FSI}([^{FSI}{PDI}]*){PDI}")
VTE_WITH_BIDI = 5800


def orders_itself(environment: Mapping[str, str], is_terminal: bool) -> bool:
    """Whether whatever shows the output puts right-to-left text in order: files, and terminals known to."""
    if not is_terminal:
        return True
    vte = environment.get("VTE_VERSION", "")
    return (
        (vte.isdecimal() and int(vte) >= VTE_WITH_BIDI)
        or "KONSOLE_VERSION" in environment
        or environment.get("TERM_PROGRAM") in {"iTerm.app", "Apple_Terminal", "mlterm"}
        or "MLTERM" in environment
        or environment.get("TERM", "").startswith("mlterm")
    )


def content(text: str, logical: bool) -> str:
    """One line of a report's own words: an isolate in logical order, or in the order in which it is seen."""
    if not _has_backward(text):
        return text
    if direction(text) == "ltr":
        return ours(text, logical)
    return _isolate(text) if logical else _seen(text, 1)


def ours(text: str, logical: bool) -> str:
    """One line of our words, from left to right; foreign runs, and what `kept_together` marked, isolated."""
    parts = TOGETHER.split(text)
    for at, part in enumerate(parts):
        if at % 2:
            parts[at] = f"{FSI}{part}{PDI}" if logical else _seen(part, int(direction(part) == "rtl"))
        else:
            parts[at] = FOREIGN.sub(
                lambda run: f"{FSI}{run.group()}{PDI}" if logical else _seen(run.group(), 1), part
            )
    return "".join(parts)


def kept_together(text: str) -> str:
    """Words of a report to be put into a line of ours: marked as one run where they hold foreign letters."""
    return f"{FSI}{text}{PDI}" if _has_backward(text) else text


def rejoined(lines: list[str]) -> list[str]:
    """Lines cut from one text, with the marked runs that a cut went through closed and opened again."""
    out, is_open = [], False
    for line in lines:
        whole = FSI + line if is_open else line
        is_open = whole.count(FSI) > whole.count(PDI)
        out.append(whole + PDI if is_open else whole)
    return out


def _isolate(text: str) -> str:
    return f"{FSI if _starts_backward(text) else RLI}{text}{PDI}"


def _has_backward(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in {"R", "AL", "AN"} for letter in text)


def _starts_backward(text: str) -> bool:
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind for kind in strong if kind in {"L", "R", "AL"}), "L") != "L"


def _seen(text: str, base: int) -> str:
    """The line in the order in which it is seen from the left.

    Source: Unicode Standard Annex 9 without explicit controls (the text has none left) and bracket pairs.
    """
    clusters = _clusters(text)
    levels = _levels(_resolved([unicodedata.bidirectional(cluster[0]) for cluster in clusters], base), base)
    return "".join(_reordered(clusters, levels))


def _clusters(text: str) -> list[str]:
    # a mark stays behind its letter when the line is turned round
    clusters: list[str] = []
    for letter in text:
        if clusters and unicodedata.bidirectional(letter) in {"NSM", "BN"}:
            clusters[-1] += letter
        else:
            clusters.append(letter)
    return clusters


def _resolved(kinds: list[str], base: int) -> list[str]:
    side = "R" if base else "L"
    kinds = _numbers(kinds, side)
    out: list[str] = []
    for neutral, group in groupby(range(len(kinds)), key=lambda at: kinds[at] == "ON"):
        places = list(group)
        if not neutral:
            out += [kinds[at] for at in places]
            continue
        before = _strong(out[-1]) if out else side
        after = _strong(kinds[places[-1] + 1]) if places[-1] + 1 < len(kinds) else side
        out += [before if before == after else side] * len(places)
    return out


def _strong(kind: str) -> str:
    return "L" if kind == "L" else "R"


def _numbers(kinds: list[str], side: str) -> list[str]:
    """Rules W2 to W7: what numbers and their signs count as, seen from the last strong letter."""
    out, strong = list(kinds), side
    for at, kind in enumerate(kinds):
        if kind in {"L", "R", "AL"}:
            strong = kind
        out[at] = {"EN": "AN" if strong == "AL" else "EN", "AL": "R"}.get(kind, kind)
    for at in range(1, len(out) - 1):
        joins = out[at] == "CS" or (out[at] == "ES" and out[at - 1] == "EN")
        if joins and out[at - 1] == out[at + 1] and out[at - 1] in {"EN", "AN"}:
            out[at] = out[at - 1]
    for order in (range(1, len(out)), range(len(out) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for at in order:
            if out[at] == "ET" and out[at + step] == "EN":
                out[at] = "EN"
    return _settled(out, side)


def _settled(kinds: list[str], strong: str) -> list[str]:
    out = []
    for kind in kinds:
        strong = kind if kind in {"L", "R"} else strong
        number = "L" if kind == "EN" and strong == "L" else kind
        out.append(number if kind in {"L", "R", "EN", "AN"} else "ON")
    return out


def _levels(kinds: list[str], base: int) -> list[int]:
    even = {"L": 0, "R": 1, "AN": 2, "EN": 2}
    odd = {"L": 2, "R": 1, "AN": 2, "EN": 2}
    return [(odd if base else even)[kind] for kind in kinds]


def _reordered(clusters: list[str], levels: list[int]) -> list[str]:
    line = [
        cluster.translate(MIRRORED) if level % 2 else cluster
        for cluster, level in zip(clusters, levels, strict=True)
    ]
    for height in (2, 1):
        line, levels = _turned(line, levels, height)
    return line


def _turned(line: list[str], levels: list[int], height: int) -> tuple[list[str], list[int]]:
    out: list[str] = []
    ranks: list[int] = []
    for high, group in groupby(range(len(line)), key=lambda at: levels[at] >= height):
        places = list(group)
        for at in reversed(places) if high else places:
            out.append(line[at])
            ranks.append(levels[at])
    return out, ranks
