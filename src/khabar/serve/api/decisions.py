"""What people decide about stories."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from khabar.errors import LibraryError
from khabar.library.types import Decision
from khabar.serve.answers import answer
from khabar.serve.api.shapes import (
    At,
    Confirming,
    Cursor,
    Deciding,
    DecisionId,
    Desk,
    Limit,
    Merging,
    Page,
    Rejecting,
    Splitting,
    sliced,
)
from khabar.serve.problems import Refusal

router = APIRouter(tags=["decisions"])
_Story = Annotated[str | None, Query(pattern=r"^s\d{1,18}$")]


@router.get("/decisions", response_model=Page[Decision])
def list_decisions(
    request: Request, at: At, story: _Story = None, after: Cursor = None, limit: Limit = 50
) -> Response:
    """Decisions, oldest first, undone ones too; with `story` only what concerns it."""
    return answer(request, sliced(at.library.decisions(story), after, limit))


@router.post("/decisions", response_model=Decision, status_code=201)
def decide(request: Request, at: At, deciding: Deciding) -> Response:
    """Merge, split, confirm, reject or note; the decision outlives all that is found later."""
    try:
        return answer(request, _decide(at, deciding), 201)
    except LibraryError as error:  # the stories are not as the client believes
        raise Refusal(409, str(error)) from error


@router.post("/decisions/{decision}/undo", response_model=Decision)
def undo(request: Request, at: At, decision: DecisionId) -> Response:
    """Takes the decision back; it stays on record as undone."""
    try:
        return answer(request, at.library.undo(decision))
    except LibraryError as error:
        raise Refusal(409, str(error)) from error


def _decide(at: Desk, asked: Any) -> Decision:
    library, story = at.library, asked.story
    match asked:
        case Merging():
            return library.merge(story, asked.other, asked.by, asked.note)
        case Splitting():
            return library.split(story, asked.articles, asked.by, asked.note)
        case Confirming():
            return library.confirm(story, asked.articles, asked.by, asked.note)
        case Rejecting():
            return library.reject(story, asked.article, asked.by, asked.note)
        case _:
            return library.note(story, asked.note, asked.by)
