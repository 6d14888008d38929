"""Long work: comparing and adding, told as it goes; and the jobs that keep record of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response

from khabar.library.jobs import Job, cancel_job, list_jobs, read_job
from khabar.model.outcome import Outcome
from khabar.model.page import Page as ReadPage
from khabar.pipeline import compare_pages
from khabar.read import Limits, parse_fields, read_bytes, read_sources
from khabar.read.web.policy import make_policy
from khabar.serve.answers import NDJSON, answer, answer_lines, to_plain
from khabar.serve.api.shapes import At, Cursor, Desk, JobId, Limit, Page, Work, paged
from khabar.serve.problems import Refusal
from khabar.serve.works import Telling, follow
from khabar.settings import Settings
from khabar.show.json import to_json

router = APIRouter(tags=["works"])
_BYTES_A_MB = 1_000_000
EVENTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A line of JSON for each event, the last one with the result.",
        "content": {NDJSON: {"schema": {"$ref": "#/components/schemas/WorkEvent"}}},
    },
    202: {"model": Job, "description": "Where `wait` is false: the job that was begun."},
}
_Wait = Annotated[bool, Query(description="Whether to answer with events until the end.")]


@router.post("/compare", responses=EVENTS)
def compare(at: At, work: Work, wait: _Wait = True) -> Response:
    """Which of these reports tell the same story, and how they differ; nothing of it is kept.

    Who closes the connection ends the work. The result is the `comparison` of the schema.
    """
    pages = read_work(work, at.settings)

    def do(telling: Telling) -> Any:
        return to_json(compare_pages(pages, at.settings, telling, encoder=at.library.encoder))

    return begun(at, at.works.start("compare", _asked(work), do), wait)


@router.post("/articles", responses=EVENTS)
def add(at: At, work: Work, wait: _Wait = True) -> Response:
    """Takes reports into the library, and forms its stories. What is known is not added again.

    Each report is kept as it is done: who cancels keeps those that are.
    """
    pages = read_work(work, at.settings)

    def do(telling: Telling) -> Any:
        expected = 0 if work.addresses else len(work.reports)
        return to_plain(at.library.add_pages(pages, telling, expected))

    return begun(at, at.works.start("add", _asked(work), do), wait)


@router.get("/jobs", response_model=Page[Job], tags=["jobs"])
def all_jobs(request: Request, at: At, after: Cursor = None, limit: Limit = 50) -> Response:
    """Long work, the newest first."""
    found = list_jobs(at.library.store, after, limit + 1)
    return answer(request, paged(found, limit, lambda one: one.id))


@router.get("/jobs/{job}", response_model=Job, tags=["jobs"])
def one_job(request: Request, at: At, job: JobId) -> Response:
    """What a job is doing, or what became of it."""
    return answer(request, read_job(at.library.store, job))


@router.post("/jobs/{job}/cancel", response_model=Job, tags=["jobs"])
def cancel(request: Request, at: At, job: JobId) -> Response:
    """Asks the job to end at its next step."""
    found = cancel_job(at.library.store, job)
    at.works.cancel(job)
    return answer(request, found)


def read_work(work: Work, settings: Settings) -> Iterator[Outcome[ReadPage]]:
    """The pages of what was sent. Errors: Refusal where addresses are named and may not be fetched."""
    if work.addresses and settings.fetch_for_clients == "off":
        raise Refusal(403, "This server fetches no addresses for its clients (setting fetch_for_clients).")
    return _pages(work, settings)


def _pages(work: Work, settings: Settings) -> Iterator[Outcome[ReadPage]]:
    limits = Limits(item_bytes=settings.largest_file_mb * _BYTES_A_MB)
    fields = parse_fields(settings.fields)
    for given in work.reports:
        yield from read_bytes(given.name, given.data(), limits, fields, given.media, given.address)
    if work.addresses:
        yield from read_sources(list(work.addresses), limits, fields, make_policy(settings))


def _asked(work: Work) -> str:
    named = [*(given.name for given in work.reports), *work.addresses]
    return ", ".join(named[:5]) + (f" and {len(named) - 5} more" if len(named) > 5 else "")


def begun(at: Desk, telling: Telling, wait: bool) -> Response:
    """The events of a work as they come, or the job where the client does not wait for them."""
    if wait:
        return answer_lines(follow(telling))
    where = {"location": f"/v1/jobs/{telling.job}"}
    return JSONResponse(to_plain(read_job(at.library.store, telling.job)), 202, where)
