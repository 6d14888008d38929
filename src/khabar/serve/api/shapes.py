"""What the API takes and gives, as its schema describes it."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Annotated, Any, Generic, Literal, Self, TypeVar

from fastapi import Body, Depends, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field, model_validator

from khabar.library import Library
from khabar.serve.works import Works
from khabar.settings import Settings

T = TypeVar("T")
MOST_REPORTS, MOST_ADDRESSES = 1_000, 100
_CLEAN = r"^[^\x00-\x1f\x7f]*$"


class Page(BaseModel, Generic[T]):
    """Some items, and the cursor to ask for those that follow: null at the end."""

    items: list[T]
    next: str | None


@dataclass(frozen=True, slots=True)
class Desk:
    """What an endpoint works with."""

    library: Library
    settings: Settings
    works: Works


def desk_of(request: Request) -> Desk:
    """The desk of the application that the request came to."""
    state = request.app.state
    return Desk(state.library, state.settings, state.works)


At = Annotated[Desk, Depends(desk_of)]
Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]
Cursor = Annotated[
    str | None, Query(max_length=40, pattern=r"^[A-Za-z0-9_.:-]+$", description="`next` of the last answer.")
]
Day = Annotated[str | None, Query(pattern=r"^\d{4}-\d{2}-\d{2}$", description="A day: 2020-07-01.")]
Language = Annotated[str | None, Query(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")]
Words = Annotated[str | None, Query(max_length=200, pattern=_CLEAN)]
ArticleId = Annotated[str, Path(max_length=40, pattern=r"^[A-Za-z0-9-]+$", examples=["a1b2c3d4e"])]
StoryId = Annotated[str, Path(pattern=r"^s\d{1,18}$", examples=["s7"])]
EntityId = Annotated[str, Path(pattern=r"^e\d{1,18}$", examples=["e12"])]
DecisionId = Annotated[str, Path(pattern=r"^d\d{1,18}$", examples=["d3"])]
JobId = Annotated[str, Path(pattern=r"^j\d{1,18}$", examples=["j5"])]
StoryName = Annotated[str, Field(pattern=r"^s\d{1,18}$")]
ArticleName = Annotated[str, Field(max_length=40, pattern=r"^[A-Za-z0-9-]+$")]
Articles = Annotated[list[ArticleName], Field(max_length=1_000)]
Note = Annotated[str, Field(max_length=4_000, pattern=r"^[^\x00]*$")]
Address = Annotated[str, Field(max_length=4_000, pattern=r"^[Hh][Tt][Tt][Pp][Ss]?://[^\x00-\x20\x7f]+$")]


def _one_of(*names: str) -> list[Any]:
    return [{"required": [name], "properties": {name: {"type": "string"}}} for name in names]


def _any_of(*names: str) -> list[Any]:
    return [{"required": [name], "properties": {name: {"minItems": 1}}} for name in names]


class Given(BaseModel):
    """A report, or an archive of them: its words in `text`, or any file as base64 in `content`."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"oneOf": _one_of("text", "content")})
    name: str = Field("report.txt", min_length=1, max_length=300, pattern=_CLEAN, description="A file name.")
    text: str | None = None
    content: str | None = Field(
        None, description="The file's bytes in base64.", json_schema_extra={"contentEncoding": "base64"}
    )
    media: str = Field("", max_length=100, pattern=r"^[\w/+.-]*$", description="Its kind: text/html.")
    address: Address | None = Field(None, description="Where it stands on the web; it is not fetched.")

    @model_validator(mode="after")
    def check(self) -> Self:
        """One of both."""
        if (self.text is None) == (self.content is None):
            raise ValueError("give either text or content")
        self.data()
        return self

    def data(self) -> bytes:
        """The bytes."""
        if self.text is not None:
            return self.text.encode("utf-8", "backslashreplace")
        try:
            return base64.b64decode(self.content or "", validate=True)
        except binascii.Error as error:
            raise ValueError("content is not base64") from error


class Work(BaseModel):
    """What to compare or to add; addresses are fetched where the server allows it (fetch_for_clients)."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"anyOf": _any_of("reports", "addresses")})
    reports: list[Given] = Field(default_factory=list, max_length=MOST_REPORTS)
    addresses: list[Address] = Field(default_factory=list, max_length=MOST_ADDRESSES)

    @model_validator(mode="after")
    def check(self) -> Self:
        """Something to work on."""
        if not self.reports and not self.addresses:
            raise ValueError("name at least one report or address")
        return self


class _Deciding(BaseModel):
    model_config = ConfigDict(extra="forbid")
    story: StoryName
    note: Note = ""
    by: Note = ""


class Merging(_Deciding):
    """Both are one story, whatever speaks against it."""

    kind: Literal["merge"]
    other: StoryName


class Splitting(_Deciding):
    """These reports are a story of their own."""

    kind: Literal["split"]
    articles: Articles = Field(min_length=1)


class Confirming(_Deciding):
    """These reports belong to the story; without any, those that are in it."""

    kind: Literal["confirm"]
    articles: Articles = Field(default_factory=list)


class Rejecting(_Deciding):
    """The report is none of the story."""

    kind: Literal["reject"]
    article: ArticleName


class Noting(_Deciding):
    """Words about the story; they change nothing."""

    kind: Literal["note"]


Deciding = Annotated[
    Merging | Splitting | Confirming | Rejecting | Noting, Field(discriminator="kind"), Body()
]


def paged(items: list[Any], limit: int, next_of: Any) -> dict[str, Any]:
    """A page of the items, of which one more than `limit` was asked for to see whether there is more."""
    shown = items[:limit]
    more = len(items) > limit
    return {"items": shown, "next": str(next_of(shown[-1])) if more and shown else None}


def sliced(items: list[Any], after: str | None, limit: int) -> dict[str, Any]:
    """A page of a list that is there as a whole; the cursor is the number of items seen."""
    start = int(after) if after and after.isascii() and after.isdigit() and len(after) < 10 else 0
    end = start + limit
    return {"items": items[start:end], "next": str(end) if end < len(items) else None}
