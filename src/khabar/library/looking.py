"""Looking into a library: articles, stories, people, in lists and one by one."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.library import lists
from khabar.library.columns import STORY, to_number
from khabar.library.core import Core
from khabar.library.entities import read_entities
from khabar.library.shelves import read_made
from khabar.library.tellings import entities_of, read_telling, tell
from khabar.library.types import ArticleLine, Event, KeptArticle, KnownName, StoryLine
from khabar.model.mentions import NameKind
from khabar.model.story import Comparison, Story

_PAGE = 50


class Looking(Core):
    """What a library is asked."""

    def article(self, name: str) -> KeptArticle:
        """The article with this id, or the only one whose id begins so."""
        number, _ = lists.find_article(self.store, name)
        sql = (
            "SELECT m.story, a.added, a.address, b.id, a.made FROM articles AS a "
            "LEFT JOIN memberships AS m ON m.article = a.number "
            "LEFT JOIN articles AS b ON b.number = a.supersedes WHERE a.number = ?"
        )
        story, added, address, earlier, made = self.store.rows(sql, (number,))[0]
        (article,) = self.reading.articles([number])
        paths = tuple(lists.paths_of(self.store, number))
        made_then = read_made(self.store, made)
        return KeptArticle(article, f"{STORY}{story}", added, address, paths, earlier, made_then)

    def articles(
        self,
        ids: Sequence[str] | None = None,
        *,
        since: str | None = None,
        until: str | None = None,
        language: str | None = None,
        outlet: str | None = None,
        story: str | None = None,
        after: int | None = None,
        limit: int = _PAGE,
    ) -> list[ArticleLine]:
        """Articles, the latest arrival first; `after` is the `number` of the last one seen."""
        where = lists.Where()
        if ids is not None:
            where.add(f"a.id IN ({','.join('?' * len(ids)) or 'NULL'})", *ids)
        where.add("a.day >= ?", since)
        where.add("a.day <= ?", until)
        where.add("' ' || a.languages || ' ' LIKE '% ' || ? || ' %'", language)
        where.add("lower(a.outlet) LIKE '%' || lower(?) || '%'", outlet)
        where.add("m.story = ?", None if story is None else lists.find_story(self.store, story))
        where.add("a.number < ?", after)
        return lists.list_articles(self.store, where, limit)

    def stories(
        self,
        *,
        since: str | None = None,
        until: str | None = None,
        language: str | None = None,
        least: int = 1,
        after: str | None = None,
        limit: int = _PAGE,
    ) -> list[StoryLine]:
        """Stories of at least `least` reports, the newest first; `after` is the id of the last one seen."""
        where = lists.Where()
        where.add("s.reports >= ?", max(1, least))
        where.add("s.last_day >= ?", since)
        where.add("s.first_day <= ?", until)
        where.add("' ' || s.languages || ' ' LIKE '% ' || ? || ' %'", language)
        lists.after_story(self.store, where, after)
        return lists.list_stories(self.store, where, limit)

    def line(self, story: str) -> StoryLine:
        """The story as lists show it; one that went into another leads there."""
        where = lists.Where()
        where.add("s.number = ?", lists.find_story(self.store, story))
        return lists.list_stories(self.store, where, 1)[0]

    def history(self, story: str) -> list[Event]:
        """What happened to the story, oldest first; also to one that has ended."""
        return lists.read_history(self.store, to_number(STORY, story))

    def story(self, name: str) -> Story:
        """The story with its statements, differences and origins: made when first asked for, then kept."""
        number = lists.find_story(self.store, name)
        known = read_telling(self.store, number, self.made)
        return known or tell(
            self.store, number, self.made, self.encoder, self.shelf, self.reading, self.rules
        )

    def comparison(self, stories: Sequence[str]) -> Comparison:
        """The stories with all that showing them needs; their look-alikes are among the articles."""
        told = [self.story(name) for name in stories]
        members = [name for story in told for name in story.articles]
        strangers = [other.article for story in told for other in story.lookalikes]
        numbers = [lists.find_article(self.store, name)[0] for name in dict.fromkeys([*members, *strangers])]
        articles = self.reading.articles(numbers)
        entities = entities_of(self.store, articles)
        return Comparison(tuple(articles), tuple(entities), tuple(told), (), self.made)

    def people(self, name: str, kind: NameKind = NameKind.PERSON) -> list[KnownName]:
        """All whom the name, in any script and spelling, may mean; those of most articles first."""
        return lists.list_names(self.store, name, kind)

    def entity(self, name: str) -> KnownName:
        """The person, place or organisation with this id."""
        return lists.read_name(self.store, name)

    def entities(self, ids: Sequence[str]) -> list[object]:
        """The entities with these ids."""
        return list(read_entities(self.store, ids))
