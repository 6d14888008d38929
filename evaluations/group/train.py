"""Trains the weights of the pair decision and prints how the stories come out.

    python -m evaluations.group.train [ECBPLUS_JSONL]            prints the figures
    python -m evaluations.group.train [ECBPLUS_JSONL] --write    also writes src/khabar/group/weights.json

Trained on the development pile (and ECB+, CC BY 3.0, where its file is named); pile_b is only measured.
Needs scikit-learn, which khabar itself does not.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from evaluations.group.measure import Pile, print_pile, read_pile, stories_of
from khabar.encode.types import Encoder
from khabar.group.decide import Scale, Weights
from khabar.group.features import FEATURES, measure
from khabar.pipeline import open_encoder, prepare, read_articles
from khabar.progress import Silent
from khabar.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
NAMES = tuple(FEATURES)
FOLDS = 10
STRENGTH = 0.5  # inverse of the L2 penalty
WITHIN_STRENGTH = 0.1
FOLD_STRENGTH = 1.0
PILE_WITHIN = 700.0  # weight of the pile's pairs of one language beside the 1000 of ECB+
WITHIN = tuple(name for name in NAMES if name != "one_language")
# Across languages words cannot be compared; what else was added for one language did not help there.
ACROSS = (
    "best_three", "coverage", "full_coverage", "lead", "one_language", "shared_persons", "other_persons",
    "shared_organisations", "shared_places", "other_places", "shared_numbers", "other_numbers", "same_day",
    "near_days", "far_days", "shared_days",
)  # fmt: skip
ECB_SHARE = 300.0  # against 1000 of each half of the pile: it has one language and no dates to speak of


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


def rows(pile: Pile, within_topics: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Feature rows and labels of the pairs; only those of one topic where asked."""
    values, labels = [], []
    for n, a in enumerate(pile.profiles):
        for b in pile.profiles[:n]:
            if within_topics and pile.topics[a.article] != pile.topics[b.article]:
                continue
            features = measure(a, b)
            values.append([features[name] for name in NAMES])
            labels.append(pile.events[a.article] == pile.events[b.article])
    return np.array(values).reshape(-1, len(NAMES)), np.array(labels, bool)


@dataclass(frozen=True, slots=True)
class Part:
    """Pairs to train on. `share` is their weight, whatever their number.

    `foreign` pairs are all of one language: they get an intercept of their own, which is thrown away, so
    that they do not set the bias nor the weight of a shared language.
    """

    values: np.ndarray
    labels: np.ndarray
    share: float = 1000.0
    foreign: bool = False

    def of_one_language(self) -> Part:
        """The pairs that share a language."""
        chosen = self.values[:, NAMES.index("one_language")] == 1
        return replace(self, values=self.values[chosen], labels=self.labels[chosen])


def fit(parts: Sequence[Part], names: Sequence[str], strength: float) -> Scale:
    """Weights of the named features by logistic regression over the parts; the others weigh nothing."""
    model = LogisticRegression(C=strength, max_iter=5000)
    columns = [NAMES.index(name) for name in names]
    values = [
        np.column_stack([part.values[:, columns], np.full(len(part.labels), part.foreign)]) for part in parts
    ]
    shares = [np.full(len(part.labels), part.share / len(part.labels)) for part in parts]
    labels = np.concatenate([part.labels for part in parts])
    model.fit(np.concatenate(values), labels, sample_weight=np.concatenate(shares))
    found = {name: round(float(w), 3) for name, w in zip(names, model.coef_[0], strict=False)}
    return Scale(round(float(model.intercept_[0]), 3), {name: found.get(name, 0.0) for name in NAMES})


def fit_both(pile: Sequence[Part], ecb: Part | None, made_from: str) -> Weights:
    """Both scales. Across languages the pile leads; within one, where it has few pairs, ECB+ does."""
    across = [*pile] if ecb is None else [*pile, replace(ecb, share=ECB_SHARE, foreign=True)]
    near = [part.of_one_language() for part in pile]
    near = [replace(part, share=PILE_WITHIN / len(near)) for part in near]
    within = near if ecb is None else [*near, ecb]
    return Weights(fit(across, ACROSS, STRENGTH), fit(within, WITHIN, WITHIN_STRENGTH), made_from)


def set_bias(weights: Weights, pile: Pile) -> Weights:
    """The weights with the bias that forms the best stories on the development pile.

    The chance of a pair is not the chance of a group: inside a story the sure pairs carry the unsure ones.
    """
    shifts = [step / 10 for step in range(-10, 21)]
    across = weights.across
    moved = [replace(weights, across=replace(across, bias=round(across.bias + shift, 3))) for shift in shifts]
    scores = [stories_of(pile, one).f1 for one in moved]
    best = [n for n, score in enumerate(scores) if score >= max(scores) - 0.002]
    return moved[best[len(best) // 2]]


def print_folds(piles: Sequence[Pile]) -> None:
    """ECB+ in cross-validation over topics: same event against look-alike."""
    parts = [rows(pile, within_topics=True) for pile in piles]
    scores, labels = [], []
    for train, test in GroupKFold(FOLDS).split(parts, groups=range(len(parts))):
        seen = [np.concatenate([parts[n][at] for n in train]) for at in (0, 1)]
        scale = fit([Part(seen[0], seen[1])], WITHIN, FOLD_STRENGTH)
        vector = np.array([scale.features[name] for name in NAMES])
        scores += [parts[n][0] @ vector + scale.bias for n in test]
        labels += [parts[n][1] for n in test]
    given, truth = np.concatenate(scores), np.concatenate(labels)
    print(f"ecbplus  look-alike AUC {roc_auc_score(truth, given):.4f}")
    print(f"ecbplus  calibration error {_misfit(given, truth):.3f}")
    print_table(given, truth)


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


def main() -> None:
    encoder = open_encoder(Settings())
    pile_a, pile_b = (read_pile(HERE / name, encoder) for name in ("pile_a", "pile_b"))
    made_from = "constructed pile_a"
    parts = [Part(*rows(pile_a)), Part(*rows(pile_a, within_topics=True))]
    ecb = None
    if len(sys.argv) > 1 and Path(sys.argv[1]).is_file():
        piles = list(read_ecb(Path(sys.argv[1]), encoder))
        print_folds(piles)
        together = [rows(pile, within_topics=True) for pile in piles]
        values, labels = (np.concatenate([part[n] for part in together]) for n in (0, 1))
        ecb = Part(values, labels)
        made_from += ", ECB+ (CC BY 3.0)"
    weights = set_bias(fit_both(parts, ecb, made_from), pile_a)
    for pile in (pile_a, pile_b):
        print_pile(pile, weights)
    if "--write" in sys.argv:
        write(weights)


def write(weights: Weights) -> None:
    """Writes the weights that ship."""
    target = ROOT / "src/khabar/group/weights.json"
    target.write_text(json.dumps(asdict(weights), indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
