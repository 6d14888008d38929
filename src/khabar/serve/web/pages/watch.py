"""What goes on: search, sources, alerts, jobs."""

from __future__ import annotations

from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from khabar.library.alerts import (
    create_alert,
    list_alerts,
    mark_seen,
    new_hits,
    read_alert,
    remove_alert,
)
from khabar.library.jobs import cancel_job, list_jobs
from khabar.library.sources import list_sources
from khabar.serve.web.calendars import typed_days
from khabar.serve.web.desk import library_of, read_form
from khabar.serve.web.finding import find
from khabar.serve.web.render import page, with_query
from khabar.serve.web.shelf import outlets, takings

router = APIRouter()
_MOST = 500
_MOST_LOOKED = 20  # alerts whose news are looked for on one page


@router.get("/search")
def search(request: Request) -> Response:
    """What was found, by story."""
    given = request.query_params
    query = given.get("q", "").strip()[:2_000]
    typed = typed_days(given.get("since"), given.get("until"))
    asked = {name: given.get(name) or None for name in ("language", "outlet")}
    asked |= {"since": typed.days[0], "until": typed.days[1]}
    found, problem = None, ""
    if query:
        found, problem = find(library_of(request), query, asked, given.get("after") or None)
    further = found.next if found else None
    return page(
        request, "search.html", query=query,
        query_shown=query, asked=asked, typed=typed, found=found, problem=problem,
        next=further and with_query("/search", q=query, **asked, after=further),
    )  # fmt: skip


@router.get("/sources")
def sources(request: Request) -> Response:
    """The feeds that are followed and how they are, and the outlets of the latest reports."""
    library = library_of(request)
    found = sorted(list_sources(library.store, left=True)[:_MOST], key=lambda one: -one.failures)
    return page(request, "sources.html", sources=found, outlets=outlets(library), takings=takings(library))


@router.get("/alerts")
def alerts(request: Request) -> Response:
    """Saved searches with what is new in them."""
    library = library_of(request)
    found = list_alerts(library.store)
    news = [new_hits(library, one) for one in found[:_MOST_LOOKED]]
    return page(request, "alerts.html", news=news, others=found[_MOST_LOOKED:])


@router.post("/alerts")
async def save_alert(request: Request) -> Response:
    """Keeps a search."""
    form = await read_form(request)
    store, query, name = library_of(request).store, str(form.get("q", "")), str(form.get("name", ""))
    await to_thread.run_sync(create_alert, store, query, name)
    return RedirectResponse("/alerts", 303)


@router.post("/alerts/{name}/seen")
async def see_alert(request: Request, name: str) -> Response:
    """From now on only what comes later is new."""
    await read_form(request)
    library = library_of(request)
    await to_thread.run_sync(
        lambda: mark_seen(library.store, new_hits(library, read_alert(library.store, name)))
    )
    return RedirectResponse("/alerts", 303)


@router.post("/alerts/{name}/remove")
async def drop_alert(request: Request, name: str) -> Response:
    """Forgets a search."""
    await read_form(request)
    await to_thread.run_sync(remove_alert, library_of(request).store, name)
    return RedirectResponse("/alerts", 303)


@router.get("/jobs")
def jobs(request: Request) -> Response:
    """Long work: what runs and what became of it."""
    library = library_of(request)
    after = request.query_params.get("after") or None
    found: list[Any] = list_jobs(library.store, after, 51)
    further = with_query("/jobs", after=found[49].id) if len(found) > 50 else None
    return page(request, "jobs.html", jobs=found[:50], next=further)


@router.post("/jobs/{name}/cancel")
async def cancel(request: Request, name: str) -> Response:
    """Asks a long work to end at its next step."""
    await read_form(request)
    await to_thread.run_sync(cancel_job, library_of(request).store, name)
    request.app.state.works.cancel(name)
    return RedirectResponse("/jobs", 303)
