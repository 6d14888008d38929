"""Reports that hang together, in tasks of bounded size, and the stories of the tasks put together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from khabar.batch.bands import Rows, connected
from khabar.batch.plan import OVERLAP_DAYS

AT_ONCE = 1_000  # reports; smaller parts go together
GIANT = 4_000  # reports; a larger part is taken in stretches of days
STRETCH_DAYS = 90


@dataclass(frozen=True, slots=True)
class Share:
    """Reports for one task in the order of arrival; of `lead` the stories stand in the stretch before."""

    rows: Rows
    lead: frozenset[int] = frozenset()


def shares_of(count: int, links: Rows, days: Rows) -> tuple[list[Share], list[int]]:
    """The reports that hang together, in tasks, and the sizes of the parts that are taken in stretches.

    Reports that nothing links are in none. Shapes: `links` int64[m, 2]; `days` int64[n], 0 for none.
    """
    labels = connected(count, links)
    order = np.argsort(labels, kind="stable")
    starts = np.flatnonzero(np.diff(labels[order], prepend=-1))
    parts = [part for part in np.split(order, starts[1:]) if len(part) > 1]
    giants = [part for part in parts if len(part) > GIANT]
    shares = list(_gathered(part for part in parts if len(part) <= GIANT))
    return shares + [share for part in giants for share in _stretches(part, days)], [*map(len, giants)]


def _gathered(parts: Iterable[Rows]) -> Iterator[Share]:
    held: list[Rows] = []
    for part in parts:
        held.append(part)
        if sum(map(len, held)) >= AT_ONCE:
            yield Share(np.sort(np.concatenate(held)))
            held = []
    if held:
        yield Share(np.sort(np.concatenate(held)))


def _stretches(part: Rows, days: Rows) -> Iterator[Share]:
    """The part by its days, each stretch with the reports of the days before, which a library would ask."""
    own = np.where(days[part] == 0, days[part].max(), days[part])
    for first in range(int(own.min()), int(own.max()) + 1, STRETCH_DAYS):
        inside = part[(own >= first - OVERLAP_DAYS) & (own < first + STRETCH_DAYS)]
        lead = part[(own >= first - OVERLAP_DAYS) & (own < first)]
        if len(inside) > len(lead):
            yield Share(np.sort(inside), frozenset(lead.tolist()))


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
