"""Stories in memory, as a value: adding a report gives a new one and leaves the old as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from khabar.encode.types import Vectors
from khabar.group.growing import WINDOW_DAYS, Change, Regrouped, Rules, place, place_again
from khabar.group.nearest import ReportIndex
from khabar.group.profile import Profile
from khabar.group.rulings import Ruling
from khabar.linkage import Pair


@dataclass(frozen=True, slots=True)
class Standing:
    """A report in its story, with the log odds of the pairs that it was compared in."""

    profile: Profile
    story: str
    links: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Grouping:
    """Reports and their stories. `history` is what happened, oldest first. It is a Shelf in memory."""

    reports: Mapping[str, Standing] = field(default_factory=dict)
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ruled: tuple[Ruling, ...] = ()
    history: tuple[Change, ...] = ()
    index: ReportIndex = field(default_factory=ReportIndex)

    def add(self, profile: Profile, rules: Rules) -> Growth:
        """The grouping with one more report, and what that changed; nothing where it is in it already."""
        if profile.article in self.reports:
            return Growth(self, Regrouped({}, (), {}))
        found = place(profile, self, rules)
        index = self.index.add(profile.article, profile.report, profile.day)
        return self._grown(
            found, {**self.reports, profile.article: Standing(profile, "", {})}, index, self.ruled
        )

    def rule(self, ruling: Ruling, rules: Rules) -> Growth:
        """The grouping with a person's decision, which every later regrouping keeps to."""
        ruled = replace(self, ruled=(*self.ruled, ruling))
        found = place_again(ruling.pair, ruled, rules)
        return self._grown(found, dict(self.reports), self.index, ruled.ruled)

    def _grown(
        self,
        found: Regrouped,
        reports: dict[str, Standing],
        index: ReportIndex,
        ruled: tuple[Ruling, ...],
    ) -> Growth:
        for story, names in found.stories.items():
            for name in names:
                reports[name] = replace(reports[name], story=story)
        added: dict[str, dict[str, float]] = {}
        for (a, b), value in found.links.items():
            added.setdefault(a, {})[b] = value
            added.setdefault(b, {})[a] = value
        for name, links in added.items():
            reports[name] = replace(reports[name], links={**reports[name].links, **links})
        stories = {**self.members, **found.stories}
        kept = {story: names for story, names in stories.items() if names}
        grouping = Grouping(reports, kept, ruled, (*self.history, *found.changes), index)
        return Growth(grouping, found)

    def near(self, vector: Vectors, day: date | None, count: int) -> Sequence[str]:
        """The nearest reports within the time window."""
        return self.index.near(vector, day, count, WINDOW_DAYS)

    def profiles(self, articles: Sequence[str]) -> Mapping[str, Profile]:
        """The profiles of these reports."""
        return {name: self.reports[name].profile for name in articles}

    def stories(self, articles: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """The stories that hold these reports."""
        return {story: self.members[story] for story in {self.reports[name].story for name in articles}}

    def links(self, articles: Sequence[str]) -> Mapping[Pair, float]:
        """The log odds kept of pairs among these reports."""
        wanted = set(articles)
        return {
            (name, other): value
            for name in articles
            if name in self.reports
            for other, value in self.reports[name].links.items()
            if other in wanted
        }

    def rulings(self, articles: Sequence[str]) -> Sequence[Ruling]:
        """What persons decided about these reports."""
        wanted = set(articles)
        return [one for one in self.ruled if one.a in wanted or one.b in wanted]


@dataclass(frozen=True, slots=True)
class Growth:
    """A grouping after a change, and the change."""

    grouping: Grouping
    found: Regrouped
