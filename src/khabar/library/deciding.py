"""People's decisions about stories: kept, undone, and the stories formed anew by them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, zip_longest

from khabar.errors import LibraryError
from khabar.group.growing import Regrouped, place_again
from khabar.library import lists
from khabar.library.columns import DECISION, STORY, to_number
from khabar.library.core import Core
from khabar.library.decisions import keep_decision, mark_undone, read_decision, read_decisions
from khabar.library.growth import keep_regrouped
from khabar.library.types import Decision, DecisionKind


class Deciding(Core):
    """What people decide in a library."""

    def merge(self, story: str, other: str, by: str = "", note: str = "") -> Decision:
        """Both are one story, whatever speaks against it; the first one's id stays."""
        one, two = (lists.find_story(self.store, name) for name in (story, other))
        if one == two:
            raise LibraryError(f"{story} and {other} are one story already: {STORY}{one}.")
        together = [name for number in (one, two) for _, name in lists.members_of(self.store, number)]
        return self._decide(DecisionKind.MERGE, one, together, [], by, note)

    def split(self, story: str, articles: Sequence[str], by: str = "", note: str = "") -> Decision:
        """These reports are a story of their own."""
        number, stay, leave = self._sides(story, articles)
        if not stay:
            raise LibraryError(f"{story} has no other reports: there is nothing to split off.")
        return self._decide(DecisionKind.SPLIT, number, stay, leave, by, note)

    def confirm(self, story: str, articles: Sequence[str] = (), by: str = "", note: str = "") -> Decision:
        """These reports belong to the story, by default all that are in it now; nothing new parts them."""
        number = lists.find_story(self.store, story)
        named = [lists.find_article(self.store, name)[1] for name in articles]
        inside = [name for _, name in lists.members_of(self.store, number)]
        return self._decide(
            DecisionKind.CONFIRM, number, list(dict.fromkeys([*inside, *named])), [], by, note
        )

    def reject(self, story: str, article: str, by: str = "", note: str = "") -> Decision:
        """The report is none of the story, and does not come back to it."""
        number = lists.find_story(self.store, story)
        name = lists.find_article(self.store, article)[1]
        inside = [each for _, each in lists.members_of(self.store, number) if each != name]
        if not inside:
            raise LibraryError(
                f"{article} is the only report of {story}: there is nothing to keep it out of."
            )
        return self._decide(DecisionKind.REJECT, number, inside, [name], by, note)

    def note(self, story: str, text: str, by: str = "") -> Decision:
        """Words of a person about the story; they change nothing."""
        number = lists.find_story(self.store, story)
        with self.store.writing():
            return keep_decision(self.store, DecisionKind.NOTE, number, [], [], by, text)

    def undo(self, decision: str) -> Decision:
        """Takes a decision back; what speaks for itself decides again. It stays on record as undone."""
        found = read_decision(self.store, decision)
        if found.undone:
            raise LibraryError(f"{decision} was undone already, at {found.undone}.")
        with self._adding, self.store.writing():
            mark_undone(self.store, found)
            self._regroup(_in_turn(found.apart, found.together), to_number(DECISION, found.id))
            return read_decision(self.store, decision)

    def decisions(self, story: str | None = None) -> list[Decision]:
        """All decisions, oldest first; of one story those made on it and those about its reports."""
        return read_decisions(self.store, None if story is None else lists.find_story(self.store, story))

    def _sides(self, story: str, articles: Sequence[str]) -> tuple[int, list[str], list[str]]:
        number = lists.find_story(self.store, story)
        leave = [lists.find_article(self.store, name)[1] for name in articles]
        inside = [name for _, name in lists.members_of(self.store, number)]
        for name in leave:
            if name not in inside:
                raise LibraryError(f"{name} is not in {story}; its reports are {', '.join(inside)}.")
        return number, [name for name in inside if name not in leave], leave

    def _decide(
        self, kind: DecisionKind, story: int, together: list[str], apart: list[str], by: str, note: str
    ) -> Decision:
        with self._adding, self.store.writing():
            decision = keep_decision(self.store, kind, story, together, apart, by, note)
            self._regroup(_in_turn(apart, together), to_number(DECISION, decision.id))
            return decision

    def _regroup(self, articles: Sequence[str], decision: int | None = None) -> Regrouped:
        """Forms the stories of these articles anew, inside `writing`."""
        found = Regrouped({}, (), {})
        if articles:
            found = place_again(articles, self.shelf, self.rules)
            self.shelf.remember(found.links)
            keep_regrouped(self.store, self.reading, found, decision)
        return found

    def regroup(self, articles: Sequence[str]) -> tuple[str, ...]:
        """Forms the stories of these articles anew; the ids of those that changed."""
        with self.store.writing():
            return tuple(self._regroup(articles).stories)


def _in_turn(apart: Sequence[str], together: Sequence[str]) -> list[str]:
    """Both sides of a decision, so that of a large story neither is left without a word."""
    return [name for name in chain.from_iterable(zip_longest(apart, together)) if name is not None]
