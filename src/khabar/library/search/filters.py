"""Which articles a search may find, by everything but its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from khabar.errors import NotFound
from khabar.library import lists
from khabar.library.columns import ENTITY, to_number
from khabar.library.search.days import FIRST, LAST, day_range
from khabar.library.search.names import entities_named
from khabar.library.search.shelf import Columns, Mask
from khabar.library.search.terms import folded_words
from khabar.library.search.types import Filters
from khabar.library.store import Store, marks
from khabar.model.mentions import NameKind

_PART = 800


def allow(store: Store, columns: Columns, filters: Filters, match_names: bool, notes: list[str]) -> Mask:
    """True for each article that satisfies all fields; of several values of a field one is enough."""
    mask = np.ones(len(columns.numbers), np.bool_)
    if filters.since or filters.until:
        first = (day_range(filters.since or "") or (FIRST, LAST))[0]
        last = (day_range(filters.until or "") or (FIRST, LAST))[1]
        mask &= (columns.days >= _ordinal(first)) & (columns.days <= _ordinal(last)) & (columns.days > 0)
    if filters.language:
        wanted = {code.lower() for said in filters.language for code in said.split(",")}
        mask &= columns.languages.where(lambda said: not wanted.isdisjoint(said.split()))
    if filters.outlet:
        sought = [folded_words(said) for said in filters.outlet]
        mask &= columns.outlets.where(lambda name: any(_holds(folded_words(name), one) for one in sought))
    if filters.story:
        mask &= columns.only(_of_stories(store, filters.story, notes))
    if filters.mentioned:
        mask &= columns.only(_mentioning(store, *filters.mentioned))
    for kind, said in ((NameKind.PERSON, filters.person), (NameKind.PLACE, filters.place)):
        if said:
            mask &= columns.only(_naming(store, kind, said, match_names, notes))
    return mask


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _holds(name: Sequence[str], sought: Sequence[str]) -> bool:
    """Whether all words sought begin words of the name: "irna" is in "IRNA English"."""
    return bool(sought) and all(any(word.startswith(each) for word in name) for each in sought)


def _of_stories(store: Store, names: Iterable[str], notes: list[str]) -> list[int]:
    numbers: list[int] = []
    for name in names:
        try:
            numbers += [number for number, _ in lists.members_of(store, lists.find_story(store, name))]
        except NotFound as error:
            notes.append(str(error))
    return numbers


def _mentioning(store: Store, first: str, last: str) -> list[int]:
    sql = "SELECT DISTINCT article FROM search_days WHERE first_day <= ? AND last_day >= ?"
    return [number for (number,) in store.rows(sql, (_ordinal(last), _ordinal(first)))]


def _naming(
    store: Store, kind: NameKind, said: Iterable[str], match_names: bool, notes: list[str]
) -> list[int]:
    """The articles that name any of these."""
    entities: list[int] = []
    for name in said:
        found = _entity_ids(name) or entities_named(store, name, kind, match_names)
        if not found:
            notes.append(f"No {kind} in the library is called “{name}”.")
        entities += found
    numbers: list[int] = []
    for start in range(0, len(entities), _PART):
        part = entities[start : start + _PART]
        sql = f"SELECT DISTINCT article FROM mentions WHERE entity IN ({marks(part)})"
        numbers += [number for (number,) in store.rows(sql, part)]
    return numbers


def _entity_ids(name: str) -> list[int]:
    digits = name.removeprefix(ENTITY)
    is_id = name.startswith(ENTITY) and digits.isascii() and digits.isdigit() and len(digits) < 18
    return [to_number(ENTITY, name)] if is_id else []
