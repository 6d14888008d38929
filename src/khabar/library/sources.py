"""What is followed, and what is known of it. A process that asks a source holds it for a while."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from khabar.errors import NotFound, SettingError
from khabar.library.columns import now, to_column
from khabar.library.store import Store, row
from khabar.read.web.addresses import BadAddress, canonical_address, parse_address
from khabar.read.web.fetched import Validators
from khabar.read.web.schedule import FIRST_S, Health

SOURCE = "f"
HOLD_S = 300.0  # without a word from its holder a source is given to the next
_COLUMNS = (
    "number, address, kind, title, made, state, last_asked, next_due, etag, "
    "last_modified, failures, note, facts"
)


@dataclass(frozen=True, slots=True)
class Source:
    """A feed that is followed. Moments are ISO 8601 in UTC; `note` says what went wrong last."""

    id: str
    address: str
    title: str
    state: str  # "active" or "left"
    made: str
    last_asked: str | None
    last_success: str | None
    last_new: str | None
    next_due: str | None
    interval_s: float
    failures: int
    note: str
    reports: int  # that it has brought so far


@dataclass(frozen=True, slots=True)
class Held:
    """A source that this process asks just now. `tries` counts for each entry how often it gave no page."""

    address: str
    health: Health
    tries: dict[str, int] = field(default_factory=dict)
    reports: int = 0


def follow(store: Store, address: str, title: str = "") -> tuple[Source, bool]:
    """The source, and whether it was not followed before. Errors: SettingError for what is no address."""
    try:
        place = str(parse_address(address))
        same = canonical_address(address)
    except BadAddress as error:
        raise SettingError(f"{address[:200]!r} cannot be followed: {error}") from error
    with store.writing():
        known = [one for one in list_sources(store, left=True) if canonical_address(one.address) == same]
        if known:
            sql = "UPDATE sources SET state = 'active', next_due = NULL WHERE address = ?"
            store.run(sql, (known[0].address,))  # who follows it again wants its news now
            return read_source(store, known[0].id), known[0].state != "active"
        store.run(
            "INSERT INTO sources (address, kind, title, made) VALUES (?, 'feed', ?, ?)",
            (place, to_column(title), now()),
        )
        return read_source(store, place), True


def unfollow(store: Store, name: str) -> Source:
    """The source, which is asked no more; all that is known of it stays. Errors: NotFound."""
    with store.writing():
        found = read_source(store, name)
        store.run("UPDATE sources SET state = 'left' WHERE address = ?", (found.address,))
        return read_source(store, found.id)


def read_source(store: Store, name: str) -> Source:
    """The source with this id or address. Errors: NotFound."""
    digits = name.strip().removeprefix(SOURCE)
    if digits.isascii() and digits.isdigit() and len(digits) <= 18:
        found = row(store, f"SELECT {_COLUMNS} FROM sources WHERE number = ?", (int(digits),))
    else:
        found = row(store, f"SELECT {_COLUMNS} FROM sources WHERE address = ?", (_place(name),))
    if found is None:
        raise NotFound(f"{name[:200]!r} is not followed in {store.where}. `khabar sources` lists what is.")
    return _source(found)


def list_sources(store: Store, left: bool = False) -> list[Source]:
    """What is followed, oldest first; with `left` also what was."""
    where = "" if left else "WHERE state = 'active' "
    return [_source(found) for found in store.rows(f"SELECT {_COLUMNS} FROM sources {where}ORDER BY number")]


def hold_due(store: Store, holder: str, most: int = 8, everything: bool = False) -> list[Held]:
    """Sources that are due and that nobody asks, longest overdue first; they are this holder's now.

    With `everything` also those whose time has not come.
    """
    moment = now()
    due = "" if everything else "AND (next_due IS NULL OR next_due <= ?) "
    first = "last_asked" if everything else "next_due"  # so that a round comes to those not yet asked
    sql = (
        f"SELECT {_COLUMNS} FROM sources WHERE state = 'active' {due}"
        f"AND (held_until IS NULL OR held_until < ?) ORDER BY coalesce({first}, ''), number LIMIT ?"
    )
    values = (moment, most) if everything else (moment, moment, most)
    with store.writing():
        found = store.rows(sql, values)
        for one in found:
            _hold(store, one[1], holder)
    return [_held(one) for one in found]


def hold_on(store: Store, addresses: Iterable[str], holder: str) -> None:
    """Says that the holder still works on these."""
    with store.writing():
        for address in addresses:
            _hold(store, address, holder, only_own=True)


def settle(store: Store, held: Held, holder: str, title: str = "") -> bool:
    """Writes down what is known of the source now and lets it go; False where another has taken it over."""
    health = held.health
    facts = {
        "interval_s": health.interval_s, "last_success": health.last_success, "last_new": health.last_new,
        "last_error_at": health.last_error_at, "validated": health.validators.address,
        "seen": list(health.seen), "tries": held.tries, "reports": held.reports,
    }  # fmt: skip
    sql = (
        "UPDATE sources SET last_asked = ?, next_due = ?, etag = ?, last_modified = ?, failures = ?, "
        "note = ?, facts = ?, title = CASE WHEN title = '' THEN ? ELSE title END, "
        "holder = NULL, held_until = NULL "
        "WHERE address = ? AND holder = ? RETURNING number"
    )
    values = (
        now(), _iso(health.next_due), to_column(health.validators.etag),
        to_column(health.validators.last_modified), health.failures,
        to_column(health.last_error) if health.failures else "", json.dumps(facts), to_column(title),
        held.address, holder,
    )  # fmt: skip
    with store.writing():
        return bool(store.run(sql, values))


def let_go(store: Store, addresses: Iterable[str], holder: str) -> None:
    """Gives sources back as they were."""
    with store.writing():
        for address in addresses:
            store.run(
                "UPDATE sources SET holder = NULL, held_until = NULL WHERE address = ? AND holder = ?",
                (address, holder),
            )


def next_due_s(store: Store) -> float | None:
    """In how many seconds the next source is due that nobody asks; None where there is none."""
    sql = (
        "SELECT count(*), min(coalesce(next_due, '')) FROM sources WHERE state = 'active' "
        "AND (held_until IS NULL OR held_until < ?)"
    )
    number, first = store.rows(sql, (now(),))[0]
    if not number:
        return None
    return max(0.0, _seconds(first) - datetime.now(UTC).timestamp()) if first else 0.0


def _hold(store: Store, address: str, holder: str, only_own: bool = False) -> None:
    until = _iso((datetime.now(UTC) + timedelta(seconds=HOLD_S)).timestamp())
    own = " AND holder = ?" if only_own else ""
    store.run(
        f"UPDATE sources SET holder = ?, held_until = ? WHERE address = ?{own}",
        (holder, until, address, *([holder] if only_own else [])),
    )


def _place(address: str) -> str:
    try:
        return str(parse_address(address))
    except BadAddress:
        return to_column(address)


def _source(found: tuple[Any, ...]) -> Source:
    number, address, _, title, made, state, last_asked, next_due, _, _, failures, note, written = found
    facts = json.loads(written)
    return Source(
        f"{SOURCE}{number}", address, title, state, made, last_asked, _iso(facts.get("last_success")),
        _iso(facts.get("last_new")), next_due, facts.get("interval_s", FIRST_S), failures, note,
        facts.get("reports", 0),
    )  # fmt: skip


def _held(found: tuple[Any, ...]) -> Held:
    address, next_due, etag, modified, failures, note, written = (found[1], *found[7:])
    facts = json.loads(written)
    health = Health(
        address=address,
        next_due=_seconds(next_due) if next_due else 0.0,
        interval_s=facts.get("interval_s", FIRST_S),
        last_success=facts.get("last_success"),
        last_new=facts.get("last_new"),
        last_error=note,
        last_error_at=facts.get("last_error_at"),
        failures=failures,
        validators=Validators(facts.get("validated", ""), etag or "", modified or ""),
        seen=tuple(facts.get("seen", ())),
    )
    return Held(address, health, dict(facts.get("tries", {})), facts.get("reports", 0))


def _iso(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _seconds(moment: str) -> float:
    return datetime.fromisoformat(moment).timestamp()
