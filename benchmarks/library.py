"""What a library costs as it grows: its size, opening it, and one more report end to end.

    python -m benchmarks.library [SIZE ...]          sizes: 1000 10000 100000

The reports that fill it are generated from the language tables and written row by row, with vectors that
were drawn; annotating and encoding so many would take hours and is not what is measured. The reports whose
adding is timed go the whole way: read, annotated, encoded by the shipped encoder, linked, grouped, kept;
the median counts. The size is held against the UTF-8 bytes of the text.
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
from benchmarks.generated import DIM, Generated, generate

from khabar.annotate.names.known import Met
from khabar.library import Library
from khabar.library.columns import ENTITY, STORY, now, to_number
from khabar.library.entities import keep_met
from khabar.library.intake import note_input
from khabar.library.learnt import learn_if_due
from khabar.library.nearest import keep_lead
from khabar.library.profiles import keep_evidence
from khabar.library.shelves import Placed, keep_article, keep_made, keep_original, page_digest
from khabar.model.article import Article
from khabar.model.mentions import Entity
from khabar.model.outcome import Kept
from khabar.model.page import Page, PageKind
from khabar.settings import load_settings

SIZES = (1_000, 10_000, 100_000)
TIMED = 12
A_TRANSACTION = 500


def main(sizes: Sequence[int]) -> None:
    settings = load_settings()
    print("  articles  filled in s  size/text  opened in s  one more in ms  ratio     MB")
    first = None
    for size in (0, *sizes):
        with tempfile.TemporaryDirectory() as folder:
            where = Path(folder) / "khabar.db"
            began = time.perf_counter()
            with Library.open(where, settings, create=True) as library:
                text = fill(library, size)
            filled = time.perf_counter() - began
            with Library.open(where, settings) as library:
                ratio = library.store.size_bytes() / text if text else 0.0
                library.encoder.sentences(["x"])
                began = time.perf_counter()
                library.nearest.near(np.ones(DIM, np.float32), 1)  # what the first addition waits for
                opened = time.perf_counter() - began
                library.add_pages(timed_pages("warm"))  # the tables are loaded now
                one = time_adding(library)
            first = first or one
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(
                f"{size:>10,} {filled:>12.1f} {ratio:>10.2f} {opened:>12.2f} {one * 1e3:>15.0f} "
                f"{one / first:>6.2f} {peak:>6}"
            )


def time_adding(library: Library) -> float:
    """Seconds for one report more, the median."""
    times = []
    for page in timed_pages("timed"):
        began = time.perf_counter()
        library.add_pages([page])
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def timed_pages(word: str) -> list[Kept[Page]]:
    """Reports of ten sentences that no other run has: the store of vectors must not know them."""
    pages = []
    for number, made in enumerate(generate(TIMED, seed=time.time_ns() % 1_000_000 + len(word))):
        text = f"{word} {number}\n\n" + "\n\n".join(made.article.text.split("\n\n")[:10])
        pages.append(Kept(Page(f"{word}{number}.txt", PageKind.TEXT, text, "utf-8", "assumed")))
    return pages


def fill(library: Library, size: int) -> int:
    """Writes so many generated reports; the bytes of their text."""
    store, text, ids = library.store, 0, dict[str, str]()
    made = generate(size)
    while part := list(islice(made, A_TRANSACTION)):
        with store.writing():
            for one in part:
                text += len(one.article.text.encode())
                keep(library, one, ids)
        learn_if_due(store)
    return text


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
    story = f"{STORY}{(number - 1) // 4 + 1}"
    if (number - 1) % 4 == 0:
        store.run(
            "INSERT INTO stories (title, reports, changed, last_day, languages) VALUES (?, 1, ?, ?, ?)",
            (article.text[:60], now(), day, article.languages[0]),
        )
    else:
        store.run("UPDATE stories SET reports = reports + 1 WHERE number = ?", (to_number(STORY, story),))
    store.run("INSERT INTO memberships (article, story) VALUES (?, ?)", (number, to_number(STORY, story)))
    store.run(
        "INSERT INTO history (story, at, event, article) VALUES (?, ?, 'joined', ?)",
        (to_number(STORY, story), now(), number),
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


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
