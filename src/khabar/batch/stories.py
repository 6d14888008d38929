"""Reports in tasks of bounded size, and the stories of the tasks put together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from khabar.batch.bands import Rows, connected
from khabar.batch.plan import OVERLAP_DAYS

AT_ONCE = 1_000  # reports; so many are one task whatever their days, and smaller parts go together
MOST = 4_000  # reports; a stretch of days with more is taken apart into what hangs together
STRETCH_DAYS = 90


@dataclass(frozen=True, slots=True)
class Share:
    """Reports for one task in the order of arrival; of `lead` the stories stand in the stretch before."""

    rows: Rows
    lead: frozenset[int] = frozenset()


def shares_of(count: int, links: Rows, days: Rows) -> tuple[list[Share], list[int]]:
    """The reports in stretches of days, each after the days before, and the sizes of parts too large to hold.

    So each report meets those that it would meet in a library. Only where too many are in a stretch it is
    taken apart; reports that nothing links are then in no task. Shapes: `links` int64[m, 2], `days` int64[n].
    """
    if count <= AT_ONCE:
        return [Share(np.arange(count))] if count else [], []
    own = np.where(days == 0, days.max(), days)
    shares, giants = list[Share](), list[int]()
    for first in range(int(own.min()), int(own.max()) + 1, STRETCH_DAYS):
        inside = np.flatnonzero((own >= first - OVERLAP_DAYS) & (own < first + STRETCH_DAYS))
        lead = frozenset(inside[own[inside] < first].tolist())
        if len(inside) <= MOST:
            shares += [Share(inside, lead)] if len(inside) > len(lead) else []
        else:
            parts = _parts(inside, links)
            giants += [len(part) for part in parts if len(part) > MOST]
            shares += [Share(rows, lead & set(rows.tolist())) for rows in _gathered(parts)]
    return shares, giants


def _parts(inside: Rows, links: Rows) -> list[Rows]:
    """What hangs together of these rows, by links between them."""
    within = links[np.isin(links, inside).all(axis=1)]
    labels = connected(len(inside), np.searchsorted(inside, within))
    order = np.argsort(labels, kind="stable")
    starts = np.flatnonzero(np.diff(labels[order]))
    return [inside[part] for part in np.split(order, starts + 1) if len(part) > 1]


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
