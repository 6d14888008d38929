"""Constructed reports, as the stages before tracing would hand them over."""

from __future__ import annotations

import re

from khabar.model.article import Article, Block, Sentence
from khabar.model.mentions import Citation, DateStatus, Precision, Published, Quote
from khabar.model.span import Excerpt, Span
from khabar.model.story import Attestation, Statement

SPEECH = (
    "The harbour will open before the first storm of the winter because every family on this coast has "
    "waited for it long enough and no council may ask them to wait for another year of promises"
)
REPORT = (
    "The council of Arrandel voted on Monday to rebuild the eastern harbour wall after three hours of talks. "
    "Fourteen members were in favour and two abstained, the clerk wrote in her minutes. "
    "Work begins in the second week of April and is meant to last eleven months. "
    "Fishermen who moor along the quay were told to bring their boats to the northern basin until then. "
    "The town pays a third of the cost and the province lends the rest at two per cent."
)
OTHER = (
    "After a long debate the town of Arrandel has agreed to build its harbour wall anew. "
    "The vote was fourteen to none with two abstentions. "
    "Boats must move to the basin in the north by spring, when masons and divers start on the foundations. "
    "A loan from the province covers most of what the work costs, and the town finds the remainder itself."
)


def report(
    name: str,
    text: str,
    outlet: str | None = None,
    published: str | None = None,
    credit: tuple[str, str] | None = None,
    language: str = "en",
) -> Article:
    """One report; what stands in “curly marks” is speech, `credit` the words that credit and the entity."""
    whole = Span(0, len(text))
    status = DateStatus.PRINTED if published else DateStatus.UNKNOWN
    precision = Precision.MINUTE if published and "T" in published else Precision.DAY
    return Article(
        id=name,
        path=f"{name}.txt",
        text=text,
        outlet=outlet,
        outlet_from="",
        title=None,
        languages=(language,),
        published=Published(published, precision if published else None, status=status),
        body=(whole,),
        boilerplate=(),
        blocks=(Block(whole, language),),
        sentences=(Sentence("1", whole, language),),
        quotes=tuple(
            Quote(Span(*match.span()), match.group(), "direct") for match in re.finditer("“[^”]*”", text)
        ),
        citations=(_citation(text, *credit),) if credit else (),
    )


def _citation(text: str, words: str, entity: str) -> Citation:
    start = text.index(words)
    return Citation(Span(start, start + len(words)), words, entity)


def statements(rows: dict[str, str]) -> tuple[Statement, ...]:
    """Statements by the reports that make them, each report's in its own order.

    `rows` has for each report its statements as letters: "abcd" and "abdc" share all, the last two turned.
    """
    letters = sorted(set("".join(rows.values())))
    return tuple(
        Statement(
            letter,
            letter,
            tuple(_attestation(name, row.index(letter)) for name, row in rows.items() if letter in row),
        )
        for letter in letters
    )


def _attestation(article: str, place: int) -> Attestation:
    return Attestation(Excerpt(article, Span(place * 10, place * 10 + 10), "x" * 10), "en")
