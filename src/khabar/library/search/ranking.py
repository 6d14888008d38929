"""Which articles answer a query, and how well: what may be found at all, then words and meaning together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from khabar.encode.types import Vectors
from khabar.library.search.filters import allow
from khabar.library.search.meaning import Sentences
from khabar.library.search.shelf import Columns, Mask, Rows
from khabar.library.search.types import Mode, Query, Term, Wish
from khabar.library.search.words import Shares, Wanted, Words
from khabar.library.store import Store

# A report without any word of the query is found where a sentence is at least so near, and one with some of
# its words where it holds this share of them; the second pair is for lists that nobody ranks, where half of
# what is found should answer (docs/decisions/search.md).
LEAST_MEANING, LEAST_WORDS = 0.25, 0.3
SURE_MEANING, SURE_WORDS = 0.3, 0.5
WORDS_COUNT = 0.25  # what all words of a query weigh beside a cosine of one
_MOST_BY_WORDS, _MOST_BY_MEANING = 150, 150


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


class Ranking:
    """Ranks the articles of one library; it holds what it has read of them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.columns = Columns(store)
        self.words = Words(store, self.columns)
        self.sentences = Sentences(store, self.columns)

    def catch_up(self) -> None:
        """Reads what was added since."""
        self.columns.catch_up()
        self.sentences.catch_up()

    def allowed(self, query: Query, match_names: bool, upto: int, notes: list[str]) -> Mask:
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

    def rank(
        self, query: Query, wanted: Sequence[Wanted], vector: Vectors | None, allowed: Mask, wish: Wish
    ) -> Found:
        """The articles that answer, best first, of those that are allowed."""
        by_words = wish.mode is not Mode.MEANING
        shares = self.words.shares(wanted, allowed) if by_words else np.zeros(len(allowed), np.float32)
        holding, more = _best(shares, _MOST_BY_WORDS)
        near: Rows = np.zeros(0, np.int64)
        if vector is not None:
            near = self.sentences.near(vector, allowed, _MOST_BY_MEANING)
        if vector is None and not wanted:  # fields, phrases or nothing: the newest first
            rows = np.flatnonzero(allowed)[::-1]
            more = len(rows) > _MOST_BY_WORDS
            holding = rows[:_MOST_BY_WORDS].astype(np.int64)
        rows = np.unique(np.concatenate([holding, near]))
        return self._score(query, rows, shares, vector, more, bool(wanted), wish.sure)

    def _score(
        self, query: Query, rows: Rows, shares: Shares, vector: Vectors | None, more: bool, by_words: bool,
        sure: bool,
    ) -> Found:  # fmt: skip
        numbers = self.columns.numbers[rows].tolist()
        near = self.sentences.cosines(vector, numbers) if vector is not None else {}
        nothing = (float("nan"), -1)
        meaning = np.array([near.get(number, nothing)[0] for number in numbers], np.float32)
        nearest = np.array([near.get(number, nothing)[1] for number in numbers], np.int64)
        words = shares[rows]
        scores = WORDS_COUNT * words + np.nan_to_num(meaning)
        strict = bool(query.phrases or query.either or not (by_words or vector is not None))
        enough, near_enough = (SURE_WORDS, SURE_MEANING) if sure else (LEAST_WORDS, LEAST_MEANING)
        fits = strict | (words >= enough) | (np.nan_to_num(meaning) >= near_enough)
        order = np.lexsort((-rows, -scores))
        order = order[np.broadcast_to(fits, len(rows))[order]]
        return Found(rows[order], scores[order], words[order], meaning[order], nearest[order], more)


def _best(shares: Shares, most: int) -> tuple[Rows, bool]:
    """The rows of the largest shares above zero, the newest of equals, and whether there are more."""
    rows = np.flatnonzero(shares)
    if len(rows) <= most:
        return rows.astype(np.int64), False
    chosen = np.argpartition(-(shares[rows] + rows * np.float32(1e-9)), most)[:most]
    return rows[chosen].astype(np.int64), True
