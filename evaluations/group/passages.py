"""Whether passages of reports on several matters are placed with the stories that they tell of.

    python -m evaluations.group.passages [PILE...]

`lines` in truth.json says which line of such a report tells of which event. Right: a placed passage of which
most lines tell of the event that most reports of its story tell. Missed: an event told in lines of a report
that stands in a story of another event, and at which none of its passages was placed.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluations.group.measure import HERE, LARGEST_BYTES, Pile, read_pile
from khabar.group import Draft, form_stories, load_weights
from khabar.model.article import Article
from khabar.model.span import Span
from khabar.pipeline import open_encoder, read_articles
from khabar.progress import Silent
from khabar.settings import Settings

PILES = ("pile_c", "pile_p")
Told = list[tuple[Span, str]]  # stretches of a report, each with the event that it tells of


@dataclass(frozen=True, slots=True)
class Placed:
    """How many passages were placed rightly and wrongly, and how many events were missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of placed passages that are right; 1 where none is placed."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of events told in passages that were found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def read_told(name: str) -> dict[str, Told]:
    """The stretches of each report of a pile that is on several matters, by its article id."""
    folder = HERE / name
    files = json.loads((folder / "truth.json").read_text("utf-8"))["files"]
    divided = [file for file, row in files.items() if len(set(row.get("lines", {}).values())) > 1]
    articles, _ = read_articles([folder / file for file in divided], LARGEST_BYTES, Silent())
    texts = {file: (folder / file).read_text("utf-8").split("\n") for file in divided}
    return {article.id: _told(article, texts[file], files[file]["lines"])
            for article in articles for file in divided if article.path.endswith(file)}  # fmt: skip


def _told(article: Article, lines: Sequence[str], events: Mapping[str, str | None]) -> Told:
    found = []
    for number, event in events.items():
        line = lines[int(number)].strip()
        start = article.text.find(line)
        if event is not None and start >= 0:
            found.append((Span(start, start + len(line)), event))
    return found


def measure(pile: Pile, told: Mapping[str, Told]) -> Placed:
    """What was placed of these reports."""
    drafts = form_stories(
        pile.profiles, load_weights(), lambda name: pile.names.get(name, name), Settings().same_at
    )
    events = {draft.articles: _event_of(draft, pile, told) for draft in drafts}
    home = {name: events[draft.articles] for draft in drafts for name in draft.articles}
    right, wrong = set(), 0
    for draft in drafts:
        for passage in draft.passages:
            tells = Counter(event for span, event in told.get(passage.article, [])
                            for _ in range(span.overlap(passage.span)))  # fmt: skip
            if tells and tells.most_common(1)[0][0] == events[draft.articles]:
                right.add((passage.article, events[draft.articles]))
            else:
                wrong += 1
    known = set(events.values())
    elsewhere = {(name, event) for name, each in told.items() for _, event in each
                 if name in home and event != home[name] and event in known}  # fmt: skip
    return Placed(len(right), wrong, len(elsewhere - right))


def _event_of(draft: Draft, pile: Pile, told: Mapping[str, Told]) -> str:
    """The event of most of its reports, those on several matters only where there is no other."""
    plain = [name for name in draft.articles if name not in told] or list(draft.articles)
    return Counter(pile.events[name] for name in plain).most_common(1)[0][0]


def main() -> None:
    encoder = open_encoder(Settings())
    for name in sys.argv[1:] or PILES:
        found = measure(read_pile(HERE / name, encoder), read_told(name))
        print(f"{name}  right {found.right}  wrong {found.wrong}  missed {found.missed}")


if __name__ == "__main__":
    main()
