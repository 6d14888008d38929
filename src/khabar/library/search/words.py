"""Which articles hold which words, and how much of a query that is."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from khabar.lang.fold import Fold, folded_text
from khabar.library.search.index import TITLE
from khabar.library.search.names import names_in
from khabar.library.search.shelf import Columns, Mask
from khabar.library.search.terms import folded_words, function_words, stems_in, unspaced
from khabar.library.search.types import Term
from khabar.library.store import Store, marks

MOST_WORDS = 32  # of a query that are looked for
MOST_READ = 1_000  # texts in which the exact words of a phrase are looked for
_IN_TITLE = 0.3  # what a word in the title adds to its weight
_AT_ONCE = 200
Numbers = NDArray[np.int64]
Shares = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing that is looked for: any of `ways`, each a row of places that take any of their stems."""

    ways: tuple[tuple[tuple[str, ...], ...], ...]
    forms: tuple[str, ...] = ()  # spellings of a name, beside the words of the query


class Words:
    """Full text as the database of this library finds it."""

    def __init__(self, store: Store, columns: Columns) -> None:
        self.store, self.columns = store, columns

    def understand(self, terms: Sequence[Term], match_names: bool) -> list[Wanted]:
        """What the words ask for; grammar alone asks for nothing."""
        words = list(dict.fromkeys(word for term in terms for word in folded_words(term.text)))[:MOST_WORDS]
        languages = self.columns.codes()
        spelled = names_in(self.store, words) if match_names else []
        wanted = [
            Wanted(
                tuple(
                    way
                    for form in (" ".join(words[name.first : name.last]), *name.forms)
                    if (way := _places(form, languages))
                ),
                name.forms,
            )
            for name in spelled
        ]
        named = {at for name in spelled for at in range(name.first, name.last)}
        wanted += [
            Wanted(((stems_in(word, languages),),))
            for at, word in enumerate(words)
            if at not in named and word not in function_words()
        ]
        return [one for one in wanted if one.ways]

    def shares(self, wanted: Sequence[Wanted], allowed: Mask) -> Shares:
        """The share of what is wanted that each article holds, by how rare it is.

        Shapes: float32[n_articles].
        """
        total, all_of = 0.0, len(self.columns.numbers)
        shares: Shares = np.zeros(all_of, np.float32)
        for one in wanted:
            rows = self.columns.rows_of(self.holding(one.ways))
            weight = math.log(1 + (all_of - len(rows) + 0.5) / (len(rows) + 0.5))
            shares[rows] += weight
            total += weight
            titled = tuple(tuple(tuple(TITLE + stem for stem in place) for place in way) for way in one.ways)
            shares[self.columns.rows_of(self.holding(titled))] += weight * _IN_TITLE
        if total:
            shares /= total
        shares[~allowed] = 0
        return shares

    def holding(self, ways: Sequence[Sequence[Sequence[str]]]) -> Numbers:
        """The numbers of the articles that hold all places of any of the ways."""
        ways = [way for way in ways if way]
        if not ways:
            return np.zeros(0, np.int64)
        if self.store.kind == "postgres":
            sql = (
                "SELECT string_agg(CAST(article AS TEXT), ',') FROM search_words "
                "WHERE words @@ CAST(? AS tsquery)"
            )
            said = _expression(ways, "'", " | ", " & ")
        else:
            sql = "SELECT group_concat(rowid) FROM search_words WHERE search_words MATCH ?"
            said = _expression(ways, '"', " OR ", " AND ")
        (found,) = self.store.rows(sql, (said,))[0]
        return np.fromstring(found, np.int64, sep=",") if found else np.zeros(0, np.int64)

    def saying(self, phrase: str, allowed: Mask, notes: list[str]) -> Mask:
        """True for the articles whose text holds the phrase word by word."""
        pattern, places = phrase_pattern(phrase), _places(phrase, self.columns.codes())
        if pattern is None:
            return allowed
        may = allowed & self.columns.only(self.holding([places])) if places else allowed
        numbers = self.columns.numbers[may][::-1]
        if len(numbers) > MOST_READ:
            notes.append(f"“{phrase}” was looked for in the newest {MOST_READ:,} reports that may hold it.")
        return self.columns.only([n for n, text in self._texts(numbers[:MOST_READ]) if pattern.search(text)])

    def without(self, term: Term, allowed: Mask, notes: list[str]) -> Mask:
        """True for the articles that do not hold it."""
        if term.exact:
            return allowed & ~self.saying(term.text, allowed, notes)
        places = _places(term.text, self.columns.codes())
        return allowed & ~self.columns.only(self.holding([places])) if places else allowed

    def _texts(self, numbers: Iterable[int]) -> Iterable[tuple[int, str]]:
        wanted = [int(number) for number in numbers]
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            sql = (
                "SELECT a.number, coalesce(a.text, o.body) FROM articles AS a "
                f"JOIN originals AS o ON o.number = a.original WHERE a.number IN ({marks(part)})"
            )
            for number, squeezed in self.store.rows(sql, part):
                yield number, folded_text(self.store.learnt.read_text(squeezed), Fold.SEARCH)


def phrase_pattern(phrase: str) -> re.Pattern[str] | None:
    """What finds the phrase in folded text, whatever stands between its words; None for no words."""
    words = re.findall(r"[^\W_]+", folded_text(phrase, Fold.SEARCH))
    if not words:
        return None
    joined = r"[\W_]+".join(words)
    # Scripts without spaces have no borders between words.
    return re.compile(joined if unspaced(phrase) else rf"(?<![^\W_]){joined}(?![^\W_])")


def _places(text: str, languages: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    words = [word for word in folded_words(text) if word not in function_words()]
    return tuple(stems_in(word, languages) for word in words[:MOST_WORDS])


def _expression(ways: Sequence[Sequence[Sequence[str]]], quote: str, either: str, both: str) -> str:
    """What the database is asked; stems are letters and digits alone, so none can be an operator."""
    return either.join(
        "("
        + both.join("(" + either.join(f"{quote}{stem}{quote}" for stem in place) + ")" for place in way)
        + ")"
        for way in ways
    )
