"""Routes that answer in the reader's language, from their first line on."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from khabar.serve.web.desk import reader_of
from khabar.show.wording import speaking

_Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class SpokenRoute(APIRoute):
    """A route in whose code `say` speaks the reader's language; threads that it starts hear it too."""

    def get_route_handler(self) -> _Handler:
        """What answers a request."""
        handler = super().get_route_handler()

        async def spoken(request: Request) -> Response:
            reader = reader_of(request)
            with speaking(reader.language, reader.calendar):
                return await handler(request)

        return spoken


def pages_router() -> APIRouter:
    """A router for pages."""
    return APIRouter(include_in_schema=False, route_class=SpokenRoute)
