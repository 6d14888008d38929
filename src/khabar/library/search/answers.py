"""What was found as a reader sees it: by story, with marked sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from khabar.library import lists
from khabar.library.search.ranking import Found
from khabar.library.search.snippets import Sought, Told, find_snippets, read_told
from khabar.library.search.types import ArticleHit, StoryHit
from khabar.library.store import Store, marks
from khabar.library.tellings import count_origins
from khabar.library.types import ArticleLine
from khabar.model.story import MadeBy


def by_story(store: Store, numbers: Sequence[int]) -> dict[int, list[int]]:
    """The places of these articles in the row given, by story; the stories in the order of their best."""
    sql = f"SELECT article, story FROM memberships WHERE article IN ({marks(numbers)})"
    story_of: dict[int, int] = dict([*store.rows(sql, numbers)]) if numbers else {}
    stories: dict[int, list[int]] = {}
    for at, number in enumerate(numbers):
        if number in story_of:
            stories.setdefault(story_of[number], []).append(at)
    return stories


def article_hits(
    store: Store, found: Found, numbers: Sequence[int], chosen: Mapping[int, Sequence[int]], marking: Sought,
    forms: Sequence[str],
) -> dict[int, tuple[ArticleHit, ...]]:  # fmt: skip
    """The hits of the stories that were chosen; `numbers` are the articles found, `forms` names in it."""
    wanted = [numbers[at] for each in chosen.values() for at in each]
    told = read_told(store, wanted)
    where = lists.Where()
    where.add(f"a.number IN ({marks(wanted) or 'NULL'})", *wanted)
    lines = {line.number: line for line in lists.list_articles(store, where, len(wanted) or 1)}
    return {
        story: tuple(
            _hit(found, at, told[number], lines[number], marking, forms)
            for at in each
            if (number := numbers[at]) in told and number in lines
        )
        for story, each in chosen.items()
    }


def _hit(
    found: Found, at: int, told: Told, line: ArticleLine, marking: Sought, forms: Sequence[str]
) -> ArticleHit:
    nearest = int(found.nearest[at])
    snippets = find_snippets(told, marking, nearest if nearest >= 0 else 0)
    meaning = float(found.meaning[at])
    said = " ".join(snippet.excerpt.text for snippet in snippets)
    return ArticleHit(
        article=line,
        score=float(found.scores[at]),
        words=min(1.0, float(found.words[at])),
        meaning=None if np.isnan(meaning) else max(0.0, min(1.0, meaning)),
        snippets=snippets,
        names=tuple(form for form in forms if form in said),
    )


def story_hit(
    store: Store, story: int, hits: tuple[ArticleHit, ...], matching: int, made: Callable[[], MadeBy]
) -> StoryHit:
    """The story with its hits; `matching` counts all of them, shown or not."""
    where = lists.Where()
    where.add("s.number = ?", story)
    (line,) = lists.list_stories(store, where, 1)
    origins = 1 if line.reports == 1 else count_origins(store, story, made())
    return StoryHit(line, hits[0].score if hits else 0.0, hits, matching, origins)
