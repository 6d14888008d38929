"""The page of a story in the library: what it tells, its evidence, and what people decide about it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from khabar.errors import LibraryError
from khabar.library import Library
from khabar.library.columns import STORY, to_number
from khabar.library.tellings import telling_key
from khabar.library.types import Decision, StoryLine
from khabar.serve.web.desk import library_of, read_form
from khabar.serve.web.pages.evidence import evidence_part, opened
from khabar.serve.web.pages.wanted import table_wanted
from khabar.serve.web.render import page, wants_part, with_query
from khabar.serve.web.story_view import Shown, shown, tools_of, values_of

router = APIRouter()
_SOON_S = 1.5  # so long a story may take to be told before its page says that it is being compared
_under_way: WeakKeyDictionary[Library, dict[str, threading.Thread]] = WeakKeyDictionary()
_lock = threading.Lock()
_remembered: WeakKeyDictionary[Library, dict[tuple[str, bytes], Shown]] = WeakKeyDictionary()
_MOST_REMEMBERED = 8  # stories; one of thirty reports takes some 20 MB


@router.get("/stories/{name}")
def show(request: Request, name: str) -> Response:
    """A story; where it has to be compared first, a page that waits for it."""
    library = library_of(request)
    line = library.line(name)
    if line.id != name:
        return RedirectResponse(f"/stories/{line.id}", 303)
    is_told, waits = _is_told(library, line.id), wants_part(request, "telling")
    if waits:
        return Response(headers={"hx-refresh": "true"}) if is_told else Response(status_code=204)
    if not is_told:
        return page(request, "telling.html", line=line)
    one, wanted = _shown(library, line.id), table_wanted(request)
    if wants_part(request, "board"):
        values = values_of(one, wanted)
        return page(request, "board.html", more=tools_of(one), kept=line, open_rows={}, **values)
    return page(request, "story.html", more=tools_of(one), **_values(request, library, line, one))


def _values(request: Request, library: Library, line: StoryLine, one: Shown) -> dict[str, Any]:
    decisions = library.decisions(line.id)
    asked = request.query_params.get("decided")
    return values_of(one, table_wanted(request)) | {
        "kept": line,
        "made": None,
        "decisions": decisions,
        "decided": next((each for each in decisions if each.id == asked and not each.undone), None),
        "history": library.history(line.id)[-40:],
        "near": [library.article(other.article).story for other in one.story.lookalikes[:12]],
        "open_rows": opened(request, one),
    }


def _is_told(library: Library, story: str) -> bool:
    """Whether the story can be shown now; else it is being compared in the background."""
    if telling_key(library.store, to_number(STORY, story), library.made) is not None:
        return True
    with _lock:
        under_way = _under_way.setdefault(library, {})
        thread = under_way.get(story)
        if thread is None or not thread.is_alive():
            thread = under_way[story] = threading.Thread(target=library.story, args=(story,), daemon=True)
            thread.start()
    thread.join(_SOON_S)
    return not thread.is_alive()


def _shown(library: Library, story: str) -> Shown:
    """The story with all that showing it needs; the last ones are remembered until something changes."""
    key = telling_key(library.store, to_number(STORY, story), library.made) or b""
    with _lock:
        remembered = _remembered.setdefault(library, {})
        known = remembered.get((story, key))
    if known is None:
        comparison = library.comparison([story])
        known = shown(f"/stories/{story}", comparison.stories[0], comparison)
        with _lock:
            if key:
                remembered[story, key] = known
            while len(remembered) > _MOST_REMEMBERED:
                remembered.pop(next(iter(remembered)))
    return known


@router.get("/stories/{name}/evidence/{number}")
def show_evidence(request: Request, name: str, number: int) -> Response:
    """The evidence of a statement."""
    one = _shown(library_of(request), name)
    return page(request, "evidence.html", more=tools_of(one), **evidence_part(request, one, number))


_Deciding = Callable[[Library, str, FormData], Decision]
_DECIDE: dict[str, _Deciding] = {
    "confirm": lambda library, story, form: library.confirm(story, by=_by(form)),
    "merge": lambda library, story, form: library.merge(story, _word(form, "other"), by=_by(form)),
    "split": lambda library, story, form: library.split(story, _articles(form), by=_by(form)),
    "reject": lambda library, story, form: library.reject(story, _word(form, "article"), by=_by(form)),
    "note": lambda library, story, form: library.note(story, _word(form, "text"), by=_by(form)),
}


@router.post("/stories/{name}/decide")
async def decide(request: Request, name: str) -> Response:
    """Keeps a decision and shows the story with it, and how to take it back."""
    form = await read_form(request)
    kind = str(form.get("kind", ""))
    if kind not in _DECIDE:
        raise LibraryError(f"{kind[:40]!r} is no decision; those are {', '.join(_DECIDE)}.")
    library = library_of(request)
    decision = await to_thread.run_sync(lambda: _DECIDE[kind](library, name, form))
    return RedirectResponse(with_query(f"/stories/{decision.story}", decided=decision.id), 303)


@router.post("/decisions/{name}/undo")
async def undo(request: Request, name: str) -> Response:
    """Takes a decision back."""
    form = await read_form(request)
    library = library_of(request)
    decision = await to_thread.run_sync(library.undo, name)
    there = "/decisions" if form.get("next") == "/decisions" else f"/stories/{decision.story}"
    return RedirectResponse(there, 303)


def _word(form: FormData, name: str) -> str:
    given = str(form.get(name, "")).strip()
    if not given:
        raise LibraryError(f"The form says nothing under {name!r}. Go back and fill it in.")
    return given[:4000].removeprefix("/stories/")


def _articles(form: FormData) -> list[str]:
    found = [str(one) for one in form.getlist("article")]
    if not found:
        raise LibraryError("No report was ticked. Go back and tick those that are a story of their own.")
    return found


def _by(form: FormData) -> str:
    return str(form.get("by", "")).strip()[:100]
