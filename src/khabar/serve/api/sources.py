"""What is followed, and saved searches."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from khabar.library import alerts as alert_table
from khabar.library import sources as source_table
from khabar.library.alerts import Alert, AlertHits
from khabar.library.following import fetch_sources
from khabar.library.sources import Source
from khabar.serve.answers import answer, to_plain
from khabar.serve.api.shapes import Address, At, Cursor, Desk, Limit, Page, sliced
from khabar.serve.api.works import EVENTS, begun
from khabar.serve.problems import Refusal
from khabar.serve.works import Telling

router = APIRouter()
_SourceId = Annotated[str, Path(pattern=r"^f\d{1,18}$", examples=["f2"])]
_AlertId = Annotated[str, Path(pattern=r"^w\d{1,18}$", examples=["w1"])]
_Name = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]


class Following(BaseModel):
    """A feed to follow."""

    model_config = ConfigDict(extra="forbid")
    address: Address
    title: _Name = ""


class Saving(BaseModel):
    """A search to save, as it would stand in the search box."""

    model_config = ConfigDict(extra="forbid")
    query: Annotated[str, Field(min_length=1, max_length=2_000, pattern=r"^[^\x00-\x1f\x7f]*$")]
    name: _Name = ""


@router.get("/sources", response_model=Page[Source], tags=["sources"])
def list_sources(
    request: Request, at: At, left: bool = False, after: Cursor = None, limit: Limit = 50
) -> Response:
    """What is followed and how well that goes; with `left` also what was."""
    return answer(request, sliced(source_table.list_sources(at.library.store, left), after, limit))


@router.post("/sources", response_model=Source, status_code=201, tags=["sources"])
def follow(request: Request, at: At, following: Following) -> Response:
    """Follows a feed, where the server fetches for its clients."""
    _allow(at)
    source, _ = source_table.follow(at.library.store, following.address, following.title)
    return answer(request, source, 201)


@router.delete("/sources/{source}", response_model=Source, tags=["sources"])
def unfollow(request: Request, at: At, source: _SourceId) -> Response:
    """Asks the source no more; what it brought stays."""
    return answer(request, source_table.unfollow(at.library.store, source))


@router.post("/sources/fetch", responses=EVENTS, tags=["sources"])
def fetch(
    at: At,
    everything: Annotated[bool, Query(alias="all", description="Also those that are not due.")] = False,
    wait: Annotated[bool, Query(description="Whether to answer with events until the end.")] = True,
) -> Response:
    """Asks the sources that are due, and adds what is new in them."""
    _allow(at)

    def do(telling: Telling) -> Any:
        return {"sources": to_plain(fetch_sources(at.library, telling, everything, telling.stop))}

    return begun(at, at.works.start("fetch", "followed sources", do), wait)


@router.get("/alerts", response_model=Page[Alert], tags=["alerts"])
def list_alerts(request: Request, at: At, after: Cursor = None, limit: Limit = 50) -> Response:
    """Saved searches."""
    return answer(request, sliced(alert_table.list_alerts(at.library.store), after, limit))


@router.post("/alerts", response_model=Alert, status_code=201, tags=["alerts"])
def save(request: Request, at: At, saving: Saving) -> Response:
    """Saves a search; what is in the library already counts as seen."""
    return answer(request, alert_table.create_alert(at.library.store, saving.query, saving.name), 201)


@router.get("/alerts/{alert}/hits", response_model=AlertHits, tags=["alerts"])
def read_hits(request: Request, at: At, alert: _AlertId) -> Response:
    """What is new for the alert; asking changes nothing."""
    found = alert_table.read_alert(at.library.store, alert)
    return answer(request, alert_table.new_hits(at.library, found))


@router.post("/alerts/{alert}/seen", response_model=AlertHits, tags=["alerts"])
def take_hits(request: Request, at: At, alert: _AlertId) -> Response:
    """What is new for the alert, and from now on counts as seen."""
    hits = alert_table.new_hits(at.library, alert_table.read_alert(at.library.store, alert))
    alert_table.mark_seen(at.library.store, hits)
    return answer(request, hits)


@router.delete("/alerts/{alert}", response_model=Alert, tags=["alerts"])
def forget(request: Request, at: At, alert: _AlertId) -> Response:
    """Takes the saved search away."""
    return answer(request, alert_table.remove_alert(at.library.store, alert))


def _allow(at: Desk) -> None:
    if at.settings.fetch_for_clients == "off":
        raise Refusal(403, "This server fetches no addresses for its clients (setting fetch_for_clients).")
