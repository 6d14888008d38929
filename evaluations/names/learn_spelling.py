"""Learns the weights of writing one letter for another (EM over pairs of spellings).

    python -m evaluations.names.learn_spelling ../shared/data/names src/khabar/annotate/names/tables

An edit is a chunk of letters on each side; its weight is the log of its probability in pairs that
spell one name over its probability in two names met by chance. Sums over a pair of words are then
log likelihood ratios. Source: Ristad & Yianilos 1998, Learning string-edit distance.
"""

from __future__ import annotations

import math
import random
import sys
from collections import Counter
from pathlib import Path

from evaluations.names.spelling_pairs import Pair, is_held_out, read_pairs
from khabar.annotate.names.spelling import STEPS, Spelling, read_spelling

SEED, ROUNDS, PAIRS = 5, 6, 30_000
PRIOR = 2.0  # pairs' worth of each conventional romanisation
SAME = 0.1  # share of pairs that are one spelling twice, where both sides have one alphabet
TABLES = {  # table: (sets to learn from, alphabets)
    "abjad_latin": (("ar_latin", "fa_latin", "google"), ("abjad", "latin")),
    "latin_latin": (("latin",), ("latin", "latin")),
    "abjad_abjad": (("ar_fa",), ("abjad", "abjad")),
}
Probabilities = dict[tuple[str, str], float]


def conventions(alphabets: tuple[str, str]) -> Counter[tuple[str, str]]:
    """Conventional romanisations as counts; between Latin words, two romanisations of one letter."""
    lines = (Path(__file__).parent / "romanisation.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    if alphabets == ("abjad", "latin"):
        pairs = [(letter, latin) for letter, forms in rows for latin in forms.split()]
    elif alphabets == ("latin", "latin"):
        pairs = [(a, b) for _, forms in rows for a in forms.split() for b in forms.split() if a != b]
    else:
        pairs = []
    return Counter({pair: PRIOR for pair in pairs if max(map(len, pair)) <= 3})


def learn(
    pairs: list[Pair], prior: Counter[tuple[str, str]]
) -> tuple[Probabilities, Counter[tuple[str, str]]]:
    """Edit probabilities after the last round, and the expected counts behind them."""
    alpha = Counter(c for a, _ in pairs for c in a)
    beta = Counter(c for _, b in pairs for c in b)
    get = _start(alpha, beta).__getitem__
    counts: Counter[tuple[str, str]] = Counter()
    for _ in range(ROUNDS):
        counts = prior.copy()
        for a, b in pairs:
            _expect(a, b, get, counts)
        total = sum(counts.values())
        table = {edit: n / total for edit, n in counts.items() if n > 0.02}
        get = lambda edit, table=table: table.get(edit, 0.0)  # noqa: E731
    return table, counts


class _start(dict):  # noqa: N801
    """Before anything is learned: letters pair by chance, longer chunks and gaps are rare."""

    def __init__(self, alpha: Counter[str], beta: Counter[str]) -> None:
        self.one, self.two = alpha, beta
        self.sums = (sum(alpha.values()), sum(beta.values()))

    def __missing__(self, edit: tuple[str, str]) -> float:
        a, b = edit
        p = math.prod(self.one[c] / self.sums[0] for c in a) * math.prod(
            self.two[c] / self.sums[1] for c in b
        )
        same = 20.0 if a == b else 1.0
        return p * same * {(1, 1): 1.0, (1, 0): 0.02, (0, 1): 0.05}.get((len(a), len(b)), 0.3)


def _expect(a: str, b: str, get, counts: Counter[tuple[str, str]]) -> None:  # type: ignore[no-untyped-def]
    n, m = len(a), len(b)
    edits = [
        (i, j, i + s, j + t, (a[i : i + s], b[j : j + t]))
        for i in range(n + 1)
        for j in range(m + 1)
        for s, t in STEPS
        if i + s <= n and j + t <= m
    ]
    priced = [(i, j, k, o, e, p) for i, j, k, o, e in edits if (p := get(e)) > 0]
    ahead = [[0.0] * (m + 1) for _ in range(n + 1)]
    ahead[0][0] = 1.0
    for i, j, k, o, _, p in priced:
        ahead[k][o] += ahead[i][j] * p
    total = ahead[n][m]
    if total <= 0:
        return
    back = [[0.0] * (m + 1) for _ in range(n + 1)]
    back[n][m] = 1.0
    for i, j, k, o, e, p in reversed(priced):
        share = p * back[k][o]
        back[i][j] += share
        counts[e] += ahead[i][j] * share / total


def weigh(table: Probabilities, pairs: list[Pair]) -> Probabilities:
    """Edit probabilities to weights: log of joint over independent, each side with its own word ends."""
    alpha = Counter(c for a, _ in pairs for c in a)
    beta = Counter(c for _, b in pairs for c in b)
    sizes = (sum(alpha.values()), sum(beta.values()))
    stay = [size / (size + len(pairs)) for size in sizes]
    weights = {}
    for (a, b), p in table.items():
        chance = sum(math.log(stay[0] * alpha[c] / sizes[0]) for c in a)
        chance += sum(math.log(stay[1] * beta[c] / sizes[1]) for c in b)
        weights[a, b] = max(-9.0, math.log(p) - chance)
    return weights


def prune(
    weights: Probabilities, counts: Counter[tuple[str, str]], kept: Counter[tuple[str, str]]
) -> Probabilities:
    """The edits seen often enough; a longer chunk only where it says more than its letters one by one."""
    single = {e: w for e, w in weights.items() if max(len(e[0]), len(e[1])) <= 1 and counts[e] >= 1.5}
    out = dict(single)
    for (a, b), w in weights.items():
        if max(len(a), len(b)) > 1 and counts[a, b] >= 8 and w > _composed(a, b, single) + 0.5:
            out[a, b] = w
    return out | {e: w for e, w in weights.items() if e in kept}


def _composed(a: str, b: str, single: Probabilities) -> float:
    best = [[-99.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    best[0][0] = 0.0
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            for s, t in ((1, 1), (1, 0), (0, 1)):
                if i >= s and j >= t:
                    w = single.get((a[i - s : i], b[j - t : j]), -7.0)
                    best[i][j] = max(best[i][j], best[i - s][j - t] + w)
    return best[-1][-1]


def _same(pairs: list[Pair]) -> list[Pair]:
    words = sorted({word for pair in pairs for word in pair})
    return [(word, word) for word in random.Random(SEED).sample(words, int(SAME * len(pairs)))]


def letters(pairs: list[Pair], alphabets: tuple[str, str]) -> list[Pair]:
    """The pairs as the product reads them; rows in another alphabet are left out."""
    read: list[tuple[Spelling, Spelling]] = [(read_spelling(a), read_spelling(b)) for a, b in pairs]
    return [
        (a.letters, b.letters)
        for a, b in read
        if (a.alphabet, b.alphabet) == alphabets and a.letters and b.letters
    ]


def main(folder: Path, out: Path, only: list[str]) -> None:
    sets = read_pairs(folder)
    for name, (sources, alphabets) in TABLES.items():
        if only and name not in only:
            continue
        pairs = [pair for source in sources for pair in sets[source] if not is_held_out(pair)]
        prior = conventions(alphabets)
        if alphabets[0] == alphabets[1]:
            pairs += [(b, a) for a, b in pairs] + _same(pairs)
        random.Random(SEED).shuffle(pairs)
        pairs = letters(pairs[:PAIRS], alphabets)
        table, counts = learn(pairs, prior)
        weights = prune(weigh(table, pairs), counts, prior)
        head = (
            "# Weight of writing `a` for `b`, in nats; learned by evaluations/names/learn_spelling.py\n"
            f"# (seed {SEED}) from {len(pairs)} pairs of names: Wikidata (CC0), google/transliteration\n"
            "# (Apache-2.0).\na\tb\tweight\n"
        )
        rows = "".join(f"{a}\t{b}\t{w:.2f}\n" for (a, b), w in sorted(weights.items()))
        (out / f"{name}.tsv").write_text(head + rows, encoding="utf-8")
        print(name, len(pairs), "pairs", len(weights), "weights", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
