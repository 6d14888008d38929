"""How well relations and origins are told on the constructed stories.

python -m evaluations.trace.score [held]    prints what is not told right among the tuned (or all) stories
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evaluations.trace.cases import Case, Tie, read_cases
from khabar.align import align_story
from khabar.encode.types import Encoder
from khabar.encode.word_means import load_word_means
from khabar.model.outcome import Kept
from khabar.model.page import Page, PageKind
from khabar.pipeline import facts_of, open_encoder, prepare, take_articles, words_of
from khabar.progress import Silent
from khabar.settings import Settings
from khabar.trace.story import Traced, trace_story

KINDS = ("copies", "translates", "cites", "shares_source")


@dataclass(frozen=True, slots=True)
class Told:
    """A story as it was told."""

    case: Case
    ties: tuple[Tie, ...]
    origins: frozenset[frozenset[str]]
    reasons: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether the origins are those of the truth, report by report."""
        return self.origins == self.case.origins


@dataclass(frozen=True, slots=True)
class Score:
    """F1 of relations by kind (pair and kind), `direction` of those that have one, `origins` exact."""

    f1: dict[str, float]
    direction: float
    origins: float
    counts: tuple[int, int]


def tell_case(case: Case, encoder: Encoder) -> Told:
    """The story of these pages, traced through every stage but grouping."""
    pages = [Kept(page_of(letter, html)) for letter, html in case.pages.items()]
    articles, dropped = take_articles(pages, Silent())
    if dropped:
        raise SystemExit(f"{case.name}: {dropped}")
    letters = {article.id: article.path[0] for article in articles}
    prepared = prepare(articles, encoder, Silent())
    aligned = align_story(
        "s1",
        prepared.articles,
        lambda article: words_of(article, encoder),
        load_word_means(encoder),
        facts_of,
    )
    return _told(
        case, letters, trace_story(prepared.articles, prepared.entities, aligned.statements, prepared.outlets)
    )


def page_of(letter: str, html: str) -> Page:
    """The page as if it had been read."""
    return Page(f"{letter}.html", PageKind.HTML, html, "utf-8", "declared")


def _told(case: Case, letters: dict[str, str], traced: Traced) -> Told:
    ties = tuple(Tie(letters[one.taker], one.kind, letters[one.origin]) for one in traced.relations)
    groups = frozenset(frozenset(letters[name] for name in one.articles) for one in traced.origins)
    return Told(case, ties, groups, tuple(one.reason for one in traced.relations))


def score(told: Sequence[Told]) -> Score:
    """The figures of these stories."""
    f1 = {kind: _f1(told, kind) for kind in KINDS}
    f1["all"] = _f1(told, None)
    directed = [
        (tie, truth)
        for one in told
        for tie in one.ties
        for truth in one.case.ties
        if _pair(tie) == _pair(truth) and "shares_source" not in (tie.kind, truth.kind)
    ]
    right = sum(tie.taker == truth.taker for tie, truth in directed)
    exact = sum(one.exact for one in told)
    return Score(f1, right / max(1, len(directed)), exact / len(told), (len(directed), len(told)))


def _f1(told: Iterable[Told], kind: str | None) -> float:
    right = wanted = found = 0
    for one in told:
        truth = {_pair(tie) for tie in one.case.ties if kind in (None, tie.kind)}
        made = {_pair(tie) for tie in one.ties if kind in (None, tie.kind)}
        right, wanted, found = right + len(truth & made), wanted + len(truth), found + len(made)
    return 2 * right / max(1, wanted + found)


def _pair(tie: Tie) -> tuple[frozenset[str], str]:
    return frozenset((tie.taker, tie.origin)), tie.kind


def halves(encoder: Encoder) -> dict[str, list[Told]]:
    """The stories that were tuned on, and those set aside."""
    told = [tell_case(case, encoder) for case in read_cases()]
    return {name: [one for one in told if one.case.held is held] for name, held in HALVES.items()}


HALVES = {"tuned": False, "held": True}


def main() -> None:
    for name, told in halves(open_encoder(Settings())).items():
        for one in told:
            wrong = not one.exact or set(map(_pair, one.ties)) != set(map(_pair, one.case.ties))
            if wrong and (name == "tuned" or "held" in sys.argv):
                print(one.case.name, *(f"[{t.taker} {t.kind} {t.origin}]" for t in one.ties), end=" ")
                print("origins", *sorted("".join(sorted(group)) for group in one.origins), *one.reasons)
        found = score(told)
        print(name, *(f"{kind} {value:.2f}" for kind, value in found.f1.items()), end=" ")
        directed, stories = found.counts
        print(f"direction {found.direction:.2f} of {directed} origins {found.origins:.2f} of {stories}")


if __name__ == "__main__":
    main()
