"""A query on its way to its results: understood, ranked, and the page that is shown."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable

from khabar.encode.around import EncoderAround
from khabar.encode.centre import load_background
from khabar.encode.types import Encoder, Vectors
from khabar.lang.identify import identify
from khabar.library.search.answers import article_hits, by_story, story_hit
from khabar.library.search.facets import count_facets
from khabar.library.search.index import STATE, fill_gaps
from khabar.library.search.paging import Place, read_place, write_place
from khabar.library.search.ranking import Found, Ranking
from khabar.library.search.shelf import Mask
from khabar.library.search.snippets import Sought, sought
from khabar.library.search.types import Mode, Query, Results, StoryHit, Term, Wish
from khabar.library.search.words import Wanted, phrase_pattern
from khabar.library.store import Store, marks, row
from khabar.model.story import MadeBy

_REMEMBERED = 256  # vectors of queries
MOST_A_PAGE = 100


class Search:
    """Finds articles of one library. It may be used from many threads."""

    def __init__(self, store: Store, encoder: Callable[[], Encoder], made: Callable[[], MadeBy]) -> None:
        self.store, self._encoder, self._made = store, encoder, made
        self._lock = threading.RLock()
        self._state: str | None = None
        self._vectors: dict[str, Vectors] = {}
        self._ranking = Ranking(store)
        self._whole = False

    def find(self, query: Query, wish: Wish) -> Results:
        """A page of results. Errors: SettingError for an `after` that no page gave."""
        began = time.perf_counter()
        place = read_place(wish.after) if wish.after else None
        vector = self._vector(query.meant) if wish.mode is not Mode.WORDS else None
        with self._lock:
            self._catch_up()
            return self._find(query, vector, wish, place, began)

    def rank(self, query: Query, wish: Wish) -> list[tuple[int, float]]:
        """Numbers and scores of the articles that answer, best first; for measuring."""
        vector = self._vector(query.meant) if wish.mode is not Mode.WORDS else None
        with self._lock:
            self._catch_up()
            ranking = self._ranking
            wanted = ranking.words.understand(query.words, wish.match_names)
            allowed = ranking.allowed(query, wish.match_names, ranking.columns.newest, [])
            found = ranking.rank(query, wanted, vector, allowed, wish)
            numbers = ranking.columns.numbers[found.rows].tolist()
            return list(zip(numbers, found.scores.tolist(), strict=True))

    def _catch_up(self) -> None:
        found = row(self.store, "SELECT value FROM meta WHERE name = ?", (STATE,))
        state = found[0] if found else ""
        if state != self._state:
            self._ranking, self._whole, self._state = Ranking(self.store), False, state
        if not self._whole:
            fill_gaps(self.store)
            self._whole = True
        self._ranking.catch_up()

    def _vector(self, text: str) -> Vectors | None:
        """The centred vector of the query; None for one without letters. Shapes: float32[dim]."""
        if not any(map(str.isalnum, text)):
            return None
        known = self._vectors.get(text)
        if known is None:
            encoder = self._encoder()
            raw = _innermost(encoder).sentences([text])
            known = load_background(encoder).centre(raw, [identify(text).language])[0]
            while len(self._vectors) >= _REMEMBERED:
                self._vectors.pop(next(iter(self._vectors)), None)
            self._vectors[text] = known
        return known

    def _find(
        self, query: Query, vector: Vectors | None, wish: Wish, place: Place | None, began: float
    ) -> Results:
        ranking, notes = self._ranking, list(query.notes)
        terms = [*query.words, *query.phrases, *(term for group in query.either for term in group)]
        wanted = ranking.words.understand(terms, wish.match_names)
        upto = place.upto if place else ranking.columns.newest
        allowed = ranking.allowed(query, wish.match_names, upto, notes)
        allowed &= ranking.columns.numbers > wish.newer_than
        if place:
            allowed &= ~self._shown(place)
        found = ranking.rank(query, wanted, vector, allowed, wish)
        shown, more = self._page(found, _marking(query, wanted), wanted, wish)
        following = None
        if shown and more:
            seen = [hit.article.number for story in shown for hit in story.hits]
            following = write_place(Place(upto, (*(place.shown if place else ()), *seen)))
        return Results(
            query=query,
            stories=shown,
            articles=len(found.rows),
            more=found.more,
            facets=count_facets(self.store, ranking.columns, found.rows),
            next=following,
            notes=tuple(dict.fromkeys(notes)),
            took_ms=(time.perf_counter() - began) * 1000,
        )

    def _page(
        self, found: Found, marking: Sought, wanted: list[Wanted], wish: Wish
    ) -> tuple[tuple[StoryHit, ...], bool]:
        """The stories of one page, best first, and whether there are more."""
        numbers = self._ranking.columns.numbers[found.rows].tolist()
        stories = by_story(self.store, numbers)
        page = list(stories)[: max(1, min(wish.limit, MOST_A_PAGE))]
        forms = tuple(dict.fromkeys(form for one in wanted for form in one.forms))
        chosen = {story: stories[story][: wish.hits_each] for story in page}
        hits = article_hits(self.store, found, numbers, chosen, marking, forms)
        shown = tuple(story_hit(self.store, one, hits[one], len(stories[one]), self._made) for one in page)
        return shown, found.more or len(stories) > len(page)

    def _shown(self, place: Place) -> Mask:
        """True for the articles of the stories that earlier pages showed, wherever those are now."""
        numbers = list(place.shown)
        sql = (
            "SELECT article FROM memberships WHERE story IN "
            f"(SELECT story FROM memberships WHERE article IN ({marks(numbers)}))"
        )
        members = [number for (number,) in self.store.rows(sql, numbers)] if numbers else []
        return self._ranking.columns.only([*numbers, *members])


def _marking(query: Query, wanted: list[Wanted]) -> Sought:
    patterns = [phrase_pattern(term.text) for term in [*query.phrases, *_exact(query)]]
    return sought(wanted, [pattern for pattern in patterns if pattern])


def _innermost(encoder: Encoder) -> Encoder:
    """The encoder without what keeps vectors on disk: what people look for is nobody's business."""
    while isinstance(encoder, EncoderAround):
        encoder = encoder.encoder
    return encoder


def _exact(query: Query) -> Iterable[Term]:
    return (term for group in query.either for term in group if term.exact)
