"""Comparisons asked for in the browser: made in the background, shown as they come, kept for a while."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from khabar.annotate.outlets import shipped_outlets
from khabar.encode.types import Encoder
from khabar.errors import KhabarError, NotFound
from khabar.extract import extract_reports
from khabar.group import form_stories, load_weights
from khabar.lang.loader import load_languages
from khabar.library import Library
from khabar.model.article import Article
from khabar.model.outcome import Dropped, Kept, Outcome
from khabar.model.page import Page
from khabar.model.story import Comparison
from khabar.pipeline import Prepared, annotate_extract, article_id, made_by, prepare, tell_story
from khabar.progress import Progress
from khabar.read.own_names import read_own_names
from khabar.read.own_outlets import read_own_outlets
from khabar.serve.works import Cancelled, Telling, Works
from khabar.settings import Settings

_MOST = 30  # comparisons that are remembered; each holds its reports in memory
_ID_BYTES = 9

Pages = Callable[[], Sequence[Outcome[Page]]]


@dataclass(slots=True)
class Try:
    """One comparison: what is there of it by now. `comparison` grows while it is made."""

    id: str
    asked: str
    pages: Sequence[Outcome[Page]] = ()
    articles: tuple[Article, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    comparison: Comparison | None = None
    stories_ahead: int = 0
    telling: Telling | None = None
    ended: bool = False
    fault: str = ""
    stopped: bool = False  # by who asked for it
    ready: threading.Event = field(default_factory=threading.Event)

    @property
    def stage(self) -> str:
        """What is being done."""
        return self.telling.name if self.telling else "waiting"

    @property
    def counts(self) -> tuple[int, int]:
        """How many items of the stage are done, and of how many."""
        return (self.telling.done, self.telling.total) if self.telling else (0, 0)


class Tries:
    """The comparisons of this server, the oldest forgotten first."""

    def __init__(self, library: Library, works: Works) -> None:
        self._library, self._works = library, works
        self._tries: OrderedDict[str, Try] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, pages: Pages, asked: str) -> Try:
        """A comparison of these pages, begun. Errors: Refusal where too much is waiting."""
        made = Try(secrets.token_urlsafe(_ID_BYTES), asked)
        with self._lock:
            self._tries[made.id] = made
            while len(self._tries) > _MOST:
                self._tries.popitem(last=False)
        made.telling = self._works.start("compare", asked, lambda telling: self._run(made, pages, telling))
        return made

    def find(self, name: str) -> Try:
        """The comparison with this id. Errors: NotFound."""
        found = self._tries.get(name)
        if found is None:
            raise NotFound(
                "This comparison is not here any longer: they are kept until the server ends. Make it again."
            )
        return found

    def cancel(self, made: Try) -> None:
        """Ends it at its next step."""
        if made.telling is not None:
            self._works.cancel(made.telling.job)

    def _run(self, made: Try, pages: Pages, telling: Telling) -> dict[str, int]:
        try:
            compare_pages(made, pages, self._library, telling)
        except Cancelled:
            made.stopped = True
            raise
        except KhabarError as error:
            made.fault = str(error)
            raise
        except Exception as error:
            made.fault = type(error).__name__
            raise
        finally:
            made.ended = True
            made.ready.set()
        return {"reports": len(made.articles), "dropped": len(made.dropped)}


def compare_pages(made: Try, pages: Pages, library: Library, progress: Progress) -> None:
    """Compares the pages and tells `made` what is there, stage by stage and story by story."""
    settings = library.settings
    progress.stage("reading", 0)
    made.pages = pages()
    for article in _articles(made, progress):
        made.articles += (article,)
    if not made.articles:
        made.comparison = Comparison((), (), (), made.dropped, made_by("none", settings, ()))
        return
    prepared = _prepare(made.articles, library.encoder, settings, progress)
    made.articles = prepared.articles
    _tell_stories(made, prepared, library.encoder, settings, progress)


def _articles(made: Try, progress: Progress) -> Sequence[Article]:
    seen: dict[str, int] = {}
    found = list[Article]()
    progress.stage("reading", len(made.pages))
    for outcome in made.pages:
        taken = extract_reports(outcome.item, load_languages()) if isinstance(outcome, Kept) else [outcome]
        for one in taken:
            result = annotate_extract(one.item, _id(one.item.text, seen)) if isinstance(one, Kept) else one
            if isinstance(result, Kept):
                found.append(result.item)
                made.articles = tuple(found)
            else:
                made.dropped += (result,)
        progress.advance()
    made.articles = ()
    return found


def _id(text: str, seen: dict[str, int]) -> str:
    plain = article_id(text)
    seen[plain] = seen.get(plain, 0) + 1
    return plain if seen[plain] == 1 else f"{plain}-{seen[plain]}"


def _prepare(
    articles: Sequence[Article], encoder: Encoder, settings: Settings, progress: Progress
) -> Prepared:
    own = read_own_names(settings.names) if settings.names else ()
    outlets = read_own_outlets(settings.outlets) if settings.outlets else ()
    return prepare(
        articles, encoder, progress, own, settings.match_names == "on", shipped_outlets().with_own(outlets)
    )


def _tell_stories(
    made: Try, prepared: Prepared, encoder: Encoder, settings: Settings, progress: Progress
) -> None:
    names = {entity.id: entity.name for entity in prepared.entities}
    progress.stage("grouping", len(prepared.profiles))
    drafts = form_stories(
        prepared.profiles, load_weights(), names.__getitem__, settings.same_at, progress.advance
    )
    made.stories_ahead = len(drafts)
    progress.stage("comparing", len(drafts))
    by_id = {article.id: article for article in prepared.articles}
    maker = made_by(encoder.name, settings, ())
    made.comparison = Comparison(prepared.articles, prepared.entities, (), made.dropped, maker)
    for number, draft in enumerate(drafts, 1):
        members = [by_id[name] for name in draft.articles]
        story = tell_story(f"s{number}", draft, members, prepared, encoder)
        made.comparison = replace(made.comparison, stories=(*made.comparison.stories, story))
        made.stories_ahead -= 1
        progress.advance()
