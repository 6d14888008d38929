"""Trains the weights of the pair decision and prints how the stories come out.

    python -m evaluations.group.train SHARED_FOLDER            prints the figures
    python -m evaluations.group.train SHARED_FOLDER --write    also writes src/khabar/group/weights.json

Trained on the development pile, ECB+ (CC BY 3.0) and half documents of NTREX (CC BY-SA 4.0); pile_b and
pile_c are only measured. What is printed of ECB+ and NTREX was held out: weights of other topics, and of
the other half of the documents. Needs scikit-learn and scipy, which khabar itself does not.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from evaluations.group.bcubed import bcubed
from evaluations.group.measure import HERE, Pile, print_pile, read_pile
from evaluations.group.mixed import mixed_texts, read_texts
from khabar.encode.types import Encoder
from khabar.group.clusters import form_groups
from khabar.group.decide import COMPARED_FROM, Scale, Weights
from khabar.group.features import FEATURES, measure
from khabar.pipeline import open_encoder, prepare, read_articles
from khabar.progress import Silent
from khabar.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
NAMES = tuple(FEATURES)
FOLDS = 10
MADE_FROM = "constructed pile_a, ECB+ (CC BY 3.0), halves of NTREX documents (CC BY-SA 4.0)"
TURNS = 3  # ways to give the halves of documents their languages
MIXED_TOPICS = ("1", "5", "9", "13")  # of ECB+, in the mixed pile

# Across languages words cannot be compared, and names of organisations and places stand in many reports.
ACROSS = (
    "best_three", "coverage", "full_coverage", "whole", "lead", "sounds", "shared_persons", "other_persons",
    "shared_numbers", "other_numbers", "same_day", "near_days", "far_days", "shared_days", "no_day",
)  # fmt: skip
WITHIN = tuple(name for name in NAMES if name not in ("one_language", "whole", "sounds"))
AGAINST = (
    "other_persons",
    "other_places",
    "other_numbers",
    "far_days",
    "other_season",
    "other_years",
    "uneven",
)
FREE = ("near_days", "one_language", "no_day", "brief")  # may speak for or against; all others speak for
Limits = Mapping[str, tuple[float | None, float | None]]
# The halves have few facts and no days, and would teach that neither matters.
ACROSS_LIMITS: Limits = {
    "far_days": (None, -1.0), "near_days": (0.3, None), "shared_persons": (1.0, 2.5),
    "other_persons": (None, -0.3), "shared_numbers": (1.5, None), "no_day": (None, 2.0),
}  # fmt: skip
# In ECB+ only reports of each topic's second event carry a day: that both have one tells the event there,
# which is no fact about events. So no day counts less than days that lie far apart.
WITHIN_LIMITS: Limits = {"far_days": (None, -1.2), "same_day": (1.0, None), "no_day": (-0.8, None)}
ACROSS_STRENGTH, WITHIN_STRENGTH = 2.0, 0.1  # inverse of the L2 penalty
HALVES_SAME, HALVES_OTHER = 750.0, 1500.0  # weight of the halves' pairs beside 1000 of the pile's
PILE_WITHIN = 150.0
# The chance of a pair is not the chance of a group: inside a story the sure pairs carry the unsure ones.
ACROSS_SHIFT, WITHIN_SHIFT = 1.0, 0.5


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

    def score(self, weights: Weights) -> np.ndarray:
        """The log odds of each pair."""
        within, across = (_score(self.values, scale) for scale in (weights.within, weights.across))
        return np.where(self.share_language, within, across)

    def cluster(self, scores: np.ndarray) -> dict[str, int]:
        """The number of the story of each report, formed as khabar does."""
        names = [profile.article for profile in self.pile.profiles]
        near = self.values[:, NAMES.index("best_three")] >= COMPARED_FROM
        links = {(names[n], names[m]): float(value)
                 for (n, m), value in zip(self.at[near], scores[near], strict=True)}  # fmt: skip
        return {name: at for at, group in enumerate(form_groups(names, links, 0.0)) for name in group}


@dataclass(frozen=True, slots=True)
class Part:
    """Pairs to train on. `share` is their weight, whatever their number; `own` numbers their intercept."""

    values: np.ndarray
    labels: np.ndarray
    share: float = 1000.0
    own: int = 0


def _score(values: np.ndarray, scale: Scale) -> np.ndarray:
    return np.asarray(values @ np.array([scale.features[name] for name in NAMES]) + scale.bias)


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


def fit(parts: Sequence[Part], names: Sequence[str], limits: Limits, strength: float, shift: float) -> Scale:
    """Weights of the named features by logistic regression within their limits; the others weigh nothing.

    The bias is the intercept of the first part, moved by `shift`.
    """
    columns = [NAMES.index(name) for name in names]
    owns = np.concatenate([np.full(len(part.labels), part.own) for part in parts])
    values = np.column_stack(
        [np.concatenate([part.values[:, columns] for part in parts]), np.eye(owns.max() + 1)[owns]]
    )
    sides = np.concatenate([np.where(part.labels, 1.0, -1.0) for part in parts])
    shares = np.concatenate([np.full(len(part.labels), part.share / len(part.labels)) for part in parts])
    free = np.arange(values.shape[1]) >= len(names)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margins = (values @ weights) * sides
        held = np.where(free, 0.0, weights)
        pull = -(shares * sides / (1 + np.exp(np.clip(margins, -500, 500)))) @ values
        return strength * float(shares @ np.logaddexp(0, -margins)) + float(held @ held) / 2, (
            strength * pull + held
        )

    bounds = [limits.get(name, _side(name)) for name in names] + [(None, None)] * int(free.sum())
    start = np.array([_nearest_to_zero(*bound) for bound in bounds])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 5000}).x
    weights = dict(zip(names, (round(float(weight), 3) for weight in found), strict=False))
    return Scale(round(float(found[len(names)]) + shift, 3), {name: weights.get(name, 0.0) for name in NAMES})


def _side(name: str) -> tuple[float | None, float | None]:
    return (None, None) if name in FREE else (None, 0.0) if name in AGAINST else (0.0, None)


def _nearest_to_zero(low: float | None, high: float | None) -> float:
    return min(max(0.0, -np.inf if low is None else low), np.inf if high is None else high)


def fit_across(pile: Pairs, halves: Sequence[Pairs], documents: set[str]) -> Scale:
    """The scale for two languages, from the pile and from halves of these documents."""
    other = ~pile.share_language
    parts = [pile.part(other, 1000.0), pile.part(other & pile.alike, 1000.0)]
    for each in halves:
        chosen = each.inside(documents) & ~each.share_language
        parts.append(each.part(chosen & each.labels, HALVES_SAME / len(halves)))
        parts.append(each.part(chosen & ~each.labels, HALVES_OTHER / len(halves)))
    return fit(parts, ACROSS, ACROSS_LIMITS, ACROSS_STRENGTH, ACROSS_SHIFT)


def fit_within(pile: Pairs, topics: Sequence[Pairs]) -> Scale:
    """The scale for one language, from topics of ECB+; the pile has an intercept of its own."""
    near = pile.share_language
    together = Part(
        np.concatenate([one.values for one in topics]), np.concatenate([one.labels for one in topics])
    )
    parts = [together, pile.part(near, PILE_WITHIN, 1), pile.part(near & pile.alike, PILE_WITHIN, 1)]
    return fit(parts, WITHIN, WITHIN_LIMITS, WITHIN_STRENGTH, WITHIN_SHIFT)


def print_topics(pile: Pairs, topics: Sequence[Pairs]) -> None:
    """ECB+ in cross-validation over topics: same event against look-alike, as pairs and as stories."""
    scores: dict[int, np.ndarray] = {}
    for train, test in GroupKFold(FOLDS).split(topics, groups=range(len(topics))):
        scale = fit_within(pile, [topics[n] for n in train])
        scores |= {n: _score(topics[n].values, scale) for n in test}
    given = np.concatenate([scores[n] - WITHIN_SHIFT for n in range(len(topics))])
    truth = np.concatenate([topic.labels for topic in topics])
    print(f"ecbplus  look-alike AUC {roc_auc_score(truth, given):.4f}")
    found = {name: (n, at) for n, one in enumerate(topics) for name, at in one.cluster(scores[n]).items()}
    events = {name: event for one in topics for name, event in one.pile.events.items()}
    print(f"ecbplus  BCubed F1 of stories {bcubed(found, events).f1:.3f}")
    print(f"ecbplus  calibration error {_misfit(given, truth):.3f}")
    print_table(given, truth)


def print_mixed(
    pile: Pairs, halves: Sequence[Pairs], topics: Sequence[Pairs], documents: Sequence[str]
) -> None:
    """The mixed pile with both its sources held out: documents in two parts, its topics of ECB+ left out."""
    within = fit_within(
        pile, [one for one in topics if one.pile.name.removeprefix("ecb-") not in MIXED_TOPICS]
    )
    sides = [set(documents[n::2]) for n in (0, 1)]
    scales = [fit_across(pile, halves, sides[1 - n]) for n in (0, 1)]
    for turn, mixed in enumerate(halves):
        scores = np.mean([mixed.score(Weights(scale, within, "")) for scale in scales], axis=0)
        for side, scale in zip(sides, scales, strict=True):
            inside = mixed.inside(side)
            scores[inside] = mixed.score(Weights(scale, within, ""))[inside]
        found, truth = mixed.cluster(scores), mixed.pile.events
        parts = (list(truth), _of(truth, documents, True), _of(truth, documents, False))
        whole, own, ecb = (bcubed(_only(found, part), _only(truth, part)).f1 for part in parts)
        print(
            f"mixed, turn {turn}, held out  BCubed F1 {whole:.3f}  its halves {own:.3f}  its ECB+ {ecb:.3f}"
        )


def _only(stories: Mapping[str, Hashable], chosen: Sequence[str]) -> dict[str, Hashable]:
    return {name: stories[name] for name in chosen}


def _of(events: Mapping[str, str], documents: Sequence[str], inside: bool) -> list[str]:
    return [name for name, event in events.items() if (event in documents) is inside]


def print_table(log_odds: np.ndarray, truth: np.ndarray) -> None:
    """The reliability table: of the pairs given such a chance, how many are of one event."""
    for low, high, chance, share, count in reliability(log_odds, truth):
        print(f"  {low:.1f}-{high:.1f}  said {chance:.2f}  held {share:.2f}  pairs {count}")


def reliability(log_odds: np.ndarray, truth: np.ndarray) -> list[tuple[float, float, float, float, int]]:
    """For each tenth of chances: its limits, the mean chance that was said, the share that held, pairs."""
    chances = 1 / (1 + np.exp(-log_odds))
    table = []
    for tenth in range(10):
        inside = (np.minimum(9, chances * 10).astype(int)) == tenth
        if inside.any():
            said, held = float(chances[inside].mean()), float(truth[inside].mean())
            table.append((tenth / 10, (tenth + 1) / 10, said, held, int(inside.sum())))
    return table


def _misfit(log_odds: np.ndarray, truth: np.ndarray) -> float:
    """How far said and held lie apart on average (expected calibration error)."""
    table = reliability(log_odds, truth)
    return sum(abs(said - held) * count for _, _, said, held, count in table) / len(truth)


def train(piles: Sequence[Pile], halves: Sequence[Pile], topics: Sequence[Pile]) -> Weights:
    """The weights that ship, and in print how they and their like do."""
    pile, mixed = Pairs.of(piles[0]), [Pairs.of(one) for one in halves]
    ecb = [Pairs.of(one) for one in topics]
    of_ecb = {event.split("-")[-1] for one in topics for event in one.events.values()}
    documents = sorted(
        event for event in set(halves[0].events.values()) if "." in event and event not in of_ecb
    )
    print_topics(pile, ecb)
    print_mixed(pile, mixed, ecb, documents)
    weights = Weights(fit_across(pile, mixed, set(documents)), fit_within(pile, ecb), MADE_FROM)
    for one in piles:
        print_pile(one, weights)
    return weights


def main() -> None:
    shared, encoder = Path(sys.argv[1]), open_encoder(Settings())
    piles = [read_pile(HERE / name, encoder) for name in ("pile_a", "pile_b", "pile_c")]
    halves = [read_texts(mixed_texts(shared, turn), encoder)[0] for turn in range(TURNS)]
    topics = list(read_ecb(shared / "data/ecbplus/documents.jsonl", encoder))
    weights = train(piles, halves, topics)
    if "--write" in sys.argv:
        write(weights)


def write(weights: Weights) -> None:
    """Writes the weights that ship."""
    target = ROOT / "src/khabar/group/weights.json"
    target.write_text(json.dumps(asdict(weights), indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
