"""An input on its way into the library: what takes long first, then one short transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from khabar.annotate.names.find import name_article
from khabar.annotate.names.own import OwnName
from khabar.annotate.outlets import Outlets
from khabar.encode.centre import load_background
from khabar.encode.types import Encoder, Vectors
from khabar.errors import KhabarError
from khabar.extract import extract_reports
from khabar.group.growing import Rules, place
from khabar.group.profile import Profile, make_profile
from khabar.lang.loader import load_languages
from khabar.library.columns import ENTITY, now, to_column, to_number
from khabar.library.growth import StoryShelf, keep_regrouped
from khabar.library.indexes import INDEXES
from khabar.library.learnt import learn_if_due
from khabar.library.linking import Linking
from khabar.library.nearest import Nearest, keep_lead
from khabar.library.profiles import Profiles, keep_evidence, profile_of
from khabar.library.shelves import (
    Placed,
    Reading,
    article_id,
    keep_article,
    keep_made,
    keep_original,
    page_digest,
)
from khabar.library.store import Store, count, row
from khabar.model.article import Article
from khabar.model.mentions import NumberMention
from khabar.model.outcome import Dropped, Outcome
from khabar.model.page import Page
from khabar.model.story import MadeBy
from khabar.pipeline import annotate_extract, encode_article
from khabar.pipeline import numbers_of as quantities_of


@dataclass(frozen=True, slots=True)
class Worked:
    """An article before it meets the library: names found, not yet linked.

    `lead` is its profile as far as that goes without names: for the report's vector and day.
    Shapes: `vectors` float32[n_sentences, dim], centred.
    """

    article: Article
    vectors: Vectors
    numbers: tuple[NumberMention, ...]
    lead: Profile


@dataclass(frozen=True, slots=True)
class Took:
    """What became of one input: ids of new articles, stories that changed, and the words for the user."""

    outcome: str  # "kept", "known" or "dropped"
    dropped: Dropped | None = None
    articles: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()


class Intake:
    """Takes inputs into a library, one after the other. Errors: LibraryError, ModelError."""

    def __init__(
        self,
        store: Store,
        encoder: Encoder,
        made: MadeBy,
        rules: Rules,
        nearest: Nearest,
        reading: Reading,
        profiles: Profiles,
        own: Sequence[OwnName] = (),
        match_names: bool = True,
        outlets: Outlets | None = None,
    ) -> None:
        self.store, self.encoder, self.made, self.rules = store, encoder, made, rules
        self.nearest, self.reading, self.profiles = nearest, reading, profiles
        self.linking = Linking(store, nearest, reading, profiles, own, match_names, outlets)
        self.background = load_background(encoder)

    def take(self, given: Outcome[Page]) -> Took:
        """Keeps the input, or notes that it is known or why it was dropped. All of it is kept, or nothing."""
        if isinstance(given, Dropped):
            return self._drop(given, b"")
        page = given.item
        digest = page_digest(page)
        known = self._known(digest)
        if known is not None:
            return self._note_known(page, digest, known)
        worked, dropped = self._work_safely(page)
        if not worked:
            return self._drop(dropped[0], digest)
        return self._keep(page, digest, worked, dropped)

    def _known(self, digest: bytes) -> int | None:
        """The number of the original of this content, when it gave articles."""
        found = row(self.store, "SELECT number FROM originals WHERE digest = ?", (digest,))
        return int(found[0]) if found else None

    def _note_known(self, page: Page, digest: bytes, original: int) -> Took:
        with self.store.writing():
            note_input(self.store, page.path, digest, "known", original=original)
        return Took("known")

    def _drop(self, dropped: Dropped, digest: bytes) -> Took:
        with self.store.writing():
            note_input(self.store, dropped.path, digest, "dropped", dropped.stage, dropped.reason)
        return Took("dropped", dropped)

    def _work_safely(self, page: Page) -> tuple[list[Worked], list[Dropped]]:
        """The same; a fault of ours costs the page that shows it, not all that stand behind it."""
        try:
            return self._work(page)
        except KhabarError:
            raise
        except Exception as error:
            reason = (
                f"khabar itself failed on this page ({error!r}). Please report it; later versions take it in"
            )
            return [], [Dropped(page.path, "annotate", reason)]

    def _work(self, page: Page) -> tuple[list[Worked], list[Dropped]]:
        """All that needs no library: the page's reports, annotated, encoded and their names found."""
        worked: dict[str, Worked] = {}  # a page that prints a report twice tells it once
        dropped: list[Dropped] = []
        for taken in extract_reports(page, load_languages()):
            outcome = (
                taken
                if isinstance(taken, Dropped)
                else annotate_extract(taken.item, article_id(taken.item.text))
            )
            if isinstance(outcome, Dropped):
                dropped.append(outcome)
            elif outcome.item.id not in worked:
                worked[outcome.item.id] = self.work_on(outcome.item)
        return list(worked.values()), dropped

    def work_on(self, article: Article) -> Worked:
        """The article with names found in it, its vectors and its numbers."""
        passes = encode_article(article, self.encoder)
        named = name_article(article, [one.words for one in passes], load_languages())
        raw = self.encoder.sentences([sentence.span.of(article.text) for sentence in article.sentences])
        vectors = self.background.centre(raw, [sentence.language for sentence in article.sentences])
        numbers = quantities_of(named)
        return Worked(named, vectors, numbers, make_profile(named, vectors, numbers, {}, divided=False))

    def _keep(self, page: Page, digest: bytes, worked: Sequence[Worked], dropped: Sequence[Dropped]) -> Took:
        with self.store.writing():
            known = self._known(digest)  # another process may have been quicker
            if known is not None:
                note_input(self.store, page.path, digest, "known", original=known)
                return Took("known")
            fresh = [one for one in worked if not self._stands(one.article.id)]
            original = keep_original(self.store, page)
            stage, reason = _told(dropped)
            outcome = "kept" if fresh else "known"
            note_input(self.store, page.path, digest, outcome, stage, reason, original)
            made = keep_made(self.store, self.made)
            placed = Placed(original, made, page.address, None, self._earlier(page.address))
            stories = [self._keep_one(one, page, placed) for one in fresh]
        learn_if_due(self.store)
        changed = tuple(dict.fromkeys(story for each in stories for story in each))
        return Took(outcome, None, tuple(one.article.id for one in fresh), changed)

    def _stands(self, name: str) -> bool:
        return bool(count(self.store, "SELECT count(*) FROM articles WHERE id = ?", (name,)))

    def _earlier(self, address: str | None) -> int | None:
        """The number of the newest article from the same address."""
        if address is None:
            return None
        sql = "SELECT max(number) FROM articles WHERE address = ?"
        return self.store.rows(sql, (to_column(address),))[0][0]  # type: ignore[no-any-return]

    def _keep_one(self, one: Worked, page: Page, placed: Placed) -> tuple[str, ...]:
        article, lead = self.link(one), one.lead
        day = lead.day.isoformat() if lead.day else None
        number = keep_article(self.store, article, page, replace(placed, day=day))
        profile = self.keep_found(number, article, one)
        shelf = StoryShelf(self.store, self.nearest, self.profiles)
        found = place(profile, shelf, self.rules)
        shelf.remember(found.links)
        keep_lead(self.store, number, lead.report)
        return keep_regrouped(self.store, self.reading, found)

    def keep_found(self, number: int, article: Article, one: Worked) -> Profile:
        """The profile of an article; it is kept with its mentions and with what indexes make of it."""
        times = Counter(name.entity for name in article.names if name.entity)
        times.update(cited.source for cited in article.citations if cited.source)
        self.store.run_many(
            "INSERT INTO mentions (entity, article, times) VALUES (?, ?, ?)",
            [(to_number(ENTITY, name), number, count) for name, count in times.items()],
        )
        for index in INDEXES:
            index.add(self.store, number, article, one.vectors)
        vectors = keep_evidence(self.store, number, one.vectors, one.numbers)
        return profile_of(article, vectors, one.numbers)

    def link(self, one: Worked) -> Article:
        """The article with the library's entities; new ones are kept."""
        return self.linking.link(one.article, one.lead.report)


def _told(dropped: Sequence[Dropped]) -> tuple[str, str]:
    """Stage and reasons of the parts of a page that gave no article."""
    reasons = "; ".join(one.reason for one in dropped)
    return (dropped[0].stage, reasons) if dropped else ("", "")


def note_input(
    store: Store,
    path: str,
    digest: bytes,
    outcome: str,
    stage: str = "",
    reason: str = "",
    original: int | None = None,
) -> None:
    """Notes an input, or that it was given again; one that was dropped may be kept the next time."""
    at = now()
    store.run(
        "INSERT INTO inputs (path, digest, outcome, stage, reason, original, first_given, last_given) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (path, digest) DO UPDATE SET "
        "times = inputs.times + 1, last_given = excluded.last_given, "
        "outcome = CASE WHEN inputs.outcome = 'dropped' THEN excluded.outcome ELSE inputs.outcome END, "
        "stage = excluded.stage, reason = excluded.reason, "
        "original = coalesce(inputs.original, excluded.original)",
        (to_column(path), digest, outcome, stage, to_column(reason), original, at, at),
    )
