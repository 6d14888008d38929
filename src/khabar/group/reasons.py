"""A pair decision in words for the reader: what the two reports share and in what they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from khabar.group.decide import Decision
from khabar.group.features import days_apart
from khabar.group.profile import Profile
from khabar.model.story import Reason

Namer = Callable[[str], str]  # entity id -> the name to show

_MOST_NAMES = 4
_CLOSE_FROM, _LOOSE_FROM = 0.45, 0.3  # where the words for the reader change; neither decides anything


def explain(decision: Decision, a: Profile, b: Profile, namer: Namer) -> tuple[Reason, ...]:
    """The reasons in words: how near the sentences are, what both name and what only one of them does."""
    if a.label == b.label:
        a, b = _with_days(a), _with_days(b)
    return (
        _sentences(decision, a, b),
        *_shared("persons", a.persons, b.persons, namer),
        *_shared("places", a.places, b.places, namer),
        *_shared("organisations", a.organisations, b.organisations, namer),
        *_apart("persons", "person", (a, a.persons), (b, b.persons), namer),
        *_apart("places", "place", (a, a.places), (b, b.places), namer),
        *_numbers(a, b),
        *_days(a, b),
    )


def _with_days(profile: Profile) -> Profile:
    """Two reports of one outlet are told apart by their days, or else by their ids."""
    return replace(profile, label=f"{profile.label} ({profile.day or profile.article})")


def _sentences(decision: Decision, a: Profile, b: Profile) -> Reason:
    score = decision.features["best_three"]
    words = (
        "closely alike"
        if score >= _CLOSE_FROM
        else "loosely alike"
        if score >= _LOOSE_FROM
        else "hardly alike"
    )
    sentence = f"The nearest sentences of {a.label} and {b.label} are {words} ({score:.2f})."
    # So that what is called closely alike speaks for one story, and the rest against it.
    return Reason("sentences", min(1.0, score / (2 * _CLOSE_FROM)), a.label, b.label, sentence)


def _shared(name: str, a: Mapping[str, int], b: Mapping[str, int], namer: Namer) -> Iterator[Reason]:
    shared = a.keys() & b.keys()
    if shared:
        listed = _list(_by_count(shared, a, b), namer)
        yield Reason(name, 1.0, listed, listed, f"Both name {listed}.")


def _apart(
    name: str,
    one: str,
    a: tuple[Profile, Mapping[str, int]],
    b: tuple[Profile, Mapping[str, int]],
    namer: Namer,
) -> Iterator[Reason]:
    (first, named_a), (second, named_b) = a, b
    only_a, only_b = named_a.keys() - named_b.keys(), named_b.keys() - named_a.keys()
    if only_a and only_b:
        here, there = _list(_by_count(only_a, named_a), namer), _list(_by_count(only_b, named_b), namer)
        sentence = f"Another {one}: only {first.label} names {here}; only {second.label} names {there}."
        yield Reason(name, 0.0, here, there, sentence)


def _by_count(entities: Iterable[str], *counts: Mapping[str, int]) -> list[str]:
    return sorted(entities, key=lambda entity: (-sum(count.get(entity, 0) for count in counts), entity))


def _list(entities: list[str], namer: Namer) -> str:
    names = [namer(entity) for entity in entities[:_MOST_NAMES]]
    more = len(entities) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")


def _numbers(a: Profile, b: Profile) -> Iterator[Reason]:
    values_a = {value for value, _ in a.numbers}
    values_b = {value for value, _ in b.numbers}
    shared = values_a & values_b
    if shared:
        listed = _figures(shared)
        yield Reason("numbers", 1.0, listed, listed, f"Both give {listed}.")
    for unit in sorted({u for _, u in a.numbers if u} & {u for _, u in b.numbers if u}):
        here = {value for value, u in a.numbers if u == unit}
        there = {value for value, u in b.numbers if u == unit}
        if not here & there:
            yield Reason(
                "numbers",
                0.0,
                _figures(here),
                _figures(there),
                f"Other figures ({unit.replace('_', ' ')}): "
                f"{_figures(here)} in {a.label}, {_figures(there)} in {b.label}.",
            )


def _figures(values: set[float]) -> str:
    return ", ".join(f"{value:,.10g}" for value in sorted(values)[:_MOST_NAMES])


def _days(a: Profile, b: Profile) -> Iterator[Reason]:
    gap = days_apart(a, b)
    if gap is None or a.day is None or b.day is None:
        return
    here, there = a.day.isoformat(), b.day.isoformat()
    if gap == 0:
        yield Reason("days", 1.0, here, there, f"Both are of {here}.")
    elif gap == 1:
        yield Reason("days", 0.8, here, there, f"They are of neighbouring days ({here}, {there}).")
    else:
        yield Reason(
            "days",
            0.0,
            here,
            there,
            f"Another day: {a.label} of {here}, {b.label} of {there}, {gap} days apart.",
        )
