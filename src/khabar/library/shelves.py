"""Originals and articles on disk: what was read, and what was found in it."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from khabar.errors import LibraryError, NotFound
from khabar.library.codec import from_plain, to_plain
from khabar.library.columns import now, to_column
from khabar.library.store import Row, Store, marks, row
from khabar.model.article import Article
from khabar.model.page import Page
from khabar.model.story import MadeBy

_ID_LETTERS = 16
_DIGEST_BYTES = 16  # kept four times: in both tables that know a page by it, and in their indexes
_MOST_REMEMBERED = 500  # articles, some 20 kB each


def article_id(text: str) -> str:
    """A name for an article that depends on its text alone; it begins as the id that a comparison gives."""
    return "a" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_LETTERS]


def page_digest(page: Page) -> bytes:
    """What a page is known by: its kind and its text."""
    said = f"{page.kind}\0{page.text}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(said).digest()[:_DIGEST_BYTES]


def keep_original(store: Store, page: Page) -> int:
    """The number of the page's original, which is kept now where it was not."""
    digest = page_digest(page)
    known = row(store, "SELECT number FROM originals WHERE digest = ?", (digest,))
    if known:
        return int(known[0])
    facts = to_plain(page)
    for elsewhere in ("path", "kind", "text"):
        facts.pop(elsewhere, None)
    said = to_column(json.dumps(facts, separators=(",", ":")))
    values = (digest, page.kind.value, said, store.learnt.squeeze_text(page.text))
    sql = "INSERT INTO originals (digest, kind, facts, body) VALUES (?, ?, ?, ?) RETURNING number"
    return int(store.run(sql, values)[0][0])


def read_original(store: Store, number: int, path: str = "") -> Page:
    """The page as it was decoded; `path` is where it came from. Errors: NotFound."""
    found = row(store, "SELECT kind, facts, body FROM originals WHERE number = ?", (number,))
    if not found:
        raise NotFound(f"there is no original {number} in {store.where}.")
    facts = json.loads(found[1])
    text = store.learnt.read_text(found[2])
    return from_plain(Page, facts | {"path": path, "kind": found[0], "text": text})


def keep_made(store: Store, made: MadeBy) -> int:
    """The number of what made a result."""
    values = (made.version, made.encoder, json.dumps(made.settings))
    sql = "SELECT number FROM made WHERE version = ? AND encoder = ? AND settings = ?"
    known = row(store, sql, values)
    if known:
        return int(known[0])
    sql = "INSERT INTO made (version, encoder, settings) VALUES (?, ?, ?) RETURNING number"
    return int(store.run(sql, values)[0][0])


def read_made(store: Store, number: int) -> MadeBy:
    """What made a result."""
    found = row(store, "SELECT version, encoder, settings FROM made WHERE number = ?", (number,))
    if not found:
        raise LibraryError(f"{store.where} does not say what made its articles. `khabar check` says more.")
    return MadeBy(found[0], found[1], tuple((name, value) for name, value in json.loads(found[2])))


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an article stands: its original and what made it."""

    original: int
    made: int
    address: str | None
    day: str | None
    supersedes: int | None


def keep_article(store: Store, article: Article, page: Page, placed: Placed) -> int:
    """The number of the article, which is kept now."""
    title = article.title.of(article.text) if article.title else PurePath(article.path).name
    values = (
        article.id,
        placed.original,
        placed.made,
        now(),
        placed.address and to_column(placed.address),
        article.outlet and to_column(article.outlet),
        to_column(title),
        " ".join(article.languages),
        article.published.value,
        placed.day,
        placed.supersedes,
        _body(store, article),
        None if article.text == page.text else store.learnt.squeeze_text(article.text),
    )
    sql = (
        "INSERT INTO articles (id, original, made, added, address, outlet, title, languages, published, day, "
        f"supersedes, body, text) VALUES ({marks(values)}) RETURNING number"
    )
    return int(store.run(sql, values)[0][0])


def rewrite_article(store: Store, number: int, article: Article, made: int) -> None:
    """The article's annotations are those given now; its text stays."""
    sql = "UPDATE articles SET made = ?, outlet = ?, body = ? WHERE number = ?"
    store.run(sql, (made, article.outlet and to_column(article.outlet), _body(store, article), number))


def _body(store: Store, article: Article) -> bytes:
    plain = to_plain(article, article.text)
    del plain["text"], plain["id"]
    for sentence in plain.get("sentences", ()):
        sentence["id"] = sentence["id"].removeprefix(article.id)
    return store.learnt.squeeze_facts(plain)


class Reading:
    """Articles by number, the latest ones remembered: they never change but when all is made anew."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._known: OrderedDict[int, Article] = OrderedDict()

    def articles(self, numbers: Sequence[int]) -> list[Article]:
        """The articles in the order of their numbers given. Errors: NotFound, LibraryError."""
        missing = [number for number in numbers if number not in self._known]
        found = dict(self._read(missing)) if missing else {}
        for number in missing:
            if number not in found:
                raise NotFound(f"there is no article number {number} in {self.store.where}.")
        have = {number: found.get(number) or self._known[number] for number in numbers}
        for number, article in found.items():
            self._known[number] = article
        while len(self._known) > _MOST_REMEMBERED:
            self._known.popitem(last=False)
        return [have[number] for number in numbers]

    def forget(self) -> None:
        """Reads everything again from now on."""
        self._known.clear()

    def _read(self, numbers: Sequence[int]) -> list[tuple[int, Article]]:
        sql = (
            "SELECT a.number, a.id, a.body, coalesce(a.text, o.body) FROM articles AS a "
            f"JOIN originals AS o ON o.number = a.original WHERE a.number IN ({marks(numbers)})"
        )
        return [(found[0], article_of(self.store, found[1:])) for found in self.store.rows(sql, numbers)]


def article_of(store: Store, found: Row) -> Article:
    """The article of a row: id, body, squeezed text."""
    name, body, text = found
    words = store.learnt.read_text(text)
    plain = store.learnt.read_facts(body)
    for sentence in plain.get("sentences", ()):
        sentence["id"] = name + sentence["id"]
    return from_plain(Article, plain | {"id": name, "text": words}, words)


def without_names(article: Article) -> Article:
    """The article as it was before names were looked for."""
    return replace(article, names=(), quotes=(), citations=())
