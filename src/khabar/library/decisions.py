"""What people decided: kept apart from what was found, never deleted, only undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from khabar.errors import NotFound
from khabar.group.rulings import Ruling
from khabar.library.columns import DECISION, STORY, now, to_column, to_id, to_number
from khabar.library.store import Store, count, marks
from khabar.library.types import Decision, DecisionKind

_TOGETHER, _APART = 0, 1


def keep_decision(
    store: Store,
    kind: DecisionKind,
    story: int,
    together: Sequence[str],
    apart: Sequence[str],
    by: str,
    note: str,
) -> Decision:
    """Keeps a decision about articles."""
    sql = "INSERT INTO decisions (kind, story, at, by_whom, note) VALUES (?, ?, ?, ?, ?) RETURNING number"
    number = store.run(sql, (kind.value, story, now(), to_column(by), to_column(note)))[0][0]
    sides = [(name, _TOGETHER) for name in together] + [(name, _APART) for name in apart]
    store.run_many(
        "INSERT INTO decision_articles (article, decision, side) "
        "SELECT number, ?, ? FROM articles WHERE id = ?",
        [(number, side, name) for name, side in sides],
    )
    return read_decision(store, f"{DECISION}{number}")


def read_decision(store: Store, name: str) -> Decision:
    """The decision with this id. Errors: NotFound."""
    found = _read(store, "WHERE number = ?", (to_number(DECISION, name),))
    if not found:
        raise NotFound(f"there is no decision {name} in {store.where}. `khabar decisions` lists them.")
    return found[0]


def read_decisions(store: Store, story: int | None = None) -> list[Decision]:
    """All decisions, oldest first; of one story those made on it and those about its reports."""
    if story is None:
        return _read(store, "", ())
    about = (
        "SELECT d.decision FROM decision_articles AS d JOIN memberships AS m ON m.article = d.article "
        "WHERE m.story = ?"
    )
    return _read(store, f"WHERE story = ? OR number IN ({about})", (story, story))


def _read(store: Store, where: str, values: Sequence[int | str]) -> list[Decision]:
    columns = "number, kind, story, at, by_whom, note, undone"
    found = store.rows(f"SELECT {columns} FROM decisions {where} ORDER BY number", values)
    sides = _sides(store, [each[0] for each in found])
    return [
        Decision(
            id=str(to_id(DECISION, number)),
            kind=DecisionKind(kind),
            story=str(to_id(STORY, story)),
            together=tuple(sides[number, _TOGETHER]),
            apart=tuple(sides[number, _APART]),
            at=at,
            by=by,
            note=note,
            undone=undone,
        )
        for number, kind, story, at, by, note, undone in found
    ]


def _sides(store: Store, numbers: Sequence[int]) -> dict[tuple[int, int], list[str]]:
    sides: dict[tuple[int, int], list[str]] = defaultdict(list)
    sql = (
        "SELECT d.decision, d.side, a.id FROM decision_articles AS d "
        f"JOIN articles AS a ON a.number = d.article WHERE d.decision IN ({marks(numbers)}) "
        "ORDER BY d.decision, a.number"
    )
    for decision, side, name in store.rows(sql, numbers) if numbers else ():
        sides[decision, side].append(name)
    return sides


def mark_undone(store: Store, decision: Decision) -> None:
    """The decision holds no longer; it stays on record."""
    number = to_number(DECISION, decision.id)
    store.run("UPDATE decisions SET undone = ? WHERE number = ?", (now(), number))


def rulings_about(store: Store, articles: Sequence[str]) -> list[Ruling]:
    """The pairs that standing decisions rule on and in which one of these articles stands, oldest first."""
    if not articles or not count(store, "SELECT count(*) FROM decisions WHERE undone IS NULL"):
        return []
    about = (
        "SELECT d.decision FROM decision_articles AS d JOIN articles AS a ON a.number = d.article "
        f"WHERE a.id IN ({marks(articles)})"
    )
    decisions = _read(store, f"WHERE undone IS NULL AND number IN ({about})", articles)
    return [each for decision in decisions for each in rulings_of(decision, frozenset(articles))]


def rulings_of(decision: Decision, about: Collection[str]) -> list[Ruling]:
    """What a decision says of pairs with one of these articles: one side is one story, two sides are not."""
    if decision.kind is DecisionKind.NOTE:
        return []
    sides = (decision.together, decision.apart)
    # who rejects one report says nothing about the others
    same = (
        []
        if decision.kind is DecisionKind.REJECT
        else [each for side in sides for each in _pairs(side, about)]
    )
    other = [(a, b) for a in decision.together for b in decision.apart if a in about or b in about]
    return [Ruling(a, b, True) for a, b in same] + [Ruling(a, b, False) for a, b in other]


def _pairs(names: Sequence[str], about: Collection[str]) -> list[tuple[str, str]]:
    """The pairs with one of `about`; all of a large story would be too many."""
    asked = [at for at, name in enumerate(names) if name in about]
    return [
        (names[at], other) for at in asked for n, other in enumerate(names) if n < at or other not in about
    ]
