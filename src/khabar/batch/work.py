"""What a worker does with one task. A task names files on the shelf, reads them, and writes its own."""

from __future__ import annotations

import json
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

import fsspec
import numpy as np
import pyarrow as pa

from khabar.annotate.names.find import name_article
from khabar.annotate.names.link import link_names
from khabar.annotate.names.own import OwnName
from khabar.batch.bands import BAND_BYTES, bands_of
from khabar.batch.plan import WINDOW_DAYS, Part, Plan, from_plain, settings_of
from khabar.batch.shelf import Growing, Shelf
from khabar.cores import one_core
from khabar.encode.centre import load_background
from khabar.encode.types import Encoder, Vectors
from khabar.extract import extract_reports
from khabar.group.keeping import to_bytes
from khabar.group.portable import make_portable
from khabar.group.profile import kinds_of, make_profile
from khabar.lang.loader import load_languages
from khabar.library.codec import from_plain as value_of
from khabar.library.codec import to_plain
from khabar.library.shelves import article_id
from khabar.model.article import Article
from khabar.model.mentions import NumberMention
from khabar.model.outcome import Dropped, Kept, Outcome
from khabar.model.page import Page
from khabar.pipeline import (
    annotate_extract,
    encode_article,
    numbers_of,
    open_encoder,
)
from khabar.read import Limits, parse_fields
from khabar.read.found import Found, stream_of
from khabar.read.own_names import read_own_names
from khabar.read.sources import reader
from khabar.settings import Settings

Task = dict[str, Any]
ARTICLES = pa.schema(
    [
        ("id", pa.string()),
        ("page", pa.int32()),
        ("bands", pa.binary(BAND_BYTES)),
        ("article", pa.large_string()),
    ]
)
PAGES = pa.schema([("number", pa.int32()), ("page", pa.large_string())])
DROPPED = pa.schema([("path", pa.string()), ("stage", pa.string()), ("reason", pa.string())])
ENCODED = pa.schema(
    [
        ("id", pa.string()),
        ("day", pa.string()),
        ("article", pa.large_string()),
        ("numbers", pa.large_string()),
        ("dim", pa.int32()),
        ("vectors", pa.large_binary()),
        ("report", pa.binary()),
        ("profile", pa.large_binary()),
    ]
)
UNDATED = 0  # the window of what has no day


def measured(work: Callable[[Shelf, Plan, Task], Task], task: Task) -> Task:
    """What the work gave, with the seconds it took and this worker's peak of memory; it is noted as done."""
    began, worked = time.perf_counter(), time.process_time()
    shelf = Shelf(task["out"])
    with one_core():
        done = work(shelf, from_plain(task["plan"]), task)
    # ru_maxrss is in kilobytes on Linux.
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    done |= {
        "name": task["name"],
        "of": task["of"],
        "seconds": time.perf_counter() - began,
        "peak_mb": peak_mb,
    }
    done["cpu_seconds"] = time.process_time() - worked  # what counts where others use the machine, too
    shelf.write_json(f"done/{task['stage']}/{task['name']}.json", done)
    return done


def read_part(task: Task) -> Task:
    """Pages, articles and drops of one part of an archive."""
    return measured(_read_part, task)


def _read_part(shelf: Shelf, plan: Plan, task: Task) -> Task:
    part, name = Part(**task["part"]), task["name"]
    pages = Growing(shelf, f"pages/{name}.parquet", PAGES)
    articles = Growing(shelf, f"articles/{name}.parquet", ARTICLES)
    drops = Growing(shelf, f"dropped/{name}.parquet", DROPPED)
    why: Counter[str] = Counter()
    for outcome in islice(_outcomes(part, plan), part.stripe, None, part.of):
        number = pages.count
        if isinstance(outcome, Kept):
            pages.add({"number": number, "page": to_text(to_plain(outcome.item))})
        for taken in _articles_of(outcome.item) if isinstance(outcome, Kept) else [outcome]:
            if isinstance(taken, Dropped):
                drops.add({"path": taken.path, "stage": taken.stage, "reason": taken.reason})
                why[taken.reason.split(":")[0]] += 1
            else:
                article = taken.item
                row = {"id": article.id, "page": number, "bands": bands_of(article.text)}
                articles.add(row | {"article": to_text(to_plain(article, article.text))})
    total = articles.count + drops.count
    counts = {"in": total, "kept": articles.count, "dropped": drops.count, "why": dict(why)}
    return counts | {"files": [pages.close(), drops.close(), articles.close()]}


def _outcomes(part: Part, plan: Plan) -> Iterator[Outcome[Page]]:
    """What the archive holds; whatever is wrong with it ends here, as its own drop."""
    limits = Limits(item_bytes=plan.item_bytes)
    try:
        files, path = fsspec.core.url_to_fs(part.source)
        with files.open(path, "rb") as file:
            shown = part.source.removeprefix("file://")
            found = Found(shown, path.rsplit("/", 1)[-1], stream_of(cast(BinaryIO, file)), named=True)
            yield from reader(limits, parse_fields(plan.fields))(found)
    except Exception as error:
        yield Dropped(part.source, "read", f"it cannot be read: {error!r}")


def _articles_of(page: Page) -> list[Outcome[Article]]:
    """The page's articles, each once; a fault of ours costs the page that shows it."""
    found: dict[str, Outcome[Article]] = {}
    try:
        for number, taken in enumerate(extract_reports(page, load_languages())):
            if isinstance(taken, Kept):
                outcome = annotate_extract(taken.item, article_id(taken.item.text))
                name = outcome.item.id if isinstance(outcome, Kept) else str(number)
                found.setdefault(name, outcome)
            else:
                found[str(number)] = taken
    except Exception as error:
        return [Dropped(page.path, "annotate", f"khabar itself failed on this page: {error!r}")]
    return list(found.values())


def encode_some(task: Task) -> Task:
    """Vectors, names and profiles of some articles that are told apart by their ids."""
    return measured(_encode_some, task)


def _encode_some(shelf: Shelf, plan: Plan, task: Task) -> Task:
    encoder = held_encoder(plan)
    articles = some_articles(shelf, task["articles"])
    own = read_own_names(Path(plan.names)) if plan.names else ()
    days: set[int] = set()

    def rows() -> Iterator[Task]:
        for row in (_encoded(one, encoder, own, plan.match_names) for one in articles.values()):
            days.add(date.fromisoformat(row["day"]).toordinal() // WINDOW_DAYS if row["day"] else UNDATED)
            yield row

    kept = shelf.write_rows(f"encoded/{task['name']}.parquet", rows(), ENCODED)
    counts = {"in": len(articles), "kept": len(articles), "dropped": 0, "why": {}}
    return counts | {"files": [kept], "windows": sorted(days)}


def _encoded(article: Article, encoder: Encoder, own: Sequence[OwnName], match_names: bool) -> Task:
    passes = encode_article(article, encoder)
    named = name_article(article, [one.words for one in passes], load_languages())
    raw = encoder.sentences([sentence.span.of(article.text) for sentence in article.sentences])
    languages = [sentence.language for sentence in article.sentences]
    vectors = load_background(encoder).centre(raw, languages)
    numbers = numbers_of(named)
    (linked,), entities = link_names([named], own, match_names)
    whole = make_profile(linked, vectors, numbers, kinds_of(entities), divided=False)
    profile = make_portable(whole, entities)
    return {
        "id": article.id,
        "day": profile.day.isoformat() if profile.day else None,
        "article": to_text(to_plain(named, named.text)),
        "numbers": to_text([to_plain(number, article.text) for number in numbers]),
        "dim": vectors.shape[1],
        "vectors": vectors.astype(np.float32).tobytes(),
        "report": profile.report.astype(np.float32).tobytes(),
        "profile": to_bytes(profile),
    }


def some_articles(shelf: Shelf, wanted: dict[str, list[str]]) -> dict[str, Article]:
    """The articles by id, in the order asked for."""
    found: dict[str, Article] = {}
    for part, names in wanted.items():
        for row in shelf.read_chosen(f"articles/{part}.parquet", ("id", "article"), set(names)):
            found.setdefault(row["id"], read_article(row["article"]))
    return {name: found[name] for names in wanted.values() for name in names}


def held_encoder(plan: Plan) -> Encoder:
    """One encoder a process: it is what a worker holds."""
    return _encoder(settings_of(plan))


@cache
def _encoder(settings: Settings) -> Encoder:
    return open_encoder(settings)


def to_text(plain: Any) -> str:
    """The value as JSON."""
    return json.dumps(plain, separators=(",", ":"))  # escaped, so that half a surrogate pair survives


def read_article(kept: str) -> Article:
    """The article of a row."""
    plain = json.loads(kept)
    return value_of(Article, plain, plain["text"])


def read_numbers(kept: str, text: str) -> tuple[NumberMention, ...]:
    """The numbers of a row."""
    return tuple(value_of(NumberMention, plain, text) for plain in json.loads(kept))


def read_vectors(row: Task) -> Vectors:
    """The sentence vectors of a row. Shapes: float32[n_sentences, dim]."""
    return np.frombuffer(row["vectors"], np.float32).reshape(-1, row["dim"])
