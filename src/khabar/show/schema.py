"""JSON Schema of the result. Every field named here is always present; readers must ignore further ones."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from khabar.model.article import BoilerplateKind, PageForm
from khabar.model.claims import ClaimField
from khabar.model.mentions import Calendar, DateStatus, NameKind, Precision, Reaches
from khabar.model.story import Coverage, DifferenceKind, VoteKind, Weight

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
MAYBE_FLAG: Schema = {"type": ["boolean", "null"]}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
OFFSET: Schema = {"type": "integer", "minimum": 0}
MAYBE_OFFSET: Schema = {"type": ["integer", "null"], "minimum": 0}
COUNT: Schema = {"type": "integer", "minimum": 0}
SCORE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
FLAG: Schema = {"type": "boolean"}
SPEECH: Schema = {"enum": ["direct", "indirect", "mixed"]}
_MOMENT = r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?)?)?"
ISO_DATE: Schema = {"type": ["string", "null"], "pattern": rf"^{_MOMENT}$"}
# A month of another calendar, or "8-10 July", is the interval of its first and last day; "2020-W27" a week.
ISO_DATE_OR_DAYS: Schema = {
    "type": ["string", "null"],
    "pattern": rf"^({_MOMENT}|\d{{4}}-W\d{{2}}|\d{{4}}-\d{{2}}-\d{{2}}/\d{{4}}-\d{{2}}-\d{{2}})$",
}
SPAN = {"start": OFFSET, "end": OFFSET}


def schema() -> Schema:
    """JSON Schema (draft 2020-12) of what `to_json` gives."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:khabar:comparison:1",
        "title": "khabar comparison",
        "description": "Offsets are code points, half-open, into articles[].text. Unknown is null.",
        **_object(
            articles=_list(_ref("article")),
            entities=_list(_ref("entity")),
            stories=_list(_ref("story")),
            dropped=_list(_object(path=TEXT, stage=TEXT, reason=TEXT)),
            made_by=_object(
                version=TEXT, encoder=TEXT, settings={"type": "object", "additionalProperties": TEXT}
            ),
        ),
        "$defs": {
            "span": _object(**SPAN),
            "words": _object(**SPAN, text=TEXT),
            "excerpt": _object(article=TEXT, **SPAN, text=TEXT),
            "reason": _object(name=TEXT, score=SCORE, a=TEXT, b=TEXT, sentence=TEXT),
            "article": _article(),
            "entity": _entity(),
            "story": _story(),
            "statement": _statement(),
            "difference": _difference(),
        },
    }


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _one_of(kinds: type[StrEnum]) -> Schema:
    return {"enum": [kind.value for kind in kinds]}


def _or_null(inner: Schema) -> Schema:
    return {"anyOf": [inner, {"type": "null"}]}


def _article() -> Schema:
    return _object(
        id=TEXT,
        path=TEXT,
        outlet=MAYBE_TEXT,
        outlet_from=TEXT,
        title=_or_null(_ref("words")),
        languages=_list(TEXT),
        published=_published(),
        body=_list(_ref("span")),
        boilerplate=_list(_object(**SPAN, kind=_one_of(BoilerplateKind))),
        blocks=_list(_object(**SPAN, language=TEXT, translates=FLAG, reason=TEXT)),
        sentences=_list(_object(id=TEXT, **SPAN, language=TEXT)),
        dates=_list(_date()),
        names=_list(
            _object(
                **SPAN,
                text=TEXT,
                entity=MAYBE_TEXT,
                kind=_one_of(NameKind),
                title=_or_null(_ref("span")),
                reason=TEXT,
            )
        ),
        quotes=_list(_quote()),
        citations=_list(_citation()),
        page=_facts(),
        text=TEXT,
    )


def _facts() -> Schema:
    named = _object(text=TEXT, start=MAYBE_OFFSET, end=MAYBE_OFFSET, chosen=TEXT)
    return _object(
        form=_one_of(PageForm),
        form_reason=TEXT,
        title_from=TEXT,
        byline=_or_null(named),
        section=_or_null(named),
        address=_or_null(named),
        captions=_list(_ref("span")),
        notes=_list(TEXT),
        offset=OFFSET,
        stored=_or_null(_object(text=TEXT, runs=_list(_object(**SPAN, backwards=FLAG)))),
        claims=_list(_object(field=_one_of(ClaimField), text=TEXT, origin=TEXT)),
    )


def _published() -> Schema:
    return _object(
        value=ISO_DATE,
        precision=_or_null(_one_of(Precision)),
        calendar=_or_null(_one_of(Calendar)),
        text=MAYBE_TEXT,
        start=MAYBE_OFFSET,
        end=MAYBE_OFFSET,
        status=_one_of(DateStatus),
        note=TEXT,
        conflicts=_list(_ref("words")),
        earliest=ISO_DATE,
        latest=ISO_DATE,
        claims=_list(
            _object(origin=TEXT, text=TEXT, value=ISO_DATE, agrees=MAYBE_FLAG, place=_or_null(_ref("span")))
        ),
        constraints=_list(_object(kind=TEXT, value=TEXT, reason=TEXT)),
    )


def _date() -> Schema:
    return _object(
        **SPAN,
        text=TEXT,
        value=ISO_DATE_OR_DAYS,
        precision=_or_null(_one_of(Precision)),
        calendar=_or_null(_one_of(Calendar)),
        weekday={"type": ["integer", "null"], "minimum": 1, "maximum": 7},
        relative=FLAG,
        anchor=ISO_DATE,
        last_day=ISO_DATE,
        part=MAYBE_TEXT,
        candidates=_list(_object(value=ISO_DATE_OR_DAYS, calendar=_one_of(Calendar))),
    )


def _entity() -> Schema:
    return _object(
        id=TEXT,
        kind=_one_of(NameKind),
        name=TEXT,
        forms=_list(TEXT),
        romanised=MAYBE_TEXT,
        romanised_certain=FLAG,
    )


def _quote() -> Schema:
    return _object(
        **SPAN,
        text=TEXT,
        speaker=MAYBE_TEXT,
        kind=SPEECH,
        cue=_or_null(_ref("span")),
        speaker_span=_or_null(_ref("span")),
        reason=TEXT,
    )


def _story() -> Schema:
    return _object(
        id=TEXT,
        title=TEXT,
        articles=_list(TEXT),
        when=ISO_DATE,
        where=MAYBE_TEXT,
        who=_list(TEXT),
        reasons=_list(TEXT),
        evidence=_list(_ref("reason")),
        lookalikes=_list(_object(article=TEXT, reasons=_list(TEXT), evidence=_list(_ref("reason")))),
        passages=_list(_object(article=TEXT, **SPAN, evidence=_list(_ref("reason")))),
        statements=_list(_ref("statement")),
        differences=_list(_ref("difference")),
        origins=_list(_object(id=TEXT, articles=_list(TEXT), reason=TEXT)),
        relations=_list(_relation()),
        sayings=_list(_saying()),
        head=_list(_head_line()),
    )


def _head_line() -> Schema:
    return _object(
        statement=TEXT,
        tellings=_list(_object(language=TEXT, article=TEXT, **SPAN, text=TEXT)),
        origins=COUNT,
        reports=COUNT,
        disputed=_list(COUNT),
    )


def _citation() -> Schema:
    return _object(
        **SPAN,
        text=TEXT,
        source=MAYBE_TEXT,
        reason=TEXT,
        reach=_or_null(_ref("span")),
        reaches=_or_null(_one_of(Reaches)),
        confidence=SCORE,
        reach_reason=TEXT,
    )


def _saying() -> Schema:
    telling = _object(
        article=TEXT,
        **SPAN,
        text=TEXT,
        kind=SPEECH,
        language=TEXT,
        speaker=MAYBE_TEXT,
        named=_or_null(_ref("excerpt")),
        reason=TEXT,
    )
    return _object(
        id=TEXT,
        speaker=MAYBE_TEXT,
        tellings=_list(telling),
        statements=_list(TEXT),
        conflict=TEXT,
        forms=TEXT,
        reason=TEXT,
    )


def _relation() -> Schema:
    # `from` is a word of Python, so this one is spelt out
    kind = {"enum": ["cites", "copies", "translates", "shares_source"]}
    held = {"enum": ["firm", "likely", "possible", ""]}
    return _object(
        **{"from": TEXT, "to": TEXT, "kind": kind, "certainty": _or_null(SCORE), "held": held},
        reason=TEXT,
        evidence=_list(_ref("excerpt")),
    )


def _statement() -> Schema:
    vote = _object(kind=_one_of(VoteKind), score=SCORE, pairs=_list(_list(_ref("excerpt"))), reason=TEXT)
    attestation = _object(
        article=TEXT,
        **SPAN,
        text=TEXT,
        language=TEXT,
        coverage=_one_of(Coverage),
        score=SCORE,
        reason=TEXT,
        votes=_list(vote),
    )
    return _object(id=TEXT, text=TEXT, attestations=_list(attestation))


def _difference() -> Schema:
    return _object(
        kind=_one_of(DifferenceKind),
        weight=_one_of(Weight),
        statement=MAYBE_TEXT,
        a=_ref("excerpt"),
        b=_or_null(_ref("excerpt")),
        reason=TEXT,
        opinion=TEXT,
    )
