"""Who said what, arranged for a reader: by speaker, what several reports tell before what one tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from khabar.model.story import Saying, Story, Telling


@dataclass(frozen=True, slots=True)
class Spoken:
    """The sayings of one speaker, None for those whom no report names: told by several reports, or by one."""

    speaker: str | None
    several: tuple[Saying, ...]
    single: tuple[Saying, ...]

    @property
    def sayings(self) -> int:
        """How many there are."""
        return len(self.several) + len(self.single)

    @property
    def conflicts(self) -> int:
        """How many of them are given to somebody else as well."""
        return sum(bool(saying.conflict) for saying in (*self.several, *self.single))


def by_speaker(story: Story) -> list[Spoken]:
    """The speakers of a story: who says most of what several reports tell first, the unnamed last."""
    speakers = dict.fromkeys(saying.speaker for saying in story.sayings)
    spoken = [_spoken(speaker, story.sayings) for speaker in speakers]
    return sorted(spoken, key=lambda one: (one.speaker is None, -len(one.several), -one.sayings))


def _spoken(speaker: str | None, sayings: Sequence[Saying]) -> Spoken:
    own = [saying for saying in sayings if saying.speaker == speaker]
    several = tuple(saying for saying in own if len(reports_of(saying)) > 1)
    return Spoken(speaker, several, tuple(saying for saying in own if saying not in several))


def reports_of(saying: Saying) -> list[str]:
    """The reports that tell a saying, each once."""
    return list(dict.fromkeys(telling.excerpt.article for telling in saying.tellings))


def once_each(saying: Saying) -> list[tuple[Telling, tuple[str, ...]]]:
    """The tellings of a saying with the reports that bring them in just these words."""
    found: dict[tuple[str, str, str | None], list[Telling]] = {}
    for telling in saying.tellings:
        key = (" ".join(telling.excerpt.text.split()), telling.kind, telling.speaker)
        found.setdefault(key, []).append(telling)
    return [
        (some[0], tuple(dict.fromkeys(telling.excerpt.article for telling in some)))
        for some in found.values()
    ]
