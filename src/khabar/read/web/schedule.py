"""When to ask a source again: arithmetic on what is known of it, no clock and no network."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from khabar.read.web.feed import Entry
from khabar.read.web.fetched import Validators

SHORTEST_S = 5 * 60.0
FIRST_S = 30 * 60.0
LONGEST_S = 24 * 3600.0
_SHORTER, _LONGER = 0.5, 1.5  # after an answer with news, and after one without
_SPREAD = 0.1  # so that sources which were added together are not asked together for ever
MOST_SEEN = 5_000


@dataclass(frozen=True, slots=True)
class Health:
    """What is known of a source. Units: seconds since 1970 for moments; None for never.

    `seen` are the keys of entries that were given out before, oldest first.
    """

    address: str
    next_due: float = 0.0
    interval_s: float = FIRST_S
    last_success: float | None = None
    last_new: float | None = None
    last_error: str = ""
    last_error_at: float | None = None
    failures: int = 0  # one after another, up to now
    validators: Validators = field(default_factory=Validators)
    seen: tuple[str, ...] = ()


def due(addresses: Iterable[str], state: Mapping[str, Health], now: float) -> list[Health]:
    """The sources whose time has come, longest overdue first; one that nothing is known of is due."""
    known = [state.get(address, Health(address)) for address in dict.fromkeys(addresses)]
    return sorted((one for one in known if one.next_due <= now), key=lambda one: one.next_due)


def new_entries(health: Health, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that were not given out before, each once, in their order."""
    seen = set(health.seen)
    fresh = {entry.key: entry for entry in entries if entry.key and entry.key not in seen}
    return tuple(fresh.values())


def after_success(
    health: Health, now: float, fresh: Iterable[Entry], current: Iterable[Entry], validators: Validators
) -> Health:
    """What is known after an answer with these fresh entries, of all the `current` ones of the feed."""
    keys = tuple(entry.key for entry in fresh)
    listed = tuple(entry.key for entry in current)
    factor = _SHORTER if keys else _LONGER
    interval_s = min(max(health.interval_s * factor, SHORTEST_S), LONGEST_S)
    return replace(
        health,
        next_due=now + _spread(health.address, interval_s),
        interval_s=interval_s,
        last_success=now,
        last_new=now if keys else health.last_new,
        failures=0,
        validators=validators,
        seen=_remembered(health.seen, keys, listed),
    )


def after_failure(health: Health, now: float, reason: str, wait_s: float = 0.0) -> Health:
    """What is known after a failure: the pause doubles with each one, up to a day; `wait_s` is the least."""
    failures = health.failures + 1
    pause_s = min(health.interval_s * 2.0 ** min(failures, 20), LONGEST_S)
    return replace(
        health,
        next_due=now + max(_spread(health.address, pause_s), wait_s),
        last_error=reason,
        last_error_at=now,
        failures=failures,
    )


def _remembered(seen: tuple[str, ...], keys: tuple[str, ...], listed: tuple[str, ...]) -> tuple[str, ...]:
    """The keys to keep: what the feed still lists is never forgotten, or it would come a second time."""
    still = set(listed)
    order = dict.fromkeys((*seen, *keys))
    gone = [key for key in order if key not in still]
    room = max(0, MOST_SEEN - (len(order) - len(gone)))
    kept = set(gone[len(gone) - room :]) if room else set()
    return tuple(key for key in order if key in still or key in kept)


def _spread(address: str, seconds: float) -> float:
    share = hashlib.sha256(address.encode("utf-8", "surrogatepass")).digest()[0] / 255
    return seconds * (1 + _SPREAD * (2 * share - 1))
