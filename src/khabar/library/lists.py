"""What a library lists: articles, stories, their history, people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from khabar.errors import NotFound
from khabar.library.columns import DECISION, ENTITY, STORY, to_id, to_number
from khabar.library.entities import find_near, read_entities
from khabar.library.store import Store, marks, row
from khabar.library.types import ArticleLine, Event, Form, KnownName, StoryLine
from khabar.model.mentions import NameKind

_LEAST_PREFIX = 5
_MOST_STORIES = 1000


def find_article(store: Store, name: str) -> tuple[int, str]:
    """Number and id of the article with this id, or the only one whose id begins so. Errors: NotFound."""
    exact = row(store, "SELECT number, id FROM articles WHERE id = ?", (name,))
    if exact:
        return exact[0], exact[1]
    if len(name) >= _LEAST_PREFIX and name.isalnum() and name.isascii():
        found = store.rows(
            "SELECT number, id FROM articles WHERE id LIKE ? ORDER BY id LIMIT 2", (name + "%",)
        )
        if len(found) == 1:
            return found[0][0], found[0][1]
        if found:
            raise NotFound(f"{name} is how several articles' ids begin, as {found[0][1]} and {found[1][1]}.")
    raise NotFound(f"there is no article {name!r} in {store.where}. `khabar articles` lists them.")


def find_story(store: Store, name: str) -> int:
    """The number of the story, or of the one that it went into. Errors: NotFound."""
    number: int | None = to_number(STORY, name)
    seen: set[int] = set()
    while number is not None and number not in seen:
        seen.add(number)
        found = row(store, "SELECT reports, into_story FROM stories WHERE number = ?", (number,))
        if not found:
            break
        if found[0]:
            return number
        number = found[1]
    raise NotFound(f"there is no story {name!r} in {store.where}. `khabar stories` lists them.")


class Where:
    """Conditions of a question, joined by AND."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.values: list[Any] = []

    def add(self, sql: str, *values: Any) -> None:
        """One more condition; left out when a value is None."""
        if None not in values:
            self.parts.append(sql)
            self.values += values

    def __str__(self) -> str:
        return "WHERE " + " AND ".join(self.parts) if self.parts else ""


def list_articles(store: Store, where: Where, limit: int) -> list[ArticleLine]:
    """Articles, the latest arrival first. `where` speaks of a (articles) and m (memberships)."""
    sql = (
        "SELECT a.id, a.number, a.title, a.outlet, a.languages, a.published, a.day, a.address, m.story "
        f"FROM articles AS a JOIN memberships AS m ON m.article = a.number {where} "
        "ORDER BY a.number DESC LIMIT ?"
    )
    return [
        ArticleLine(
            name, number, title, outlet, tuple(languages.split()), published, day, address, f"{STORY}{story}"
        )
        for name, number, title, outlet, languages, published, day, address, story in store.rows(
            sql, (*where.values, limit)
        )
    ]


_STORY = (
    "SELECT s.number, s.title, s.happened, p.name, s.who, s.languages, s.reports, s.first_day, s.last_day, "
    "s.changed FROM stories AS s LEFT JOIN entities AS p ON p.number = s.place"
)


def list_stories(store: Store, where: Where, limit: int) -> list[StoryLine]:
    """Stories, the newest first: by their last day, those without a day at the end."""
    sql = f"{_STORY} {where} ORDER BY coalesce(s.last_day, '') DESC, s.number DESC LIMIT ?"
    found = store.rows(sql, (*where.values, limit))
    who = {name for each in found for name in each[4].split()}
    names = {entity.id: entity.name for entity in read_entities(store, who)}
    return [
        StoryLine(
            id=f"{STORY}{number}",
            title=title,
            when=when,
            where=place,
            who=tuple(names[name] for name in people.split() if name in names),
            languages=tuple(languages.split()),
            reports=reports,
            first_day=first,
            last_day=last,
            changed=changed,
        )
        for number, title, when, place, people, languages, reports, first, last, changed in found
    ]


def after_story(store: Store, where: Where, after: str | None) -> None:
    """Only the stories that stand behind this one in the list."""
    if after is None:
        return
    found = row(store, "SELECT last_day, number FROM stories WHERE number = ?", (to_number(STORY, after),))
    if not found:
        raise NotFound(f"there is no story {after!r} in {store.where}. `khabar stories` lists them.")
    day, number = found[0] or "", found[1]
    where.add(
        "(coalesce(s.last_day, '') < ? OR (coalesce(s.last_day, '') = ? AND s.number < ?))", day, day, number
    )


def read_history(store: Store, story: int) -> list[Event]:
    """What happened to a story, oldest first."""
    sql = (
        "SELECT h.at, h.event, a.id, h.other, h.decision, h.why FROM history AS h "
        "LEFT JOIN articles AS a ON a.number = h.article WHERE h.story = ? ORDER BY h.number"
    )
    return [
        Event(at, event, article, to_id(STORY, other), to_id(DECISION, decision), why)
        for at, event, article, other, decision, why in store.rows(sql, (story,))
    ]


def list_names(store: Store, name: str, kind: NameKind) -> list[KnownName]:
    """All whom the name may mean, those of most articles first."""
    from khabar.annotate.names.people import Verdict, compare_people  # noqa: PLC0415  (loads the tables)

    found = read_entities(store, [f"{ENTITY}{number}" for number in find_near(store, kind, name)])
    if kind is NameKind.PERSON:
        wanted = {Verdict.SAME, Verdict.PART}
        found = [one for one in found if any(compare_people(name, f).verdict in wanted for f in one.forms)]
    known = [read_name(store, one.id) for one in found if one.kind is kind]
    return sorted(known, key=lambda one: (-one.articles, one.entity.id))


def read_name(store: Store, name: str) -> KnownName:
    """A person, place or organisation over the whole library. Errors: NotFound."""
    number = to_number(ENTITY, name)
    found = read_entities(store, [name])
    if not found:
        raise NotFound(f"there is no entity {name!r} in {store.where}.")
    sql = "SELECT form, language, mentions FROM entity_forms WHERE entity = ? ORDER BY mentions DESC, form"
    forms = [Form(*each) for each in store.rows(sql, (number,))]
    sql = "SELECT article FROM mentions WHERE entity = ? ORDER BY article DESC"
    articles = [article for (article,) in store.rows(sql, (number,))]
    sql = f"SELECT article, story FROM memberships WHERE article IN ({marks(articles[:_MOST_STORIES])})"
    stories: dict[int, int] = dict([*store.rows(sql, articles[:_MOST_STORIES])] if articles else [])
    newest = dict.fromkeys(f"{STORY}{stories[one]}" for one in articles if one in stories)
    return KnownName(found[0], tuple(forms), len(articles), tuple(newest))


def members_of(store: Store, story: int) -> list[tuple[int, str]]:
    """Numbers and ids of a story's articles, in order of arrival."""
    sql = (
        "SELECT a.number, a.id FROM memberships AS m JOIN articles AS a ON a.number = m.article "
        "WHERE m.story = ? ORDER BY a.number"
    )
    return [(number, name) for number, name in store.rows(sql, (story,))]


def paths_of(store: Store, article: int) -> Sequence[str]:
    """All places where the article was given, oldest first."""
    sql = (
        "SELECT i.path FROM inputs AS i JOIN articles AS a ON a.original = i.original "
        "WHERE a.number = ? AND i.outcome <> 'dropped' ORDER BY i.number"
    )
    return [path for (path,) in store.rows(sql, (article,))]
