"""One more report into stories that stand: which it opens, joins, merges or splits, and why."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations, pairwise
from typing import Protocol

from khabar.encode.types import Vectors
from khabar.group.clusters import form_groups
from khabar.group.copies import tie_copies
from khabar.group.decide import Decision, Weights, decide
from khabar.group.profile import Profile
from khabar.group.reasons import Namer, explain
from khabar.group.rulings import Ruling, latest
from khabar.linkage import Pair, to_log_odds
from khabar.model.story import Reason

MOST_CANDIDATES = 60  # nearest reports that a new one is held against
WINDOW_DAYS = 45  # so far before and after it they are looked for; a report without a day is always looked at
MOST_REOPENED = 12  # stories that one report may change
LARGEST_REOPENED = 40  # of a larger story as many members speak for all; the others go where they go
MOST_SPEAKERS = 120  # over all stories that one report may change: their pairs are what takes time
_DIGEST_LETTERS = 8
REOPENED_FROM = 0.05  # the chance of one event from which a candidate's story is looked at again


class ChangeKind(StrEnum):
    """What became of a story."""

    OPENED = "opened"
    JOINED = "joined"
    MERGED = "merged"  # `other` ended in this one
    SPLIT = "split"  # this one came out of `other`
    MOVED = "moved"  # reports went here from `other`


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a story's history: what happened to which reports, and why."""

    kind: ChangeKind
    story: str
    articles: tuple[str, ...]
    other: str | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What a new report or ruling changed.

    `stories`: every story that is not as before, with its members; without members it has ended. `changes`
    say how it came about. `links`: the log odds of the pairs that were compared, to be kept if wanted.
    """

    stories: Mapping[str, tuple[str, ...]]
    changes: tuple[Change, ...]
    links: Mapping[Pair, float]


class Shelf(Protocol):
    """Where profiles and stories are kept: in memory, or in a library on disk."""

    def near(self, vector: Vectors, day: date | None, count: int) -> Sequence[str]:
        """The reports nearest to a report vector within WINDOW_DAYS of the day, the nearest first."""

    def profiles(self, articles: Sequence[str]) -> Mapping[str, Profile]:
        """The profiles of these reports."""

    def stories(self, articles: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """The stories that hold these reports, with all their members in order of arrival."""

    def links(self, articles: Sequence[str]) -> Mapping[Pair, float]:
        """Log odds kept of pairs among these reports, the names of a pair in their order.

        May be empty, then they are computed again.
        """

    def rulings(self, articles: Sequence[str]) -> Sequence[Ruling]:
        """What persons decided about pairs in which one of these reports stands, oldest first."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides: weights, the chance from which two reports are one story, what entities are called."""

    weights: Weights
    same_at: float
    namer: Namer


def place(arrived: Profile, shelf: Shelf, rules: Rules) -> Regrouped:
    """What a new report changes; it must not stand in the shelf yet.

    Time is bounded whatever the shelf holds: MOST_CANDIDATES reports are compared with it, and at most
    MOST_REOPENED stories of at most LARGEST_REOPENED speakers are formed anew.
    """
    near = [
        name for name in shelf.near(arrived.report, arrived.day, MOST_CANDIDATES) if name != arrived.article
    ]
    candidates = shelf.profiles(near)
    decisions = [decide(arrived, candidates[name], rules.weights) for name in near]
    ruled = [name for ruling in shelf.rulings([arrived.article]) for name in ruling.pair]
    likely = sorted((one for one in decisions if one.score >= REOPENED_FROM), key=lambda one: -one.log_odds)
    touched = [
        *dict.fromkeys([name for name in ruled if name != arrived.article] + [one.b for one in likely])
    ]
    links = {_ordered(arrived.article, one.b): one.link for one in decisions}
    return _form(touched, shelf, rules, near, arrived, links)


def place_again(articles: Sequence[str], shelf: Shelf, rules: Rules) -> Regrouped:
    """What changes when the stories of these reports are formed anew: after a ruling, or on request.

    Of a large story the first ones given speak, so give those that a ruling parts in turn.
    """
    return _form(articles, shelf, rules, articles, None, {})


def _form(
    touched: Sequence[str],
    shelf: Shelf,
    rules: Rules,
    near: Sequence[str],
    arrived: Profile | None,
    compared: Mapping[Pair, float],
) -> Regrouped:
    stories = _reopened(touched, shelf)
    speakers = {story: _speakers(members, near) for story, members in stories.items()}
    names = [name for chosen in speakers.values() for name in chosen]
    profiles = dict(shelf.profiles(names))
    if arrived is not None:
        profiles[arrived.article] = arrived
        names.append(arrived.article)
    links = _links(names, profiles, compared, shelf.links(names), rules.weights)
    rulings = latest(shelf.rulings(names))
    inside = [one for one in rulings if {one.a, one.b} <= set(names)]
    closed = [pair for story, all_of in stories.items() if len(all_of) > len(speakers[story])
              for pair in _chain(speakers[story])]  # fmt: skip
    groups = form_groups(
        names,
        links,
        to_log_odds(rules.same_at),
        together=[*(one.pair for one in inside if one.same), *tie_copies(profiles, inside), *closed],
        apart=[one.pair for one in inside if not one.same],
    )
    whole = _with_silent(groups, stories, speakers, rulings)
    return _compare(stories, whole, arrived, links, profiles, rules)


def _reopened(touched: Sequence[str], shelf: Shelf) -> dict[str, tuple[str, ...]]:
    """The stories of the touched reports, the likeliest first, no more than may be reopened."""
    held = shelf.stories(touched)
    by_member = {name: story for story, members in held.items() for name in members}
    chosen: dict[str, tuple[str, ...]] = {}
    room = MOST_SPEAKERS
    for story in dict.fromkeys(by_member[name] for name in touched if name in by_member):
        if len(chosen) < MOST_REOPENED and room > 0:
            chosen[story] = held[story]
            room -= min(len(held[story]), LARGEST_REOPENED)
    return chosen


def _speakers(members: Sequence[str], near: Sequence[str]) -> list[str]:
    """The members that are compared: all, or of a large story those nearest and the oldest."""
    if len(members) <= LARGEST_REOPENED:
        return list(members)
    inside = set(members)
    nearest = [name for name in near if name in inside][: LARGEST_REOPENED // 2]
    oldest = [name for name in members if name not in nearest]
    return nearest + oldest[: LARGEST_REOPENED - len(nearest)]


def _links(
    names: Sequence[str],
    profiles: Mapping[str, Profile],
    compared: Mapping[Pair, float],
    kept: Mapping[Pair, float],
    weights: Weights,
) -> dict[Pair, float]:
    """The log odds of all pairs of these reports, the names of each pair in their order."""
    links: dict[Pair, float] = {}
    for pair in combinations(sorted(names), 2):
        value = kept.get(pair)
        if value is None:
            value = compared.get(pair)
        links[pair] = decide(profiles[pair[0]], profiles[pair[1]], weights).link if value is None else value
    return links


def _ordered(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def _chain(names: Sequence[str]) -> list[Pair]:
    """Ties that hold a large story together; one speaker that a ruling keeps out does not break them."""
    return [*pairwise(names), *((name, names[-1]) for name in names[:-1])]


def _with_silent(
    groups: Sequence[Sequence[str]],
    stories: Mapping[str, tuple[str, ...]],
    speakers: Mapping[str, Sequence[str]],
    rulings: Sequence[Ruling],
) -> list[list[str]]:
    """The groups with the members of large stories that were not asked, each in one of them."""
    whole = [list(group) for group in groups]
    at = {name: number for number, group in enumerate(groups) for name in group}
    said: dict[str, dict[str, bool]] = defaultdict(dict)
    for one in rulings:
        said[one.a][one.b] = said[one.b][one.a] = one.same
    for story, members in stories.items():
        asked = Counter(at[name] for name in speakers[story])
        for name in sorted(set(members) - set(speakers[story])):
            home = _home(asked, {other: same for other, same in said[name].items() if other in at}, at)
            if home is None:
                whole.append([name])
            else:
                whole[home].append(name)
    return whole


def _home(asked: Counter[int], said: Mapping[str, bool], at: Mapping[str, int]) -> int | None:
    """The group that a silent member goes to: where it was ruled to be, else with the most of its story."""
    apart = {at[other] for other, same in said.items() if not same}
    ruled = Counter(at[other] for other, same in said.items() if same and at[other] not in apart)
    if ruled:
        return ruled.most_common(1)[0][0]
    return next((group for group, _ in asked.most_common() if group not in apart), None)


def _compare(
    before: Mapping[str, tuple[str, ...]],
    groups: Sequence[Sequence[str]],
    arrived: Profile | None,
    links: Mapping[Pair, float],
    profiles: Mapping[str, Profile],
    rules: Rules,
) -> Regrouped:
    """The stories after beside those before: ids stay with the most members, the rest is history."""
    was = {name: story for story, members in before.items() for name in members}
    order = {name: n for n, name in enumerate(was)}
    after = {
        story: tuple(sorted(group, key=lambda name: order.get(name, len(order))))
        for story, group in _name_groups(groups, was, arrived.article if arrived else None).items()
    }
    changed = {story: members for story, members in after.items() if members != before.get(story)}
    ended = {story: () for story in before if story not in after}
    told = _Told(was, links, profiles, rules, arrived.article if arrived else None)
    changes = [change for story, members in changed.items() for change in told.changes(story, members, after)]
    return Regrouped({**changed, **ended}, tuple(changes), links)


def _name_groups(
    groups: Sequence[Sequence[str]], was: Mapping[str, str], arrived: str | None
) -> dict[str, Sequence[str]]:
    """Each group by its story's id: that of the story which gave it the most members, or a new one."""
    claims = sorted(
        (-count, story, at)
        for at, group in enumerate(groups)
        for story, count in Counter(was[name] for name in group if name in was).items()
    )
    named: dict[str, Sequence[str]] = {}
    taken: set[int] = set()
    for _, story, at in claims:
        if story not in named and at not in taken:
            named[story] = groups[at]
            taken.add(at)
    for at, group in enumerate(groups):
        if at not in taken:
            named[_new_id(group, was, named.keys() | set(was.values()), arrived)] = group
    return named


def _new_id(group: Sequence[str], was: Mapping[str, str], taken: Iterable[str], arrived: str | None) -> str:
    """An id made of the first report's, and unless that has just arrived of all that stood before.

    The story that an older report once opened may go on without it where nothing is looked at now, so that
    report alone makes no id that is surely free.
    """
    first, held = min(group), set(taken)
    plain = f"s-{first}"
    if first == arrived and plain not in held:
        return plain
    stood = "\n".join([*sorted(group), arrived or "", *(f"{name} {was[name]}" for name in sorted(was))])
    return f"{plain}-{hashlib.sha256(stood.encode()).hexdigest()[:_DIGEST_LETTERS]}"


@dataclass(frozen=True, slots=True)
class _Told:
    """Tells what happened to a story, with the reasons of the nearest pair."""

    was: Mapping[str, str]
    links: Mapping[Pair, float]
    profiles: Mapping[str, Profile]
    rules: Rules
    arrived: str | None

    def changes(self, story: str, members: Sequence[str], after: Mapping[str, Sequence[str]]) -> list[Change]:
        """What happened to one story."""
        came: dict[str | None, list[str]] = {}
        for name in members:
            if self.was.get(name) != story:
                came.setdefault(self.was.get(name), []).append(name)
        stayed = [name for name in members if self.was.get(name) == story]
        return [self._change(story, other, names, stayed or members, after) for other, names in came.items()]

    def _change(
        self,
        story: str,
        other: str | None,
        names: Sequence[str],
        beside: Sequence[str],
        after: Mapping[str, Sequence[str]],
    ) -> Change:
        if other is None:
            others = [name for name in beside if name not in names]
            kind = ChangeKind.JOINED if others else ChangeKind.OPENED
            return Change(kind, story, tuple(names), None, self._why(names, others))
        if other not in after:
            return Change(ChangeKind.MERGED, story, tuple(names), other, self._why(names, beside))
        is_new = story not in self.was.values()
        kind = ChangeKind.SPLIT if is_new else ChangeKind.MOVED
        return Change(kind, story, tuple(names), other, self._why(names, after[other] if is_new else beside))

    def _why(self, names: Iterable[str], others: Iterable[str]) -> tuple[Reason, ...]:
        """The reasons of the surest pair between the two sides."""
        left, beside = set(names), set(others)
        pairs = [
            (value, a, b)
            for (a, b), value in self.links.items()
            if (a in left and b in beside) or (b in left and a in beside)
        ]
        if not pairs:
            return ()
        _, a, b = max(pairs)
        decision: Decision = decide(self.profiles[a], self.profiles[b], self.rules.weights)
        return explain(decision, self.profiles[a], self.profiles[b], self.rules.namer)
