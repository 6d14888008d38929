"""What the library holds, in lists: stories, reports, people and bodies, decisions; and how it decides."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from khabar.library import Library
from khabar.library.types import KnownName
from khabar.model.mentions import NameKind
from khabar.serve.web.article_view import article_values
from khabar.serve.web.calendars import typed_days
from khabar.serve.web.desk import library_of
from khabar.serve.web.method import languages_measured, weights_shown
from khabar.serve.web.render import page, with_query
from khabar.serve.web.shelf import days_of, growing, named_most, told_origins
from khabar.show.exports import FORMS, ONE_TABLE, export
from khabar.show.exports import MEDIA_TYPES as MEDIA
from khabar.show.naming import Held, held_titles, latin_reading

router = APIRouter()
_PAGE = 20
_MOST = 200
_PEOPLE = 60
_SAYINGS = 40
_LATEST = 10
_MOST_READ = 30  # reports that are read for ranks


@router.get("/stories")
def stories(request: Request) -> Response:
    """The stories, the newest first or those that grow."""
    library, given = library_of(request), request.query_params
    sort = "growing" if given.get("sort") == "growing" else "newest"
    typed = typed_days(given.get("since"), given.get("until"))
    asked = {"since": typed.days[0], "until": typed.days[1], "language": given.get("language") or None}
    least = _number(given.get("least"), 2)
    if sort == "growing":
        lines = [line for line, _ in growing(library, _PAGE)]
    else:
        lines = library.stories(
            since=asked["since"],
            until=asked["until"],
            language=asked["language"],
            least=least,
            after=given.get("after") or None,
            limit=_PAGE + 1,
        )
    shown, ids = lines[:_PAGE], [line.id for line in lines[:_PAGE]]
    further = shown[-1].id if len(lines) > _PAGE else None
    return page(
        request,
        "stories.html",
        lines=shown,
        days=days_of(library, ids),
        origins=told_origins(library, ids),
        sort=sort,
        asked=asked,
        typed=typed,
        least=least,
        next=further and with_query("/stories", **asked, least=least, after=further),
    )


def _number(given: str | None, default: int) -> int:
    return min(int(given), 1000) if given and given.isdecimal() and len(given) < 5 else default


@router.get("/stories/{name}/export/{form}")
def export_story(request: Request, name: str, form: str) -> Response:
    """The story in a form for other programs and for people."""
    table = request.query_params.get("table", "statements")
    data = export(library_of(request).comparison([name]), form, table)
    ending = f"{table}.{form}" if form in ONE_TABLE else form
    headers = {"content-disposition": f'attachment; filename="khabar-{name[:20]}.{ending}"'}
    return Response(data, media_type=MEDIA[form], headers=headers)


@router.get("/articles")
def articles(request: Request) -> Response:
    """The reports, the latest arrival first."""
    library, given = library_of(request), request.query_params
    typed = typed_days(given.get("since"), given.get("until"))
    asked = {name: given.get(name) or None for name in ("language", "outlet")}
    asked |= {"since": typed.days[0], "until": typed.days[1]}
    after = given.get("after", "")
    lines = library.articles(
        **asked, after=int(after) if after.isdecimal() and len(after) < 16 else None, limit=_PAGE * 2 + 1
    )
    shown = lines[: _PAGE * 2]
    further = shown[-1].number if len(lines) > len(shown) else None
    return page(
        request, "articles.html", lines=shown, asked=asked, typed=typed,
        next=further and with_query("/articles", **asked, after=further),
    )  # fmt: skip


@router.get("/articles/{name}")
def article(request: Request, name: str) -> Response:
    """A report: all of its page, with what was found in it."""
    values, more = article_values(library_of(request), name)
    return page(request, "article.html", more=more, **values)


@router.get("/people")
def people(request: Request) -> Response:
    """Whom the newest stories are about, or all whom a name may mean."""
    library, asked = library_of(request), request.query_params.get("q", "").strip()[:200]
    kind = request.query_params.get("kind", "person")
    chosen = NameKind(kind) if kind in [one.value for one in NameKind] else NameKind.PERSON
    found = library.people(asked, chosen)[:_PEOPLE] if asked else named_most(library, _PEOPLE)
    return page(request, "people.html", found=found, asked=asked, kind=chosen.value, kinds=list(NameKind))


@router.get("/people/{name}")
def person(request: Request, name: str) -> Response:
    """A person or body: all spellings, the stories, and what they said in those."""
    library = library_of(request)
    known = library.entity(name)
    lines = [library.line(story) for story in known.stories[:_PAGE]]
    spoken = [found for line in lines for found in _sayings(library, line.id, known.entity.id)]
    return page(
        request, "person.html", known=known, lines=lines, spoken=spoken[:_SAYINGS],
        held=_held(library, known), latin=latin_reading(known.entity),
        titles_of={line.id: line.title for line in lines},
    )  # fmt: skip


def _held(library: Library, known: KnownName) -> tuple[Held, ...]:
    """The ranks and offices that the latest reports of the latest stories give a person."""
    if known.entity.kind is not NameKind.PERSON:
        return ()
    stories = [
        one for story in known.stories[:_LATEST] for one in library.articles(story=story, limit=_LATEST)
    ]
    reports = [library.article(one.id).article for one in stories[:_MOST_READ]]
    return held_titles(reports).get(known.entity.id, ())


def _sayings(library: Any, story: str, speaker: str) -> list[tuple[str, Any]]:
    """What a speaker said in a story that was compared already."""
    from khabar.serve.web.shelf import told  # noqa: PLC0415

    telling = told(library, story)
    return [(story, one) for one in telling.sayings if one.speaker == speaker] if telling else []


@router.get("/decisions")
def decisions(request: Request) -> Response:
    """What people decided, the latest first."""
    found = library_of(request).decisions()[::-1][:_MOST]
    return page(request, "decisions.html", decisions=found)


@router.get("/method")
def method(request: Request) -> Response:
    """How the machine decides, and how well that was measured to work."""
    library = library_of(request)
    return page(
        request, "method.html", languages=languages_measured(), weights=weights_shown(),
        totals=library.totals(), made=library.made, forms=FORMS,
    )  # fmt: skip
