"""What somebody said, in the words of all reports that give it to them."""

from __future__ import annotations

from dataclasses import dataclass

from khabar.library.columns import ENTITY, to_number
from khabar.library.library import Library
from khabar.model.mentions import Quote


@dataclass(frozen=True, slots=True)
class KeptQuote:
    """Words that a report gives to somebody, with the report; spans address the report's text."""

    article: str
    outlet: str | None
    published: str | None
    quote: Quote


@dataclass(frozen=True, slots=True)
class Quoted:
    """Quotations; `next` is the number of the last report looked at, None where there are no more."""

    quotes: tuple[KeptQuote, ...]
    next: int | None


def quotes_of(library: Library, entity: str, after: int | None = None, reports: int = 20) -> Quoted:
    """What reports give to this speaker, the latest arrivals first, from so many reports that name it.

    Errors: NotFound.
    """
    number = to_number(ENTITY, library.entity(entity).entity.id)
    where = "" if after is None else "AND article < ? "
    values = [number, *([] if after is None else [after]), reports + 1]
    sql = f"SELECT article FROM mentions WHERE entity = ? {where}ORDER BY article DESC LIMIT ?"
    numbers = [one for (one,) in library.store.rows(sql, values)]
    found = tuple(
        KeptQuote(article.id, article.outlet, article.published.value, quote)
        for article in library.reading.articles(numbers[:reports])
        for quote in article.quotes
        if quote.speaker == entity
    )
    return Quoted(found, numbers[reports - 1] if len(numbers) > reports else None)
