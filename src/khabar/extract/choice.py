"""Which of the things said about a page are taken, with the reason in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from khabar.extract.draft import Draft
from khabar.extract.metadata import Said
from khabar.extract.outlets import Outlet, find_outlet, outlet_of_title
from khabar.extract.phrases import Phrases
from khabar.extract.words import find_words, forms
from khabar.model.article import Boilerplate, BoilerplateKind, Named
from khabar.model.claims import Claim, ClaimField
from khabar.model.span import Span

_PART = re.compile(r"[^|•·\n]+")
_BYLINE_WORDS = 8
_SECTION_WORDS = 5
_FAR = 600  # characters from the title: further off a section or byline is another report's
_TITLE_LEAST = 3  # words


@dataclass(frozen=True, slots=True)
class Choice:
    """Chooses for one page that has been sorted."""

    draft: Draft
    said: Said
    phrases: Phrases
    pieces: tuple[Boilerplate, ...]

    def outlet(self) -> Outlet | None:
        """The outlet: what the metadata name as publisher, else what the page shows."""
        for claim in self.said.of(ClaimField.OUTLET):
            return Outlet(claim.text, _origin_in_words(claim))
        titles = self.said.texts(ClaimField.TITLE)
        return outlet_of_title(self.draft, titles) or find_outlet(self.draft, self.phrases)

    def title_from(self) -> str:
        """Why the title is the title."""
        if self.draft.title is None:
            named = self.said.of(ClaimField.TITLE)
            return f"no line is the title that {named[0].origin} names" if named else ""
        shown = forms(self.draft.title.of(self.draft.text))
        agreeing = [
            claim.origin for claim in self.said.of(ClaimField.TITLE) if _agree(shown, forms(claim.text))
        ]
        if agreeing:
            return "the visible line that " + ", ".join(dict.fromkeys(agreeing)) + " also give"
        return "the line that stands above the text as titles do"

    def byline(self) -> Named | None:
        """Who signs: a claim, with its place where it is visible, else the byline that the page shows."""
        for claim in self._outside(ClaimField.BYLINE):
            return Named(claim.text, self._shown(claim.text), _origin_in_words(claim))
        for span in self._elements(ClaimField.BYLINE):
            name = self._without_label(span)
            if name is not None:
                return Named(
                    name.of(self.draft.text), name, "the element that the page's markup calls byline"
                )
        for span in self._near(BoilerplateKind.BYLINE):
            name = self._without_label(span)
            if name is not None:
                return Named(
                    name.of(self.draft.text), name, "the line beside the title that signs the report"
                )
        return None

    def section(self) -> Named | None:
        """The part of the site that the report stands in."""
        for claim in self._outside(ClaimField.SECTION):
            return Named(claim.text, self._shown(claim.text), _origin_in_words(claim))
        for span in self._elements(ClaimField.SECTION):
            return Named(span.of(self.draft.text), span, "the element that the page's markup calls section")
        for span in self._near(BoilerplateKind.SECTION):
            if len(forms(span.of(self.draft.text))) <= _SECTION_WORDS:
                return Named(span.of(self.draft.text), span, "the short line beside the title")
        return None

    def address(self) -> Named | None:
        """Where the page says that it stands; a canonical address goes before the one it was fetched from."""
        claims = sorted(self.said.of(ClaimField.ADDRESS), key=lambda claim: claim.origin != "link canonical")
        return Named(claims[0].text, None, _origin_in_words(claims[0])) if claims else None

    def _outside(self, field: ClaimField) -> list[Claim]:
        return [claim for claim in self.said.of(field) if not claim.origin.startswith("element")]

    def _elements(self, field: ClaimField) -> list[Span]:
        """Where the elements stand that are named for a field, those near the title, nearest first."""
        claims = (claim.text for claim in self.said.of(field) if claim.origin.startswith("element"))
        spans = [span for text in claims if (span := self._shown(text)) and self._distance(span) <= _FAR]
        return sorted(dict.fromkeys(spans), key=lambda span: (self._distance(span), len(span)))

    def _shown(self, words: str) -> Span | None:
        """Where the words stand among what is left out of the body, nearest the title."""
        places = [
            Span(start, start + len(words))
            for piece in self.pieces
            if (start := self.draft.text.find(words, piece.span.start, piece.span.end)) >= 0
        ]
        return min(places, key=self._distance, default=None)

    def _near(self, kind: BoilerplateKind) -> Iterator[Span]:
        spans = (piece.span for piece in self.pieces if piece.kind is kind)
        return (span for span in sorted(spans, key=self._distance) if self._distance(span) <= _FAR)

    def _distance(self, span: Span) -> int:
        title = self.draft.title
        return 0 if title is None else max(span.start - title.end, title.start - span.end, 0)

    def _without_label(self, line: Span) -> Span | None:
        """The name in a byline: without "by" before it and without what strokes set apart behind it."""
        text = self.draft.text
        for part in _PART.finditer(text, line.start, line.end):
            words = find_words(text, *part.span())
            known = self.phrases.at_start(tuple(word.form for word in words))
            labels = [phrase for phrase in known if phrase.kind is BoilerplateKind.BYLINE]
            rest = words[len(labels[0].words) :] if labels else words
            rest = [word for word in rest if not word.form[0].isdigit()]
            if 0 < len(rest) <= _BYLINE_WORDS and len(rest) == len(words) - (
                len(labels[0].words) if labels else 0
            ):
                return Span(rest[0].start, rest[-1].end)
        return None


def _agree(shown: tuple[str, ...], named: tuple[str, ...]) -> bool:
    return shown == named or (len(shown) >= _TITLE_LEAST and named[: len(shown)] == shown)


def _origin_in_words(claim: Claim) -> str:
    kind, _, name = claim.origin.partition(" ")
    if kind == "json-ld":
        return f"the {name} in the page's JSON-LD"
    return f"the page's {claim.origin}" if kind in ("meta", "microdata", "link") else claim.origin
