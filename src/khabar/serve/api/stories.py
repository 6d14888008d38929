"""Stories, what they state, and where their tellings differ."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from khabar.library.types import Event, StoryLine
from khabar.model.story import Comparison
from khabar.serve.answers import answer, answer_bytes
from khabar.serve.api.schema import of, page_of
from khabar.serve.api.shapes import At, Cursor, Day, Desk, Language, Limit, Page, StoryId, paged, sliced
from khabar.serve.problems import Refusal
from khabar.show.exports import MEDIA_TYPES, export
from khabar.show.json import to_json

router = APIRouter(tags=["stories"])
_Form = Literal["csv", "xlsx", "parquet", "json", "jsonld", "ftm", "html", "docx"]
_Names = Annotated[
    list[Annotated[str, Query(pattern=r"^s\d{1,18}$")]], Query(alias="story", min_length=1, max_length=50)
]
_ANY_FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {media.partition(";")[0]: {} for media in MEDIA_TYPES.values()}}
}


@router.get("/stories", response_model=Page[StoryLine])
def list_stories(
    request: Request, at: At, since: Day = None, until: Day = None, language: Language = None,
    least: Annotated[int, Query(ge=1, le=100_000, description="With so many reports.")] = 1,
    after: Cursor = None, limit: Limit = 50,
) -> Response:  # fmt: skip
    """Stories, the newest first."""
    if after is not None and not (after[:1] == "s" and after[1:].isascii() and after[1:].isdigit()):
        raise Refusal(422, f"after is {after!r}, which is no cursor of this list.")
    found = at.library.stories(
        since=since, until=until, language=language, least=least, after=after, limit=limit + 1
    )
    return answer(request, paged(found, limit, lambda one: one.id))


@router.get("/stories/{story}", responses=of("KeptStory"))
def read_story(request: Request, at: At, story: StoryId) -> Response:
    """A story with its statements, differences, origins and sayings."""
    return answer(request, {"line": at.library.line(story), "story": _told(at, story)})


@router.get("/stories/{story}/comparison", responses=of("comparison"))
def read_comparison(request: Request, at: At, story: StoryId) -> Response:
    """The same with its reports and whom they name: all that a report of `khabar compare` has."""
    return answer(request, to_json(at.library.comparison([story])))


@router.get("/stories/{story}/statements", responses=page_of("statement"))
def list_statements(
    request: Request, at: At, story: StoryId, after: Cursor = None, limit: Limit = 50
) -> Response:
    """What is stated, and by which reports."""
    return answer(request, sliced(_told(at, story)["statements"], after, limit))


@router.get("/stories/{story}/differences", responses=page_of("difference"))
def list_differences(
    request: Request, at: At, story: StoryId,
    kind: Annotated[str | None, Query(pattern="^[a-z]{1,20}$")] = None,
    weight: Literal["meaning", "wording"] | None = None,
    after: Cursor = None, limit: Limit = 50,
) -> Response:  # fmt: skip
    """Where two tellings differ."""
    found = [
        one
        for one in _told(at, story)["differences"]
        if kind in (None, one["kind"]) and weight in (None, one["weight"])
    ]
    return answer(request, sliced(found, after, limit))


@router.get("/stories/{story}/sayings", responses=page_of("saying"))
def list_sayings(
    request: Request, at: At, story: StoryId, after: Cursor = None, limit: Limit = 50
) -> Response:
    """Who said what, in every report that tells it."""
    return answer(request, sliced(_told(at, story)["sayings"], after, limit))


@router.get("/stories/{story}/history", response_model=Page[Event])
def list_history(
    request: Request, at: At, story: StoryId, after: Cursor = None, limit: Limit = 50
) -> Response:
    """What happened to the story, oldest first, and why."""
    return answer(request, sliced(at.library.history(story), after, limit))


@router.get("/exports", responses=_ANY_FILE)
def export_stories(
    request: Request, at: At, stories: _Names, to: _Form,
    table: Annotated[str, Query(pattern="^[a-z]{1,20}$", description="For csv and parquet.")] = "statements",
) -> Response:  # fmt: skip
    """Stories as a file for other programs and for people."""
    written = export(at.library.comparison(stories), to, table)
    name = f"{'-'.join(stories[:5])}.{to}"
    headers = {
        "content-disposition": f'attachment; filename="{name}"',
        "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    }
    return answer_bytes(request, written, MEDIA_TYPES[to], headers)


def _told(at: Desk, story: str) -> dict[str, Any]:
    """The story as JSON; its reports are not needed for it."""
    alone = Comparison((), (), (at.library.story(story),), (), at.library.made)
    told: dict[str, Any] = to_json(alone)["stories"][0]
    return told
