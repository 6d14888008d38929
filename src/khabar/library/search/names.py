"""Names in a query: whom and what they may mean, and how else that is written, in every script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from khabar.annotate.names.people import Verdict, compare_people
from khabar.library.columns import ENTITY
from khabar.library.entities import find_near, read_entities
from khabar.library.search.terms import folded_words, function_words
from khabar.library.store import Store, marks
from khabar.model.mentions import NameKind

_MOST_FORMS = 16  # spellings of one that are looked for, the most frequent
_MOST_WORDS = 12  # of a query in which names are looked for
_LONGEST = 4  # words of a name
_MOST_ENTITIES = 6  # that one name is taken for


@dataclass(frozen=True, slots=True)
class Spelled:
    """Words `first` to `last` (not included) of a query are a name; `forms` are its other spellings."""

    first: int
    last: int
    forms: tuple[str, ...]


def entities_named(store: Store, name: str, kind: NameKind, match_names: bool) -> list[int]:
    """The numbers of all of this kind whom the name may mean; by its letters alone unless `match_names`."""
    words = folded_words(name)
    if not words:
        return []
    sql = (
        "SELECT n.entity FROM search_names AS n JOIN entities AS e ON e.number = n.entity "
        "WHERE n.folded = ? AND e.kind = ?"
    )
    exact = [number for (number,) in store.rows(sql, (" ".join(words), kind.value))]
    if not match_names:
        return exact
    return list(dict.fromkeys([*exact, *_sounding(store, name, kind)]))


def _sounding(store: Store, name: str, kind: NameKind) -> list[int]:
    found = read_entities(store, [f"{ENTITY}{number}" for number in find_near(store, kind, name)])
    if kind is NameKind.PERSON:
        wanted = {Verdict.SAME, Verdict.PART}
        found = [
            one for one in found if any(compare_people(name, form).verdict in wanted for form in one.forms)
        ]
    return [int(one.id.removeprefix(ENTITY)) for one in found if one.kind is kind]


def names_in(store: Store, words: Sequence[str]) -> list[Spelled]:
    """The names among the words of a query, the longest first; no word is part of two."""
    found: list[Spelled] = []
    taken: set[int] = set()
    words = list(words[:_MOST_WORDS])
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for first in range(len(words) - length + 1):
            places = set(range(first, first + length))
            grammar = [" ".join(folded_words(words[at])) in function_words() for at in sorted(places)]
            if places & taken or all(grammar):
                continue
            # A name may hold such a word ("al", "ben"); what only sounds like one may not begin or end so.
            forms = _forms(store, words[first : first + length], grammar[0] or grammar[-1])
            if forms:
                found.append(Spelled(first, first + length, forms))
                taken |= places
    return found


def _forms(store: Store, words: Sequence[str], as_written: bool) -> tuple[str, ...]:
    """All spellings of those whom these words name, without the words themselves.

    `as_written` are only those names that a report writes with these words.
    """
    name = " ".join(words)
    folded = " ".join(folded_words(name))
    if not folded:
        return ()
    numbers = [n for (n,) in store.rows("SELECT entity FROM search_names WHERE folded = ?", (folded,))]
    if not numbers and len(words) > 1 and not as_written:
        numbers = _sounding(store, name, NameKind.PERSON)
    if not numbers and not as_written:
        numbers = [number for kind in (NameKind.PLACE, NameKind.ORGANISATION) for number in
                   _keyed(store, kind, name)]  # fmt: skip
    numbers = numbers[:_MOST_ENTITIES]
    if not numbers:
        return ()
    sql = (
        f"SELECT form FROM entity_forms WHERE entity IN ({marks(numbers)}) "
        "GROUP BY form ORDER BY sum(mentions) DESC, form LIMIT ?"
    )
    forms = {" ".join(folded_words(form)): form for (form,) in store.rows(sql, (*numbers, _MOST_FORMS))}
    return tuple(form for key, form in forms.items() if key and key != folded)


def _keyed(store: Store, kind: NameKind, name: str) -> list[int]:
    """Places and bodies that a table knows under this name, or that are written so but for an article."""
    from khabar.library.entities import keys_of  # noqa: PLC0415

    keys = [key for key, _ in keys_of(kind, name) if not key.startswith("t:")]
    sql = (
        "SELECT DISTINCT k.entity FROM entity_keys AS k JOIN entities AS e ON e.number = k.entity "
        f"WHERE k.key IN ({marks(keys)}) AND e.kind = ?"
    )
    return [number for (number,) in store.rows(sql, (*keys, kind.value))]
