"""The result as plain data: the contract that programs read. `schema.py` describes it."""

from __future__ import annotations

from typing import Any

from khabar.model.article import Article, Boilerplate, Named, PageFacts
from khabar.model.mentions import (
    Citation,
    DateMention,
    Entity,
    NameMention,
    Published,
    Quote,
    TimeClaim,
    TimeConstraint,
)
from khabar.model.outcome import Dropped
from khabar.model.span import Excerpt, Span
from khabar.model.stored import Stored
from khabar.model.story import (
    Attestation,
    Comparison,
    Difference,
    HeadLine,
    Lookalike,
    MadeBy,
    Origin,
    Reason,
    Relation,
    Saying,
    Statement,
    Story,
    StoryPassage,
    Telling,
    Vote,
)

Data = dict[str, Any]


def to_json(comparison: Comparison) -> Data:
    """The whole comparison as values that `json.dumps` takes; unknown is null, offsets are code points."""
    return {
        "articles": [_article(article) for article in comparison.articles],
        "entities": [_entity(entity) for entity in comparison.entities],
        "stories": [_story(story) for story in comparison.stories],
        "dropped": [_dropped(item) for item in comparison.dropped],
        "made_by": _made_by(comparison.made_by),
    }


def _article(article: Article) -> Data:
    text = article.text
    return {
        "id": article.id,
        "path": article.path,
        "outlet": article.outlet,
        "outlet_from": article.outlet_from,
        "title": None if article.title is None else _words(article.title, text),
        "languages": list(article.languages),
        "published": _published(article.published, text),
        "body": [_span(span) for span in article.body],
        "boilerplate": [_boilerplate(piece) for piece in article.boilerplate],
        "blocks": [
            _span(block.span)
            | {"language": block.language, "translates": block.translates, "reason": block.reason}
            for block in article.blocks
        ],
        "sentences": [
            {"id": sentence.id, **_span(sentence.span), "language": sentence.language}
            for sentence in article.sentences
        ],
        "dates": [_date(date) for date in article.dates],
        "names": [_name(name) for name in article.names],
        "quotes": [quote_json(quote) for quote in article.quotes],
        "citations": [_citation(citation) for citation in article.citations],
        "page": _facts(article.facts),
        "text": text,
    }


def _facts(facts: PageFacts) -> Data:
    return {
        "form": facts.form,
        "form_reason": facts.form_reason,
        "title_from": facts.title_from,
        "byline": _named(facts.byline),
        "section": _named(facts.section),
        "address": _named(facts.address),
        "captions": [_span(span) for span in facts.captions],
        "notes": list(facts.notes),
        "offset": facts.offset,
        "stored": _stored(facts.stored),
        "claims": [
            {"field": claim.field, "text": claim.text, "origin": claim.origin} for claim in facts.claims
        ],
    }


def _stored(stored: Stored | None) -> Data | None:
    if stored is None:
        return None
    return {
        "text": stored.text,
        "runs": [_span(run.span) | {"backwards": run.backwards} for run in stored.runs],
    }


def _named(named: Named | None) -> Data | None:
    if named is None:
        return None
    span = named.span
    start, end = (None, None) if span is None else (span.start, span.end)
    return {"text": named.text, "start": start, "end": end, "chosen": named.chosen}


def _span(span: Span) -> Data:
    return {"start": span.start, "end": span.end}


def _optional(span: Span | None) -> Data | None:
    return None if span is None else _span(span)


def _words(span: Span, text: str) -> Data:
    return {"text": span.of(text), **_span(span)}


def _published(published: Published, text: str) -> Data:
    span = published.span
    return {
        "value": published.value,
        "precision": published.precision,
        "calendar": published.calendar,
        "text": published.text,
        "start": None if span is None else span.start,
        "end": None if span is None else span.end,
        "status": published.status,
        "note": published.note,
        "conflicts": [_words(conflict, text) for conflict in published.conflicts],
        "earliest": published.earliest,
        "latest": published.latest,
        "claims": [_time_claim(claim) for claim in published.claims],
        "constraints": [_time_constraint(constraint) for constraint in published.constraints],
    }


def _time_claim(claim: TimeClaim) -> Data:
    return {
        "origin": claim.origin,
        "text": claim.text,
        "value": claim.value,
        "agrees": claim.agrees,
        "place": _optional(claim.span),
    }


def _time_constraint(constraint: TimeConstraint) -> Data:
    return {"kind": constraint.kind, "value": constraint.value, "reason": constraint.reason}


def _boilerplate(piece: Boilerplate) -> Data:
    return {**_span(piece.span), "kind": piece.kind}


def _date(date: DateMention) -> Data:
    return {
        **_span(date.span),
        "text": date.text,
        "value": date.value,
        "precision": date.precision,
        "calendar": date.calendar,
        "weekday": date.weekday,
        "relative": date.relative,
        "anchor": date.anchor,
        "last_day": date.end,
        "part": date.part,
        "candidates": [{"value": one.value, "calendar": one.calendar} for one in date.candidates],
    }


def _name(name: NameMention) -> Data:
    return {
        **_span(name.span),
        "text": name.text,
        "entity": name.entity,
        "kind": name.kind,
        "title": _optional(name.title),
        "reason": name.reason,
    }


def quote_json(quote: Quote) -> Data:
    """A quotation as the article's JSON has it."""
    return {
        **_span(quote.span),
        "text": quote.text,
        "speaker": quote.speaker,
        "kind": quote.kind,
        "cue": _optional(quote.cue),
        "speaker_span": _optional(quote.speaker_span),
        "reason": quote.reason,
    }


def _citation(citation: Citation) -> Data:
    return {
        **_span(citation.span),
        "text": citation.text,
        "source": citation.source,
        "reason": citation.reason,
        "reach": _optional(citation.reach),
        "reaches": citation.reaches,
        "confidence": citation.confidence,
        "reach_reason": citation.reach_reason,
    }


def _entity(entity: Entity) -> Data:
    return {
        "id": entity.id,
        "kind": entity.kind,
        "name": entity.name,
        "forms": list(entity.forms),
        "romanised": entity.romanised,
        "romanised_certain": entity.romanised_certain,
    }


def _story(story: Story) -> Data:
    return {
        "id": story.id,
        "title": story.title,
        "articles": list(story.articles),
        "when": story.when,
        "where": story.where,
        "who": list(story.who),
        "reasons": [reason.sentence for reason in story.reasons],
        "evidence": [_reason(reason) for reason in story.reasons],
        "lookalikes": [_lookalike(lookalike) for lookalike in story.lookalikes],
        "passages": [_passage(passage) for passage in story.passages],
        "statements": [_statement(statement) for statement in story.statements],
        "differences": [_difference(difference) for difference in story.differences],
        "origins": [_origin(origin) for origin in story.origins],
        "relations": [_relation(relation) for relation in story.relations],
        "sayings": [_saying(saying) for saying in story.sayings],
        "head": [_head_line(line) for line in story.head],
    }


def _head_line(line: HeadLine) -> Data:
    return {
        "statement": line.statement,
        "tellings": [{"language": language, **_excerpt(excerpt)} for language, excerpt in line.tellings],
        "origins": line.origins,
        "reports": line.reports,
        "disputed": list(line.disputed),
    }


def _saying(saying: Saying) -> Data:
    return {
        "id": saying.id,
        "speaker": saying.speaker,
        "tellings": [_telling(telling) for telling in saying.tellings],
        "statements": list(saying.statements),
        "conflict": saying.conflict,
        "forms": saying.forms,
        "reason": saying.reason,
    }


def _telling(telling: Telling) -> Data:
    return {
        **_excerpt(telling.excerpt),
        "kind": telling.kind,
        "language": telling.language,
        "speaker": telling.speaker,
        "named": None if telling.named is None else _excerpt(telling.named),
        "reason": telling.reason,
    }


def _reason(reason: Reason) -> Data:
    return {
        "name": reason.name,
        "score": reason.score,
        "a": reason.a,
        "b": reason.b,
        "sentence": reason.sentence,
    }


def _lookalike(lookalike: Lookalike) -> Data:
    return {
        "article": lookalike.article,
        "reasons": [reason.sentence for reason in lookalike.reasons],
        "evidence": [_reason(reason) for reason in lookalike.reasons],
    }


def _passage(passage: StoryPassage) -> Data:
    return {
        "article": passage.article,
        **_span(passage.span),
        "evidence": [_reason(reason) for reason in passage.reasons],
    }


def _statement(statement: Statement) -> Data:
    return {
        "id": statement.id,
        "text": statement.text,
        "attestations": [_attestation(attestation) for attestation in statement.attestations],
    }


def _excerpt(excerpt: Excerpt) -> Data:
    return {"article": excerpt.article, **_span(excerpt.span), "text": excerpt.text}


def _attestation(attestation: Attestation) -> Data:
    return {
        **_excerpt(attestation.excerpt),
        "language": attestation.language,
        "coverage": attestation.coverage,
        "score": attestation.score,
        "reason": attestation.reason,
        "votes": [_vote(vote) for vote in attestation.votes],
    }


def _vote(vote: Vote) -> Data:
    return {
        "kind": vote.kind,
        "score": vote.score,
        "pairs": [[_excerpt(here), _excerpt(there)] for here, there in vote.pairs],
        "reason": vote.reason,
    }


def _difference(difference: Difference) -> Data:
    return {
        "kind": difference.kind,
        "weight": difference.weight,
        "statement": difference.statement,
        "a": _excerpt(difference.a),
        "b": None if difference.b is None else _excerpt(difference.b),
        "reason": difference.reason,
        "opinion": difference.opinion,
    }


def _origin(origin: Origin) -> Data:
    return {"id": origin.id, "articles": list(origin.articles), "reason": origin.reason}


def _relation(relation: Relation) -> Data:
    return {
        "from": relation.origin,
        "to": relation.taker,
        "kind": relation.kind,
        "certainty": relation.certainty,
        "held": relation.held,
        "reason": relation.reason,
        "evidence": [_excerpt(excerpt) for excerpt in relation.evidence],
    }


def _dropped(item: Dropped) -> Data:
    return {"path": item.path, "stage": item.stage, "reason": item.reason}


def _made_by(made_by: MadeBy) -> Data:
    return {"version": made_by.version, "encoder": made_by.encoder, "settings": dict(made_by.settings)}
