"""The library: what everything else asks, whatever keeps it."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain, zip_longest
from pathlib import Path
from types import TracebackType

from khabar.annotate.names.own import OwnName
from khabar.annotate.outlets import Outlet, shipped_outlets
from khabar.encode.types import Encoder
from khabar.errors import LibraryError
from khabar.group import load_weights
from khabar.group.growing import Regrouped, Rules, place_again
from khabar.library import care, lists
from khabar.library.ahead import count_ahead
from khabar.library.columns import DECISION, ENTITY, STORY, to_number
from khabar.library.decisions import keep_decision, mark_undone, read_decision, read_decisions
from khabar.library.entities import read_entities
from khabar.library.growth import StoryShelf, keep_regrouped
from khabar.library.intake import Intake
from khabar.library.nearest import Nearest, open_nearest
from khabar.library.open import open_store
from khabar.library.profiles import Profiles
from khabar.library.search.engine import Search
from khabar.library.search.query import narrow, parse_query
from khabar.library.search.types import Mode, Results, Wish
from khabar.library.shelves import Reading, read_made
from khabar.library.store import Store, row
from khabar.library.tellings import entities_of, read_telling, tell
from khabar.library.types import (
    Added,
    ArticleLine,
    Checked,
    Decision,
    DecisionKind,
    Event,
    KeptArticle,
    KnownName,
    StoryLine,
    Totals,
)
from khabar.model.mentions import NameKind
from khabar.model.outcome import Dropped, Outcome
from khabar.model.page import Page
from khabar.model.story import Comparison, MadeBy, Story
from khabar.pipeline import made_by, open_encoder
from khabar.progress import Progress, Silent
from khabar.read import Limits, parse_fields, read_sources
from khabar.read.own_names import read_own_names
from khabar.read.own_outlets import read_own_outlets
from khabar.read.web.policy import make_policy
from khabar.settings import Settings, load_settings

_BYTES_A_MB = 1_000_000
_PAGE = 50


class Library:
    """Reports, stories and decisions that stay. Use it in `with`, or `close` it.

    It may be used from many threads and beside other processes. What is not there raises NotFound, what is
    wrong with the library LibraryError.
    """

    def __init__(self, store: Store, settings: Settings, encoder: Encoder | None = None) -> None:
        self.store, self.settings, self._encoder = store, settings, encoder
        self.nearest: Nearest = open_nearest(store)
        self.reading = Reading(store)
        self.profiles = Profiles(store, self.reading)
        self._adding = threading.Lock()

    @classmethod
    def open(
        cls,
        where: str | Path,
        settings: Settings | None = None,
        create: bool = False,
        encoder: Encoder | None = None,
    ) -> Library:
        """The library in this file or behind this postgresql:// connection string.

        `encoder` takes the place of the one that the settings name. Errors: LibraryError.
        """
        return cls(open_store(where, create), settings or load_settings(), encoder)

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connections."""
        self.store.close()

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder, loaded when it is first needed. Errors: ModelError."""
        return self._encoder or open_encoder(self.settings)

    @cached_property
    def made(self) -> MadeBy:
        """What makes articles and tellings now."""
        return made_by(self.encoder.name, self.settings, *self._lists)

    @cached_property
    def _lists(self) -> tuple[tuple[OwnName, ...], tuple[Outlet, ...]]:
        """The user's own names and outlets."""
        names, outlets = self.settings.names, self.settings.outlets
        return (
            tuple(read_own_names(names)) if names else (),
            tuple(read_own_outlets(outlets)) if outlets else (),
        )

    @cached_property
    def rules(self) -> Rules:
        """What decides about stories."""
        return Rules(load_weights(), self.settings.same_at, self._name)

    @property
    def shelf(self) -> StoryShelf:
        """What stands in the library, as grouping looks at it."""
        return StoryShelf(self.store, self.nearest, self.profiles)

    def _name(self, entity: str) -> str:
        found = row(self.store, "SELECT name FROM entities WHERE number = ?", (to_number(ENTITY, entity),))
        return str(found[0]) if found else entity

    # Adding

    def add(self, paths: Sequence[str | Path], progress: Progress | None = None) -> Added:
        """Takes in files, folders, archives, feeds, addresses and "-", the standard input.

        Repeating it, also after it was cut off, adds nothing twice.
        """
        settings = self.settings
        limits = Limits(item_bytes=settings.largest_file_mb * _BYTES_A_MB)
        pages = read_sources(paths, limits, parse_fields(settings.fields), make_policy(settings))
        return self.add_pages(pages, progress, count_ahead(paths))

    def add_pages(
        self, given: Iterable[Outcome[Page]], progress: Progress | None = None, expected: int = 0
    ) -> Added:
        """Takes in pages, wherever they come from: each in a transaction of its own."""
        progress = progress or Silent()
        progress.stage("adding", len(given) if isinstance(given, Sequence) else expected)
        kept = known = 0
        dropped: list[Dropped] = []
        articles, stories = list[str](), dict[str, None]()
        with self._adding:  # threads of one process share the memory of what is near
            for page in given:
                took = self.intake.take(page)
                kept += took.outcome == "kept"
                known += took.outcome == "known"
                dropped += [took.dropped] if took.dropped else []
                articles += took.articles
                stories.update(dict.fromkeys(took.stories))
                progress.advance()
        standing = tuple(story for story in stories if self._stands(story))
        return Added(kept + known + len(dropped), kept, known, tuple(dropped), tuple(articles), standing)

    def _stands(self, story: str) -> bool:
        found = row(self.store, "SELECT reports FROM stories WHERE number = ?", (to_number(STORY, story),))
        return bool(found and found[0])

    @cached_property
    def intake(self) -> Intake:
        """What takes inputs in."""
        own, outlets = self._lists
        return Intake(
            self.store,
            self.encoder,
            self.made,
            self.rules,
            self.nearest,
            self.reading,
            self.profiles,
            own,
            self.settings.match_names == "on",
            shipped_outlets().with_own(outlets),
        )

    # Looking

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

    # Searching

    def search(
        self,
        query: str,
        *,
        language: str | Sequence[str] | None = None,
        outlet: str | Sequence[str] | None = None,
        person: str | Sequence[str] | None = None,
        place: str | Sequence[str] | None = None,
        story: str | Sequence[str] | None = None,
        since: str | None = None,
        until: str | None = None,
        mentioned: str | None = None,
        match_names: bool | None = None,
        mode: Mode = Mode.BOTH,
        limit: int = 10,
        after: str | None = None,
        hits_each: int = 3,
        newer_than: int = 0,
        sure: bool = False,
    ) -> Results:
        """Stories whose reports answer the query, the best first, in any language; no query is an error.

        What is given apart narrows what the query says. Days are "2020", "2020-07" or "2020-07-24",
        `mentioned` also "2020-07..2020-08"; `after` is the `next` of the page before. What else may be
        wished for is told at `Wish`. Errors: SettingError.
        """
        asked = narrow(
            parse_query(query),
            {"language": language, "outlet": outlet, "person": person, "place": place, "story": story},
            since, until, mentioned,
        )  # fmt: skip
        names = self.settings.match_names == "on" if match_names is None else match_names
        wish = Wish(mode, names, limit, after, hits_each, newer_than, sure)
        return self.searching.find(asked, wish)

    @cached_property
    def searching(self) -> Search:
        """What finds articles; it remembers what it has read of them."""
        return Search(self.store, lambda: self.encoder, lambda: self.made)

    # Deciding

    def merge(self, story: str, other: str, by: str = "", note: str = "") -> Decision:
        """Both are one story, whatever speaks against it; the first one's id stays."""
        one, two = (lists.find_story(self.store, name) for name in (story, other))
        if one == two:
            raise LibraryError(f"{story} and {other} are one story already: {STORY}{one}.")
        together = [name for number in (one, two) for _, name in lists.members_of(self.store, number)]
        return self._decide(DecisionKind.MERGE, one, together, [], by, note)

    def split(self, story: str, articles: Sequence[str], by: str = "", note: str = "") -> Decision:
        """These reports are a story of their own."""
        number, stay, leave = self._sides(story, articles)
        if not stay:
            raise LibraryError(f"{story} has no other reports: there is nothing to split off.")
        return self._decide(DecisionKind.SPLIT, number, stay, leave, by, note)

    def confirm(self, story: str, articles: Sequence[str] = (), by: str = "", note: str = "") -> Decision:
        """These reports belong to the story, by default all that are in it now; nothing new parts them."""
        number = lists.find_story(self.store, story)
        named = [lists.find_article(self.store, name)[1] for name in articles]
        inside = [name for _, name in lists.members_of(self.store, number)]
        return self._decide(
            DecisionKind.CONFIRM, number, list(dict.fromkeys([*inside, *named])), [], by, note
        )

    def reject(self, story: str, article: str, by: str = "", note: str = "") -> Decision:
        """The report is none of the story, and does not come back to it."""
        number = lists.find_story(self.store, story)
        name = lists.find_article(self.store, article)[1]
        inside = [each for _, each in lists.members_of(self.store, number) if each != name]
        if not inside:
            raise LibraryError(
                f"{article} is the only report of {story}: there is nothing to keep it out of."
            )
        return self._decide(DecisionKind.REJECT, number, inside, [name], by, note)

    def note(self, story: str, text: str, by: str = "") -> Decision:
        """Words of a person about the story; they change nothing."""
        number = lists.find_story(self.store, story)
        with self.store.writing():
            return keep_decision(self.store, DecisionKind.NOTE, number, [], [], by, text)

    def undo(self, decision: str) -> Decision:
        """Takes a decision back; what speaks for itself decides again. It stays on record as undone."""
        found = read_decision(self.store, decision)
        if found.undone:
            raise LibraryError(f"{decision} was undone already, at {found.undone}.")
        with self._adding, self.store.writing():
            mark_undone(self.store, found)
            self._regroup(_in_turn(found.apart, found.together), to_number(DECISION, found.id))
            return read_decision(self.store, decision)

    def decisions(self, story: str | None = None) -> list[Decision]:
        """All decisions, oldest first; of one story those made on it and those about its reports."""
        return read_decisions(self.store, None if story is None else lists.find_story(self.store, story))

    def _sides(self, story: str, articles: Sequence[str]) -> tuple[int, list[str], list[str]]:
        number = lists.find_story(self.store, story)
        leave = [lists.find_article(self.store, name)[1] for name in articles]
        inside = [name for _, name in lists.members_of(self.store, number)]
        for name in leave:
            if name not in inside:
                raise LibraryError(f"{name} is not in {story}; its reports are {', '.join(inside)}.")
        return number, [name for name in inside if name not in leave], leave

    def _decide(
        self, kind: DecisionKind, story: int, together: list[str], apart: list[str], by: str, note: str
    ) -> Decision:
        with self._adding, self.store.writing():
            decision = keep_decision(self.store, kind, story, together, apart, by, note)
            self._regroup(_in_turn(apart, together), to_number(DECISION, decision.id))
            return decision

    def _regroup(self, articles: Sequence[str], decision: int | None = None) -> Regrouped:
        """Forms the stories of these articles anew, inside `writing`."""
        found = Regrouped({}, (), {})
        if articles:
            found = place_again(articles, self.shelf, self.rules)
            self.shelf.remember(found.links)
            keep_regrouped(self.store, self.reading, found, decision)
        return found

    # Care

    def totals(self) -> Totals:
        """How much it holds."""
        return care.count_all(self.store)

    def check(self, progress: Progress | None = None) -> Checked:
        """Reads everything and says what is wrong."""
        return care.check(self.store, progress or Silent())

    def backup(self, to: Path) -> None:
        """A copy of one moment in one file, while others read and write. Errors: LibraryError."""
        care.backup(self.store, to)

    def reindex(self, anew: bool = False, progress: Progress | None = None) -> int:
        """Makes anew what is made from articles, and forms the stories again; decisions hold.

        With `anew` the articles themselves are made again from their originals. Gives how many there are.
        """
        from khabar.library.renewal import renew  # noqa: PLC0415  (it takes a library)

        with self._adding:
            return renew(self, anew, progress or Silent())

    def regroup(self, articles: Sequence[str]) -> tuple[str, ...]:
        """Forms the stories of these articles anew; the ids of those that changed."""
        with self.store.writing():
            return tuple(self._regroup(articles).stories)

    def entities(self, ids: Sequence[str]) -> list[object]:
        """The entities with these ids."""
        return list(read_entities(self.store, ids))


def _in_turn(apart: Sequence[str], together: Sequence[str]) -> list[str]:
    """Both sides of a decision, so that of a large story neither is left without a word."""
    return [name for name in chain.from_iterable(zip_longest(apart, together)) if name is not None]


def open_library(settings: Settings | None = None, create: bool = False) -> Library:
    """The library that the settings name (`library`, KHABAR_LIBRARY). Errors: LibraryError."""
    settings = settings or load_settings()
    return Library.open(settings.library, settings, create)
