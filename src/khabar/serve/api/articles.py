"""Reports."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from khabar.library.columns import to_number
from khabar.library.types import ArticleLine
from khabar.model.story import Comparison, MadeBy
from khabar.serve.answers import answer, answer_bytes
from khabar.serve.api.schema import of, page_of
from khabar.serve.api.shapes import ArticleId, At, Cursor, Day, Language, Limit, Page, Words, paged
from khabar.serve.problems import Refusal
from khabar.show.json import to_json

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
    number = to_number("e", at.library.entity(speaker).entity.id)
    before = whole_number(after)
    where = "" if before is None else "AND article < ? "
    values = (number, limit + 1) if before is None else (number, before, limit + 1)
    sql = f"SELECT article FROM mentions WHERE entity = ? {where}ORDER BY article DESC LIMIT ?"
    numbers = [one for (one,) in at.library.store.rows(sql, values)]
    items = [
        quote
        for article in at.library.reading.articles(numbers[:limit])
        for quote in _quotes(article, speaker)
    ]
    following = str(numbers[limit - 1]) if len(numbers) > limit else None
    return answer(request, {"items": items, "next": following})


def _quotes(article: Any, speaker: str) -> list[dict[str, Any]]:
    shown = to_json(Comparison((article,), (), (), (), MadeBy("", "", ())))["articles"][0]
    facts = {
        "article": article.id, "outlet": article.outlet, "published": article.published.value,
    }  # fmt: skip
    return [{**facts, **quote} for quote in shown["quotes"] if quote["speaker"] == speaker]


def whole_number(cursor: str | None) -> int | None:
    """The number in a cursor. Errors: Refusal where it is none of ours."""
    if cursor is None:
        return None
    if not (cursor.isascii() and cursor.isdigit()) or len(cursor) > 18:
        raise Refusal(422, f"after is {cursor!r}, which is no cursor of this list.")
    return int(cursor)
