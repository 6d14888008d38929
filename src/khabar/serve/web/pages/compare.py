"""Start: give reports, see the comparison while it is made."""

from __future__ import annotations

from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response

from khabar.errors import NotFound
from khabar.model.story import Story
from khabar.serve.web.desk import library_of, read_form, settings_of
from khabar.serve.web.pages.evidence import evidence_part, opened
from khabar.serve.web.pages.wanted import table_wanted
from khabar.serve.web.render import page, wants_part
from khabar.serve.web.shelf import growing
from khabar.serve.web.story_view import Shown, shown, tools_of, values_of
from khabar.serve.web.tries import Tries, Try
from khabar.serve.web.uploads import EXAMPLES, Given, read_given
from khabar.show.html import words_of_page
from khabar.show.table import catalogue

router = APIRouter()
_FIRST_FIELDS = 2
_MOST_FIELDS = 40
_SOON_S = 0.4  # so long a new comparison may take to be shown at once
_NEWEST = 6


@router.get("/")
def start(request: Request) -> Response:
    """The first page."""
    return _start(request)


def _start(request: Request, status: int = 200, **values: Any) -> Response:
    library = library_of(request)
    given: dict[str, Any] = {"fields": [""] * _FIRST_FIELDS, "addresses": "", "problem": ""}
    newest = library.stories(least=2, limit=_NEWEST)
    shown = {line.id for line in newest}
    return page(
        request,
        "start.html",
        status,
        examples=EXAMPLES,
        fetches=settings_of(request).fetch_for_clients == "on",
        newest=newest,
        growing=[one for one in growing(library, 2 * _NEWEST) if one[0].id not in shown][:_NEWEST],
        **(given | values),
    )


@router.post("/compare")
async def compare(request: Request) -> Response:
    """Begins a comparison of what the form brings, and goes to its page."""
    form = await read_form(request)
    if form.get("more"):
        return await to_thread.run_sync(lambda: _start(request, **_typed(form, 1)))
    given = await _given(form)
    await form.close()
    if given.is_empty:
        problem = "start.nothing"
        return await to_thread.run_sync(lambda: _start(request, 400, **_typed(form), problem=problem))
    settings = settings_of(request)
    made = _tries(request).begin(lambda: read_given(given, settings), given.asked)
    await to_thread.run_sync(made.ready.wait, _SOON_S)
    return RedirectResponse(f"/compare/{made.id}", 303)


def _typed(form: FormData, more: int = 0) -> dict[str, Any]:
    """What was typed already, with so many fields more."""
    texts = [str(text) for text in form.getlist("text")]
    return {"fields": (texts + [""] * more)[:_MOST_FIELDS], "addresses": str(form.get("addresses", ""))}


async def _given(form: FormData) -> Given:
    texts = [str(text) for text in form.getlist("text") if str(text).strip()]
    uploads = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
    return Given(
        tuple(texts),
        tuple([(one.filename or "", await one.read()) for one in uploads]),
        tuple(str(form.get("addresses", "")).split()),
        tuple(str(name) for name in form.getlist("example")),
    )


def _tries(request: Request) -> Tries:
    tries: Tries = request.app.state.tries
    return tries


@router.get("/compare/{name}")
def show(request: Request, name: str) -> Response:
    """A comparison: as far as it is, or its result."""
    made = _tries(request).find(name)
    values = _progress(made)
    if wants_part(request, "progress"):
        return page(request, "try_body.html", more=values.pop("more"), **values)
    return page(request, "try.html", more=values.pop("more"), **values)


def _progress(made: Try) -> dict[str, Any]:
    comparison = made.comparison
    stories = comparison.stories if comparison else ()
    shared = [story for story in stories if len(story.articles) > 1]
    alone = [story for story in stories if len(story.articles) == 1]
    more = words_of_page(catalogue(comparison)) if comparison and comparison.articles else {}
    done, total = made.counts
    return {
        "more": more, "made": made, "shared": shared, "alone": alone, "comparison": comparison,
        "done": done, "total": total, "stage": made.stage, "articles": made.articles,
    }  # fmt: skip


@router.post("/compare/{name}/cancel")
async def cancel(request: Request, name: str) -> Response:
    """Ends a comparison."""
    await read_form(request)
    _tries(request).cancel(_tries(request).find(name))
    return RedirectResponse(f"/compare/{name}", 303)


@router.post("/compare/{name}/keep")
async def keep(request: Request, name: str) -> Response:
    """Adds the reports of a comparison to the library, and shows its stories there."""
    await read_form(request)
    made, library = _tries(request).find(name), library_of(request)
    added = await to_thread.run_sync(lambda: library.add_pages(list(made.pages)))
    wanted = [library.article(one).story for one in added.articles[:1]] or ["/stories"]
    return RedirectResponse(f"/stories/{wanted[0]}" if added.articles else "/stories", 303)


@router.get("/compare/{name}/{story}")
def show_story(request: Request, name: str, story: str) -> Response:
    """A story of a comparison."""
    one = _shown(request, name, story)
    wanted = table_wanted(request)
    if wants_part(request, "board"):
        return page(
            request, "board.html", more=tools_of(one), kept=None, open_rows={}, **values_of(one, wanted)
        )
    return page(
        request, "story.html", more=tools_of(one), kept=None, made=_tries(request).find(name),
        open_rows=opened(request, one), **values_of(one, wanted),
    )  # fmt: skip


@router.get("/compare/{name}/{story}/evidence/{number}")
def show_evidence(request: Request, name: str, story: str, number: int) -> Response:
    """The evidence of a statement."""
    one = _shown(request, name, story)
    return page(request, "evidence.html", more=tools_of(one), **evidence_part(request, one, number))


def _shown(request: Request, name: str, story: str) -> Shown:
    made = _tries(request).find(name)
    comparison = made.comparison
    found: list[Story] = [one for one in comparison.stories if one.id == story] if comparison else []
    if comparison is None or not found:
        raise NotFound(f"there is no story {story[:40]!r} in this comparison.")
    return shown(f"/compare/{name}/{story}", found[0], comparison)
