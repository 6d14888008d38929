"""What the reports that were found have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from khabar.library.columns import ENTITY
from khabar.library.search.shelf import Columns, Rows
from khabar.library.search.types import Facets, FacetValue
from khabar.library.store import Store, marks
from khabar.model.mentions import NameKind

_MOST = 12
_MOST_MONTHS = 36


def count_facets(store: Store, columns: Columns, rows: Rows) -> Facets:
    """The facets of the articles in these rows."""
    languages = Counter(code for row in rows for code in columns.languages.of(row).split())
    outlets = Counter(columns.outlets.of(row) for row in rows)
    days = columns.days[rows]
    months = Counter(date.fromordinal(int(day)).isoformat()[:7] for day in days[days > 0])
    people, places = _named(store, columns.numbers[rows].tolist())
    return Facets(
        _values(languages),
        _values(Counter({name: count for name, count in outlets.items() if name})),
        tuple(
            FacetValue(name, name, count)
            for name, count in sorted(months.items(), reverse=True)[:_MOST_MONTHS]
        ),
        people,
        places,
    )


def _values(counted: Counter[str]) -> tuple[FacetValue, ...]:
    most = sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:_MOST]
    return tuple(FacetValue(name, name, count) for name, count in most)


def _named(store: Store, numbers: Sequence[int]) -> tuple[tuple[FacetValue, ...], tuple[FacetValue, ...]]:
    if not numbers:
        return (), ()
    sql = (
        "SELECT entity, count(*) AS articles FROM mentions "
        f"WHERE article IN ({marks(numbers)}) GROUP BY entity ORDER BY 2 DESC, 1 LIMIT 200"
    )
    counted = [(entity, count) for entity, count in store.rows(sql, numbers)]
    ids = [entity for entity, _ in counted]
    sql = f"SELECT number, kind, name FROM entities WHERE number IN ({marks(ids)})"
    known = {number: (kind, name) for number, kind, name in store.rows(sql, ids)} if ids else {}
    return tuple(  # type: ignore[return-value]
        tuple(
            FacetValue(f"{ENTITY}{entity}", known[entity][1], count)
            for entity, count in counted
            if entity in known and known[entity][0] == kind
        )[:_MOST]
        for kind in (NameKind.PERSON.value, NameKind.PLACE.value)
    )
