"""Stories as reports arrive: the look-ups that grouping asks for, and its answers written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from khabar.encode.types import Vectors
from khabar.group.growing import WINDOW_DAYS, Change, ChangeKind, Regrouped
from khabar.group.header import describe_story
from khabar.group.profile import Profile
from khabar.group.rulings import Ruling
from khabar.library.columns import ENTITY, STORY, now, to_column, to_number
from khabar.library.decisions import rulings_about
from khabar.library.nearest import Nearest
from khabar.library.profiles import Profiles
from khabar.library.shelves import Reading
from khabar.library.store import Store, marks
from khabar.linkage import Pair
from khabar.model.article import Article
from khabar.model.mentions import Entity

# Farther reports are not held against each other. The farthest pair of one event in the examples and seeds
# has .49; two thirds of all their pairs lie below .25 (development run).
ALIKE_FROM = 0.25
MOST_IN_HEADER = 60  # the first reports of a story give its title, place and persons


class StoryShelf:
    """What stands in the library, as `khabar.group.growing.Shelf` asks for it."""

    def __init__(self, store: Store, nearest: Nearest, profiles: Profiles) -> None:
        self.store, self.nearest, self.kept = store, nearest, profiles

    def near(self, vector: Vectors, day: date | None, count: int) -> Sequence[str]:
        """The reports nearest to a report vector within the window, the nearest first."""
        found = self.nearest.near(vector, count, day, WINDOW_DAYS)
        return ids_of(self.store, [number for number, cosine in found if cosine >= ALIKE_FROM])

    def profiles(self, articles: Sequence[str]) -> Mapping[str, Profile]:
        """The profiles of these reports."""
        return self.kept.read(articles)

    def stories(self, articles: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """The stories that hold these reports, with all members in order of arrival."""
        if not articles:
            return {}
        sql = (
            "SELECT m.story, a.id FROM memberships AS m JOIN articles AS a ON a.number = m.article "
            "WHERE m.story IN (SELECT n.story FROM memberships AS n "
            f"JOIN articles AS b ON b.number = n.article WHERE b.id IN ({marks(articles)})) "
            "ORDER BY m.story, a.number"
        )
        found: dict[str, tuple[str, ...]] = {}
        for story, name in self.store.rows(sql, articles):
            found[f"{STORY}{story}"] = (*found.get(f"{STORY}{story}", ()), name)
        return found

    def links(self, articles: Sequence[str]) -> Mapping[Pair, float]:
        """What this process decided lately: the pairs of a story are asked for at every report that joins."""
        return self.kept.links

    def rulings(self, articles: Sequence[str]) -> Sequence[Ruling]:
        """What people decided about these reports."""
        return rulings_about(self.store, articles)

    def remember(self, links: Mapping[Pair, float]) -> None:
        """Pairs that need not be decided again."""
        self.kept.remember(links)


def ids_of(store: Store, numbers: Sequence[int]) -> list[str]:
    """The ids of articles, in the order of their numbers given."""
    if not numbers:
        return []
    sql = f"SELECT number, id FROM articles WHERE number IN ({marks(numbers)})"
    known: dict[int, str] = dict(store.rows(sql, numbers))
    return [known[number] for number in numbers if number in known]


def numbers_of(store: Store, ids: Sequence[str]) -> list[int]:
    """The numbers of articles, in the order of their ids given."""
    if not ids:
        return []
    sql = f"SELECT id, number FROM articles WHERE id IN ({marks(ids)})"
    known: dict[str, int] = dict(store.rows(sql, ids))
    return [known[name] for name in ids if name in known]


def keep_regrouped(
    store: Store, reading: Reading, found: Regrouped, decision: int | None = None
) -> tuple[str, ...]:
    """Writes down what changed, inside `writing`; the ids of the stories that have reports and changed."""
    numbers = {name: _number(store, name, members) for name, members in found.stories.items()}
    for name, members in found.stories.items():
        _keep_members(store, numbers[name], members)
    for name, members in found.stories.items():
        if members:
            keep_header(store, reading, numbers[name])
    for name, members in found.stories.items():
        if not members:
            _close(store, numbers[name], _heir(name, found.changes, numbers))
    for change in found.changes:
        _keep_change(store, change, numbers, decision)
    return tuple(f"{STORY}{numbers[name]}" for name, members in found.stories.items() if members)


def _number(store: Store, name: str, members: Sequence[str] = ()) -> int:
    """The number of a story that stands, of one that these reports were in before, or of one that begins."""
    if name.startswith(STORY) and name[1:].isdigit():
        return to_number(STORY, name)
    former = _former(store, members)
    if former is not None:
        return former
    sql = "INSERT INTO stories (title, reports, changed) VALUES ('', 0, ?) RETURNING number"
    return int(store.run(sql, (now(),))[0][0])


def _former(store: Store, members: Sequence[str]) -> int | None:
    """The story without reports that most of these were in last: what comes apart again has its old id."""
    if not members:
        return None
    sql = (
        "SELECT h.story, count(*) FROM history AS h JOIN articles AS a ON a.number = h.article "
        "JOIN stories AS s ON s.number = h.story WHERE s.reports = 0 AND h.event IN ('ended', 'left') "
        f"AND a.id IN ({marks(members)}) GROUP BY h.story ORDER BY count(*) DESC, h.story LIMIT 1"
    )
    found = store.rows(sql, members)
    return int(found[0][0]) if found else None


def _keep_members(store: Store, story: int, members: Sequence[str]) -> None:
    held = {number for (number,) in store.rows("SELECT article FROM memberships WHERE story = ?", (story,))}
    store.run_many(
        "INSERT INTO memberships (article, story) VALUES (?, ?) "
        "ON CONFLICT (article) DO UPDATE SET story = excluded.story",
        [(number, story) for number in numbers_of(store, members) if number not in held],
    )


def _close(store: Store, story: int, heir: int | None) -> None:
    """The story has no reports left; its number leads to where they went."""
    store.run(
        "UPDATE stories SET reports = 0, into_story = ?, changed = ? WHERE number = ?", (heir, now(), story)
    )
    store.run("DELETE FROM tellings WHERE story = ?", (story,))


def _heir(name: str, changes: Sequence[Change], numbers: Mapping[str, int]) -> int | None:
    went = Counter[str]()
    for change in changes:
        if change.other == name:
            went[change.story] += len(change.articles)
    return numbers[went.most_common(1)[0][0]] if went else None


def keep_header(store: Store, reading: Reading, story: int) -> None:
    """The story's line for lists, from its first reports."""
    sql = (
        "SELECT a.number, a.day, a.languages FROM memberships AS m "
        "JOIN articles AS a ON a.number = m.article WHERE m.story = ? ORDER BY a.number"
    )
    members = store.rows(sql, (story,))
    articles = reading.articles([number for number, _, _ in members[:MOST_IN_HEADER]])
    header = describe_story(articles, entities_in(articles))
    days = sorted(day for _, day, _ in members if day)
    languages = dict.fromkeys(code for _, _, codes in members for code in codes.split())
    store.run(
        "UPDATE stories SET title = ?, happened = ?, place = ?, who = ?, first_day = ?, last_day = ?, "
        "reports = ?, languages = ?, changed = ?, into_story = NULL WHERE number = ?",
        (
            to_column(header.title),
            header.when,
            header.where and to_number(ENTITY, header.where),
            " ".join(header.who),
            days[0] if days else None,
            days[-1] if days else None,
            len(members),
            " ".join(languages),
            now(),
            story,
        ),
    )


def entities_in(articles: Sequence[Article]) -> list[Entity]:
    """The entities that the articles name, as far as their kinds go."""
    kinds = {name.entity: name.kind for article in articles for name in article.names if name.entity}
    return [Entity(name, kind, "", ()) for name, kind in kinds.items()]


def _keep_change(store: Store, change: Change, numbers: Mapping[str, int], decision: int | None) -> None:
    """A line of history for each report, or for the whole of what merged or split."""
    story = numbers[change.story]
    other = None if change.other is None else numbers.get(change.other) or _number(store, change.other)
    why = to_column(" ".join(reason.sentence for reason in change.reasons))
    at = now()
    articles = numbers_of(store, change.articles)
    sql = "INSERT INTO history (story, at, event, article, other, decision, why) VALUES (?, ?, ?, ?, ?, ?, ?)"
    if change.kind in (ChangeKind.MERGED, ChangeKind.SPLIT):
        store.run(sql, (story, at, change.kind.value, None, other, decision, why))
    else:
        store.run_many(sql, [(story, at, change.kind.value, one, other, decision, why) for one in articles])
    if other is not None and change.kind in (ChangeKind.SPLIT, ChangeKind.MOVED, ChangeKind.MERGED):
        event = "ended" if change.kind is ChangeKind.MERGED else "left"
        store.run_many(sql, [(other, at, event, one, story, decision, why) for one in articles])
