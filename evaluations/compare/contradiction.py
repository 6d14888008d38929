"""How well the learned opinion tells same from contradicting, beside a baseline of shared words.

python -m evaluations.compare.contradiction ../shared/data
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evaluations.compare.pairs_of_data import ANSWERS, SOURCES, MarkedPair, Source
from evaluations.registry import Figure
from khabar.compare.contradiction import Model, Side, judge_by, load_model, word_signs
from khabar.encode.types import Encoder
from khabar.pipeline import open_encoder
from khabar.settings import Settings

OVERLAP = "shared words, logistic"


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures on the held-out part of one source. `f1` is by answer, in the order of `ANSWERS`."""

    source: str
    language: str
    pairs: int
    accuracy: float
    macro_f1: float
    f1: tuple[float, ...]


def sides_of(pairs: Iterable[MarkedPair], language: str, encoder: Encoder) -> dict[tuple[str, str], Side]:
    """Every text of the pairs, encoded once."""
    texts = sorted({text for pair in pairs for text in (pair.a, pair.b)})
    passes = encoder.encode(texts)
    return {
        (text, language): Side(text, language, one.words, one.sentence)
        for text, one in zip(texts, passes, strict=True)
    }


def measure_model(data: Path, encoder: Encoder, model: Model) -> list[Scores]:
    """The model's figures on the held-out parts."""
    found = []
    for source in SOURCES:
        pairs = source.read(data, held_out=True)
        sides = sides_of(pairs, source.language, encoder)
        answers = [_answer(model, sides, pair, source.language) for pair in pairs]
        found.append(score(source, [pair.answer for pair in pairs], answers))
    return found


def _answer(model: Model, sides: dict[tuple[str, str], Side], pair: MarkedPair, language: str) -> int:
    opinion = judge_by(model, sides[pair.a, language], sides[pair.b, language])
    if opinion is None:
        return ANSWERS.index("other")
    return int(np.argmax([opinion.same, opinion.contradicting, opinion.other]))


def score(source: Source, right: Sequence[int], answers: Sequence[int]) -> Scores:
    """Accuracy, and F1 of each answer with their mean."""
    f1 = []
    for kind in range(len(ANSWERS)):
        hits = sum(a == kind == b for a, b in zip(right, answers, strict=True))
        told = right.count(kind) + list(answers).count(kind)  # type: ignore[attr-defined]
        f1.append(2 * hits / told if told else 0.0)
    accuracy = float(np.mean(np.array(right) == np.array(answers)))
    return Scores(source.name, source.language, len(right), accuracy, float(np.mean(f1)), tuple(f1))


def measure_overlap(data: Path, encoder: Encoder) -> list[Scores]:
    """What the shares of shared words, both ways, tell alone: logistic regression on the training part."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    found = []
    for source in SOURCES:
        sides = {held_out: source.read(data, held_out=held_out) for held_out in (False, True)}
        rows = {}
        for held_out, pairs in sides.items():
            known = sides_of(pairs, source.language, encoder)
            rows[held_out] = np.array([_overlaps(known, pair, source.language) for pair in pairs])
        fitted = LogisticRegression(max_iter=500, class_weight="balanced")
        fitted.fit(rows[False], [pair.answer for pair in sides[False]])
        answers = [int(one) for one in fitted.predict(rows[True])]
        found.append(score(source, [pair.answer for pair in sides[True]], answers))
    return found


def _overlaps(sides: dict[tuple[str, str], Side], pair: MarkedPair, language: str) -> list[float]:
    a, b = sides[pair.a, language], sides[pair.b, language]
    shares: list[float] = []
    for own, other in ((a, b), (b, a)):
        signs = word_signs(own, other)
        shares += [float(one) for one in signs[:, :3].mean(axis=0)] if len(signs) else [0.0, 0.0, 0.0]
    return shares


FLOORS: Mapping[tuple[str, str], float] = {("ans", "macro-F1"): 0.76, ("farstail", "accuracy"): 0.70}


def measure(shared: Path | None) -> list[Figure]:
    """The figures for `khabar eval`, beside those of shared words where scikit-learn is installed."""
    assert shared is not None
    data, encoder = shared / "data", open_encoder(Settings())
    found = measure_model(data, encoder, load_model())
    try:
        peers: Sequence[Scores | None] = measure_overlap(data, encoder)
    except ImportError:
        peers = [None] * len(found)
    return [one for own, peer in zip(found, peers, strict=True) for one in _figures(own, peer)]


def _figures(own: Scores, peer: Scores | None) -> Iterator[Figure]:
    for metric, value, other in (
        ("accuracy", own.accuracy, peer and peer.accuracy),
        ("macro-F1", own.macro_f1, peer and peer.macro_f1),
    ):
        yield Figure(
            task="contradiction",
            language=own.language,
            metric=metric,
            data=f"{own.pairs} pairs of {own.source}, development part",
            value=round(value, 3),
            floor=FLOORS.get((own.source, metric)),
            peer=OVERLAP if peer else None,
            peer_value=None if other is None else round(other, 3),
        )


def print_scores(found: Iterable[Scores], name: str = "khabar") -> None:
    """One line for each source."""
    for one in found:
        by_answer = "  ".join(f"{answer} {f1:.3f}" for answer, f1 in zip(ANSWERS, one.f1, strict=True))
        figures = f"accuracy {one.accuracy:.3f}  macro-F1 {one.macro_f1:.3f}"
        print(f"{name:24} {one.source:9} {one.pairs:5} pairs  {figures}  F1: {by_answer}", flush=True)


def main() -> None:
    data, encoder = Path(sys.argv[1]), open_encoder(Settings())
    print_scores(measure_model(data, encoder, load_model()))
    print_scores(measure_overlap(data, encoder), OVERLAP)


if __name__ == "__main__":
    main()
