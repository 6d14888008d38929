"""An extract with its annotations: languages, sentences, dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from khabar.annotate.date_bounds import read_instant
from khabar.annotate.date_clues import Placed, claimed, file_days, place_expressions, text_clues
from khabar.annotate.date_conflicts import Evidence
from khabar.annotate.date_context import Context, page_context
from khabar.annotate.date_days import decided_day
from khabar.annotate.date_items import date_lexicon
from khabar.annotate.date_settle import named_calendars, settled
from khabar.annotate.dates import mention
from khabar.annotate.founded import founding_of
from khabar.annotate.languages import find_blocks, paragraph_languages, sentence_language
from khabar.annotate.published import conclude
from khabar.annotate.rules import stop_rules
from khabar.annotate.sentences import split_sentences
from khabar.lang.identify import identify
from khabar.lang.loader import Languages
from khabar.lang.match import Lexicon
from khabar.model.article import Article, Extract, Sentence
from khabar.model.claims import ClaimField
from khabar.model.mentions import DateMention, Precision, Published
from khabar.model.span import Span


def _language(text: str, hint: str | None) -> str:
    return identify(text, hint).language


def annotate(extract: Extract, article_id: str, languages: Languages) -> Article:
    """The article that an extract holds, with the places of all that could be read in it.

    `languages` of the article stand in the order in which their blocks begin; a page without a body
    has the language of its title. Names, quotations and citations are found by their own modules.
    """
    text = extract.text
    codes = paragraph_languages(text, extract.body, _language)
    blocks = find_blocks(text, extract.body, codes)
    sentences = (
        *_title_sentence(extract, article_id, codes),
        *_body_sentences(extract, article_id, codes, languages),
    )
    published, dates = _dates(extract, codes, languages)
    spoken = [block.language for block in blocks] or [sentence.language for sentence in sentences]
    return Article(
        id=article_id,
        path=extract.path,
        text=text,
        outlet=extract.outlet,
        outlet_from=extract.outlet_from,
        title=extract.title,
        languages=tuple(dict.fromkeys(spoken)),
        published=published,
        body=extract.body,
        boilerplate=extract.boilerplate,
        blocks=blocks,
        sentences=sentences,
        dates=dates,
        facts=extract.facts,
    )


def _dates(
    extract: Extract, codes: Sequence[str], languages: Languages
) -> tuple[Published, tuple[DateMention, ...]]:
    """The publication date first, then what each mention means on a page of that day."""
    order = [code for code, _ in Counter(codes).most_common()]
    lexicon = date_lexicon(languages, order)
    context = page_context(languages, order)
    placed = place_expressions(extract, lexicon)
    context = replace(context, named=named_calendars(placed))
    published = conclude(_evidence(extract, placed, lexicon, context), context)
    anchored = replace(context, anchor=_anchor(published), moment=_moment(published))
    placed = settled(placed, [anchored.anchor] if anchored.anchor else [], context)
    return published, tuple(mention(each.expression, each.at, extract.text, anchored) for each in placed)


def _evidence(extract: Extract, placed: Sequence[Placed], lexicon: Lexicon, context: Context) -> Evidence:
    """All that the page says, with numbers of two calendars read as the rest of the page asks for."""
    claims = claimed(extract.date_claims, lexicon, context)
    captured = _captured(extract)
    known = [day.value for _, said in claims if (day := decided_day(said, context))]
    placed = settled(placed, [*known, *([captured.date()] if captured else [])], context)
    return Evidence(
        text=extract.text,
        placed=placed,
        clues=text_clues(extract.text, placed, context),
        claims=claims,
        files=file_days(extract, placed, context),
        said=extract.facts.claims,
        captured=captured,
        founding=founding_of(extract.outlet),
    )


def _captured(extract: Extract) -> datetime | None:
    """The last moment at which somebody saw the page: files carry older ones of their templates."""
    claims = (claim.text for claim in extract.facts.claims if claim.field is ClaimField.CAPTURED)
    return max(filter(None, map(read_instant, claims)), default=None)


def _moment(published: Published) -> datetime | None:
    """The moment to count hours from, where the page tells it with its zone."""
    if published.value is None or published.precision is not Precision.MINUTE:
        return None
    moment = datetime.fromisoformat(published.value)
    return moment if moment.tzinfo else None


def _anchor(published: Published) -> date | None:
    """The day to count from: none where only a month is known."""
    if published.value is None or published.precision is Precision.MONTH:
        return None
    return date.fromisoformat(published.value[:10])


def _title_sentence(extract: Extract, article_id: str, codes: Sequence[str]) -> tuple[Sentence, ...]:
    """The title as one sentence, read with the language in mind that it stands above."""
    title = extract.title
    if title is None or not title.of(extract.text).strip():
        return ()
    after = [code for span, code in zip(extract.body, codes, strict=True) if span.start > title.start]
    hint = after[0] if after else codes[0] if codes else None
    return (Sentence(f"{article_id}:t", title, _language(title.of(extract.text), hint)),)


def _body_sentences(
    extract: Extract, article_id: str, codes: Sequence[str], languages: Languages
) -> list[Sentence]:
    found: list[tuple[Span, str]] = []
    for paragraph, code in zip(extract.body, codes, strict=True):
        whole = paragraph.of(extract.text)
        for span in split_sentences(extract.text, paragraph, stop_rules(languages, code)):
            found.append((span, sentence_language(span.of(extract.text), whole, code, _language)))
    return [Sentence(f"{article_id}:s{n}", span, code) for n, (span, code) in enumerate(found, 1)]
