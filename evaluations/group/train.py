"""Trains the weights of the pair decision and prints how the stories come out.

    python -m evaluations.group.train SHARED_FOLDER            prints the figures
    python -m evaluations.group.train SHARED_FOLDER --write    also writes src/khabar/group/weights.json

Trained on the development pile, ECB+ (CC BY 3.0) and documents of NTREX (CC BY-SA 4.0), halved and whole;
pile_b and pile_c are only measured. What is printed of ECB+ and NTREX was held out: weights of other topics,
and of the other half of the documents. Needs scikit-learn and scipy, which khabar itself does not.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from evaluations.group import dense
from evaluations.group.bcubed import bcubed
from evaluations.group.measure import HERE, Pile, print_pile, read_pile
from evaluations.group.pairs import NAMES, Data, Days, Pairs, Part, read_data
from khabar.group.decide import SCALES, Scale, Weights
from khabar.pipeline import open_encoder
from khabar.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
FOLDS = 10
MADE_FROM = "constructed pile_a, ECB+ (CC BY 3.0), NTREX documents and their halves (CC BY-SA 4.0)"
MIXED_TOPICS = ("1", "5", "9", "13")  # of ECB+, in the mixed pile

# Across languages words cannot be compared, and names of organisations and places stand in many reports.
ACROSS = (
    "best_three", "coverage", "full_coverage", "whole", "lead", "sounds", "shared_persons", "other_persons",
    "shared_numbers", "other_numbers", "same_day", "near_days", "far_days", "shared_days", "no_day",
)  # fmt: skip
WITHIN = tuple(name for name in NAMES if name not in ("one_language", "whole", "sounds"))
# Of one matter or not: what the text is about, not when, nor how many or who; for an event is no matter.
MATTER = ("best_three", "coverage", "full_coverage", "whole", "lead")
ACROSS_MATTER, WITHIN_MATTER = (*MATTER, "sounds"), (*MATTER, "marked_words", "marked_share")
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
WITHIN_LIMITS: Limits = {"far_days": (None, -1.2), "same_day": (0.8, None), "no_day": (-0.8, None)}
ACROSS_STRENGTH, WITHIN_STRENGTH, MATTER_STRENGTH = 2.0, 0.1, 1.0  # inverse of the L2 penalty
HALVES_SAME, HALVES_OTHER = 750.0, 1500.0  # weight of the halves' pairs beside 1000 of the pile's
DAY_ACROSS = 500.0  # of unrelated whole documents of one day
PILE_WITHIN = 150.0
# Weights for the two scales of one matter; unrelated reports are by far the most in any archive.
MATTER_PILE, MATTER_HALVES_ACROSS, MATTER_OTHER_ACROSS = 500.0, 1000.0, 4000.0
MATTER_ECB, MATTER_HALVES_WITHIN, MATTER_OTHER_WITHIN = 1000.0, 500.0, 3000.0
# The chance of a pair is not the chance of a group: inside a story the sure pairs carry the unsure ones.
ACROSS_SHIFT, WITHIN_SHIFT = 1.0, 0.5


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


def fit_across(data: Data) -> Scale:
    """The scale for two languages, from the pile, from halves of documents, and from whole ones of one day.

    The halves come as they are and once more with a day in common, so that it is no evidence by itself.
    """
    other = ~data.pile.share_language
    parts = [data.pile.part(other, 1000.0), data.pile.part(other & data.pile.alike, 1000.0)]
    for each in data.halves:
        chosen = each.inside(data.documents) & ~each.share_language
        for one in (each, each.dated()):
            parts.append(one.part(chosen & one.labels, HALVES_SAME / len(data.halves)))
            parts.append(one.part(chosen & ~one.labels, HALVES_OTHER / len(data.halves)))
    whole = data.days.whole
    unrelated = whole.inside(data.documents) & ~whole.share_language & ~whole.labels
    parts.append(whole.part(unrelated, DAY_ACROSS))
    return fit(parts, ACROSS, ACROSS_LIMITS, ACROSS_STRENGTH, ACROSS_SHIFT)


def fit_within(data: Data) -> Scale:
    """The scale for one language, from topics of ECB+; the pile has an intercept of its own."""
    near = data.pile.share_language
    together = Part(*_together(data.topics))
    parts = [together, data.pile.part(near, PILE_WITHIN, 1)]
    parts.append(data.pile.part(near & data.pile.alike, PILE_WITHIN, 1))
    return fit(parts, WITHIN, WITHIN_LIMITS, WITHIN_STRENGTH, WITHIN_SHIFT)


def fit_across_matter(data: Data) -> Scale:
    """Whether two reports in two languages are of one matter: pairs of one event against unrelated ones."""
    parts = [data.pile.part(~data.pile.share_language & data.pile.labels, MATTER_PILE)]
    for each in data.halves:
        chosen = each.inside(data.documents) & ~each.share_language & each.labels
        parts.append(each.part(chosen, MATTER_HALVES_ACROSS / len(data.halves)))
    for day in (data.days.whole, data.days.across):
        unrelated = day.inside(data.documents) & ~day.share_language & ~day.labels
        parts.append(day.part(unrelated, MATTER_OTHER_ACROSS / 2))
    return _named(fit(parts, ACROSS_MATTER, {}, MATTER_STRENGTH, 0.0), ACROSS_MATTER)


def fit_within_matter(data: Data) -> Scale:
    """The same within one language."""
    values, labels = _together(data.topics)
    parts = [Part(values[labels], labels[labels], MATTER_ECB)]
    halves = data.days.within
    chosen = halves.inside(data.documents) & halves.share_language & halves.labels
    parts.append(halves.part(chosen, MATTER_HALVES_WITHIN))
    for day in (data.days.whole, data.days.across, halves):
        unrelated = day.inside(data.documents) & day.share_language & ~day.labels
        parts.append(day.part(unrelated, MATTER_OTHER_WITHIN / 3))
    return _named(fit(parts, WITHIN_MATTER, {}, MATTER_STRENGTH, 0.0), WITHIN_MATTER)


def fit_all(data: Data) -> Weights:
    """All four scales."""
    fits = (fit_across(data), fit_within(data), fit_across_matter(data), fit_within_matter(data))
    return Weights(**dict(zip(SCALES, fits, strict=True)), made_from=MADE_FROM)


def _together(topics: Sequence[Pairs]) -> tuple[np.ndarray, np.ndarray]:
    return np.concatenate([one.values for one in topics]), np.concatenate([one.labels for one in topics])


def _named(scale: Scale, names: Collection[str]) -> Scale:
    return Scale(scale.bias, {name: scale.features[name] for name in names})


def print_topics(data: Data) -> None:
    """ECB+ in cross-validation over topics: same event against look-alike, as pairs and as stories."""
    topics, scores = data.topics, {}
    across, across_matter = fit_across(data), fit_across_matter(data)
    for train, test in GroupKFold(FOLDS).split(topics, groups=range(len(topics))):
        seen = replace(data, topics=[topics[n] for n in train])
        weights = Weights(across, fit_within(seen), across_matter, fit_within_matter(seen), "")
        scores |= {n: topics[n].score(weights) for n in test}
    given = np.concatenate([scores[n] - WITHIN_SHIFT for n in range(len(topics))])
    truth = np.concatenate([topic.labels for topic in topics])
    print(f"ecbplus  look-alike AUC {roc_auc_score(truth, given):.4f}")
    found = {name: (n, at) for n, one in enumerate(topics) for name, at in one.cluster(scores[n]).items()}
    events = {name: event for one in topics for name, event in one.pile.events.items()}
    print(f"ecbplus  BCubed F1 of stories {bcubed(found, events).f1:.3f}")
    print(f"ecbplus  calibration error {_misfit(given, truth):.3f}")
    print_table(given, truth)


def print_held_out(data: Data, unseen: Days) -> None:
    """The mixed pile and days of one date, held out: documents in two parts, the pile's topics left out."""
    named = sorted({dense.event_of(document) for document in data.documents})
    sides = [{one for one in data.documents if dense.event_of(one) in set(named[n::2])} for n in (0, 1)]
    left_out = {f"ecb-{topic}" for topic in MIXED_TOPICS}
    weights = [fit_all(data.but(topics=left_out, documents=side)) for side in sides]
    for turn, mixed in enumerate(data.halves):
        found, truth = mixed.cluster(_held_out(mixed, sides, weights)), mixed.pile.events
        parts = (list(truth), _of(truth, data.documents, True), _of(truth, data.documents, False))
        total, own, ecb = (bcubed(_only(found, part), _only(truth, part)).f1 for part in parts)
        print(
            f"mixed, turn {turn}, held out  BCubed F1 {total:.3f}  its halves {own:.3f}  its ECB+ {ecb:.3f}"
        )
    for languages, days in (("taught", data.days), ("unseen", unseen)):
        for name, day in (("whole", days.whole), ("halves", days.across)):
            found = day.cluster(_held_out(day, sides, weights))
            told, stories = bcubed(found, day.pile.events), len(set(found.values()))
            events = len(set(day.pile.events.values()))
            print(f"one day, {name}, languages {languages}, held out  {stories} stories of {events}", told)


def _held_out(pairs: Pairs, sides: Sequence[set[str]], weights: Sequence[Weights]) -> np.ndarray:
    """Scores of pairs inside a side by the weights that have not seen it, of the others by their mean."""
    given = [pairs.score(one) for one in weights]
    scores = np.asarray(np.mean(given, axis=0))
    for side, own in zip(sides, given, strict=True):
        inside = pairs.inside(side)
        scores[inside] = own[inside]
    return scores


def _only(stories: Mapping[str, Hashable], chosen: Sequence[str]) -> dict[str, Hashable]:
    return {name: stories[name] for name in chosen}


def _of(events: Mapping[str, str], documents: Collection[str], inside: bool) -> list[str]:
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


def train(piles: Sequence[Pile], data: Data, unseen: Days) -> Weights:
    """The weights that ship, and in print how they and their like do."""
    print_topics(data)
    print_held_out(data, unseen)
    weights = fit_all(data)
    for one in piles:
        print_pile(one, weights)
    return weights


def main() -> None:
    shared, encoder = Path(sys.argv[1]), open_encoder(Settings())
    piles = [read_pile(HERE / name, encoder) for name in ("pile_a", "pile_b", "pile_c")]
    unseen = Days.of(shared, encoder, dense.UNSEEN)
    weights = train(piles, read_data(shared, encoder, piles[0]), unseen)
    if "--write" in sys.argv:
        write(weights)


def write(weights: Weights) -> None:
    """Writes the weights that ship."""
    target = ROOT / "src/khabar/group/weights.json"
    target.write_text(json.dumps(asdict(weights), indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
