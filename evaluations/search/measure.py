"""How well search finds what answers: words alone, meaning alone, and both, on the same queries.

python -m evaluations.search.measure [SHARED_FOLDER]
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from evaluations.encode.make_means import read_ntrex
from khabar.encode.types import Encoder
from khabar.library import Library
from khabar.library.search import Mode, Wish
from khabar.library.search.query import narrow, parse_query
from khabar.model.outcome import Kept
from khabar.model.page import Page, PageKind
from khabar.pipeline import open_encoder
from khabar.settings import Settings

HERE = Path(__file__).resolve().parent
QUERIES = HERE / "queries.tsv"
PILES = tuple(HERE.parent / "group" / name for name in ("pile_a", "pile_b", "pile_c"))
NTREX = ("ar", "fa", "en")
_FIRST, _SOME = 10, 20
_RANK_OFFSET = 60  # of reciprocal rank fusion (Cormack et al. 2009)


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and the events whose reports answer it."""

    language: str
    query: str
    events: frozenset[str]


def read_queries() -> list[Judged]:
    """The queries with what answers them."""
    lines = QUERIES.read_text("utf-8").splitlines()[1:]
    return [
        Judged(language, query, frozenset(events.split()))
        for language, query, events in (line.split("\t") for line in lines)
    ]


@contextmanager
def _new_library(encoder: Encoder) -> Iterator[Library]:
    with (
        tempfile.TemporaryDirectory() as folder,
        Library.open(Path(folder) / "made.db", Settings(), create=True, encoder=encoder) as library,
    ):
        yield library


@contextmanager
def piles(encoder: Encoder) -> Iterator[tuple[Library, dict[int, str]]]:
    """A library of the three piles, and the event of each article's number."""
    truth = {
        name: facts["event"]
        for pile in PILES
        for name, facts in json.loads((pile / "truth.json").read_text("utf-8"))["files"].items()
    }
    with _new_library(encoder) as library:
        library.add([pile / name for pile in PILES for name in sorted(truth) if (pile / name).exists()])
        lines = library.articles(limit=1000)
        yield (
            library,
            {
                line.number: truth[Path(path).name]
                for line in lines
                for path in library.article(line.id).paths[:1]
            },
        )


Ranking = Sequence[int]


def rankings(library: Library, queries: Sequence[Judged]) -> dict[str, list[Ranking]]:
    """For each way of searching the numbers found for each query, best first."""
    found: dict[str, list[Ranking]] = {}
    for mode in Mode:
        for names in (True, False) if mode is Mode.WORDS else (True,):
            wish = Wish(mode=mode, match_names=names)
            title = mode.value if names else "words, names as written"
            found[title] = [
                [number for number, _ in library.searching.rank(parse_query(one.query), wish)]
                for one in queries
            ]
    pairs = zip(found["words"], found["meaning"], strict=True)
    found["reciprocal ranks"] = [fuse_ranks(*pair) for pair in pairs]
    return found


def fuse_ranks(*lists: Ranking) -> list[int]:
    """The numbers by the sum of their reciprocal ranks."""
    scores: dict[int, float] = {}
    for ranking in lists:
        for rank, number in enumerate(ranking):
            scores[number] = scores.get(number, 0.0) + 1 / (_RANK_OFFSET + rank + 1)
    return sorted(scores, key=lambda number: -scores[number])


def figures(
    queries: Sequence[Judged], found: Sequence[Ranking], events: Mapping[int, str]
) -> dict[str, float]:
    """MRR, nDCG@10 and recall@20 over the queries."""
    each = [_of_one(one, ranking, events) for one, ranking in zip(queries, found, strict=True)]
    return {
        name: round(sum(values) / len(values), 3)
        for name, values in zip(("mrr", "ndcg10", "recall20"), zip(*each, strict=True), strict=True)
    }


def _of_one(one: Judged, ranking: Ranking, events: Mapping[int, str]) -> tuple[float, float, float]:
    answers = {number for number, event in events.items() if event in one.events}
    places = [rank for rank, number in enumerate(ranking) if number in answers]
    gained = sum(1 / math.log2(rank + 2) for rank in places if rank < _FIRST)
    best = sum(1 / math.log2(rank + 2) for rank in range(min(_FIRST, len(answers))))
    return (
        1 / (places[0] + 1) if places else 0.0,
        gained / best,
        sum(rank < _SOME for rank in places) / len(answers),
    )


def measure_queries(encoder: Encoder) -> dict[str, dict[str, float]]:
    """The figures by way of searching, all languages together and the fusion for each."""
    queries = read_queries()
    with piles(encoder) as (library, events):
        found = rankings(library, queries)
    table = {way: figures(queries, lists, events) for way, lists in found.items()}
    for code in sorted({one.language for one in queries}):
        own = [at for at, one in enumerate(queries) if one.language == code]
        chosen = [queries[at] for at in own]
        table[f"both {code}"] = figures(chosen, [found["both"][at] for at in own], events)
    return table


def measure_ntrex(folder: Path, encoder: Encoder) -> dict[str, float]:
    """MRR of the document of a sentence among all documents of another language, by pair of languages."""
    names, texts = read_ntrex(folder)
    documents = list(dict.fromkeys(names))
    with _new_library(encoder) as library:
        number_of = dict(_add_documents(library, names, texts, documents))
        return {
            f"{a}-{b}": round(_mrr(library, texts[a], [number_of[b, name] for name in names], b), 3)
            for a in NTREX
            for b in NTREX
            if a != b
        }


def _add_documents(
    library: Library, names: Sequence[str], texts: Mapping[str, Sequence[str]], documents: Iterable[str]
) -> Iterator[tuple[tuple[str, str], int]]:
    for name in documents:
        for code in NTREX:
            text = "\n\n".join(text for own, text in zip(names, texts[code], strict=True) if own == name)
            page = Page(f"{name}.{code}.txt", PageKind.TEXT, text, "utf-8", "assumed")
            added = library.add_pages([Kept(page)])
            (line,) = library.articles(list(added.articles))
            yield (code, name), line.number


def _mrr(library: Library, sentences: Sequence[str], wanted: Sequence[int], language: str) -> float:
    total = 0.0
    for sentence, number in zip(sentences, wanted, strict=True):
        query = replace(parse_query(""), words=parse_query(sentence).words, meant=sentence)
        ranked = library.searching.rank(narrow(query, {"language": language}), Wish())
        found = [one for one, _ in ranked]
        total += 1 / (found.index(number) + 1) if number in found else 0.0
    return total / len(sentences)


def main() -> None:
    encoder = open_encoder(Settings())
    print(f"{'':26}{'MRR':>8}{'nDCG@10':>9}{'recall@20':>11}")
    for way, row in measure_queries(encoder).items():
        print(f"{way:26}{row['mrr']:8.3f}{row['ndcg10']:9.3f}{row['recall20']:11.3f}")
    if len(sys.argv) > 1:
        found = measure_ntrex(Path(sys.argv[1]) / "data" / "ntrex", encoder)
        print("NTREX", *(f"{pair} {value:.3f}" for pair, value in found.items()))
        print("NTREX mean", round(float(np.mean(list(found.values()))), 3))


if __name__ == "__main__":
    main()
