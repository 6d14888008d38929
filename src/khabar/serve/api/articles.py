"""Reports."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from khabar.library.quoted import quotes_of
from khabar.library.types import ArticleLine
from khabar.model.story import Comparison
from khabar.serve.answers import answer, answer_bytes
from khabar.serve.api.schema import of, page_of
from khabar.serve.api.shapes import ArticleId, At, Cursor, Day, Language, Limit, Page, Words, paged
from khabar.serve.problems import Refusal
from khabar.show.json import quote_json, to_json

router = APIRouter(tags=["articles"])
_Story = Annotated[str | None, Query(pattern=r"^s\d{1,18}$")]
_Entity = Annotated[str, Query(pattern=r"^e\d{1,18}$", examples=["e12"])]


@router.get("/articles", response_model=Page[ArticleLine])
def list_articles(
    request: Request, at: At, since: Day = None, until: Day = None, language: Language = None,
    outlet: Words = None, story: _Story = None, after: Cursor = None, limit: Limit = 50,
) -> Response:  # fmt: skip
    """Reports, the latest arrival first."""
    found = at.library.articles(
        since=since, until=until, language=language, outlet=outlet, story=story,
        after=whole_number(after), limit=limit + 1,
    )  # fmt: skip
    return answer(request, paged(found, limit, lambda one: one.number))


@router.get("/articles/{article}", responses=of("KeptArticle"))
def read_article(request: Request, at: At, article: ArticleId) -> Response:
    """A report with its annotations, its text unaltered. The id may be shortened as far as it stays alone."""
    kept = at.library.article(article)
    shown = to_json(Comparison((kept.article,), (), (), (), kept.made_by))
    facts = {name: getattr(kept, name) for name in ("story", "added", "address", "paths", "supersedes")}
    return answer(request, {**facts, "article": shown["articles"][0], "made_by": shown["made_by"]})


@router.get(
    "/articles/{article}/text",
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def read_text(request: Request, at: At, article: ArticleId) -> Response:
    """The text of a report, unaltered: what offsets count in."""
    text = at.library.article(article).article.text
    return answer_bytes(request, text.encode("utf-8", "replace"), "text/plain; charset=utf-8")


@router.get("/quotes", responses=page_of("KeptQuote"))
def list_quotes(
    request: Request, at: At, speaker: _Entity, after: Cursor = None, limit: Limit = 20
) -> Response:
    """What somebody said, in the words of the reports, report by report, the latest arrival first.

    `limit` counts reports.
    """
    found = quotes_of(at.library, speaker, whole_number(after), limit)
    items = [
        {"article": one.article, "outlet": one.outlet, "published": one.published, **quote_json(one.quote)}
        for one in found.quotes
    ]
    return answer(request, {"items": items, "next": None if found.next is None else str(found.next)})


def whole_number(cursor: str | None) -> int | None:
    """The number in a cursor. Errors: Refusal where it is none of ours."""
    if cursor is None:
        return None
    if not (cursor.isascii() and cursor.isdigit()) or len(cursor) > 18:
        raise Refusal(422, f"after is {cursor!r}, which is no cursor of this list.")
    return int(cursor)
