"""What goes on: search, sources, alerts, jobs."""

from __future__ import annotations

from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from khabar.library.jobs import list_jobs
from khabar.serve.web.desk import library_of, read_form
from khabar.serve.web.finding import find
from khabar.serve.web.render import page, with_query
from khabar.serve.web.shelf import outlets
from khabar.serve.web.watching import drop_alert, keep_alert, read_alerts, read_sources

router = APIRouter()


@router.get("/search")
def search(request: Request) -> Response:
    """What was found, by story."""
    given = request.query_params
    query = given.get("q", "").strip()[:2_000]
    asked = {name: given.get(name) or None for name in ("language", "since", "until", "outlet")}
    found, problem = None, ""
    if query:
        found, problem = find(library_of(request), query, asked, given.get("after") or None)
    further = found.next if found else None
    return page(
        request, "search.html", query=query, asked=asked, found=found, problem=problem,
        next=further and with_query("/search", q=query, **asked, after=further),
    )  # fmt: skip


@router.get("/sources")
def sources(request: Request) -> Response:
    """The feeds that are followed and how they are, and the outlets of the latest reports."""
    library = library_of(request)
    return page(request, "sources.html", sources=read_sources(library), outlets=outlets(library))


@router.get("/alerts")
def alerts(request: Request) -> Response:
    """Saved searches with what is new in them."""
    return page(request, "alerts.html", alerts=read_alerts(library_of(request)))


@router.post("/alerts")
async def save_alert(request: Request) -> Response:
    """Keeps a search."""
    form = await read_form(request)
    library, query = library_of(request), str(form.get("q", "")).strip()[:2_000]
    name = str(form.get("name", "")).strip()[:200] or query[:200]
    if query:
        await to_thread.run_sync(keep_alert, library, name, query)
    return RedirectResponse("/alerts", 303)


@router.post("/alerts/{number}/remove")
async def remove_alert(request: Request, number: int) -> Response:
    """Forgets a search."""
    await read_form(request)
    await to_thread.run_sync(drop_alert, library_of(request), number)
    return RedirectResponse("/alerts", 303)


@router.get("/jobs")
def jobs(request: Request) -> Response:
    """Long work: what runs and what became of it."""
    library = library_of(request)
    after = request.query_params.get("after") or None
    found: list[Any] = list_jobs(library.store, after, 51)
    further = with_query("/jobs", after=found[49].id) if len(found) > 50 else None
    return page(request, "jobs.html", jobs=found[:50], next=further)
