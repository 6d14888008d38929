"""Sentences cut into the assertions that they hold, each with its reporting frame apart from its content.

"The mayor added that the bridge is old, and that it must be closed" makes two assertions. Who speaks stands
in many sentences in the same words, so the content alone is what is aligned; the frame stays as evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from khabar.lang.lexicons import lexicon
from khabar.lang.loader import load_languages
from khabar.lang.match import Hit
from khabar.model.article import Sentence
from khabar.model.span import Span

# Shorter pieces are a name or an aside, not an assertion (see docs/decisions/clauses.md).
_FEWEST_WORDS = 4
_FEWEST_CONTENT_WORDS = 3
_LONGEST_FRAME_WORDS = 16
_LONGEST_ITEM = 6  # words of one thing in a list whose others are short
_LONGEST_SENTENCE = 20_000  # code points; a longer "sentence" is a list or a dump and stays whole
_WORD = re.compile(r"\w+(?:[\u200c'’]\w+)*")
# A relative clause says more of a noun; cut off, the noun would stand alone.
_JOINING = frozenset({"adding", "and", "but", "while", "reason", "purpose", "result"})
_PAUSES = '،,؛;:.–—”»"'
_EDGE = " \t\n\r\u00a0\u200c\u200f\u200e،,؛;:.–—-"
_OPENING = re.compile(r":\s*|\s(?=[\"“«‘]\S)")
# Three words quoted before the verb are said too, so they are no frame; fewer are a name.
_QUOTED = re.compile(r"[\"“«](?:[^\w\"”»]*\w+){3}")
_COMMA = re.compile("[،,]")
_AFTER_FRAME = re.compile(r"\s*[،,:]\s*")


@dataclass(frozen=True, slots=True)
class Clause:
    """One assertion. `frame` is the part that says who says so, None where the text speaks itself.

    All spans address the article; `content` lies in `span`; `sentence` is the id of its sentence.
    """

    sentence: str
    span: Span
    content: Span
    frame: Span | None
    language: str


def split_clauses(text: str, sentence: Sentence) -> tuple[Clause, ...]:
    """The assertions of one sentence in order; together they hold every word of it."""
    words = [Span(*match.span()).moved(sentence.span.start) for match in _words(text, sentence)]
    if not words:
        return ()
    if len(sentence.span) > _LONGEST_SENTENCE:
        return (Clause(sentence.id, sentence.span, sentence.span, None, sentence.language),)
    edges = [sentence.span.start, *_cuts(text, sentence, words), sentence.span.end]
    pieces = (Span(start, end).trimmed(text, _EDGE) for start, end in pairwise(edges))
    return tuple(_with_frame(text, sentence, piece) for piece in pieces if len(piece))


def _words(text: str, sentence: Sentence) -> Iterator[re.Match[str]]:
    return _WORD.finditer(sentence.span.of(text))


def _cuts(text: str, sentence: Sentence, words: Sequence[Span]) -> list[int]:
    """Where a new assertion begins: at a clause mark with enough words on both sides."""
    cuts: list[int] = []
    last = sentence.span.start
    for at in _candidates(text, sentence):
        before = sum(last <= word.start < at for word in words)
        after = sum(word.start >= at for word in words)
        if before >= _FEWEST_WORDS and after >= _FEWEST_WORDS:
            cuts.append(at)
            last = at
    return cuts


def _candidates(text: str, sentence: Sentence) -> list[int]:
    """Places to cut: before a mark that opens speech or stands behind punctuation, and behind a closing verb.

    "And" or "which" without a comma joins nouns more often than assertions.
    """
    offset, body = sentence.span.start, sentence.span.of(text)
    places = {match.end() for match in re.finditer(r"[؛;]\s*", body)}
    for hit in lexicon(sentence.language, "clause_marks").find(body):
        start = hit.span.start - len(hit.prefix)
        if hit.row.meaning == "closing":
            places.add(body.rindex(_last_word(hit.row.form), start, hit.span.end))
        elif hit.row.meaning == "saying" or (
            hit.row.meaning in _JOINING
            and _behind_punctuation(body, start)
            and not _in_list(body, start)
            and not _names_another(body, hit.span.end, sentence.language)
        ):
            places.add(_first_letter(body, start, hit.span.end))
    # a verb of speech, or "that", with an "and" written onto it
    for hit in (*_verbs(body, sentence.language), *lexicon(sentence.language, "complementizers").find(body)):
        if hit.prefix in _joiners(sentence.language):
            places.add(hit.span.start - len(hit.prefix))
    return sorted(offset + place for place in places)


@cache
def _joiners(language: str) -> frozenset[str]:
    """What means "and" and is written onto the word behind it."""
    rows = load_languages().pack(language).rows("clause_marks")
    return frozenset(row.form.strip(_EDGE + "ـ") for row in rows if row.meaning == "and")


def _verbs(body: str, language: str) -> list[Hit]:
    """The reporting verbs; with more than an "and" written onto it a word is a noun ("and the transport")."""
    return [hit for hit in lexicon(language, "reporting_verbs").find(body) if len(hit.prefix) <= 1]


def _last_word(form: str) -> str:
    return form.rsplit(maxsplit=1)[-1]


def _behind_punctuation(body: str, start: int) -> bool:
    before = body[:start].rstrip()
    return not body[start].isalnum() or (bool(before) and before[-1] in _PAUSES)


def _in_list(body: str, start: int) -> bool:
    """Whether what stands between commas before the comma here is too short for assertions: "a, b, and c"."""
    _, *between = _COMMA.split(body[:start].rstrip(_EDGE))
    counts = [_count(words) for words in between[-2:]]
    if not counts or counts[-1] < _FEWEST_WORDS:
        return bool(counts)
    return len(counts) == 2 and counts[0] < _FEWEST_WORDS and counts[1] < _LONGEST_ITEM


def _names_another(body: str, start: int, language: str) -> bool:
    """Whether no more than a person with a rank stands before the next comma: "and General Ayman, who"."""
    comma = _COMMA.search(body, start)
    if comma is None:
        return False
    named = body[start : comma.start()]
    titles = lexicon(language, "titles").find(named)
    return bool(titles) and not named[: titles[0].span.start].strip() and not _verbs(named, language)


def _first_letter(body: str, start: int, end: int) -> int:
    """The punctuation that a mark begins with stays with the clause before."""
    while start < end and not body[start].isalnum():
        start += 1
    return start


def _with_frame(text: str, sentence: Sentence, piece: Span) -> Clause:
    begins = _content_start(text, piece, sentence.language)
    content = Span(begins, piece.end).trimmed(text, _EDGE)
    if begins == piece.start or len(_WORD.findall(content.of(text))) < _FEWEST_CONTENT_WORDS:
        return Clause(sentence.id, piece, piece, None, sentence.language)
    frame = Span(piece.start, begins).trimmed(text, _EDGE)
    return Clause(sentence.id, piece, content, frame, sentence.language)


def _content_start(text: str, piece: Span, language: str) -> int:
    """Where the reported words begin: behind a reporting verb and its "that", colon or quotation mark."""
    body = piece.of(text)
    attribution = lexicon(language, "attribution").find(body)
    if attribution and not body[: attribution[0].span.start].strip():
        comma = _AFTER_FRAME.search(body, attribution[0].span.end)
        if comma and _count(body[: comma.start()]) <= _LONGEST_FRAME_WORDS:
            return piece.start + comma.end()
    verbs = _verbs(body, language)
    if not verbs or _QUOTED.search(body, 0, verbs[0].span.start):
        return piece.start
    ends = sorted(_frame_ends(body, verbs[0].span.end, language))
    if ends and _count(body[: ends[0]]) <= _LONGEST_FRAME_WORDS:
        return piece.start + ends[0]
    return piece.start


def _frame_ends(body: str, verb_end: int, language: str) -> Iterator[int]:
    for hit in lexicon(language, "complementizers").find(body):
        if hit.span.start >= verb_end:
            yield hit.span.end
            break
    opening = _OPENING.search(body, max(0, verb_end - 1))
    if opening:
        yield opening.end()


def _count(words: str) -> int:
    return len(_WORD.findall(words))
