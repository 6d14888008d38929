"""Extracts built from their parts, as a page would hold them."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.model.article import Boilerplate, BoilerplateKind, DateClaim, Extract
from khabar.model.span import Span


def page(
    *body: str,
    title: str = "",
    lines: Sequence[tuple[BoilerplateKind, str]] = (),
    claims: Sequence[tuple[str, str]] = (),
) -> Extract:
    """An extract with the title on top, then the boilerplate lines, then the body paragraphs."""
    parts = [*([title] if title else []), *(words for _, words in lines), *body]
    text = "\n".join(parts)
    starts = [sum(len(part) + 1 for part in parts[:n]) for n in range(len(parts))]
    spans = [Span(start, start + len(part)) for start, part in zip(starts, parts, strict=True)]
    first = 1 if title else 0
    pieces = zip(spans[first:], lines, strict=False)
    return Extract(
        path="page.txt",
        text=text,
        body=tuple(spans[first + len(lines) :]),
        boilerplate=tuple(Boilerplate(span, kind) for span, (kind, _) in pieces),
        title=spans[0] if title else None,
        date_claims=tuple(DateClaim(words, origin) for origin, words in claims),
    )
