"""What the weights of the pair decision are trained on: pairs of reports with their features and truth."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from evaluations.group import dense
from evaluations.group.measure import Pile
from evaluations.group.mixed import mixed_texts, read_texts
from khabar.encode.types import Encoder
from khabar.group.clusters import form_groups
from khabar.group.decide import COMPARED_FROM, Scale, Weights, doubt_of_matter
from khabar.group.features import FEATURES, measure
from khabar.pipeline import prepare, read_articles
from khabar.progress import Silent

NAMES = tuple(FEATURES)
TURNS = 3  # ways to give the halves of documents their languages


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of a pile. Shapes: `values` float[n, features], `labels` bool[n], `at` int[n, 2] of profiles."""

    pile: Pile
    values: np.ndarray
    labels: np.ndarray
    at: np.ndarray

    @classmethod
    def of(cls, pile: Pile) -> Pairs:
        """All pairs of the pile."""
        at = [(n, m) for m in range(len(pile.profiles)) for n in range(m)]
        found = [measure(pile.profiles[n], pile.profiles[m]) for n, m in at]
        values = np.array([[each[name] for name in NAMES] for each in found]).reshape(-1, len(NAMES))
        events = [pile.events[profile.article] for profile in pile.profiles]
        labels = np.array([events[n] == events[m] for n, m in at], bool)
        return cls(pile, values, labels, np.array(at).reshape(-1, 2))

    @property
    def share_language(self) -> np.ndarray:
        """Which pairs the scale `within` is for."""
        return np.asarray(self.values[:, NAMES.index("one_language")] == 1)

    @property
    def alike(self) -> np.ndarray:
        """Which pairs are of one topic."""
        topics = np.array([self.pile.topics[profile.article] for profile in self.pile.profiles])
        return np.asarray(topics[self.at[:, 0]] == topics[self.at[:, 1]])

    def inside(self, events: set[str]) -> np.ndarray:
        """Which pairs are of two reports of these events."""
        chosen = np.array([self.pile.events[profile.article] in events for profile in self.pile.profiles])
        return np.asarray(chosen[self.at].all(axis=1))

    def part(self, chosen: np.ndarray, share: float, own: int = 0) -> Part:
        """The chosen pairs to train on."""
        return Part(self.values[chosen], self.labels[chosen], share, own)

    def dated(self) -> Pairs:
        """The same reports, had they all come out on one day."""
        values = self.values.copy()
        for name in ("same_day", "near_days", "far_days", "no_day", "other_season"):
            values[:, NAMES.index(name)] = name == "same_day"
        return replace(self, values=values)

    def score(self, weights: Weights) -> np.ndarray:
        """The log odds of each pair."""
        within, across = (_score(self.values, scale) for scale in (weights.within, weights.across))
        rows = (dict(zip(NAMES, row, strict=True)) for row in self.values.tolist())
        doubts = np.array([doubt_of_matter(row, weights) for row in rows])
        return np.where(self.share_language, within, across) - doubts

    def cluster(self, scores: np.ndarray) -> dict[str, int]:
        """The number of the story of each report, formed as khabar does."""
        names = [profile.article for profile in self.pile.profiles]
        near = self.values[:, NAMES.index("best_three")] >= COMPARED_FROM
        links = {(names[n], names[m]): float(value)
                 for (n, m), value in zip(self.at[near], scores[near], strict=True)}  # fmt: skip
        return {name: at for at, group in enumerate(form_groups(names, links, 0.0)) for name in group}


@dataclass(frozen=True, slots=True)
class Days:
    """Documents of one day: whole, as halves in two languages, and as halves in one."""

    whole: Pairs
    across: Pairs
    within: Pairs

    @classmethod
    def of(cls, shared: Path, encoder: Encoder, languages: Sequence[str]) -> Days:
        """The days of the documents in these languages."""
        documents = dense.read_documents(shared / "data/ntrex", languages)
        told = (dense.whole(documents, languages), dense.halves_across(documents, languages),
                dense.halves_within(documents, languages))  # fmt: skip
        return cls(*(Pairs.of(dense.read_day(reports, encoder).pile) for reports in told))


@dataclass(frozen=True, slots=True)
class Data:
    """What is trained on; `documents` are the events of NTREX that training may see."""

    pile: Pairs
    halves: Sequence[Pairs]
    topics: Sequence[Pairs]
    days: Days
    documents: frozenset[str]

    def but(self, *, topics: Collection[str] = (), documents: Collection[str] = ()) -> Data:
        """The data without these topics of ECB+ and documents of NTREX."""
        kept = [one for one in self.topics if one.pile.name not in topics]
        return replace(self, topics=kept, documents=self.documents.difference(documents))


@dataclass(frozen=True, slots=True)
class Part:
    """Pairs to train on. `share` is their weight, whatever their number; `own` numbers their intercept."""

    values: np.ndarray
    labels: np.ndarray
    share: float = 1000.0
    own: int = 0


def _score(values: np.ndarray, scale: Scale) -> np.ndarray:
    return np.asarray(values @ np.array([scale.features.get(name, 0.0) for name in NAMES]) + scale.bias)


def read_ecb(file: Path, encoder: Encoder) -> Iterator[Pile]:
    """ECB+, a pile a topic; entities are linked inside a topic only, for time."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        for topic in sorted({row["topic"] for row in rows}):
            members = [row for row in rows if row["topic"] == topic]
            paths = []
            for row in members:
                path = Path(folder) / f"{row['id']}.txt"
                path.write_text(row["text"], "utf-8")
                paths.append(path)
            articles, _ = read_articles(paths, 10**8, Silent())
            story = {row["id"]: f"{topic}-{row['story']}" for row in members}
            events = {article.id: story[Path(article.path).stem] for article in articles}
            prepared = prepare(articles, encoder, Silent())
            yield Pile(f"ecb-{topic}", prepared.profiles, events, dict.fromkeys(events, str(topic)), {})


def read_data(shared: Path, encoder: Encoder, pile: Pile) -> Data:
    """Everything that is trained on."""
    halves = [read_texts(mixed_texts(shared, turn), encoder)[0] for turn in range(TURNS)]
    topics = read_ecb(shared / "data/ecbplus/documents.jsonl", encoder)
    documents = frozenset(dense.read_documents(shared / "data/ntrex", dense.TAUGHT))
    days = Days.of(shared, encoder, dense.TAUGHT)
    return Data(Pairs.of(pile), [*map(Pairs.of, halves)], [*map(Pairs.of, topics)], days, documents)
