"""The way of the pages through the house: read, extract, annotate, encode, group, align, compare, trace."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from khabar.align import align_story
from khabar.align.units import Fact
from khabar.annotate.article import annotate
from khabar.annotate.citations import find_citations
from khabar.annotate.names.find import name_article
from khabar.annotate.names.link import link_names
from khabar.annotate.names.own import OwnName
from khabar.annotate.names.tagger import warn_of
from khabar.annotate.numbers import find_numbers
from khabar.annotate.outlets import Outlet, Outlets, shipped_outlets
from khabar.annotate.quotes import find_quotes
from khabar.compare.contradiction import Side, judge_for
from khabar.compare.head import head_lines
from khabar.compare.opinions import Reader, with_opinions
from khabar.compare.sayings import gather_sayings
from khabar.compare.story import compare_story
from khabar.compare.told import Nearness
from khabar.encode.centre import load_background
from khabar.encode.load import load_encoder
from khabar.encode.recent import RecentPasses
from khabar.encode.types import Encoded, Encoder, Vectors, Words
from khabar.encode.word_means import load_word_means
from khabar.errors import ReadError
from khabar.extract import extract_reports
from khabar.group import Draft, form_stories, load_weights
from khabar.group.header import describe_story
from khabar.group.likeness import Similarity
from khabar.group.likeness import similarity as similarity_of
from khabar.group.profile import Profile, kinds_of, make_profile
from khabar.lang.loader import load_languages
from khabar.model.article import Article, Extract
from khabar.model.mentions import Entity, NumberMention
from khabar.model.outcome import Dropped, Kept, Outcome
from khabar.model.page import Page
from khabar.model.story import Comparison, MadeBy, Story, VoteKind
from khabar.progress import Progress, Silent
from khabar.read import FieldMap, Limits, parse_fields, read_sources
from khabar.read.own_names import read_own_names
from khabar.read.own_outlets import read_own_outlets
from khabar.read.web.policy import Policy, make_policy
from khabar.settings import Settings
from khabar.trace.story import trace_story

_ID_LETTERS = 8
_BYTES_A_MB = 1_000_000
# The longest reports of magazines have some 100,000 characters and 700 sentences. What is longer holds many
# reports or none, and the time of laying statements side by side grows with the square of their number.
LONGEST_BODY = 150_000
MOST_SENTENCES = 1_000


def compare_paths(
    paths: Sequence[str | Path],
    settings: Settings | None = None,
    progress: Progress | None = None,
    say: Callable[[str], None] | None = None,
) -> Comparison:
    """Which of the reports at these paths tell the same story, and how their accounts differ.

    A path is a file, a folder, an address (http or https) or "-", the standard input. Every report in it ends
    as an article or as dropped with a reason. Errors: ModelError, SettingError.
    """
    settings = settings or Settings()
    limits = Limits(item_bytes=settings.largest_file_mb * _BYTES_A_MB)
    pages = read_sources(paths, limits, parse_fields(settings.fields), make_policy(settings))
    return compare_pages(pages, settings, progress, say)


def measure_similarity(
    a: str | Path, b: str | Path, settings: Settings | None = None, language: str = "en"
) -> Similarity:
    """How surely two reports tell of one event. Errors: ReadError, ModelError, SettingError."""
    settings = settings or Settings()
    limits = Limits(item_bytes=settings.largest_file_mb * _BYTES_A_MB)
    pair = [_only_report(path, limits, settings) for path in (a, b)]
    own = read_own_names(settings.names) if settings.names else ()
    alone = [replace(article, id=f"{article.id}-{n}") for n, article in enumerate(pair, 1)]
    prepared = prepare(alone, open_encoder(settings), Silent(), own, settings.match_names == "on")
    names = {entity.id: entity.name for entity in prepared.entities}
    one, other = prepared.profiles
    return similarity_of(one, other, load_weights(), names.__getitem__, language)


def _only_report(path: str | Path, limits: Limits, settings: Settings) -> Article:
    pages = read_sources([path], limits, parse_fields(settings.fields), make_policy(settings))
    articles, dropped = take_articles(pages, Silent())
    if len(articles) != 1:
        why = "; ".join(one.reason for one in dropped) or "name a source that holds a single one"
        raise ReadError(f"{path} holds {len(articles)} reports, and two are compared: {why}")
    return articles[0]


def compare_pages(
    pages: Iterable[Outcome[Page]],
    settings: Settings | None = None,
    progress: Progress | None = None,
    say: Callable[[str], None] | None = None,
    encoder: Encoder | None = None,
) -> Comparison:
    """The same for pages, whatever read them; `encoder` takes the place of the one that the settings name."""
    settings, progress = settings or Settings(), progress or Silent()
    own = read_own_names(settings.names) if settings.names else ()
    outlets = read_own_outlets(settings.outlets) if settings.outlets else ()
    articles, dropped = take_articles(pages, progress)
    if not articles:
        return Comparison((), (), (), tuple(dropped), made_by("none", settings, own, outlets))
    encoder = encoder or open_encoder(settings, say)
    prepared = prepare(
        articles, encoder, progress, own, settings.match_names == "on", shipped_outlets().with_own(outlets)
    )
    stories = find_stories(prepared, encoder, settings, progress)
    return Comparison(
        prepared.articles,
        prepared.entities,
        stories,
        tuple(dropped),
        made_by(encoder.name, settings, own, outlets),
    )


def read_articles(
    sources: Sequence[str | Path],
    largest_bytes: int,
    progress: Progress,
    fields: FieldMap | None = None,
    policy: Policy | None = None,
) -> tuple[list[Article], list[Dropped]]:
    """The articles that the sources hold, annotated, and every input that held none.

    Addresses are fetched where `policy` says how, and dropped without one.
    """
    return take_articles(read_sources(sources, Limits(item_bytes=largest_bytes), fields, policy), progress)


def take_articles(pages: Iterable[Outcome[Page]], progress: Progress) -> tuple[list[Article], list[Dropped]]:
    """The articles that the pages hold, annotated, and every input that held none."""
    progress.stage("reading", 0)
    seen: Counter[str] = Counter()
    articles: list[Article] = []
    dropped: list[Dropped] = []
    for outcome in pages:
        for taken in _articles_of(outcome, seen) if isinstance(outcome, Kept) else [outcome]:
            if isinstance(taken, Kept):
                articles.append(taken.item)
            else:
                dropped.append(taken)
        progress.advance()
    return articles, dropped


def _articles_of(page: Kept[Page], seen: Counter[str]) -> list[Outcome[Article]]:
    """The article of a page, or those of its entries, where it is a live page."""
    return [
        annotate_extract(taken.item, _own_id(taken.item.text, seen)) if isinstance(taken, Kept) else taken
        for taken in extract_reports(page.item, load_languages())
    ]


def annotate_extract(taken: Extract, name: str) -> Outcome[Article]:
    """The article of that id with its languages, sentences and dates, or why it is none."""
    letters = sum(map(len, taken.body))
    if letters > LONGEST_BODY:
        return _too_long(taken.path, letters, LONGEST_BODY, "characters")
    article = annotate(taken, name, load_languages())
    if len(article.sentences) > MOST_SENTENCES:
        return _too_long(taken.path, len(article.sentences), MOST_SENTENCES, "sentences")
    return Kept(article)


def _too_long(path: str, found: int, limit: int, unit: str) -> Dropped:
    reason = f"too long for one report: {found:,} {unit}, the limit is {limit:,}. Split it into its reports"
    return Dropped(path, "annotate", reason)


def _own_id(text: str, seen: Counter[str]) -> str:
    """The article's id; a second report with the very same text gets a number behind it."""
    plain = article_id(text)
    seen[plain] += 1
    return plain if seen[plain] == 1 else f"{plain}-{seen[plain]}"


def article_id(text: str) -> str:
    """A short name for an article that depends on its text alone."""
    return "a" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_LETTERS]


def open_encoder(settings: Settings, say: Callable[[str], None] | None = None) -> Encoder:
    """The encoder that the settings ask for, with its store of vectors. Errors: ModelError."""
    encoder = load_encoder(
        folder=settings.model,
        cache=settings.cache,
        precision=settings.precision,
        threads=settings.threads,
        keep_mb=settings.keep_mb,
        say=say,
    )
    warning = warn_of(encoder.name, encoder.family)
    if warning and say is not None:
        say(warning)
    return RecentPasses(encoder)  # several stages look at the same sentences


@dataclass(frozen=True, slots=True)
class Prepared:
    """Articles with names, the entities they name, and what grouping looks at in each."""

    articles: tuple[Article, ...]
    entities: tuple[Entity, ...]
    profiles: tuple[Profile, ...]
    outlets: Outlets = field(default_factory=shipped_outlets)


def prepare(
    articles: Sequence[Article],
    encoder: Encoder,
    progress: Progress,
    own: Sequence[OwnName] = (),
    match_names: bool = True,
    outlets: Outlets | None = None,
) -> Prepared:
    """Names, entities and profiles of annotated articles; the user's `own` names go before what is found."""
    progress.stage("encoding", len(articles))
    background = load_background(encoder)
    named, vectors = [], []
    for article in articles:
        passes = encode_article(article, encoder)
        named.append(name_article(article, [one.words for one in passes], load_languages()))
        raw = encoder.sentences([sentence.span.of(article.text) for sentence in article.sentences])
        vectors.append(background.centre(raw, [sentence.language for sentence in article.sentences]))
        progress.advance()
    linked, entities = find_citations(*link_names(named, own, match_names), outlets)
    linked = [replace(article, quotes=find_quotes(article)) for article in linked]
    kinds = kinds_of(entities)
    profiles = [
        make_profile(article, own, numbers_of(article), kinds)
        for article, own in zip(linked, vectors, strict=True)
    ]
    return Prepared(tuple(linked), tuple(entities), tuple(profiles), outlets or shipped_outlets())


def encode_article(article: Article, encoder: Encoder) -> list[Encoded]:
    """One pass over each sentence, in order."""
    return encoder.encode([sentence.span.of(article.text) for sentence in article.sentences])


def words_of(article: Article, encoder: Encoder) -> dict[str, Words]:
    """The word vectors of an article by sentence id."""
    passes = encode_article(article, encoder)
    return {sentence.id: one.words for sentence, one in zip(article.sentences, passes, strict=True)}


def numbers_of(article: Article) -> tuple[NumberMention, ...]:
    """The quantities in an article's sentences; the figures of its dates are none."""
    found: list[NumberMention] = []
    for sentence in article.sentences:
        start = sentence.span.start
        inside = [mention.span for mention in article.dates if sentence.span.contains(mention.span)]
        taken = [span.moved(-start) for span in inside]
        for number in find_numbers(sentence.span.of(article.text), sentence.language, taken):
            found.append(replace(number, span=number.span.moved(start)))
    return tuple(found)


def facts_of(article: Article) -> list[Fact]:
    """The numbers, names, dates and speakers of an article, as alignment compares them."""
    facts = [Fact(number.span, f"{number.value:g}") for number in numbers_of(article)]
    facts += [Fact(name.span, name.entity, VoteKind.NAMES) for name in article.names if name.entity]
    facts += [Fact(date.span, date.value, VoteKind.DATES) for date in article.dates if date.value]
    for quote in article.quotes:
        if quote.speaker:
            shown = quote.speaker_span or quote.cue
            facts.append(Fact(quote.span, quote.speaker, VoteKind.SPEAKERS, shown))
    return facts


def find_stories(
    prepared: Prepared, encoder: Encoder, settings: Settings, progress: Progress
) -> tuple[Story, ...]:
    """The stories of the prepared articles with their statements, differences and origins."""
    names = {entity.id: entity.name for entity in prepared.entities}
    progress.stage("grouping", len(prepared.profiles))
    drafts = form_stories(
        prepared.profiles, load_weights(), names.__getitem__, settings.same_at, progress.advance
    )
    progress.stage("comparing", len(drafts))
    by_id = {article.id: article for article in prepared.articles}
    stories = []
    for number, draft in enumerate(drafts, 1):
        stories.append(
            tell_story(f"s{number}", draft, [by_id[name] for name in draft.articles], prepared, encoder)
        )
        progress.advance()
    return tuple(stories)


def tell_story(
    story_id: str, draft: Draft, articles: Sequence[Article], prepared: Prepared, encoder: Encoder
) -> Story:
    """The story of these reports, with its statements, differences and origins."""
    aligned = align_story(
        story_id, articles, lambda article: words_of(article, encoder), load_word_means(encoder), facts_of
    )
    header = describe_story(articles, prepared.entities)
    numbers = {article.id: numbers_of(article) for article in articles}
    traced = trace_story(articles, prepared.entities, aligned.statements, prepared.outlets)
    nearness = nearness_by(encoder)
    found = compare_story(aligned, articles, numbers, prepared.entities, nearness)
    differences = with_opinions(found, aligned.statements, side_by(encoder), judge_for(encoder.family))
    return Story(
        id=story_id,
        title=header.title,
        articles=draft.articles,
        when=header.when,
        where=header.where,
        who=header.who,
        reasons=draft.reasons,
        lookalikes=draft.lookalikes,
        passages=draft.passages,
        statements=aligned.statements,
        differences=differences,
        origins=traced.origins,
        relations=traced.relations,
        sayings=gather_sayings(story_id, articles, aligned.statements, prepared.entities, nearness),
        head=head_lines(aligned.statements, traced.origins, differences, articles),
    )


def side_by(encoder: Encoder) -> Reader:
    """A text by itself, as the learned check takes it; each is encoded once."""

    @cache
    def side(text: str, language: str) -> Side:
        (one,) = encoder.encode([text])
        return Side(text, language, one.words, one.sentence)

    return side


def nearness_by(encoder: Encoder) -> Nearness:
    """How near two pieces of text are by themselves: the cosine of their centred vectors."""
    background = load_background(encoder)

    @cache
    def vector(piece: tuple[str, str]) -> Vectors:
        text, language = piece
        centred: Vectors = background.centre(encoder.sentences([text]), [language])[0]
        return centred

    return lambda one, other: float(vector(one) @ vector(other))


def made_by(
    encoder: str, settings: Settings, own: Sequence[OwnName], outlets: Sequence[Outlet] = ()
) -> MadeBy:
    """What made the result; the user's names and outlets are told by their digests."""
    try:
        made = version("khabar")
    except PackageNotFoundError:
        made = "unknown"
    return MadeBy(made, encoder, settings.pairs() + _digest("names", own) + _digest("outlets", outlets))


def _digest(name: str, listed: Sequence[object]) -> tuple[tuple[str, str], ...]:
    """What tells a list of the user's apart from another; nothing where there is none."""
    return ((name, hashlib.sha256(repr(listed).encode()).hexdigest()[:_ID_LETTERS]),) if listed else ()
