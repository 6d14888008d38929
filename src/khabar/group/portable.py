"""Names by keys that hold beyond one result, so that profiles made at different times can be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from khabar.annotate.names.gazetteer import known_id, name_key
from khabar.annotate.names.people import name_words
from khabar.annotate.names.rough import rough_key
from khabar.group.profile import Profile
from khabar.model.mentions import Entity, NameKind

_SHORT = 3  # consonants of a family name that many share; it counts with the first name only


def make_portable(profile: Profile, entities: Sequence[Entity]) -> Profile:
    """The profile with its names by keys that depend on nothing but the names.

    Entity ids hold within one result. A key is the id of a known place or organisation, the sounds of a
    person's family name, or else the sounds of all its words. `names` tells what to call each.
    """
    held = profile.persons.keys() | profile.organisations.keys() | profile.places.keys()
    keys = {entity.id: portable_key(entity) for entity in entities if entity.id in held}
    names = {keys[entity.id]: entity.name for entity in entities if entity.id in held}
    return replace(
        profile,
        persons=_by_key(profile.persons, keys),
        organisations=_by_key(profile.organisations, keys),
        places=_by_key(profile.places, keys),
        names=names,
    )


def portable_key(entity: Entity) -> str:
    """The key of an entity."""
    if entity.kind is NameKind.PERSON:
        return f"{entity.kind}:{_person_key(entity)}"
    known = next(filter(None, map(known_id, (entity.name, *entity.forms))), None)
    return f"{entity.kind}:{known or _sounds(name_key(entity.name))}"


def _person_key(entity: Entity) -> str:
    words = name_words(entity.name) or (entity.name,)
    family = rough_key(words[-1])
    return family if len(family) > _SHORT else _sounds(words)


def _sounds(words: Sequence[str]) -> str:
    return " ".join(rough_key(word) or word for word in words)


def _by_key(counts: Mapping[str, int], keys: Mapping[str, str]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for entity, count in counts.items():
        found[keys.get(entity, entity)] += count
    return dict(found)
