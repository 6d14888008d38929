"""Pages from templates: the report's own parts and the layout of the web app."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from khabar.errors import KhabarError
from khabar.serve.problems import status_of
from khabar.serve.web import calendars
from khabar.serve.web.desk import (
    CALENDARS,
    DIGITS,
    FORM_COOKIE,
    LANGUAGES,
    THEMES,
    Reader,
    keep_choice,
    reader_of,
)
from khabar.serve.web.pages.static import address_of
from khabar.serve.web.wording import count, named_in, say
from khabar.show.ink import attributes, ink, told, words
from khabar.show.marks import one_line
from khabar.show.naming import latin_reading
from khabar.show.retell import retold, title_words
from khabar.show.tongues import known_tongues, tongue
from khabar.show.wording import day, number, speaking

HTMX = '{"includeIndicatorStyles":false,"allowEval":false,"selfRequestsOnly":true,"historyCacheSize":0}'


@cache
def environment() -> Environment:
    """The templates of the pages, and those of the report behind them."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader("khabar.serve.web"), PackageLoader("khabar.show")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["link"] = lambda text: quote(str(text), safe="")
    return made


def tools(reader: Reader) -> dict[str, Any]:
    """What every template may call."""
    return {
        "say": say,
        "say_with": lambda key, **values: Markup(escape(say(key))).format(**values),
        "count": count,
        "day": day,
        "number": number,
        "digits": number,
        "title_words": title_words,
        "ink": ink,
        "told": told,
        "words": words,
        "plain": one_line,
        "retold": retold,
        "attributes": attributes,
        "in_calendars": calendars.in_calendars,
        "weekday": calendars.weekday,
        "example_day": calendars.example_day(),
        "typed": calendars.Typed(),
        "tongues_here": known_tongues(),
        "moment": lambda at: day(at[:16]) if at else "",
        "tongue": tongue,
        "latin_of": latin_reading,
        "named_in": named_in,
        "signed": lambda value: ("−" if value < 0 else "+") + number(f"{abs(value):.2f}"),
        "reader": reader,
        "static": address_of,
        "htmx": HTMX,
        "version": _version(),
        "now": datetime.now(UTC).isoformat(),
        "choices": {"theme": THEMES, "calendar": CALENDARS, "digits": DIGITS},
        "languages_of_ours": LANGUAGES,
    }


def page(
    request: Request, name: str, status: int = 200, more: Mapping[str, Any] | None = None, **values: Any
) -> HTMLResponse:
    """The page, or the part of one, that a template makes of the values; `more` are further tools."""
    reader = reader_of(request)
    aid = getattr(request.app.state, "aid", None)
    here = {
        "path": request.url.path,
        "query": request.url.query,
        "here": _here(request),
        "aid_name": aid.name if aid else "",
    }
    with speaking(reader.language, reader.calendar, reader.digits):
        given = tools(reader) | dict(more or {}) | {"say": say, "count": count}
        text = environment().get_template(name).render(given | here | values)
    # with no referrer at all a browser would not say whose page sends a form; other sites get none either way
    response = HTMLResponse(text, status, {"referrer-policy": "same-origin"})
    if request.cookies.get(FORM_COOKIE) != reader.form:
        keep_choice(response, FORM_COOKIE, reader.form)
    return response


def _here(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def with_query(path: str, **values: object) -> str:
    """The path with these values behind it; those that are empty are left out."""
    given = [(key, value) for key, value in values.items() if value not in (None, "", ())]
    return f"{path}?{urlencode(given, doseq=True)}" if given else path


def wants_part(request: Request, target: str) -> bool:
    """Whether htmx asks for that element of the page alone."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-target") == target


def error_page(request: Request, error: KhabarError) -> Response:
    """What happened, to what, and what to do next."""
    return page(request, "error.html", status_of(error), message=str(error))


@cache
def _version() -> str:
    try:
        return version("khabar")
    except PackageNotFoundError:
        return ""
