"""What a reader keeps in mind while reading on: who spoke last, and whom the last sentence is about."""

from __future__ import annotations

from dataclasses import dataclass, field

from khabar.annotate.quotes.cues import Cue
from khabar.annotate.quotes.offices import Offices
from khabar.model.mentions import NameMention
from khabar.model.span import Span

_FARTHEST_SENTENCES = 6


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: an entity or None, the words that say so, grammatical gender, and how that was found."""

    entity: str | None
    span: Span | None
    gender: str
    reason: str
    sentence: int = -1


UNKNOWN = Speaker(None, None, "any", "the text does not say who speaks")


@dataclass(slots=True)
class Memory:
    """What the sentences before leave in a reader's mind: who spoke last, and whom each sentence is about."""

    offices: Offices
    last: Speaker | None = None
    genders: dict[str, str] = field(default_factory=dict)
    subject: NameMention | None = None
    subject_sentence: int = -1

    def resolve(self, gender: str, cue: Cue | None, sentence: int, word: Span | None, what: str) -> Speaker:
        """Whom a pronoun, or a verb without a subject, stands for."""
        adds = cue is not None and cue.meaning == "adds"
        fresh = self.subject if self.subject_sentence == sentence - 1 else None
        last = self.last if self.last and sentence - self.last.sentence <= _FARTHEST_SENTENCES else None
        spoke = last is not None and last.sentence == sentence - 1
        if fresh and not adds and not spoke and self.fits(fresh.entity, gender):
            return Speaker(fresh.entity, word, gender, f"{what}; the sentence before is about {fresh.text}")
        if last and agree(last.gender, gender) and self.fits(last.entity, gender):
            return Speaker(last.entity, word, gender, f"{what}; goes on with who spoke last")
        if fresh and self.fits(fresh.entity, gender):
            return Speaker(
                fresh.entity, word, gender, f"{what}; {fresh.text} fits it, who spoke last does not"
            )
        return Speaker(None, word, gender, f"{what}; nobody named before fits it")

    def fits(self, entity: str | None, gender: str) -> bool:
        """Whether an entity may be of that gender, as far as the text has told."""
        return agree(self.genders.get(entity or "", "any"), gender)

    def remember(self, speaker: Speaker, sentence: int) -> None:
        """Keeps who spoke, and the gender that the words gave an entity."""
        self.last = Speaker(speaker.entity, speaker.span, speaker.gender, speaker.reason, sentence)
        if speaker.entity and speaker.gender in ("m", "f"):
            self.genders.setdefault(speaker.entity, speaker.gender)


def agree(one: str, other: str) -> bool:
    """Whether two grammatical genders may be those of one person."""
    return "any" in (one, other) or one == other
