"""Whether the server works, what it holds, and how it is asked."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from khabar.library.types import Totals
from khabar.serve.answers import answer
from khabar.serve.api.schema import describe
from khabar.serve.api.shapes import At

router = APIRouter(tags=["state"])


@dataclass(frozen=True, slots=True)
class Health:
    """That the library answers."""

    status: str


@router.get("/health", response_model=Health)
def health(request: Request, at: At) -> Response:
    """Whether the library answers; everybody may ask."""
    at.library.store.rows("SELECT 1")
    return answer(request, Health("ok"))


@router.get("/totals", response_model=Totals)
def totals(request: Request, at: At) -> Response:
    """How much the library holds."""
    return answer(request, at.library.totals())


@router.get("/metrics", responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}})
def metrics(request: Request, at: At) -> Response:
    """Figures for Prometheus (text format 0.0.4)."""
    text = request.app.state.metrics.text(at.library.totals(), at.works.count())
    return Response(text, media_type="text/plain; version=0.0.4; charset=utf-8")


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: Request) -> Response:
    """The description of this API."""
    state = request.app.state
    if not hasattr(state, "description"):
        state.description = describe(request.app)
    return answer(request, state.description)
