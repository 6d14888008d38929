"""A story with its statements: made when it is first asked for, and kept by what it was made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from khabar.encode.types import Encoder
from khabar.errors import LibraryError
from khabar.group.growing import Rules
from khabar.group.stories import decide_pairs, draft_story
from khabar.library.codec import from_plain, to_plain
from khabar.library.columns import STORY
from khabar.library.entities import read_entities
from khabar.library.growth import StoryShelf
from khabar.library.lists import members_of
from khabar.library.shelves import Reading
from khabar.library.squeeze import read_facts, squeeze_facts
from khabar.library.store import Store, row
from khabar.model.article import Article
from khabar.model.mentions import Entity
from khabar.model.story import MadeBy, Story
from khabar.pipeline import Prepared, tell_story

_STRANGERS_OF_ONE = 12  # nearest reports of each member that may be look-alikes
_MOST_STRANGERS = 40
_MOST_ASKED = 40  # members whose surroundings are looked at


def read_telling(store: Store, story: int, made: MadeBy) -> Story | None:
    """The story as it was told, None where it was not or something changed since."""
    found = row(store, "SELECT key, body FROM tellings WHERE story = ?", (story,))
    if not found or found[0] != _key(store, story, made):
        return None
    return from_plain(Story, read_facts(found[1]))


def telling_key(store: Store, story: int, made: MadeBy) -> bytes | None:
    """What the telling that is kept was made from, None where there is none or something changed since."""
    found = row(store, "SELECT key FROM tellings WHERE story = ?", (story,))
    key = _key(store, story, made)
    return key if found and found[0] == key else None


def count_origins(store: Store, story: int, made: MadeBy) -> int | None:
    """How many tellings of the story depend on no other; None until it was told, or when it has changed."""
    found = row(store, "SELECT key, body FROM tellings WHERE story = ?", (story,))
    if not found or found[0] != _key(store, story, made):
        return None
    return len(read_facts(found[1]).get("origins", ()))


def tell(
    store: Store,
    story: int,
    made: MadeBy,
    encoder: Encoder,
    shelf: StoryShelf,
    reading: Reading,
    rules: Rules,
) -> Story:
    """The story told anew, and kept where the library may be written."""
    with store.reading():
        key = _key(store, story, made)
        members = members_of(store, story)
        articles = reading.articles([number for number, _ in members])
        names = [name for _, name in members]
        profiles = shelf.profiles([*names, *_strangers(names, shelf)])
        entities = entities_of(store, articles)
    draft = draft_story(names, profiles, decide_pairs(list(profiles.values()), rules.weights), rules.namer)
    told = tell_story(f"{STORY}{story}", draft, articles, Prepared((), tuple(entities), ()), encoder)
    try:
        with store.writing():
            store.run(
                "INSERT INTO tellings (story, key, body) VALUES (?, ?, ?) ON CONFLICT (story) "
                "DO UPDATE SET key = excluded.key, body = excluded.body",
                (story, key, squeeze_facts(to_plain(told))),
            )
    except LibraryError:  # read-only, or busy for long: it is told again the next time
        return told
    return told


def _key(store: Store, story: int, made: MadeBy) -> bytes:
    """What the telling depends on: the reports as they were annotated, decisions, and what tells it."""
    sql = (
        "SELECT a.number, a.made FROM memberships AS m JOIN articles AS a ON a.number = m.article "
        "WHERE m.story = ? ORDER BY a.number"
    )
    said = json.dumps([store.rows(sql, (story,)), made.version, made.encoder, made.settings])
    return hashlib.sha256(said.encode()).digest()


def _strangers(names: Sequence[str], shelf: StoryShelf) -> list[str]:
    """The nearest reports that are in other stories."""
    inside, found = set(names), dict[str, None]()
    for profile in shelf.profiles(names[:_MOST_ASKED]).values():
        near = shelf.near(profile.report, profile.day, _STRANGERS_OF_ONE + len(names))
        found.update(dict.fromkeys([name for name in near if name not in inside][:_STRANGERS_OF_ONE]))
    return list(found)[:_MOST_STRANGERS]


def entities_of(store: Store, articles: Sequence[Article]) -> list[Entity]:
    """The entities that articles name, cite or quote."""
    ids = [name.entity for article in articles for name in article.names if name.entity]
    ids += [cited.source for article in articles for cited in article.citations if cited.source]
    ids += [quote.speaker for article in articles for quote in article.quotes if quote.speaker]
    return read_entities(store, ids)
