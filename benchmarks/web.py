"""How long the pages of the web app take, and how much they weigh, in a library of generated reports.

    python -m benchmarks.web [SIZE ...]      sizes: 1000 100000; --keep FOLDER keeps the libraries there

A real server on loopback is asked over HTTP by one client, on a connection that stays open. The reports are
generated from the language tables (generated.py); beside them stands one story of 30 reports with 200
statements, which was put together, not found: its table, its evidence and its sorting are asked for too.
What counts is the median of the requests after the first, which is told apart. On a machine that others use
too, "cpu ms" says what a request costs: the time of processor of server and client together.
"""

from __future__ import annotations

import gzip
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import httpx
import numpy as np
import uvicorn
from benchmarks.filling import fill, keep
from benchmarks.generated import DIM, Generated, generate

from khabar.library import Library
from khabar.library.codec import to_plain
from khabar.library.columns import STORY, now
from khabar.library.squeeze import squeeze_facts
from khabar.library.tellings import _key
from khabar.model.article import Article, Sentence
from khabar.model.span import Excerpt, Span
from khabar.model.story import Attestation, Difference, DifferenceKind, Origin, Statement, Story, Weight
from khabar.serve.app import make_app
from khabar.serve.listen import listen
from khabar.settings import load_settings

SIZES = (1_000, 100_000)
REPORTS, STATEMENTS, ORIGINS = 30, 200, 12
TIMES = 15
SHARE = 0.6  # of the statements that a report makes


def main(sizes: Sequence[int], folder: Path) -> None:
    print(
        "  articles  page                           first ms  median ms  worst ms  cpu ms      kB  packed kB"
    )
    for size in sizes:
        settings = load_settings({"library": str(folder / f"web-{size}.db"), "requests_a_minute": 1_000_000})
        with Library.open(settings.library, settings, create=True) as library:
            if library.totals().articles < size:
                fill(library, size)
            story = put_story(library)
            app = make_app(library, settings)
            config = uvicorn.Config(app, "127.0.0.1", 0, log_level="error")
            socket = listen("127.0.0.1", 0)
            server = uvicorn.Server(config)
            thread = threading.Thread(target=server.run, args=([socket],), daemon=True)
            thread.start()
            library.encoder.sentences(["x"])
            ask_all(f"http://127.0.0.1:{socket.getsockname()[1]}", library, story, size)
            server.should_exit = True
            thread.join(20)
            socket.close()


def ask_all(address: str, library: Library, story: str, size: int) -> None:
    """Asks for each page and prints what it took."""
    article = library.articles(limit=1)[0]
    word = max(article.title.split(), key=len)
    paths = {
        "start": "/",
        "stories": "/stories?least=1",
        "stories in one language": "/stories?least=2&language=fa",
        "growing": "/stories?sort=growing",
        "reports": "/articles",
        "report": f"/articles/{article.id}",
        "search": f"/search?q={word}",
        "people": "/people",
        "sources": "/sources",
        "story 30 x 200": f"/stories/{story}",
        "its table unfolded": f"/stories/{story}?unfold=all",
        "sorted": f"/stories/{story}?order=difference&hide=shared",
        "its evidence": f"/stories/{story}/evidence/7",
    }
    with httpx.Client(base_url=address, timeout=120, trust_env=False) as client:
        for name, path in paths.items():
            took, data, busy = [], b"", time.process_time()
            for _ in range(TIMES + 1):
                began = time.perf_counter()
                answer = client.get(path)
                took.append((time.perf_counter() - began) * 1e3)
                answer.raise_for_status()
                data = answer.content
            busy = (time.process_time() - busy) * 1e3 / len(took)
            first, *rest = took
            print(
                f"{size:>10,}  {name:<25}{first:>9.0f}{statistics.median(rest):>11.1f}{max(rest):>10.0f}"
                f"{busy:>8.1f}{len(data) / 1e3:>8.0f}{len(gzip.compress(data, 6)) / 1e3:>8.0f}",
                flush=True,
            )
    print(f"  load {os.getloadavg()[0]:.1f}")


def put_story(library: Library) -> str:
    """The id of a story of many reports and statements, which is kept as if it had been compared."""
    chance, drawn = random.Random(7), np.random.default_rng(7)
    articles = [_long_report(number) for number in range(REPORTS)]
    store = library.store
    with store.writing():
        number = store.run(
            "INSERT INTO stories (title, reports, changed, last_day, languages) VALUES (?, ?, ?, ?, ?) "
            "RETURNING number",
            ("A story of many reports", REPORTS, now(), "2026-11-01", "ar en fa"),
        )[0][0]
        for article in articles:
            vectors = drawn.normal(size=(STATEMENTS, DIM)).astype(np.float32)
            keep(library, Generated(article, vectors), {})
        members = "SELECT number FROM articles WHERE id = ?"
        sql = f"UPDATE memberships SET story = ? WHERE article IN ({members})"
        store.run_many(sql, [(number, article.id) for article in articles])
        story = _story(f"{STORY}{number}", articles, chance)
        store.run(
            "INSERT INTO tellings (story, key, body) VALUES (?, ?, ?)",
            (number, _key(store, number, library.made), squeeze_facts(to_plain(story))),
        )
    return f"{STORY}{number}"


def _long_report(number: int) -> Article:
    """A report of as many sentences as there are statements, joined from generated ones."""
    parts = [one.article for one in generate(40, seed=1_000 + number)]
    language = parts[0].languages[0]
    lines = [line for part in parts for line in part.text.split("\n") if line.strip()]
    lines = (lines * (STATEMENTS // len(lines) + 1))[:STATEMENTS]
    text, spans = "", list[Span]()
    for at, line in enumerate(lines):
        words = f"{number}.{at} {line[:160]}"
        spans.append(Span(len(text), len(text) + len(words)))
        text += words + "\n\n"
    name = f"abench{number:04d}{time.time_ns() % 10**8:08d}"
    sentences = tuple(Sentence(f"{name}-{at}", span, language) for at, span in enumerate(spans))
    return replace(
        parts[0], id=name, path=f"{name}.txt", text=text, outlet=f"Outlet {number}", title=spans[0],
        body=tuple(spans), languages=(language,), sentences=sentences, names=(), dates=(), quotes=(),
        citations=(), blocks=(), boilerplate=(),
    )  # fmt: skip


def _story(story: str, articles: Sequence[Article], chance: random.Random) -> Story:
    statements, differences = [], list[Difference]()
    for number in range(STATEMENTS):
        name = f"{story}-{number}"
        telling = [one for one in articles if chance.random() < SHARE] or [articles[0]]
        places = [
            Excerpt(one.id, one.sentences[number].span, one.sentences[number].span.of(one.text))
            for one in telling
        ]
        attested = tuple(
            Attestation(place, one.languages[0], reason="It was put there for the benchmark.")
            for place, one in zip(places, telling, strict=True)
        )
        statements.append(Statement(name, places[0].text, attested))
        differences += [_difference(name, places[0], other) for other in places[1:4]]
    groups = [tuple(one.id for one in articles[at::ORIGINS]) for at in range(ORIGINS)]
    return Story(
        id=story, title="A story of many reports", articles=tuple(one.id for one in articles),
        when="2026-11-01", where=None, who=(), reasons=(), lookalikes=(),
        statements=tuple(statements), differences=tuple(differences),
        origins=tuple(Origin(f"o{at}", group, "one origin") for at, group in enumerate(groups, 1)),
    )  # fmt: skip


def _excerpt(article: Article, span: Span) -> Excerpt:
    return Excerpt(article.id, span, span.of(article.text))


def _difference(statement: str, one: Excerpt, other: Excerpt) -> Difference:
    a, b = (replace(x, span=Span(x.span.start, x.span.start + 6), text=x.text[:6]) for x in (one, other))
    return Difference(DifferenceKind.NUMBER, Weight.MEANING, statement, a, b, "Two numbers.")


if __name__ == "__main__":
    given = [one for one in sys.argv[1:] if one.isdecimal()]
    kept = sys.argv[sys.argv.index("--keep") + 1] if "--keep" in sys.argv else None
    if kept is None:
        with tempfile.TemporaryDirectory() as made:
            main([int(one) for one in given] or SIZES, Path(made))
    else:
        main([int(one) for one in given] or SIZES, Path(kept))
