"""What the pages ask of the library beyond its own lists, each answered from an index."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from khabar.library import Library
from khabar.library.columns import STORY, to_number
from khabar.library.squeeze import read_facts
from khabar.library.store import marks
from khabar.library.tellings import count_origins, read_telling, telling_key
from khabar.library.types import KnownName, StoryLine
from khabar.model.story import Story

_LATEST = 1_000  # arrivals that say which stories grow
_MOST_REMEMBERED = 10_000  # numbers of origins
_MOST_TAKINGS = 60
_MOST_TOLD = 30  # stories in one list whose tellings are looked at


_counted: WeakKeyDictionary[Library, dict[tuple[int, bytes], int]] = WeakKeyDictionary()


def growing(library: Library, limit: int) -> list[tuple[StoryLine, int]]:
    """The stories that gained most among the latest arrivals, with how many reports."""
    newest = library.store.rows("SELECT coalesce(max(number), 0) FROM articles", ())[0][0]
    members = library.store.rows("SELECT story FROM memberships WHERE article > ?", (newest - _LATEST,))
    gained = Counter(story for (story,) in members)  # counted here: grouping in SQL reads all of the table
    found = sorted((-count, -story) for story, count in gained.items() if count > 1)[:limit]
    return [(library.line(f"{STORY}{-story}"), -count) for count, story in found]


def days_of(library: Library, stories: Sequence[str]) -> dict[str, dict[str, int]]:
    """How many reports each story has of each day."""
    numbers = [to_number(STORY, story) for story in stories]
    found: dict[str, dict[str, int]] = defaultdict(dict)
    if not numbers:
        return found
    sql = (
        "SELECT m.story, substr(a.day, 1, 10), count(*) FROM memberships AS m "
        f"JOIN articles AS a ON a.number = m.article WHERE m.story IN ({marks(numbers)}) "
        "AND a.day IS NOT NULL GROUP BY m.story, substr(a.day, 1, 10) ORDER BY 2"
    )
    for story, day, count in library.store.rows(sql, numbers):
        found[f"{STORY}{story}"][day] = count
    return found


def told_origins(library: Library, stories: Sequence[str]) -> dict[str, int]:
    """The number of independent origins of the stories that were told since they last changed."""
    found: dict[str, int] = {}
    for story in stories[:_MOST_TOLD]:
        number = to_number(STORY, story)
        key = telling_key(library.store, number, library.made)
        if key is not None:
            found[story] = _origins(library, number, key)
    return found


def _origins(library: Library, story: int, key: bytes) -> int:
    """The same, remembered by what the telling was made from."""
    remembered = _counted.setdefault(library, {})
    if (story, key) not in remembered:
        while len(remembered) >= _MOST_REMEMBERED:
            remembered.pop(next(iter(remembered)), None)
        remembered[story, key] = count_origins(library.store, story, library.made) or 0
    return remembered[story, key]


def told(library: Library, story: str) -> Story | None:
    """The story where it was told since it last changed, None where that is still to be done."""
    return read_telling(library.store, to_number(STORY, story), library.made)


@dataclass(frozen=True, slots=True)
class Taking:
    """How often reports of one outlet took from those of another, in the stories looked at."""

    taker: str
    origin: str
    kind: str
    times: int


def takings(library: Library) -> list[Taking]:
    """Who took from whom in the stories that were compared last, the most frequent first."""
    sql = (
        "SELECT t.body FROM tellings AS t JOIN stories AS s ON s.number = t.story WHERE s.reports > 1 "
        "ORDER BY t.story DESC LIMIT ?"
    )
    told = [read_facts(body) for (body,) in library.store.rows(sql, (_MOST_TOLD,))]
    found = [one for facts in told for one in facts.get("relations", ())]
    names = _outlet_names(library, {name for one in found for name in (one["taker"], one["origin"])})
    counted = Counter(
        (names[one["taker"]], names[one["origin"]], one["kind"])
        for one in found
        if names.get(one["taker"]) and names.get(one["origin"])
    )
    return [Taking(*pair, times) for pair, times in counted.most_common(_MOST_TAKINGS)]


def _outlet_names(library: Library, articles: set[str]) -> dict[str, str]:
    """The outlets of the articles with these ids."""
    ids = sorted(articles)
    sql = f"SELECT id, outlet FROM articles WHERE id IN ({marks(ids)}) AND outlet IS NOT NULL"
    return {str(found[0]): str(found[1]) for found in (library.store.rows(sql, ids) if ids else ())}


def outlets(library: Library, limit: int = 100) -> list[tuple[str, int, str, str]]:
    """The outlets of the latest reports: name, reports, first and last day."""
    sql = (
        "SELECT outlet, count(*), min(day), max(day) FROM ("
        "SELECT outlet, day FROM articles WHERE outlet IS NOT NULL ORDER BY number DESC LIMIT 20000"
        ") AS latest "
        "GROUP BY outlet ORDER BY count(*) DESC, outlet LIMIT ?"
    )
    return [
        (name, count, first or "", last or "")
        for name, count, first, last in library.store.rows(sql, (limit,))
    ]


def named_most(library: Library, limit: int) -> list[KnownName]:
    """Whom the latest stories are about, those of most stories first."""
    sql = "SELECT who FROM stories WHERE reports > 0 AND who <> '' ORDER BY number DESC LIMIT ?"
    told = Counter(name for (who,) in library.store.rows(sql, (_LATEST,)) for name in who.split())
    return [library.entity(name) for name, _ in told.most_common(limit)]
