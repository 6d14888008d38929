"""Search."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from khabar.library.search.types import Mode, Results
from khabar.serve.answers import answer
from khabar.serve.api.shapes import At, Language, Words

router = APIRouter(tags=["search"])
_QUERY = (
    'Words in any language; "phrases", -without, OR; fields: outlet: language: person: place: story: '
    "published:2020-07 mentioned: since: until:"
)
_After = Annotated[
    str | None,
    Query(max_length=40_000, pattern=r"^[A-Za-z0-9_-]+$", description="`next` of the last answer."),
]


@router.get("/search", response_model=Results)
def search(
    request: Request, at: At,
    q: Annotated[str, Query(max_length=4_000, description=_QUERY)] = "",
    language: Language = None, outlet: Words = None, person: Words = None, place: Words = None,
    story: Words = None, since: Words = None, until: Words = None, mentioned: Words = None,
    mode: Mode = Mode.BOTH,
    hits_each: Annotated[int, Query(ge=1, le=50, description="Reports of a story at most.")] = 3,
    after: _After = None, limit: Annotated[int, Query(ge=1, le=100, description="Stories at most.")] = 20,
) -> Response:  # fmt: skip
    """Reports that answer the query, by story, with marked evidence and facets.

    Fields given apart narrow what the query says. Without a query the newest come first.
    """
    found = at.library.search(
        q, language=language, outlet=outlet, person=person, place=place, story=story, since=since,
        until=until, mentioned=mentioned, mode=mode, limit=limit, after=after, hits_each=hits_each,
    )  # fmt: skip
    return answer(request, found)
