"""Fills a library with generated reports row by row, as `add` writes them, without annotating or encoding."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice

import numpy as np
from benchmarks.generated import Generated, generate

from khabar.annotate.names.known import Met
from khabar.encode.centre import load_background
from khabar.encode.types import Encoder, Vectors
from khabar.library import Library
from khabar.library.columns import ENTITY, now, to_number
from khabar.library.entities import keep_met
from khabar.library.intake import note_input
from khabar.library.learnt import learn_if_due
from khabar.library.nearest import keep_lead
from khabar.library.profiles import keep_evidence
from khabar.library.search.index import SearchIndex
from khabar.library.shelves import Placed, keep_article, keep_made, keep_original, page_digest
from khabar.model.article import Article
from khabar.model.mentions import Entity
from khabar.model.page import Page, PageKind

A_TRANSACTION = 500
_POOL_SEED, _POOL_REPORTS = 77, 40
Pool = Mapping[str, Vectors]


def encoded_pool(encoder: Encoder) -> Pool:
    """Vectors of encoded sentences by language. A library that is filled with them is near to new reports.

    With vectors that were drawn it would be near to none, and nothing would be compared.
    """
    texts: dict[str, list[str]] = {}
    for one in generate(_POOL_REPORTS, seed=_POOL_SEED):
        own = texts.setdefault(one.article.languages[0], [])
        own += [sentence.span.of(one.article.text) for sentence in one.article.sentences]
    background = load_background(encoder)
    return {code: background.centre(encoder.sentences(own), [code] * len(own)) for code, own in texts.items()}


def fill(library: Library, size: int, pool: Pool | None = None) -> int:
    """The bytes of the text of so many generated reports, which are kept and indexed as `add` does it.

    What is in the library already counts: it was filled by the same seed.
    """
    store, text, ids, index = library.store, 0, dict[str, str](), SearchIndex()
    made, number = generate(size), int(store.rows("SELECT count(*) FROM articles")[0][0])
    if number >= size:
        return sum(len(one.article.text.encode()) for one in made)
    chance = random.Random(size)
    while part := list(islice(made, A_TRANSACTION)):
        with store.writing():
            for one in part:
                number += 1
                text += len(one.article.text.encode())
                near = replace(one, vectors=_from_pool(one, pool, chance)) if pool else one
                keep(library, near, ids)
                index.add(store, number, linked(library, one, ids), near.vectors)
        learn_if_due(store)
    return text


def _from_pool(one: Generated, pool: Pool, chance: random.Random) -> Vectors:
    """About .45 near to sentences of the pool, as reports on like matters are; nearer is the same story."""
    own = pool.get(one.article.languages[0], next(iter(pool.values())))
    mixed = own[[chance.randrange(len(own)) for _ in one.article.sentences]] + 2 * one.vectors
    return np.asarray(mixed / np.linalg.norm(mixed, axis=1, keepdims=True), np.float32)


def keep(library: Library, one: Generated, ids: dict[str, str]) -> None:
    """Writes one generated report as `add` writes one."""
    store = library.store
    article = linked(library, one, ids)
    page = Page(article.path, PageKind.TEXT, article.text, "utf-8", "assumed")
    original = keep_original(store, page)
    note_input(store, page.path, page_digest(page), "kept", original=original)
    day = article.published.value
    number = keep_article(
        store, article, page, Placed(original, keep_made(store, library.made), None, day, None)
    )
    named = {name.entity: to_number(ENTITY, name.entity) for name in article.names if name.entity}
    store.run_many(
        "INSERT INTO mentions (entity, article, times) VALUES (?, ?, 1)",
        [(n, number) for n in named.values()],
    )
    keep_evidence(store, number, one.vectors, ())
    mean = one.vectors.mean(axis=0) + one.vectors[:3].mean(axis=0)
    keep_lead(store, number, mean / np.linalg.norm(mean))
    _keep_story(library, article, number, day)


def _keep_story(library: Library, article: Article, number: int, day: str | None) -> None:
    """Four reports to a story, in the order of their arrival."""
    store, story = library.store, (number - 1) // 4 + 1
    if (number - 1) % 4 == 0:
        store.run(
            "INSERT INTO stories (title, reports, changed, last_day, languages) VALUES (?, 1, ?, ?, ?)",
            (article.text[:60], now(), day, article.languages[0]),
        )
    else:
        store.run("UPDATE stories SET reports = reports + 1 WHERE number = ?", (story,))
    store.run("INSERT INTO memberships (article, story) VALUES (?, ?)", (number, story))
    store.run(
        "INSERT INTO history (story, at, event, article) VALUES (?, ?, 'joined', ?)", (story, now(), number)
    )


def linked(library: Library, one: Generated, ids: dict[str, str]) -> Article:
    """The article with entities of the library."""
    for name in one.article.names:
        if name.entity and name.entity not in ids:
            entity = Entity(name.entity, name.kind, name.text, (name.text,))
            met = Met(None, entity, {(name.text, one.article.languages[0]): 1}, frozenset(), None, False)
            ids |= keep_met(library.store, [met])
    names = tuple(replace(name, entity=ids[name.entity or ""]) for name in one.article.names)
    return replace(one.article, names=names)
