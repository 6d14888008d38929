"""A pair decision in words for the reader: what the two reports share and in what they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from khabar.group.decide import Decision
from khabar.group.features import days_apart
from khabar.group.profile import Profile
from khabar.group.sentences import FALLBACK, sentences_in
from khabar.group.words import rarity
from khabar.model.story import Reason

Namer = Callable[[str], str]  # entity id -> the name to show

_MOST_NAMES = 4
_CLOSE_FROM, _LOOSE_FROM = 0.45, 0.3  # where the words for the reader change; neither decides anything
_SAME_QUOTATION_FROM = 0.7
_TELLING_WORD = 0.6  # commoner words in common are no news to a reader


def explain(
    decision: Decision, a: Profile, b: Profile, namer: Namer, language: str = FALLBACK
) -> tuple[Reason, ...]:
    """The reasons in words: how near the sentences are, what both name and what only one of them does."""
    if a.label == b.label:
        a, b = _with_days(a), _with_days(b)
    told = _Telling(decision, a, b, namer, sentences_in(language))
    found = (
        told.sentences(),
        told.shared("persons", a.persons, b.persons),
        told.shared("places", a.places, b.places),
        told.shared("organisations", a.organisations, b.organisations),
        told.words(),
        told.quotations(),
        told.apart("persons", "person", a.persons, b.persons),
        told.apart("places", "place", a.places, b.places),
        told.figures(),
        *told.other_figures(),
        told.days(),
    )
    return tuple(reason for reason in found if reason is not None)


def explain_verdict(decision: Decision, language: str = FALLBACK) -> str:
    """Same, different or unsure, in one sentence with the chance."""
    return sentences_in(language)[f"verdict.{decision.verdict}"].format(score=f"{decision.score:.2f}")


def _with_days(profile: Profile) -> Profile:
    """Two reports of one outlet are told apart by their days, or else by their ids."""
    return replace(profile, label=f"{profile.label} ({profile.day or profile.article})")


@dataclass(frozen=True, slots=True)
class _Telling:
    """What can be said of one pair; None where there is nothing of the kind to say."""

    decision: Decision
    a: Profile
    b: Profile
    namer: Namer
    said: Mapping[str, str]

    def sentences(self) -> Reason:
        """How near the nearest sentences are; closely alike speaks for one story, the rest against it."""
        score = self.decision.features["best_three"]
        near = "close" if score >= _CLOSE_FROM else "loose" if score >= _LOOSE_FROM else "hardly"
        told = self._say("sentences", near=self.said[f"near.{near}"], score=f"{score:.2f}")
        return Reason("sentences", min(1.0, score / (2 * _CLOSE_FROM)), self.a.label, self.b.label, told)

    def shared(self, name: str, a: Mapping[str, int], b: Mapping[str, int]) -> Reason | None:
        """Whom or what both name."""
        both = a.keys() & b.keys()
        return self._both(name, "both", self._names(_by_count(both, a, b))) if both else None

    def words(self) -> Reason | None:
        """Rare words that both hold, where they share a language."""
        if not self.decision.features["one_language"]:
            return None
        both = [w for w in self.a.words.keys() & self.b.words.keys() if rarity(w) >= _TELLING_WORD]
        ordered = _by_count((word for word in both if not word.isdigit()), self.a.words, self.b.words)
        return self._both("words", "words", self._list(ordered)) if ordered else None

    def quotations(self) -> Reason | None:
        """Direct speech that is nearly the same."""
        score = self.decision.features["quotations"]
        if score < _SAME_QUOTATION_FROM:
            return None
        told = self._say("quotations", score=f"{score:.2f}")
        return Reason("quotations", score, self.a.label, self.b.label, told)

    def apart(self, name: str, one: str, a: Mapping[str, int], b: Mapping[str, int]) -> Reason | None:
        """Whom or what only one of them names, where that holds on both sides."""
        only_a, only_b = a.keys() - b.keys(), b.keys() - a.keys()
        if not only_a or not only_b:
            return None
        here, there = self._names(_by_count(only_a, a)), self._names(_by_count(only_b, b))
        return Reason(name, 0.0, here, there, self._say(f"apart.{one}", here=here, there=there))

    def figures(self) -> Reason | None:
        """Numbers that both give."""
        both = {value for value, _ in self.a.numbers} & {value for value, _ in self.b.numbers}
        return self._both("numbers", "figures", self._figures(both)) if both else None

    def other_figures(self) -> list[Reason]:
        """Numbers of one unit on which they agree nowhere."""
        found = []
        for unit in sorted({u for _, u in self.a.numbers if u} & {u for _, u in self.b.numbers if u}):
            values = {value for value, u in self.a.numbers if u == unit}
            others = {value for value, u in self.b.numbers if u == unit}
            if not values & others:
                here, there = self._figures(values), self._figures(others)
                told = self._say("other_figures", unit=unit.replace("_", " "), here=here, there=there)
                found.append(Reason("numbers", 0.0, here, there, told))
        return found

    def days(self) -> Reason | None:
        """One day, neighbouring days or other days; nothing where one names no day."""
        gap = days_apart(self.a, self.b)
        if gap is None or self.a.day is None or self.b.day is None:
            return None
        kind, score = ("same", 1.0) if gap == 0 else ("near", 0.8) if gap == 1 else ("other", 0.0)
        here, there = self.a.day.isoformat(), self.b.day.isoformat()
        return Reason(
            "days", score, here, there, self._say(f"day.{kind}", here=here, there=there, gap=str(gap))
        )

    def _both(self, name: str, key: str, listed: str) -> Reason:
        return Reason(name, 1.0, listed, listed, self._say(key, names=listed))

    def _say(self, key: str, **filled: str) -> str:
        return self.said[key].format(a=self.a.label, b=self.b.label, **filled)

    def _names(self, entities: list[str]) -> str:
        known = {**self.a.names, **self.b.names}
        return self._list([known[entity] if entity in known else self.namer(entity) for entity in entities])

    def _figures(self, values: set[float]) -> str:
        return self._list([f"{value:,.10g}" for value in sorted(values)][:_MOST_NAMES])

    def _list(self, names: list[str]) -> str:
        more = len(names) - _MOST_NAMES
        rest = self.said["more"].format(count=more) if more > 0 else ""
        return self.said["list"].join(names[:_MOST_NAMES]) + rest


def _by_count(keys: Iterable[str], *counts: Mapping[str, int]) -> list[str]:
    return sorted(keys, key=lambda key: (-sum(count.get(key, 0) for count in counts), key))
