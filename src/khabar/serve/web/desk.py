"""What a request brings with it: the library, and what the reader chose."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import cast

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from khabar.library import Library
from khabar.serve.problems import Refusal
from khabar.settings import Settings
from khabar.show.wording import speaking

LANGUAGES = ("en", "ar", "fa")
THEMES = ("auto", "light", "dark")
CALENDARS = ("gregorian", "jalali", "hijri")
DIGITS = ("own", "western")
FORM_COOKIE = "khabar_form"
_YEAR_S = 365 * 24 * 3600
_MOST_FIELDS = 500


@dataclass(frozen=True, slots=True)
class Reader:
    """What the reader chose, and the secret that the forms of this browser carry."""

    language: str = "en"
    theme: str = "auto"
    calendar: str = "gregorian"
    digits: str = "own"
    form: str = ""


def reader_of(request: Request) -> Reader:
    """The reader of a request, by the cookies; what is not there is as the browser asks, or the default."""
    form = getattr(request.state, "form", "") or request.cookies.get(FORM_COOKIE, "")
    if len(form) < 32:
        form = secrets.token_urlsafe(32)
    request.state.form = form
    return Reader(
        _choice(request, "language", LANGUAGES, _asked_language(request)),
        _choice(request, "theme", THEMES, "auto"),
        _choice(request, "calendar", CALENDARS, "gregorian"),
        _choice(request, "digits", DIGITS, "own"),
        form,
    )


def _choice(request: Request, name: str, choices: tuple[str, ...], default: str) -> str:
    chosen = request.cookies.get(f"khabar_{name}", default)
    return chosen if chosen in choices else default


def _asked_language(request: Request) -> str:
    """The first language of Accept-Language that there is an interface in."""
    for part in request.headers.get("accept-language", "")[:200].split(","):
        code = part.split(";")[0].split("-")[0].strip().lower()
        if code in LANGUAGES:
            return code
    return LANGUAGES[0]


def library_of(request: Request) -> Library:
    """The library that is served."""
    return cast(Library, request.app.state.library)


def settings_of(request: Request) -> Settings:
    """The settings that the server goes by."""
    return library_of(request).settings


def keep_choice(response: Response, name: str, value: str) -> None:
    """Sets a cookie that no other site's page makes the browser send."""
    response.set_cookie(name, value, max_age=_YEAR_S, httponly=True, samesite="strict", path="/")


async def speak(request: Request) -> AsyncIterator[None]:
    """What is said while a request is answered is said in its reader's language, calendar and digits."""
    reader = reader_of(request)
    with speaking(reader.language, reader.calendar, reader.digits):
        yield


async def read_form(request: Request) -> FormData:
    """The fields of a form of ours. Errors: Refusal where it does not carry the secret of this browser."""
    form = await request.form(max_files=_MOST_FIELDS, max_fields=_MOST_FIELDS, max_part_size=20_000_000)
    expected, given = request.cookies.get(FORM_COOKIE, ""), str(form.get("form", ""))
    if not expected or not secrets.compare_digest(expected.encode(), given.encode("utf-8", "replace")):
        raise Refusal(403, "This form is not from a page of this browser, or is too old. Reload the page.")
    return form


def own_path(given: object, default: str = "/") -> str:
    """Where to go next, only if it is a page of ours."""
    path = str(given or "")
    ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if ours else default
