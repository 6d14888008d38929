"""Real reports and constructed examples with their quotations and citations marked by hand."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path

from evaluations.quotes.cases import Wanted, with_quotes
from evaluations.quotes.score import Score, score_article
from khabar.annotate.article import annotate
from khabar.annotate.outlets import shipped_outlets
from khabar.encode.types import Encoder
from khabar.extract import extract
from khabar.lang.loader import load_languages
from khabar.model.article import Article
from khabar.model.mentions import Entity, NameKind
from khabar.model.outcome import kept
from khabar.model.span import Span
from khabar.read import read_paths

HERE = Path(__file__).resolve().parent
SEEDS = HERE / "seeds.json"
EXAMPLES = HERE / "examples.json"
_PAGES = HERE.parents[1] / "examples"
_LARGEST_BYTES = 1_000_000


def read_articles(paths: list[Path]) -> list[Article]:
    """The articles that the paths hold, annotated but for names."""
    languages = load_languages()
    pages = kept(read_paths(paths, _LARGEST_BYTES))
    extracts = kept([extract(page, languages) for page in pages])
    return [annotate(one, f"r{number}", languages) for number, one in enumerate(extracts)]


def score_seeds(
    folder: Path, encoder: Encoder, say: bool = False
) -> tuple[dict[str, Score], tuple[int, int, int]]:
    """Scores of the real reports by language, and citations right, wanted and found."""
    marked = json.loads(SEEDS.read_text(encoding="utf-8"))["reports"]
    by_digest = {
        hashlib.sha256(path.read_bytes()).hexdigest(): path for path in folder.iterdir() if path.is_file()
    }
    paths = [by_digest[report["sha256"]] for report in marked]
    scores: dict[str, Score] = {}
    cited = [0, 0, 0]
    for path, report in zip(paths, marked, strict=True):
        articles, entities = with_quotes(read_articles([path]), encoder)
        if say:
            print(path.name)
        for language, wanted in _by_language(report["quotes"]).items():
            part = _in_language(articles[0], language)
            scores.setdefault(language, Score()).add(score_article(part, wanted, say))
        places = [(Span(c["start"], c["end"]), c["outlet"]) for c in report["citations"]]
        for n, count in enumerate(_citations_right(articles[0], entities, places)):
            cited[n] += count
    return scores, (cited[0], cited[1], cited[2])


def _by_language(rows: list[dict]) -> dict[str, list[Wanted]]:  # type: ignore[type-arg]
    wanted: dict[str, list[Wanted]] = {}
    for row in rows:
        speaker = Span(*row["speaker"]) if row["speaker"] else None
        one = Wanted(Span(row["start"], row["end"]), speaker, row["kind"], row["language"])
        wanted.setdefault(row["language"], []).append(one)
    return wanted


def _in_language(article: Article, language: str) -> Article:
    """The article with the quotations of one of its languages only."""
    from dataclasses import replace  # noqa: PLC0415

    spans = [block.span for block in article.blocks if block.language == language]
    return replace(article, quotes=tuple(q for q in article.quotes if any(s.contains(q.span) for s in spans)))


def _outlet(entity: Entity, form: str) -> str | None:
    """The outlet of a form; who is cited is one, whatever its kind was taken for."""
    return shipped_outlets().id_of(form, surely=entity.kind is not NameKind.PERSON)


def _citations_right(
    article: Article, entities: list[Entity], wanted: list[tuple[Span, str]]
) -> tuple[int, int, int]:
    """Citations found with the right outlet, those wanted, those found."""
    outlets = {one.id: next(filter(None, map(_outlet, repeat(one), one.forms)), None) for one in entities}
    right = sum(
        any(one.span.overlap(span) and outlets.get(one.source or "") == outlet for one in article.citations)
        for span, outlet in wanted
    )
    return right, len(wanted), len(article.citations)


def score_examples(encoder: Encoder, say: bool = False) -> tuple[dict[str, Score], tuple[int, int, int]]:
    """Scores of the constructed examples by language, and citations right, wanted and found."""
    scores: dict[str, Score] = {}
    cited = [0, 0, 0]
    for file, marks in json.loads(EXAMPLES.read_text(encoding="utf-8"))["reports"].items():
        articles, entities = with_quotes(read_articles([_PAGES / file]), encoder)
        if say:
            print(file)
        for language, wanted in _marked_words(articles[0], marks["quotes"]).items():
            part = _in_language(articles[0], language)
            scores.setdefault(language, Score()).add(score_article(part, wanted, say))
        names = {one.id: {*one.forms, one.name} for one in entities}
        sources = [names.get(one.source or "", set()) for one in articles[0].citations]
        cited[0] += sum(
            any(word in source or (not word and not source) for source in sources)
            for word in marks["citations"]
        )
        cited[1] += len(marks["citations"])
        cited[2] += len(sources)
    return scores, (cited[0], cited[1], cited[2])


def _marked_words(article: Article, rows: list[list[str]]) -> dict[str, list[Wanted]]:
    wanted: dict[str, list[Wanted]] = {block.language: [] for block in article.blocks}
    for content, kind, speaker in rows:
        span = next(_places(article, content))
        place = _name_place(article, speaker, span) if speaker else None
        language = next(block.language for block in article.blocks if block.span.contains(span))
        wanted[language].append(Wanted(span, place, kind, language))
    return wanted


def _places(article: Article, words: str) -> Iterator[Span]:
    """Where words stand in the body; "…" leaves words out."""
    pattern = r".*?".join(r"\s+".join(map(re.escape, part.split())) for part in words.split("…"))
    for match in re.finditer(pattern, article.text, re.DOTALL):
        if any(span.start <= match.start() < span.end for span in article.body):
            yield Span(*match.span())


def _name_place(article: Article, words: str, near: Span) -> Span:
    """The place of a speaker's name that is nearest to what is said."""
    starts = [match.start() for match in re.finditer(re.escape(words), article.text)]
    start = min(starts, key=lambda at: abs(at - near.start))
    return Span(start, start + len(words))


def print_examples(encoder: Encoder, say: bool) -> None:
    """Prints the figures of the constructed examples."""
    scores, cited = score_examples(encoder, say)
    for language, score in sorted(scores.items()):
        print(f"examples {language} {score.line()}")
    print(f"examples citations: {cited[0]} of {cited[1]} right, {cited[2]} found")


def print_seeds(folder: str, encoder: Encoder, say: bool) -> None:
    """Prints the figures of the real reports."""
    scores, cited = score_seeds(Path(folder), encoder, say)
    for language, score in sorted(scores.items()):
        print(f"seeds {language} {score.line()}")
    print(f"seeds citations: {cited[0]} of {cited[1]} right, {cited[2]} found")
