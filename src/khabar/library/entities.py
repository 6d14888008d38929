"""Persons, organisations and places over all articles: found by their sounds, kept with every spelling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from khabar.annotate.names.gazetteer import known_id, name_key, without_article
from khabar.annotate.names.known import KnownEntity, Met
from khabar.annotate.names.link import is_latin
from khabar.annotate.names.people import name_words
from khabar.annotate.names.rough import rough_key
from khabar.annotate.names.spelling import read_table
from khabar.library.columns import ENTITY, to_column, to_id, to_number
from khabar.library.store import Store, marks
from khabar.model.mentions import Entity, NameKind

_MOST = 24  # known persons or things that one name is held against
_FORMS = 24  # spellings of one that are looked at, the most frequent
_PART = 800  # keys in one question
_FAR = 2  # edits between the sounds of two first names that are still compared
Key = tuple[str, str]  # what a name is found by, and the sounds of its first word


def keys_of(kind: NameKind, form: str) -> Iterator[Key]:
    """What a spelling is filed under."""
    words = name_words(form) or tuple(name_key(form)) or (form,)
    if kind is NameKind.PERSON:
        first = rough_key(words[0])
        yield f"p:{rough_key(words[-1])}", first
        if len(words) > 2:
            yield f"p:{rough_key(''.join(words[-2:]))}", first
        return
    known = known_id(form)
    if known:
        yield f"i:{known}", ""
    yield "w:" + " ".join(without_article(word) for word in name_key(form)), ""
    yield f"t:{rough_key(words[0])}", str(len(words))


def find_near(store: Store, kind: NameKind, form: str) -> list[int]:
    """The numbers of the known ones whose name sounds about so, the nearest first."""
    wanted = list(keys_of(kind, form))
    first = wanted[0][1]
    keys = [near for key, _ in wanted for near in _near_keys(key)]
    alone = kind is NameKind.PERSON and len(name_words(form)) < 2
    scored: dict[int, int] = {}
    for key, other, entity in _rows(store, keys):
        exact = 0 if key in {each for each, _ in wanted} else 1
        if kind is NameKind.PERSON:
            apart = 0 if alone or not other else Levenshtein.distance(first, other)
            if apart > _FAR:
                continue
        else:
            apart = int(key.startswith("t:") and other != wanted[-1][1]) * (_FAR + 1)
            if apart:
                continue
        scored[entity] = min(scored.get(entity, 9), exact + apart)
    return sorted(scored, key=lambda entity: (scored[entity], entity))[:_MOST]


def _near_keys(key: str) -> list[str]:
    kind, sounds = key[:2], key[2:]
    return [kind + near for near in _neighbours(sounds)] if kind in ("p:", "t:") else [key]


@lru_cache(maxsize=20_000)
def _neighbours(sounds: str) -> tuple[str, ...]:
    """All keys at most one edit away: as the index in memory finds them, without going through all keys."""
    letters = sorted(_sounds() | set(sounds))
    cut = [(sounds[:at], sounds[at:]) for at in range(len(sounds) + 1)]
    less = [a + b[1:] for a, b in cut if b]
    other = [a + letter + b[1:] for a, b in cut if b for letter in letters]
    more = [a + letter + b for a, b in cut for letter in letters]
    return tuple(dict.fromkeys([sounds, *less, *other, *more]))


@cache
def _sounds() -> frozenset[str]:
    return frozenset(sound for sound, _ in read_table("sounds.tsv") if sound != "-")


def _rows(store: Store, keys: Sequence[str]) -> Iterator[tuple[str, str, int]]:
    for start in range(0, len(keys), _PART):
        part = keys[start : start + _PART]
        sql = f"SELECT key, first, entity FROM entity_keys WHERE key IN ({marks(part)})"
        yield from ((key, first, entity) for key, first, entity in store.rows(sql, part))


def read_known(
    store: Store, numbers: Sequence[int], beside: Mapping[int, tuple[frozenset[str], ...]]
) -> list[KnownEntity]:
    """The known ones as linking looks at them, in the order given."""
    if not numbers:
        return []
    forms: dict[int, list[tuple[str, str]]] = defaultdict(list)
    asked = f"FROM entity_forms WHERE entity IN ({marks(numbers)}) ORDER BY mentions DESC, form, language"
    for entity, form, language in store.rows(f"SELECT entity, form, language {asked}", numbers):
        forms[entity].append((form, language))
    sql = f"SELECT number, kind, name, known, own, offices FROM entities WHERE number IN ({marks(numbers)})"
    found = {each[0]: each[1:] for each in store.rows(sql, numbers)}
    return [
        KnownEntity(
            id=f"{ENTITY}{number}",
            kind=NameKind(kind),
            name=name,
            forms=tuple(forms[number][:_FORMS]) or ((name, ""),),
            known=known,
            own=bool(own),
            offices=frozenset(filter(None, offices.split("\n"))),
            beside=beside.get(number, ()),
        )
        for number in numbers
        if number in found
        for kind, name, known, own, offices in [found[number]]
    ]


def keep_met(store: Store, met: Sequence[Met]) -> dict[str, str]:
    """The lasting id of everyone met, by the id that goes in the report; spellings are counted."""
    ids = {}
    for one in met:
        number = _own_number(store, one) if one.id is None else to_number(ENTITY, one.id)
        if number is None:
            number = _keep_new(store, one)
        else:
            _keep_more(store, number, one)
        ids[one.entity.id] = f"{ENTITY}{number}"
        _keep_forms(store, number, one)
    return ids


def _own_number(store: Store, one: Met) -> int | None:
    """The number of a name of the user's list that was met before."""
    if not one.own:
        return None
    sql = "SELECT number FROM entities WHERE own = 1 AND name = ? AND kind = ?"
    found = store.rows(sql, (to_column(one.entity.name), one.entity.kind.value))
    return found[0][0] if found else None


def _keep_new(store: Store, one: Met) -> int:
    entity = one.entity
    sql = (
        "INSERT INTO entities (kind, name, romanised, romanised_certain, known, own, offices) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING number"
    )
    values = (
        entity.kind.value,
        to_column(entity.name),
        entity.romanised,
        int(entity.romanised_certain),
        one.known,
        int(one.own),
        "\n".join(sorted(one.offices)),
    )
    return int(store.run(sql, values)[0][0])


def _keep_more(store: Store, number: int, one: Met) -> None:
    sql = "SELECT name, own, offices, kind, romanised FROM entities WHERE number = ?"
    name, own, offices, kind, romanised = store.rows(sql, (number,))[0]
    fuller = name
    if not own and kind == NameKind.PERSON and _is_fuller(one.entity.name, name):
        fuller = to_column(one.entity.name)
    held = set(filter(None, offices.split("\n")))
    latin = romanised or one.entity.romanised
    if fuller != name or one.offices - held or latin != romanised:
        sql = "UPDATE entities SET name = ?, offices = ?, romanised = ? WHERE number = ?"
        store.run(sql, (fuller, "\n".join(sorted(held | one.offices)), latin, number))


def _is_fuller(one: str, other: str) -> bool:
    return len(name_words(one)) > len(name_words(other))


def _keep_forms(store: Store, number: int, one: Met) -> None:
    counted = [(number, to_column(form), language, count) for (form, language), count in one.forms.items()]
    store.run_many(
        "INSERT INTO entity_forms (entity, form, language, mentions) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (entity, form, language) "
        "DO UPDATE SET mentions = entity_forms.mentions + excluded.mentions",
        counted,
    )
    keys = {key for form, _ in one.forms for key in keys_of(one.entity.kind, form)}
    store.run_many(
        "INSERT INTO entity_keys (key, first, entity) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(to_column(key), to_column(first), number) for key, first in sorted(keys)],
    )


def read_entities(store: Store, ids: Iterable[str]) -> list[Entity]:
    """The entities with these ids, with all their spellings, in the order given."""
    numbers = [to_number(ENTITY, each) for each in dict.fromkeys(ids)]
    found: dict[int, Entity] = {}
    for start in range(0, len(numbers), _PART):
        found |= _read_some(store, numbers[start : start + _PART])
    return [found[number] for number in numbers if number in found]


def _read_some(store: Store, numbers: Sequence[int]) -> dict[int, Entity]:
    forms: dict[int, dict[str, None]] = defaultdict(dict)
    asked = f"FROM entity_forms WHERE entity IN ({marks(numbers)}) ORDER BY mentions DESC, form"
    for entity, form in store.rows(f"SELECT entity, form {asked}", numbers):
        forms[entity][form] = None
    sql = (
        "SELECT number, kind, name, romanised, romanised_certain FROM entities "
        f"WHERE number IN ({marks(numbers)})"
    )
    return {
        number: Entity(
            str(to_id(ENTITY, number)),
            NameKind(kind),
            name,
            tuple(forms[number]) or (name,),
            None if any(map(is_latin, (name, *forms[number]))) else read,
            bool(sure),
        )
        for number, kind, name, read, sure in store.rows(sql, numbers)
    }
