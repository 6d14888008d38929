"""Pairs of spellings of one name, split by the Latin form so that no name is on both sides."""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from pathlib import Path

Pair = tuple[str, str]


def read_pairs(folder: Path) -> dict[str, list[Pair]]:
    """Pairs per set, Arabic script first, Latin second; `ar_fa` and `latin` are derived from the others."""
    arabic = _wikidata(folder / "wd_arabic_train.tsv")
    persian = _wikidata(folder / "wd_persian_train.tsv")
    rows = (folder / "google_ar2en_train.tsv").read_text(encoding="utf-8").splitlines()
    google = [(a, b) for a, b in (row.split("\t")[:2] for row in rows)]
    return {
        "ar_latin": arabic,
        "fa_latin": persian,
        "google": google,
        "ar_fa": _joined(arabic, persian),
        "latin": _variants([*google, *arabic, *persian]),
    }


def _wikidata(path: Path) -> list[Pair]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [(row[1].replace(" ", ""), row[0]) for row in rows]


def _joined(arabic: list[Pair], persian: list[Pair]) -> list[Pair]:
    """Arabic and Persian spellings of the same Latin form; forms with several spellings are left out."""
    one, two = defaultdict(set), defaultdict(set)
    for a, b in arabic:
        one[b].add(a)
    for a, b in persian:
        two[b].add(a)
    return [
        (min(one[b]), min(two[b])) for b in sorted(one.keys() & two.keys()) if len(one[b]) == len(two[b]) == 1
    ]


def _variants(pairs: list[Pair]) -> list[Pair]:
    """Two Latin spellings of one Arabic or Persian form."""
    forms = defaultdict(set)
    for a, b in pairs:
        forms[a].add(b)
    rng = random.Random(7)
    groups = [sorted(group) for _, group in sorted(forms.items()) if len(group) > 1 and len(_) > 2]
    return [tuple(rng.sample(group, 2)) for group in groups]  # type: ignore[misc]


def is_held_out(pair: Pair) -> bool:
    """One name in five, by the digest of its second form's letters."""
    key = "".join(c for c in pair[1].lower() if c.isalnum())
    return hashlib.sha256(key.encode()).digest()[0] % 5 == 0


def random_pairs(pairs: list[Pair], count: int, seed: int = 11) -> list[Pair]:
    """Pairs of two different names, drawn by chance."""
    rng = random.Random(seed)
    same = set(pairs)
    drawn: list[Pair] = []
    while len(drawn) < count:
        pair = (rng.choice(pairs)[0], rng.choice(pairs)[1])
        if pair not in same and pair[0] != pair[1]:
            drawn.append(pair)
    return drawn
