"""How far a credit holds: its sentence, its paragraph, or the rest of the report, and how sure that is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from khabar.annotate.citations.credit import Credit, Place
from khabar.lang.lexicons import lexicon
from khabar.model.article import Article
from khabar.model.mentions import Citation, Reaches
from khabar.model.span import Span

# Judged, not measured: how often a desk's habit holds. What words themselves say is surest.
_SURE, _LIKELY, _USUAL, _OPEN = 0.9, 0.8, 0.7, 0.5
_HEAD = 25  # characters from the start of a paragraph within which a credit opens it
_COLON = (":", "：")


@dataclass(frozen=True, slots=True)
class _Far:
    """A reach, what kind it is, and the reason with its confidence."""

    span: Span | None
    kind: Reaches
    confidence: float
    reason: str


class Reach:
    """The reaches of the credits of one article, which bound each other."""

    def __init__(self, article: Article, given: Sequence[Credit]) -> None:
        self._article = article
        self._starts = [span.start for span in article.body]
        self._tags = sorted(one.span.start for one in given if one.place is Place.TAG)
        self._sentences = sorted(article.sentences, key=lambda sentence: sentence.span)
        self._sentence_starts = [sentence.span.start for sentence in self._sentences]

    def citation(self, credit: Credit, source: str | None) -> Citation:
        """The citation that a credit is, with its reach."""
        far = self._far(credit)
        words = credit.span.of(self._article.text)
        return Citation(
            credit.span, words, source, credit.reason, far.span, far.kind, far.confidence, far.reason
        )

    def _far(self, credit: Credit) -> _Far:
        if credit.place is Place.PHOTO:
            return _Far(None, Reaches.PICTURE, _SURE, "A photograph is credited, no words.")
        if credit.place is Place.DATELINE:
            return self._report(0, _SURE, "The dateline credits it: the report is taken from there.")
        if credit.place is Place.SOURCE_LINE:
            sure = _LIKELY if credit.name else _OPEN
            return self._report(0, sure, "A line apart from the text credits it for the report.")
        if credit.place is Place.TAG:
            return self._tag(credit)
        return self._in_words(credit)

    def _report(self, start: int, confidence: float, reason: str) -> _Far:
        """From a place in the body to its end."""
        body = self._article.body
        if not body:
            return _Far(None, Reaches.REPORT, confidence, reason)
        return _Far(
            Span(max(start, body[0].start), max(start, body[-1].end)), Reaches.REPORT, confidence, reason
        )

    def _tag(self, credit: Credit) -> _Far:
        """A tag holds for what stands before it, back to the tag before."""
        body, at = self._article.body, self._paragraph(credit.span.start)
        if at is None:
            return self._report(0, _USUAL, "A tag credits it.")
        before = [start for start in self._tags if start < credit.span.start]
        last = at == len(body) - 1
        if last and not before:
            return self._report(0, _LIKELY, "The tag at the end of the report credits it for all of it.")
        reason = "The tag closes this paragraph; other tags or paragraphs follow or stand before."
        return _Far(body[at], Reaches.PARAGRAPH, _USUAL, reason)

    def _in_words(self, credit: Credit) -> _Far:
        sentence, at = self._sentence(credit.span.start), self._paragraph(credit.span.start)
        if sentence is None or at is None:
            return _Far(None, Reaches.SENTENCE, _OPEN, "It stands outside the body.")
        paragraph = self._article.body[at]
        if sentence.of(self._article.text).rstrip(' "”»«“').endswith(_COLON):
            return self._report(
                sentence.end, _USUAL, "A colon closes its sentence: what follows is taken from there."
            )
        opens = credit.span.start - paragraph.start <= _HEAD
        if at == 0 and opens and self._reports(credit):
            return self._report(0, _USUAL, "It opens the report as agency copy is opened.")
        if opens and self._reports(credit) and sentence.end < paragraph.end:
            return _Far(
                paragraph, Reaches.PARAGRAPH, _OPEN, "It opens the paragraph, which names no other source."
            )
        return _Far(sentence, Reaches.SENTENCE, _SURE, "Its words hold for their sentence.")

    def _reports(self, credit: Credit) -> bool:
        """Whether the words that credit are those that open agency copy ("به گزارش")."""
        words = credit.span.of(self._article.text)
        hits = (
            hit
            for language in self._article.languages
            for hit in lexicon(language, "attribution").find(words)
        )
        return any(hit.row.meaning == "reported_by" and hit.span.start == 0 for hit in hits)

    def _paragraph(self, at: int) -> int | None:
        n = bisect_right(self._starts, at) - 1
        return n if n >= 0 and self._article.body[n].start <= at < self._article.body[n].end else None

    def _sentence(self, at: int) -> Span | None:
        n = bisect_right(self._sentence_starts, at) - 1
        span = self._sentences[n].span if n >= 0 else None
        return span if span and span.start <= at < span.end else None
