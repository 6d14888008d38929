"""What grouping looks at in an article, in few bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from khabar.group.profile import Profile
from khabar.library.columns import ENTITY
from khabar.library.packing import pack_rows, unpack_rows
from khabar.library.squeeze import read_facts, squeeze_facts
from khabar.library.store import Store, marks

_MOST_REMEMBERED = 2000  # profiles, some 20 kB each


def keep_profile(store: Store, number: int, profile: Profile) -> None:
    """Keeps the profile of an article."""
    values = (number, squeeze_facts(_plain(profile)), pack_rows(profile.vectors))
    store.run(
        "INSERT INTO profiles (article, facts, sentences) VALUES (?, ?, ?) "
        "ON CONFLICT (article) DO UPDATE SET facts = excluded.facts, sentences = excluded.sentences",
        values,
    )


def _plain(profile: Profile) -> list[Any]:
    """The facts by their places: dimension, label, languages, names, numbers, days, day."""
    named = [_counted(each) for each in (profile.persons, profile.organisations, profile.places)]
    numbers = [[value, unit, count] for (value, unit), count in profile.numbers.items()]
    days = sorted(day.toordinal() for day in profile.days)
    day = profile.day and profile.day.toordinal()
    return [profile.vectors.shape[1], profile.label, profile.languages, *named, numbers, days, day]


def _counted(counts: Mapping[str, int]) -> list[int]:
    """Entity numbers and counts in turn."""
    return [number for name, count in counts.items() for number in (int(name.removeprefix(ENTITY)), count)]


def _profile(article: str, facts: bytes, sentences: bytes) -> Profile:
    dim, label, languages, persons, organisations, places, numbers, days, day = read_facts(facts)
    return Profile(
        article=article,
        label=label,
        languages=tuple(languages),
        vectors=unpack_rows(sentences, dim),
        persons=_counts(persons),
        organisations=_counts(organisations),
        places=_counts(places),
        numbers={(value, unit): count for value, unit, count in numbers},
        days=frozenset(map(date.fromordinal, days)),
        day=None if day is None else date.fromordinal(day),
    )


def _counts(pairs: Sequence[int]) -> dict[str, int]:
    return {f"{ENTITY}{number}": count for number, count in zip(pairs[::2], pairs[1::2], strict=True)}


class Profiles:
    """Profiles by article id, the latest ones remembered."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._known: OrderedDict[str, Profile] = OrderedDict()

    def read(self, articles: Sequence[str]) -> dict[str, Profile]:
        """The profiles of these articles."""
        missing = [name for name in dict.fromkeys(articles) if name not in self._known]
        if missing:
            sql = (
                "SELECT a.id, p.facts, p.sentences FROM profiles AS p "
                f"JOIN articles AS a ON a.number = p.article WHERE a.id IN ({marks(missing)})"
            )
            for name, facts, sentences in self.store.rows(sql, missing):
                self._known[name] = _profile(name, facts, sentences)
        found = {name: self._known[name] for name in articles if name in self._known}
        while len(self._known) > _MOST_REMEMBERED:
            self._known.popitem(last=False)
        return found

    def forget(self) -> None:
        """Reads everything again from now on."""
        self._known.clear()


def as_kept(profile: Profile) -> Profile:
    """The profile as it comes back from the library, so that a first look and a later one agree."""
    dim = profile.vectors.shape[1]
    return replace(profile, vectors=unpack_rows(pack_rows(profile.vectors), dim))
