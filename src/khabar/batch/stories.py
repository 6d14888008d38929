"""Reports in tasks of bounded size, and the stories of the tasks put together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from khabar.batch.bands import Rows, connected
from khabar.batch.plan import OVERLAP_DAYS
from khabar.group.growing import LARGEST_REOPENED

AT_ONCE = 1_000  # reports; so many are one task whatever their days, and smaller parts go together
MOST = 4_000  # reports; a stretch of days with more is taken apart into what hangs together
STRETCH_DAYS = 90
LARGE = 100  # reports; a story of a giant part with as many may be a piece of a larger one


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs that are linked. Shapes: `pairs` int64[m, 2], rows; `log_odds` float64[m]."""

    pairs: Rows
    log_odds: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Share:
    """Reports for one task in the order of arrival; of `lead` the stories stand in the stretch before."""

    rows: Rows
    lead: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Giant:
    """A part that hangs together and is too large for one task; it was taken apart into `shares`."""

    rows: Rows
    shares: int


def shares_of(count: int, links: Links, days: Rows, most: int = MOST) -> tuple[list[Share], list[Giant]]:
    """The reports in stretches of days, each after the days before, and the parts too large to hold.

    So each report meets those that it would meet in a library. Only where more than `most` are in a
    stretch it is taken apart; reports that nothing links are then in no task. Shapes: `days` int64[n].
    """
    if count <= AT_ONCE:
        return [Share(np.arange(count))] if count else [], []
    own = np.where(days == 0, days.max(), days)
    shares, giants = list[Share](), list[Giant]()
    for first in range(int(own.min()), int(own.max()) + 1, STRETCH_DAYS):
        inside = np.flatnonzero((own >= first - OVERLAP_DAYS) & (own < first + STRETCH_DAYS))
        lead = frozenset(inside[own[inside] < first].tolist())
        if len(inside) <= most:
            shares += [Share(inside, lead)] if len(inside) > len(lead) else []
            continue
        parts = _parts(inside, links.pairs)
        fitting = [part for part in parts if len(part) <= most]
        shares += [Share(rows, lead & set(rows.tolist())) for rows in _gathered(fitting)]
        for part in parts:
            if len(part) > most:
                pieces = list(_gathered(_pieces(part, links, most)))
                giants.append(Giant(part, len(pieces)))
                shares += [Share(rows, lead & set(rows.tolist())) for rows in pieces]
    return shares, giants


def _parts(inside: Rows, pairs: Rows) -> list[Rows]:
    """What hangs together of these rows, by links between them."""
    within = pairs[np.isin(pairs, inside).all(axis=1)]
    return _together(inside, connected(len(inside), np.searchsorted(inside, within)))


def _together(rows: Rows, labels: Rows) -> list[Rows]:
    """The rows that share a label, in order; what shares none is left out."""
    order = np.argsort(labels, kind="stable")
    starts = np.flatnonzero(np.diff(labels[order]))
    return [rows[part] for part in np.split(order, starts + 1) if len(part) > 1]


def _pieces(part: Rows, links: Links, most: int) -> list[Rows]:
    """A part in pieces of at most so many: the surest links join first, a link that makes more does not.

    Source: Kruskal 1956, single linkage, with a bound.
    """
    inside = np.isin(links.pairs, part).all(axis=1)
    order = np.argsort(-links.log_odds[inside], kind="stable")
    home, size = list(range(len(part))), [1] * len(part)
    for a, b in np.searchsorted(part, links.pairs[inside][order]).tolist():
        one, other = sorted((_root(home, a), _root(home, b)))
        if one != other and size[one] + size[other] <= most:
            home[other] = one
            size[one] += size[other]
    return _together(part, np.array([_root(home, at) for at in range(len(part))]))


def _root(home: list[int], at: int) -> int:
    while home[at] != at:
        home[at] = home[home[at]]
        at = home[at]
    return at


def _gathered(parts: Iterable[Rows]) -> Iterator[Rows]:
    """The parts, small ones together."""
    held: list[Rows] = []
    for part in parts:
        held.append(part)
        if sum(map(len, held)) >= AT_ONCE:
            yield np.sort(np.concatenate(held))
            held = []
    if held:
        yield np.sort(np.concatenate(held))


def unite(count: int, found: Iterable[Mapping[int, int]], leads: Iterable[frozenset[int]]) -> Rows:
    """The story of each report: the row of the first report in it. Shapes: int64[count].

    `found` are stories of the tasks by report, in the order of arrival; what is in none is alone.
    A story that goes on from the stretch before stays what most of its reports are in there.
    """
    story_of = np.arange(count, dtype=np.int64)
    for stories, lead in zip(found, leads, strict=True):
        members: dict[int, list[int]] = defaultdict(list)
        for row, story in stories.items():
            members[story].append(row)
        for rows in members.values():
            before = Counter(int(story_of[row]) for row in rows if row in lead)
            fresh = [row for row in rows if row not in lead]
            if fresh:
                story_of[fresh] = before.most_common(1)[0][0] if before else fresh[0]
    return story_of


def speakers_of(story_of: Rows, giant: Giant, most: int = MOST, large: int = LARGE) -> Rows:
    """Reports that speak for the large stories of a giant part, spread over each; none where it has one."""
    stories, sizes = np.unique(story_of[giant.rows], return_counts=True)
    chosen = stories[np.argsort(-sizes, kind="stable")][: most // LARGEST_REOPENED]
    speakers = [
        rows[np.linspace(0, len(rows) - 1, LARGEST_REOPENED).astype(np.int64)]
        for story in chosen.tolist()
        for rows in [giant.rows[story_of[giant.rows] == story]]
        if len(rows) >= large
    ]
    return np.unique(np.concatenate(speakers)) if len(speakers) > 1 else np.zeros(0, np.int64)


def rejoin(story_of: Rows, found: Sequence[Mapping[int, int]]) -> Rows:
    """The stories with those made one whose speakers were found in one. Shapes: int64[n]."""
    joined = story_of.copy()
    for stories in found:
        votes: dict[int, Counter[int]] = defaultdict(Counter)
        for row, group in stories.items():
            votes[int(story_of[row])][group] += 1
        homes: dict[int, list[int]] = defaultdict(list)
        for story, heard in votes.items():
            group, count = heard.most_common(1)[0]
            if 2 * count > heard.total():
                homes[group].append(story)
        for together in homes.values():
            joined[np.isin(joined, together)] = min(together)
    return joined
