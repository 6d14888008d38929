"""How well the shipped pair decision forms the stories of the piles.

    python -m evaluations.group.measure [PILE...]

Prints BCubed of the stories against the events, and how well pairs of reports of one event are told from
pairs of two events that look alike (area under the curve).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from evaluations.group.bcubed import BCubed, bcubed
from khabar.encode.types import Encoder
from khabar.group import form_stories, load_weights
from khabar.group.decide import Weights, decide
from khabar.group.profile import Profile
from khabar.model.article import Article
from khabar.pipeline import open_encoder, prepare, read_articles
from khabar.progress import Silent
from khabar.settings import Settings

HERE = Path(__file__).resolve().parent
PILES = ("pile_a", "pile_b", "pile_c")
LARGEST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Pile:
    """Reports with their events; `topics` holds the events that look alike together."""

    name: str
    profiles: tuple[Profile, ...]
    events: Mapping[str, str]
    topics: Mapping[str, str]
    names: Mapping[str, str]


def read_pile(folder: Path, encoder: Encoder) -> Pile:
    """One of the constructed piles."""
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    articles, dropped = read_articles([folder / name for name in truth["files"]], LARGEST_BYTES, Silent())
    assert not dropped, dropped
    topic = {event: event for event in truth["events"]}
    for pair in truth["lookalikes"]:
        first, *others = (topic[event] for event in pair["events"])
        topic = {event: first if name in others else name for event, name in topic.items()}
    events = {article.id: _event(article, folder, truth["files"]) for article in articles}
    topic |= {event: event for event in events.values() if event not in topic}
    prepared = prepare(articles, encoder, Silent())
    names = {entity.id: entity.name for entity in prepared.entities}
    topics = {name: topic[event] for name, event in events.items()}
    return Pile(folder.name, prepared.profiles, events, topics, names)


def _event(article: Article, folder: Path, files: Mapping[str, Any]) -> str:
    """The event of a report; an entry of a live page has that of its line, or one of its own."""
    name, _, entry = Path(article.path).name.partition("#")
    row = files[name]
    if not entry:
        return str(row["event"])
    lines = (folder / name).read_text("utf-8").split("\n")
    told = (event for at, event in row["lines"].items() if lines[int(at)][-30:] in article.text)
    return next(told, None) or article.id


def form_clusters(pile: Pile, weights: Weights) -> dict[str, int]:
    """The number of the story of each report."""
    same_at = Settings().same_at
    drafts = form_stories(pile.profiles, weights, lambda entity: pile.names.get(entity, entity), same_at)
    return {article: n for n, draft in enumerate(drafts) for article in draft.articles}


def stories_of(pile: Pile, weights: Weights) -> BCubed:
    """How well the stories agree with the events."""
    return bcubed(form_clusters(pile, weights), pile.events)


def lookalike_auc(pile: Pile, weights: Weights) -> float:
    """The chance that a pair of one event is surer than a pair of two events that look alike."""
    same: list[float] = []
    other: list[float] = []
    for a, b in _topical_pairs(pile):
        chosen = same if pile.events[a.article] == pile.events[b.article] else other
        chosen.append(decide(a, b, weights).log_odds)
    return area_under_curve(same, other)


def area_under_curve(higher: Sequence[float], lower: Sequence[float]) -> float:
    """The share of pairs of values, one of each side, in which `higher` is higher; ties count half.

    Source: Mann and Whitney 1947.
    """
    won = sum((a > b) + (a == b) / 2 for a in higher for b in lower)
    return won / (len(higher) * len(lower))


def _topical_pairs(pile: Pile) -> Iterator[tuple[Profile, Profile]]:
    for a, b in combinations(pile.profiles, 2):
        if pile.topics[a.article] == pile.topics[b.article]:
            yield a, b


def measure(pile: Pile, weights: Weights) -> dict[str, float]:
    """The figures of a pile, by the names that floors.json uses."""
    stories = stories_of(pile, weights)
    return {
        "bcubed_precision": round(stories.precision, 3),
        "bcubed_recall": round(stories.recall, 3),
        "bcubed_f1": round(stories.f1, 3),
        "lookalike_auc": round(lookalike_auc(pile, weights), 3),
    }


def print_pile(pile: Pile, weights: Weights) -> None:
    """One line."""
    figures = "  ".join(f"{name} {value:.3f}" for name, value in measure(pile, weights).items())
    print(f"{pile.name:8} {len(pile.events):3} reports {len(set(pile.events.values())):3} events  {figures}")


if __name__ == "__main__":
    opened = open_encoder(Settings())
    for chosen in sys.argv[1:] or PILES:
        print_pile(read_pile(HERE / chosen, opened), load_weights())
