"""Persons, organisations and places over the whole library."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from khabar.library.types import KnownName
from khabar.model.mentions import NameKind
from khabar.serve.answers import answer
from khabar.serve.api.shapes import At, Cursor, EntityId, Limit, Page, sliced

router = APIRouter(tags=["people"])
_Name = Annotated[str, Query(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]


@router.get("/people", response_model=Page[KnownName])
def find_people(
    request: Request, at: At, name: _Name, kind: NameKind = NameKind.PERSON, after: Cursor = None,
    limit: Limit = 50,
) -> Response:  # fmt: skip
    """All whom the name, in any script and spelling, may mean; those of most reports first."""
    return answer(request, sliced(at.library.people(name, kind), after, limit))


@router.get("/people/{entity}", response_model=KnownName)
def read_person(request: Request, at: At, entity: EntityId) -> Response:
    """A person, organisation or place with every spelling, and the stories that name it."""
    return answer(request, at.library.entity(entity))
