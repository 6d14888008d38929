"""The client: a method for each thing that the API does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Any, TypeVar

from khabar.client.problems import Problem
from khabar.client.sending import Sent, work_of
from khabar.client.transport import Transport
from khabar.client.values import read_value
from khabar.library.alerts import Alert, AlertHits
from khabar.library.jobs import Job
from khabar.library.quoted import KeptQuote
from khabar.library.search.types import Mode, Results
from khabar.library.sources import Source
from khabar.library.types import (
    Added,
    ArticleLine,
    Decision,
    Event,
    KeptArticle,
    KnownName,
    StoryLine,
    Totals,
)
from khabar.model.mentions import NameKind, Quote
from khabar.model.story import Comparison, Difference, Saying, Statement, Story

T = TypeVar("T")
Hear = Callable[[dict[str, Any]], None]
ADDRESS = "http://127.0.0.1:8420"


class Client:
    """One server. Use it in `with`, or `close` it.

    Lists are asked for page by page as they are read. Errors: NotFound; Problem with the server's words.
    """

    def __init__(self, address: str = ADDRESS, token: str | None = None, timeout_s: float = 60.0) -> None:
        self._at = Transport(address, token, timeout_s)

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connections."""
        self._at.close()

    # The server

    def is_well(self) -> bool:
        """Whether the library answers."""
        return bool(self._at.get("/health")["status"] == "ok")

    def totals(self) -> Totals:
        """How much the library holds."""
        return read_value(Totals, self._at.get("/totals"))

    def metrics(self) -> str:
        """Figures as Prometheus reads them."""
        return self._at.get_bytes("/metrics").decode()

    def description(self) -> dict[str, Any]:
        """The description of the API (OpenAPI)."""
        found: dict[str, Any] = self._at.get("/openapi.json")
        return found

    # Reports and stories

    def articles(
        self, *, since: str | None = None, until: str | None = None, language: str | None = None,
        outlet: str | None = None, story: str | None = None,
    ) -> Iterator[ArticleLine]:  # fmt: skip
        """Reports, the latest arrival first."""
        return self._list(
            ArticleLine, "/articles", since=since, until=until, language=language, outlet=outlet, story=story
        )

    def article(self, name: str) -> KeptArticle:
        """A report with its annotations."""
        return read_value(KeptArticle, self._at.get(f"/articles/{name}"))

    def text(self, name: str) -> str:
        """The text of a report, unaltered: what spans address."""
        return self._at.get_bytes(f"/articles/{name}/text").decode()

    def stories(
        self, *, since: str | None = None, until: str | None = None, language: str | None = None,
        least: int = 1,
    ) -> Iterator[StoryLine]:  # fmt: skip
        """Stories of at least `least` reports, the newest first."""
        return self._list(StoryLine, "/stories", since=since, until=until, language=language, least=least)

    def line(self, story: str) -> StoryLine:
        """A story as lists show it."""
        return read_value(StoryLine, self._at.get(f"/stories/{story}")["line"])

    def story(self, name: str) -> Story:
        """A story with its statements, differences, origins and sayings."""
        return read_value(Story, self._at.get(f"/stories/{name}")["story"])

    def comparison(self, story: str) -> Comparison:
        """The story with its reports and whom they name."""
        return read_value(Comparison, self._at.get(f"/stories/{story}/comparison"))

    def statements(self, story: str) -> Iterator[Statement]:
        """What is stated, and by which reports."""
        return self._list(Statement, f"/stories/{story}/statements")

    def differences(
        self, story: str, kind: str | None = None, weight: str | None = None
    ) -> Iterator[Difference]:
        """Where two tellings differ."""
        return self._list(Difference, f"/stories/{story}/differences", kind=kind, weight=weight)

    def sayings(self, story: str) -> Iterator[Saying]:
        """Who said what, in every report that tells it."""
        return self._list(Saying, f"/stories/{story}/sayings")

    def history(self, story: str) -> Iterator[Event]:
        """What happened to the story, oldest first."""
        return self._list(Event, f"/stories/{story}/history")

    def export(self, stories: Sequence[str], to: str, table: str = "statements") -> bytes:
        """Stories as a file: csv, xlsx, parquet, json, jsonld, ftm, html or docx."""
        return self._at.get_bytes("/exports", story=list(stories), to=to, table=table)

    # People and search

    def people(self, name: str, kind: NameKind = NameKind.PERSON) -> Iterator[KnownName]:
        """All whom the name, in any script, may mean."""
        return self._list(KnownName, "/people", name=name, kind=kind.value)

    def person(self, entity: str) -> KnownName:
        """A person, organisation or place with every spelling."""
        return read_value(KnownName, self._at.get(f"/people/{entity}"))

    def quotes(self, speaker: str) -> Iterator[KeptQuote]:
        """What somebody said, report by report, the latest arrival first."""
        for one in self._at.pages("/quotes", speaker=speaker):
            yield KeptQuote(one["article"], one["outlet"], one["published"], read_value(Quote, one))

    def search(
        self, query: str, *, mode: Mode = Mode.BOTH, limit: int = 20, after: str | None = None
    ) -> Results:
        """Reports that answer the query, by story; `after` is the `next` of the page before."""
        return read_value(
            Results, self._at.get("/search", q=query, mode=mode.value, limit=limit, after=after)
        )

    # Long work

    def compare(self, reports: Sequence[Sent], hear: Hear | None = None) -> Comparison:
        """Which of these tell the same story, and how they differ; nothing of it is kept.

        A Path is sent, an address is fetched by the server where it may. `hear` is told of every event.
        """
        return read_value(Comparison, self._result("/compare", work_of(reports), hear))

    def add(self, reports: Sequence[Sent], hear: Hear | None = None) -> Added:
        """Takes reports into the library."""
        return read_value(Added, self._result("/articles", work_of(reports), hear))

    def begin_adding(self, reports: Sequence[Sent]) -> Job:
        """The same without waiting for it."""
        return read_value(Job, self._at.send("POST", "/articles", work_of(reports), wait=False))

    def jobs(self) -> Iterator[Job]:
        """Long work, the newest first."""
        return self._list(Job, "/jobs")

    def job(self, name: str) -> Job:
        """What a job is doing, or what became of it."""
        return read_value(Job, self._at.get(f"/jobs/{name}"))

    def cancel(self, job: str) -> Job:
        """Asks a job to end at its next step."""
        return read_value(Job, self._at.send("POST", f"/jobs/{job}/cancel"))

    # Deciding

    def merge(self, story: str, other: str, by: str = "", note: str = "") -> Decision:
        """Both are one story."""
        return self._decide("merge", story, by, note, other=other)

    def split(self, story: str, articles: Sequence[str], by: str = "", note: str = "") -> Decision:
        """These reports are a story of their own."""
        return self._decide("split", story, by, note, articles=list(articles))

    def confirm(self, story: str, articles: Sequence[str] = (), by: str = "", note: str = "") -> Decision:
        """These reports belong to the story."""
        return self._decide("confirm", story, by, note, articles=list(articles))

    def reject(self, story: str, article: str, by: str = "", note: str = "") -> Decision:
        """The report is none of the story."""
        return self._decide("reject", story, by, note, article=article)

    def note(self, story: str, text: str, by: str = "") -> Decision:
        """Words about the story."""
        return self._decide("note", story, by, text)

    def undo(self, decision: str) -> Decision:
        """Takes a decision back."""
        return read_value(Decision, self._at.send("POST", f"/decisions/{decision}/undo"))

    def decisions(self, story: str | None = None) -> Iterator[Decision]:
        """Decisions, oldest first."""
        return self._list(Decision, "/decisions", story=story)

    # Following

    def sources(self, left: bool = False) -> Iterator[Source]:
        """What is followed."""
        return self._list(Source, "/sources", left=left)

    def follow(self, address: str, title: str = "") -> Source:
        """Follows a feed."""
        return read_value(Source, self._at.send("POST", "/sources", {"address": address, "title": title}))

    def unfollow(self, source: str) -> Source:
        """Asks it no more."""
        return read_value(Source, self._at.send("DELETE", f"/sources/{source}"))

    def fetch(self, everything: bool = False, hear: Hear | None = None) -> list[dict[str, Any]]:
        """Asks what is due and adds what is new: what each source brought."""
        result = self._result("/sources/fetch", None, hear, all=everything)
        brought: list[dict[str, Any]] = result["sources"]
        return brought

    def alerts(self) -> Iterator[Alert]:
        """Saved searches."""
        return self._list(Alert, "/alerts")

    def save_alert(self, query: str, name: str = "") -> Alert:
        """Saves a search."""
        return read_value(Alert, self._at.send("POST", "/alerts", {"query": query, "name": name}))

    def alert_hits(self, alert: str, seen: bool = False) -> AlertHits:
        """What is new for a saved search; with `seen` it is not new the next time."""
        if seen:
            return read_value(AlertHits, self._at.send("POST", f"/alerts/{alert}/seen"))
        return read_value(AlertHits, self._at.get(f"/alerts/{alert}/hits"))

    def remove_alert(self, alert: str) -> Alert:
        """Takes a saved search away."""
        return read_value(Alert, self._at.send("DELETE", f"/alerts/{alert}"))

    def _list(self, of: type[T], path: str, /, **asked: Any) -> Iterator[T]:
        return (read_value(of, one) for one in self._at.pages(path, **asked))

    def _decide(self, kind: str, story: str, by: str, note: str, **more: Any) -> Decision:
        asked = {"kind": kind, "story": story, "by": by, "note": note, **more}
        return read_value(Decision, self._at.send("POST", "/decisions", asked))

    def _result(self, path: str, data: Any, hear: Hear | None, **asked: Any) -> Any:
        for event in self._at.events(path, data, **asked):
            if hear is not None:
                hear(event)
            if event["event"] == "result":
                return event["result"]
            if event["event"] == "problem":
                raise Problem(event["status"], event["detail"])
            if event["event"] == "cancelled":
                raise Problem(409, f"{event['job']} was cancelled.")
        raise Problem(502, "the server broke off before the end")
