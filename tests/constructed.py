"""Reports made of plain text, taken the way that the pipeline takes them, without a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from khabar.align import Aligned, align_story
from khabar.align.statements import Group, Telling
from khabar.align.units import Unit, make_units
from khabar.annotate.article import annotate
from khabar.compare.story import compare_story
from khabar.encode.types import Encoder
from khabar.encode.word_means import load_word_means
from khabar.group.profile import Profile
from khabar.lang.identify import identify
from khabar.lang.loader import load_languages
from khabar.model.article import Article, Extract
from khabar.model.mentions import Entity
from khabar.model.span import Excerpt, Span
from khabar.model.story import Attestation, Coverage, Difference, DifferenceKind, Statement
from khabar.pipeline import facts_of, nearness_by, numbers_of, prepare, words_of
from khabar.progress import Silent


def write_report(name: str, text: str, titled: bool = False) -> Article:
    """The report: a line is a paragraph of the body, the first one the title where asked."""
    lines, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(Span(at, at + len(line)))
        at += len(line) + 1
    title = lines.pop(0) if titled and lines else None
    extract = Extract(path=f"{name}.txt", text=text, body=tuple(lines), boilerplate=(), title=title)
    return annotate(extract, name, load_languages())


@dataclass(frozen=True, slots=True)
class Read:
    """Reports with their names found and linked."""

    articles: tuple[Article, ...]
    entities: tuple[Entity, ...]
    profiles: tuple[Profile, ...]
    encoder: Encoder

    @property
    def names(self) -> dict[str, str]:
        """The name of each entity."""
        return {entity.id: entity.name for entity in self.entities}


def read(encoder: Encoder, *articles: Article) -> Read:
    """These reports after all that is done to each before they are grouped."""
    prepared = prepare(articles, encoder, Silent())
    return Read(prepared.articles, prepared.entities, prepared.profiles, encoder)


def align(told: Read, articles: Sequence[Article] | None = None) -> Aligned:
    """The statements of the reports, as of one story; `articles` may stand in another order."""
    return align_story(
        "s1",
        told.articles if articles is None else articles,
        lambda article: words_of(article, told.encoder),
        load_word_means(told.encoder),
        facts_of,
    )


def compare(told: Read, aligned: Aligned) -> tuple[Difference, ...]:
    """The differences between the reports' tellings."""
    numbers = {article.id: numbers_of(article) for article in told.articles}
    return compare_story(aligned, told.articles, numbers, told.entities, nearness_by(told.encoder))


def join_all(told: Read) -> Aligned:
    """The reports laid side by side by hand: the n-th clause of each makes the n-th statement."""
    units = make_units(
        told.articles,
        lambda article: words_of(article, told.encoder),
        load_word_means(told.encoder),
        facts_of,
    )
    rows: dict[int, list[Unit]] = {}
    for article in told.articles:
        for n, unit in enumerate(unit for unit in units if unit.article == article.id):
            rows.setdefault(n, []).append(unit)
    texts = {article.id: article.text for article in told.articles}
    groups = [_group(row) for row in rows.values()]
    statements = [_statement(f"s1-{n}", group, texts) for n, group in enumerate(groups, 1)]
    return Aligned(tuple(statements), tuple(groups))


def _group(units: Sequence[Unit]) -> Group:
    tellings = (Telling(unit, unit.clause.span, Coverage.WHOLE, 1.0, "laid by hand") for unit in units)
    return Group(tuple(units), tuple(tellings))


def _statement(name: str, group: Group, texts: dict[str, str]) -> Statement:
    excerpts = [
        Excerpt(telling.unit.article, telling.span, telling.span.of(texts[telling.unit.article]))
        for telling in group.tellings
    ]
    given = (
        Attestation(excerpt, telling.unit.clause.language)
        for excerpt, telling in zip(excerpts, group.tellings, strict=True)
    )
    return Statement(name, excerpts[0].text, tuple(given))


# The same news in every language, so that a sentence under test stands in a story as real ones do.
AROUND = {
    "en": (
        "The council met in the town hall on the hill.\n"
        "Fishermen mended their nets because the sea was rough.\n"
        "A new road will join the two villages by the lake.\n"
        "Schools stayed open although snow covered the roofs."
    ),
    "ar": (
        "اجتمع المجلس في دار البلدية على التل.\n"
        "أصلح الصيادون شباكهم لأن البحر كان هائجا.\n"
        "سيربط طريق جديد القريتين الواقعتين عند البحيرة.\n"
        "بقيت المدارس مفتوحة رغم أن الثلج غطى السطوح."
    ),
    "fa": (
        "شورا در ساختمان شهرداری روی تپه جلسه داشت.\n"
        "ماهیگیران تورهای خود را تعمیر کردند چون دریا ناآرام بود.\n"
        "جاده‌ای تازه دو روستای کنار دریاچه را به هم وصل خواهد کرد.\n"
        "مدرسه‌ها باز ماندند با آنکه برف بام‌ها را پوشانده بود."
    ),
}


def differences(encoder: Encoder, kind: DifferenceKind, *texts: str) -> list[tuple[str, str | None]]:
    """The words of both sides of each difference of this kind between reports that tell one statement.

    Each text is told first in a report that goes on with the news around it, in its own language.
    """
    told = read(encoder, *(write_report(f"r{n}", _set_in_news(text)) for n, text in enumerate(texts)))
    found = compare(told, join_all(told))
    here = [one for one in found if one.statement in (None, "s1-1") and one.kind is kind]
    return [(one.a.text, one.b.text if one.b else None) for one in here]


def _set_in_news(text: str) -> str:
    return f"{text}\n{AROUND[identify(text).language]}"
