"""The library: what everything else asks, whatever keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from khabar.annotate.outlets import shipped_outlets
from khabar.library import care
from khabar.library.ahead import count_ahead
from khabar.library.columns import STORY, to_number
from khabar.library.deciding import Deciding
from khabar.library.intake import Intake
from khabar.library.looking import Looking
from khabar.library.search.engine import Search
from khabar.library.search.query import narrow, parse_query
from khabar.library.search.types import Mode, Results, Wish
from khabar.library.store import row
from khabar.library.types import Added, Checked, Totals
from khabar.model.outcome import Dropped, Outcome
from khabar.model.page import Page
from khabar.progress import Progress, Silent
from khabar.read import Limits, parse_fields, read_sources
from khabar.read.web.policy import make_policy
from khabar.settings import Settings, load_settings

_BYTES_A_MB = 1_000_000


class Library(Looking, Deciding):
    """Reports, stories and decisions that stay. Use it in `with`, or `close` it.

    It may be used from many threads and beside other processes. What is not there raises NotFound, what is
    wrong with the library LibraryError.
    """

    # Adding

    def add(self, paths: Sequence[str | Path], progress: Progress | None = None) -> Added:
        """Takes in files, folders, archives, feeds, addresses and "-", the standard input.

        Repeating it, also after it was cut off, adds nothing twice.
        """
        settings = self.settings
        limits = Limits(item_bytes=settings.largest_file_mb * _BYTES_A_MB)
        pages = read_sources(paths, limits, parse_fields(settings.fields), make_policy(settings))
        return self.add_pages(pages, progress, count_ahead(paths))

    def add_pages(
        self, given: Iterable[Outcome[Page]], progress: Progress | None = None, expected: int = 0
    ) -> Added:
        """Takes in pages, wherever they come from: each in a transaction of its own."""
        progress = progress or Silent()
        progress.stage("adding", len(given) if isinstance(given, Sequence) else expected)
        kept = known = 0
        dropped: list[Dropped] = []
        articles, stories = list[str](), dict[str, None]()
        with self._adding:  # threads of one process share the memory of what is near
            for page in given:
                took = self.intake.take(page)
                kept += took.outcome == "kept"
                known += took.outcome == "known"
                dropped += [took.dropped] if took.dropped else []
                articles += took.articles
                stories.update(dict.fromkeys(took.stories))
                progress.advance()
        standing = tuple(story for story in stories if self._stands(story))
        return Added(kept + known + len(dropped), kept, known, tuple(dropped), tuple(articles), standing)

    def _stands(self, story: str) -> bool:
        found = row(self.store, "SELECT reports FROM stories WHERE number = ?", (to_number(STORY, story),))
        return bool(found and found[0])

    @cached_property
    def intake(self) -> Intake:
        """What takes inputs in."""
        own, outlets = self._lists
        return Intake(
            self.store,
            self.encoder,
            self.made,
            self.rules,
            self.nearest,
            self.reading,
            self.profiles,
            own,
            self.settings.match_names == "on",
            shipped_outlets().with_own(outlets),
        )

    # Searching

    def search(
        self,
        query: str,
        *,
        language: str | Sequence[str] | None = None,
        outlet: str | Sequence[str] | None = None,
        person: str | Sequence[str] | None = None,
        place: str | Sequence[str] | None = None,
        story: str | Sequence[str] | None = None,
        since: str | None = None,
        until: str | None = None,
        mentioned: str | None = None,
        match_names: bool | None = None,
        mode: Mode = Mode.BOTH,
        limit: int = 10,
        after: str | None = None,
        hits_each: int = 3,
        newer_than: int = 0,
        sure: bool = False,
    ) -> Results:
        """Stories whose reports answer the query, the best first, in any language; no query is an error.

        What is given apart narrows what the query says. Days are "2020", "2020-07" or "2020-07-24",
        `mentioned` also "2020-07..2020-08"; `after` is the `next` of the page before. What else may be
        wished for is told at `Wish`. Errors: SettingError.
        """
        asked = narrow(
            parse_query(query),
            {"language": language, "outlet": outlet, "person": person, "place": place, "story": story},
            since, until, mentioned,
        )  # fmt: skip
        names = self.settings.match_names == "on" if match_names is None else match_names
        wish = Wish(mode, names, limit, after, hits_each, newer_than, sure)
        return self.searching.find(asked, wish)

    @cached_property
    def searching(self) -> Search:
        """What finds articles; it remembers what it has read of them."""
        return Search(self.store, lambda: self.encoder, lambda: self.made)

    # Care

    def totals(self) -> Totals:
        """How much it holds."""
        return care.count_all(self.store)

    def check(self, progress: Progress | None = None) -> Checked:
        """Reads everything and says what is wrong."""
        return care.check(self.store, progress or Silent())

    def backup(self, to: Path) -> None:
        """A copy of one moment in one file, while others read and write. Errors: LibraryError."""
        care.backup(self.store, to)

    def reindex(self, anew: bool = False, progress: Progress | None = None) -> int:
        """Makes anew what is made from articles, and forms the stories again; decisions hold.

        With `anew` the articles themselves are made again from their originals. Gives how many there are.
        """
        from khabar.library.renewal import renew  # noqa: PLC0415  (it takes a library)

        with self._adding:
            return renew(self, anew, progress or Silent())


def open_library(settings: Settings | None = None, create: bool = False) -> Library:
    """The library that the settings name (`library`, KHABAR_LIBRARY). Errors: LibraryError."""
    settings = settings or load_settings()
    return Library.open(settings.library, settings, create)
