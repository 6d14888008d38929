"""A statement found inside a longer clause of a report that cuts its sentences differently."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from khabar.align.evidence import WORD_AT, Matrix
from khabar.align.telling import Telling
from khabar.align.units import Unit
from khabar.linkage import to_chance
from khabar.model.span import Span
from khabar.model.story import Coverage

# So much nearer a word must be to show a second statement, and so large a share of the clause and of the
# statement such words must be.
_CLEARLY_NEARER = 0.05
_LEAST_GAIN = 0.15
_LEAST_SHOWN = 0.1
# A statement is found inside another clause from these log odds on (docs/decisions/alignment.md).
_FROM = -0.5
# Where fewer of the statement's words have partners, the clause tells only a part of it.
_PART_BELOW = 0.35
# Fewer words in a row show nothing.
_FEWEST_WORDS = 3
# Words further apart than this are two places, not one.
_WIDEST_GAP = 4
_MOST_PARTNERS = 8


def find_inside(units: Sequence[Unit], members: Sequence[int], contains: Matrix) -> dict[int, float]:
    """The best clause of each report without the statement that holds it all the same, with its log odds."""
    reports = {units[n].article for n in members}
    best: dict[tuple[str, int], tuple[float, int]] = {}
    odds = contains[members].mean(axis=0)
    for n, unit in enumerate(units):
        if unit.article in reports or odds[n] <= _FROM:
            continue
        if unit.text not in best or odds[n] > best[unit.text][0]:
            best[unit.text] = (float(odds[n]), n)
    return {n: value for value, n in best.values()}


def adds(units: Sequence[Unit], guest: int, members: Sequence[int], home: Sequence[int]) -> bool:
    """Whether the clause has words that this statement explains and the clause's own statement does not.

    Two statements about one matter share most of their words; only the others show that both are made, and
    they must be words of the statement too. The clause's own statement is taken from reports that make both
    apart, where there are any.
    """
    unit, hosts = units[guest], [units[n] for n in members]
    if _longest(_near_runs(unit, hosts)) < _FEWEST_WORDS:
        return False
    apart = {units[n].article for n in members}
    others = [n for n in home if units[n].article != units[guest].article]
    rest = [units[n] for n in others if units[n].article in apart] or [units[n] for n in others]
    if not rest:
        return True
    shown = sum(_share_gained(host, [unit], rest) for host in hosts) / len(hosts)
    return _share_gained(unit, hosts, rest) >= _LEAST_GAIN and shown >= _LEAST_SHOWN


def _share_gained(unit: Unit, here: Sequence[Unit], there: Sequence[Unit]) -> float:
    """The share of a clause's words that have partners here and are clearly further from all there."""
    near = nearness(unit, here)
    gained = (near >= WORD_AT) & (near - nearness(unit, there) >= _CLEARLY_NEARER)
    return float(unit.weights[gained].sum())


def nearness(unit: Unit, others: Sequence[Unit]) -> Matrix:
    """How near each word of the unit is to its best partner among the others' words. Shapes: n_words."""
    best = [(unit.vectors @ other.vectors.T).max(axis=1) for other in others]
    nearest: Matrix = best[0]
    for one in best[1:]:
        nearest = nearest.clip(min=one)
    return nearest


def tell_inside(unit: Unit, hosts: Sequence[Unit], odds: float) -> Telling:
    """The part of the clause that makes the statement of its hosts."""
    span = _shared_words(unit, hosts)
    partners = sorted(hosts, key=lambda host: -float(nearness(unit, [host]).mean()))[:_MOST_PARTNERS]
    told = sum(_share_found(host, unit) for host in hosts) / len(hosts)
    if told < _PART_BELOW:
        reason = "A part of the statement stands inside a longer clause of this report."
        return Telling(unit, span, Coverage.PART, to_chance(odds), reason, tuple(partners))
    reason = "The statement stands inside a longer clause of this report."
    return Telling(unit, span, Coverage.WHOLE, to_chance(odds), reason, tuple(partners))


def _share_found(host: Unit, unit: Unit) -> float:
    return float(host.weights[nearness(host, [unit]) >= WORD_AT].sum())


def _shared_words(unit: Unit, hosts: Sequence[Unit]) -> Span:
    """The longest stretch of the clause whose words have partners in the statement."""
    runs = _near_runs(unit, hosts)
    if not runs:
        return unit.clause.span
    first, last = max(runs, key=lambda run: run[1] - run[0])
    return Span(unit.words[first].start, unit.words[last].end)


def _near_runs(unit: Unit, hosts: Sequence[Unit]) -> list[tuple[int, int]]:
    return _runs([n for n, near in enumerate(nearness(unit, hosts)) if near >= WORD_AT])


def _longest(runs: Sequence[tuple[int, int]]) -> int:
    return max((last - first + 1 for first, last in runs), default=0)


def _runs(places: Iterable[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and place - runs[-1][1] <= _WIDEST_GAP:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
