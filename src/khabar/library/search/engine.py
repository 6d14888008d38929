"""A query on its way to its results: what may be found, how well it fits, and the page that is shown."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from khabar.encode.around import EncoderAround
from khabar.encode.centre import load_background
from khabar.encode.types import Encoder, Vectors
from khabar.lang.identify import identify
from khabar.library import lists
from khabar.library.search.facets import count_facets
from khabar.library.search.filters import allow
from khabar.library.search.index import STATE, fill_gaps
from khabar.library.search.meaning import Sentences
from khabar.library.search.paging import Place, read_place, write_place
from khabar.library.search.shelf import Columns, Mask, Rows
from khabar.library.search.snippets import Sought, Told, find_snippets, read_told, sought
from khabar.library.search.types import ArticleHit, Mode, Query, Results, StoryHit, Term, Wish
from khabar.library.search.words import Shares, Wanted, Words, phrase_pattern
from khabar.library.store import Store, marks, row
from khabar.library.tellings import count_origins
from khabar.library.types import ArticleLine
from khabar.model.story import MadeBy

# A report without any word of the query is found where a sentence is at least so near, and one with some of
# its words where it holds this share of them (docs/decisions/search.md).
LEAST_MEANING, LEAST_WORDS = 0.25, 0.3
WORDS_COUNT = 0.25  # what all words of a query weigh beside a cosine of one
_MOST_BY_WORDS, _MOST_BY_MEANING = 150, 150
_REMEMBERED = 256  # vectors of queries
MOST_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Found:
    """The articles that answer, best first.

    Shapes: all of one length; `meaning` is NaN where not looked at.
    """

    rows: Rows
    scores: Shares
    words: Shares
    meaning: Shares
    nearest: NDArray[np.int64]  # the sentence, -1 where not looked at
    more: bool

    def first(self, count: int) -> Found:
        """The best of them."""
        if len(self.rows) <= count:
            return self
        return Found(
            self.rows[:count], self.scores[:count], self.words[:count], self.meaning[:count],
            self.nearest[:count], True,
        )  # fmt: skip


class Search:
    """Finds articles of one library. It may be used from many threads."""

    def __init__(self, store: Store, encoder: Callable[[], Encoder], made: Callable[[], MadeBy]) -> None:
        self.store, self._encoder, self._made = store, encoder, made
        self._lock = threading.RLock()
        self._state: str | None = None
        self._vectors: dict[str, Vectors] = {}
        self._begin_anew()

    def _begin_anew(self) -> None:
        self.columns = Columns(self.store)
        self.words = Words(self.store, self.columns)
        self.sentences = Sentences(self.store, self.columns)
        self._whole = False

    def find(self, query: Query, wish: Wish) -> Results:
        """A page of results. Errors: SettingError for an `after` that no page gave."""
        began = time.perf_counter()
        place = read_place(wish.after) if wish.after else None
        vector = self._vector(query.meant) if wish.mode is not Mode.WORDS else None
        with self._lock:
            self._catch_up()
            return self._find(query, vector, wish, place, began)

    def rank(self, query: Query, wish: Wish) -> list[tuple[int, float]]:
        """Numbers and scores of the articles that answer, best first; for measuring."""
        vector = self._vector(query.meant) if wish.mode is not Mode.WORDS else None
        with self._lock:
            self._catch_up()
            wanted = self.words.understand(query.words, wish.match_names)
            allowed = self._allowed(query, wish.match_names, self.columns.newest, [])
            found = self._rank(query, wanted, vector, allowed, wish)
            return list(zip(self.columns.numbers[found.rows].tolist(), found.scores.tolist(), strict=True))

    def _catch_up(self) -> None:
        found = row(self.store, "SELECT value FROM meta WHERE name = ?", (STATE,))
        state = found[0] if found else ""
        if state != self._state:
            self._begin_anew()
            self._state = state
        if not self._whole:
            fill_gaps(self.store)
            self._whole = True
        self.columns.catch_up()
        self.sentences.catch_up()

    def _vector(self, text: str) -> Vectors | None:
        """The centred vector of the query; None for one without letters. Shapes: float32[dim]."""
        if not any(map(str.isalnum, text)):
            return None
        known = self._vectors.get(text)
        if known is None:
            encoder = self._encoder()
            raw = _innermost(encoder).sentences([text])
            known = load_background(encoder).centre(raw, [identify(text).language])[0]
            while len(self._vectors) >= _REMEMBERED:
                self._vectors.pop(next(iter(self._vectors)), None)
            self._vectors[text] = known
        return known

    def _find(
        self, query: Query, vector: Vectors | None, wish: Wish, place: Place | None, began: float
    ) -> Results:
        notes = list(query.notes)
        terms = [*query.words, *query.phrases, *(term for group in query.either for term in group)]
        wanted = self.words.understand(terms, wish.match_names)
        upto = place.upto if place else self.columns.newest
        allowed = self._allowed(query, wish.match_names, upto, notes)
        allowed &= self.columns.numbers > wish.newer_than
        if place:
            allowed &= ~self._shown(place)
        found = self._rank(query, wanted, vector, allowed, wish)
        stories, order = self._by_story(found)
        page = order[: max(1, min(wish.limit, MOST_A_PAGE))]
        patterns = [phrase_pattern(term.text) for term in [*query.phrases, *_exact(query)]]
        marking = sought(wanted, [pattern for pattern in patterns if pattern])
        hits = self._hits(found, {story: stories[story][: wish.hits_each] for story in page}, marking, wanted)
        shown = [self._story_hit(story, hits[story], len(stories[story])) for story in page]
        following = None
        if found.more or len(order) > len(page):
            seen = [hit.article.number for story in shown for hit in story.hits]
            following = write_place(Place(upto, (*(place.shown if place else ()), *seen)))
        facets = count_facets(self.store, self.columns, found.rows)
        return Results(
            query=query,
            stories=tuple(shown),
            articles=len(found.rows),
            more=found.more,
            facets=facets,
            next=following if shown else None,
            notes=tuple(dict.fromkeys(notes)),
            took_ms=(time.perf_counter() - began) * 1000,
        )

    def _allowed(self, query: Query, match_names: bool, upto: int, notes: list[str]) -> Mask:
        """True for the articles that may be found, by all that is no question of more or less."""
        mask = allow(self.store, self.columns, query.filters, match_names, notes)
        mask &= self.columns.numbers <= upto
        for term in query.phrases:
            mask &= self.words.saying(term.text, mask, notes)
        for group in query.either:
            any_of = np.zeros(len(mask), np.bool_)
            for term in group:
                any_of |= self._with(term, mask, match_names, notes)
            mask &= any_of
        for term in query.without:
            mask &= self.words.without(term, mask, notes)
        return mask

    def _with(self, term: Term, mask: Mask, match_names: bool, notes: list[str]) -> Mask:
        """True for the articles that hold it."""
        if term.exact:
            return self.words.saying(term.text, mask, notes)
        wanted = self.words.understand([term], match_names)
        held = np.zeros(len(mask), np.bool_)
        for one in wanted:
            held |= self.columns.only(self.words.holding(one.ways))
        return held & mask

    def _shown(self, place: Place) -> Mask:
        """True for the articles of the stories that earlier pages showed, wherever those are now."""
        numbers = list(place.shown)
        sql = (
            "SELECT article FROM memberships WHERE story IN "
            f"(SELECT story FROM memberships WHERE article IN ({marks(numbers)}))"
        )
        members = [number for (number,) in self.store.rows(sql, numbers)] if numbers else []
        return self.columns.only([*numbers, *members])

    def _rank(
        self, query: Query, wanted: Sequence[Wanted], vector: Vectors | None, allowed: Mask, wish: Wish
    ) -> Found:
        by_words = wish.mode is not Mode.MEANING
        shares = self.words.shares(wanted, allowed) if by_words else np.zeros(len(allowed), np.float32)
        holding, more = _best(shares, _MOST_BY_WORDS)
        near: Rows = np.zeros(0, np.int64)
        if vector is not None and not wish.needs_words:
            near = self.sentences.near(vector, allowed, _MOST_BY_MEANING)
        if vector is None and not wanted:  # fields, phrases or nothing: the newest first
            rows = np.flatnonzero(allowed)[::-1]
            more = len(rows) > _MOST_BY_WORDS
            holding = rows[:_MOST_BY_WORDS].astype(np.int64)
        rows = np.unique(np.concatenate([holding, near]))
        return self._score(query, rows, shares, vector, more, bool(wanted))

    def _score(
        self, query: Query, rows: Rows, shares: Shares, vector: Vectors | None, more: bool, by_words: bool
    ) -> Found:
        numbers = self.columns.numbers[rows].tolist()
        near = self.sentences.cosines(vector, numbers) if vector is not None else {}
        nothing = (float("nan"), -1)
        meaning = np.array([near.get(number, nothing)[0] for number in numbers], np.float32)
        nearest = np.array([near.get(number, nothing)[1] for number in numbers], np.int64)
        words = shares[rows]
        scores = WORDS_COUNT * words + np.nan_to_num(meaning)
        strict = bool(query.phrases or query.either or not (by_words or vector is not None))
        fits = strict | (words >= LEAST_WORDS) | (np.nan_to_num(meaning) >= LEAST_MEANING)
        order = np.lexsort((-rows, -scores))
        order = order[np.broadcast_to(fits, len(rows))[order]]
        return Found(rows[order], scores[order], words[order], meaning[order], nearest[order], more)

    def _by_story(self, found: Found) -> tuple[dict[int, list[int]], list[int]]:
        """The places of what was found by story, and the stories, best first."""
        numbers = self.columns.numbers[found.rows].tolist()
        sql = f"SELECT article, story FROM memberships WHERE article IN ({marks(numbers)})"
        story_of: dict[int, int] = dict([*self.store.rows(sql, numbers)]) if numbers else {}
        stories: dict[int, list[int]] = {}
        for at, number in enumerate(numbers):
            if number in story_of:
                stories.setdefault(story_of[number], []).append(at)
        return stories, list(stories)

    def _hits(
        self, found: Found, chosen: Mapping[int, Sequence[int]], marking: Sought, wanted: Sequence[Wanted]
    ) -> dict[int, tuple[ArticleHit, ...]]:
        places = [at for each in chosen.values() for at in each]
        numbers = [int(self.columns.numbers[found.rows[at]]) for at in places]
        told = read_told(self.store, numbers)
        where = lists.Where()
        where.add(f"a.number IN ({marks(numbers) or 'NULL'})", *numbers)
        lines = {line.number: line for line in lists.list_articles(self.store, where, len(numbers) or 1)}
        forms = tuple(dict.fromkeys(form for one in wanted for form in one.forms))
        hits = {}
        for story, each in chosen.items():
            hits[story] = tuple(
                self._hit(found, at, told[number], lines[number], marking, forms)
                for at in each
                if (number := int(self.columns.numbers[found.rows[at]])) in told and number in lines
            )
        return hits

    def _hit(
        self, found: Found, at: int, told: Told, line: ArticleLine, marking: Sought, forms: Sequence[str]
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

    def _story_hit(self, story: int, hits: tuple[ArticleHit, ...], matching: int) -> StoryHit:
        where = lists.Where()
        where.add("s.number = ?", story)
        (line,) = lists.list_stories(self.store, where, 1)
        origins = 1 if line.reports == 1 else count_origins(self.store, story, self._made())
        return StoryHit(line, hits[0].score if hits else 0.0, hits, matching, origins)


def _innermost(encoder: Encoder) -> Encoder:
    """The encoder without what keeps vectors on disk: what people look for is nobody's business."""
    while isinstance(encoder, EncoderAround):
        encoder = encoder.encoder
    return encoder


def _exact(query: Query) -> Iterable[Term]:
    return (term for group in query.either for term in group if term.exact)


def _best(shares: Shares, most: int) -> tuple[Rows, bool]:
    """The rows of the largest shares above zero, the newest of equals, and whether there are more."""
    rows = np.flatnonzero(shares)
    if len(rows) <= most:
        return rows.astype(np.int64), False
    chosen = np.argpartition(-(shares[rows] + rows * np.float32(1e-9)), most)[:most]
    return rows[chosen].astype(np.int64), True
