"""Who says a content: the subject in the zones of its cue, or whom a pronoun or nothing at all stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from khabar.annotate.quotes.extents import Said, trim
from khabar.annotate.quotes.offices import Offices
from khabar.annotate.quotes.scene import Cue, Scene
from khabar.model.mentions import NameKind, NameMention
from khabar.model.span import Span

_FARTHEST_SENTENCES = 6
_LONGEST_SUBJECT_WORDS = 14
_APOSTROPHES = ("'", "’")  # what follows one is an ending: the name owns something or is an object
_LONGEST_ARTICLE = 4  # letters of a word like "the" before a name


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
        if fresh and not adds and not spoke and self._fits(fresh.entity, gender):
            return Speaker(fresh.entity, word, gender, f"{what}; the sentence before is about {fresh.text}")
        if last and _agree(last.gender, gender) and self._fits(last.entity, gender):
            return Speaker(last.entity, word, gender, f"{what}; goes on with who spoke last")
        if fresh and self._fits(fresh.entity, gender):
            return Speaker(
                fresh.entity, word, gender, f"{what}; {fresh.text} fits it, who spoke last does not"
            )
        return Speaker(None, word, gender, f"{what}; nobody named before fits it")

    def _fits(self, entity: str | None, gender: str) -> bool:
        return _agree(self.genders.get(entity or "", "any"), gender)

    def remember(self, speaker: Speaker, sentence: int) -> None:
        """Keeps who spoke, and the gender that the words gave an entity."""
        self.last = Speaker(speaker.entity, speaker.span, speaker.gender, speaker.reason, sentence)
        if speaker.entity and speaker.gender in ("m", "f"):
            self.genders.setdefault(speaker.entity, speaker.gender)


def _agree(one: str, other: str) -> bool:
    return "any" in (one, other) or one == other


def find_speaker(scene: Scene, said: Said, current: Speaker | None, memory: Memory, sentence: int) -> Speaker:
    """Who says `said`; `current` is the last who spoke in this sentence."""
    cue = said.cue
    if cue.form == "participle":
        return _of_participle(scene, cue, current, memory, sentence)
    for zone, after in said.zones:
        if not after and cue.joined and not _has_topic(scene, zone):
            continue
        found = _in_zone(scene, cue, zone, after, memory, sentence)
        if found:
            return found
    return without_subject(cue, current, memory, sentence)


def _has_topic(scene: Scene, zone: Span) -> bool:
    """Whether "as for" opens the stretch: then its verb may have "so" written onto it."""
    words = scene.words_in(zone.start, zone.end)[:1]
    return bool(words) and scene.is_a(words[0], "topic")


def find_subject(
    scene: Scene, cue: Cue, end: int, memory: Memory, sentence: int, begin: int
) -> Speaker | None:
    """The subject of a verb of speech that introduces no content of its own."""
    found = _in_zone(scene, cue, Span(cue.span.end, max(cue.span.end, end)), True, memory, sentence)
    if found is None and not cue.joined and begin < cue.front:
        found = _in_zone(scene, cue, Span(begin, cue.front), False, memory, sentence)
    return found


def without_subject(cue: Cue, current: Speaker | None, memory: Memory, sentence: int) -> Speaker:
    """Who speaks where the verb has no subject of its own."""
    if cue.form in ("document", "source"):
        return UNKNOWN
    if current and _agree(current.gender, cue.gender):
        return Speaker(current.entity, current.span, current.gender, "the verb goes on with the same subject")
    return memory.resolve(cue.gender, cue, sentence, None, "the verb has no subject")


def _of_participle(scene: Scene, cue: Cue, current: Speaker | None, memory: Memory, sentence: int) -> Speaker:
    if current:
        return Speaker(
            current.entity, current.span, current.gender, "goes on from who speaks in the sentence"
        )
    found = _in_zone(scene, cue, Span(scene.span.start, cue.front), False, memory, sentence)
    return found or memory.resolve("any", cue, sentence, None, "the sentence has no other subject")


def _in_zone(
    scene: Scene, cue: Cue, zone: Span, after: bool, memory: Memory, sentence: int
) -> Speaker | None:
    """The speaker named in a stretch beside the cue, None where nothing there is a subject."""
    zone = trim(scene.text, _behind_from(scene, cue, zone) if after else zone)
    if cue.form == "noun" and not after:
        zone = _behind_from(scene, cue, zone)
    words = scene.words_in(zone.start, zone.end)
    if not words or (after and scene.is_a(words[0], "aside") and not _names_start(scene, words[0])):
        return None
    gender = cue.gender if cue.form in ("finite", "weak", "document") else "any"
    pronoun = next((word for word in words if scene.is_a(word, "pronoun")), None)
    mention = _holder(scene, zone, after)
    if pronoun and (mention is None or pronoun.start < mention.span.start):
        return _pronoun(scene, cue, pronoun, memory, sentence)
    if mention:
        return _named(scene, zone, mention, gender)
    return _described(scene, cue, zone, after, gender, memory, sentence)


def _names_start(scene: Scene, word: Span) -> bool:
    return any(name.span.start <= word.start for name in scene.names_in(word.start, word.end))


def _behind_from(scene: Scene, cue: Cue, zone: Span) -> Span:
    """The stretch behind "from", where a report is quoted from somebody."""
    if cue.meaning != "reports" and cue.form != "noun":
        return zone
    marks = [note.span.end for note in scene.notes if note.meaning == "from" and zone.contains(note.span)]
    return Span(marks[0], zone.end) if marks else zone


def _pronoun(scene: Scene, cue: Cue, word: Span, memory: Memory, sentence: int) -> Speaker:
    meanings = [note.meaning for note in scene.notes if note.front == word.start]
    gender = next((m.partition(":")[2] for m in meanings if m.startswith("pronoun")), "any")
    return memory.resolve(gender, cue, sentence, word, f"“{word.of(scene.text)}” is a pronoun")


def _holder(scene: Scene, zone: Span, after: bool) -> NameMention | None:
    """The name that is the subject: a person outside an aside, or what the stretch begins with."""
    names = scene.names_in(zone.start, zone.end)
    people = [name for name in names if name.kind is NameKind.PERSON]
    free = [name for name in people if not _in_aside(scene, zone, name)]
    lead = next((name for name in names if _leads(scene, zone, name)), None)
    if lead and lead.kind is not NameKind.PERSON and not free:
        return lead
    if free:
        return _apposed(scene, zone, free) or free[0]
    if lead:
        return lead
    return people[-1] if people and not after else None


def _apposed(scene: Scene, zone: Span, people: Sequence[NameMention]) -> NameMention | None:
    """The second of two persons where it stands in apposition: "the wife of A, B,"."""
    if len(people) < 2:
        return None
    first, second = people[:2]
    owned = scene.words_in(zone.start, _front(first))
    between = scene.text[first.span.end : max(first.span.end, _front(second))].strip()
    return second if owned and between in ("،", ",") else None


def _in_aside(scene: Scene, zone: Span, name: NameMention) -> bool:
    """Whether the name stands in a phrase like "after a meeting with"."""
    start = scene.comma_before(name.span.start, zone.start)
    before = scene.words_in(start, _front(name))
    owner = (
        scene.text[name.span.end : name.span.end + 1] in _APOSTROPHES
        and scene.text[name.span.end + 1 : name.span.end + 2].isalpha()
    )
    return owner or any(scene.is_a(word, "aside") for word in before) or _on_preposition(scene, name)


def _on_preposition(scene: Scene, name: NameMention) -> bool:
    """Whether a letter that means "to" or "with" is written onto the front of the name or its title."""
    front = _front(name)
    word = next((word for word in scene.words_in(front - 4, front) if word.end > front), None)
    glued = word.of(scene.text)[: front - word.start] if word else ""
    return bool(glued) and glued not in scene.joint_letters


def _leads(scene: Scene, zone: Span, name: NameMention) -> bool:
    """Whether the stretch, or a piece of it, begins with the name, words for an outlet aside."""
    start = zone.start
    if name.kind is NameKind.PERSON:
        start = max(start, scene.comma_before(name.span.start, start))
    fronts = {note.front for note in scene.outlet_words}
    every = scene.words_in(start, name.span.start)
    before = [word for word in every if word.start not in fronts and not scene.is_a(word, "statement")]
    if any(scene.is_a(word, "aside") for word in before):
        return False
    return not before or (len(before) == 1 and (len(every) > 1 or len(before[0]) <= _LONGEST_ARTICLE))


def _named(scene: Scene, zone: Span, mention: NameMention, gender: str) -> Speaker:
    second = next(iter(scene.names_in(mention.span.end, zone.end)), None)
    if second and _together(scene, mention, second):
        span = Span(mention.span.start, second.span.end)
        return Speaker(None, span, gender, "two speak together")
    span = Span(_front(mention), mention.span.end)
    return Speaker(mention.entity, span, gender, f"{mention.text} is named beside the verb")


def _front(mention: NameMention) -> int:
    """Where a name begins with the title before it."""
    return min(mention.title.start, mention.span.start) if mention.title else mention.span.start


def _together(scene: Scene, first: NameMention, second: NameMention) -> bool:
    """Whether two persons are joined by "and"."""
    if (
        first.kind is not NameKind.PERSON
        or second.kind is not NameKind.PERSON
        or first.entity == second.entity
    ):
        return False
    between = Span(first.span.end, max(_front(second), first.span.end))
    words = between.of(scene.text).strip(" ،,")
    return (
        any(note.meaning == "joint" and note.span.of(scene.text) == words for note in scene.notes)
        or any(
            joint.meaning == "and" and joint.span.of(scene.text).strip(" ،,") == words
            for joint in scene.joints
        )
        or words in scene.joint_letters
    )


def _described(
    scene: Scene, cue: Cue, zone: Span, after: bool, gender: str, memory: Memory, sentence: int
) -> Speaker | None:
    """A speaker without a name: "the minister", "witnesses", "the agreement"."""
    piece = _piece(scene, zone, after)
    words = scene.words_in(piece.start, piece.end)
    if not words or len(words) > _LONGEST_SUBJECT_WORDS or (after is False and scene.is_a(words[0], "aside")):
        return None
    entity = memory.offices.who(piece.of(scene.text), memory.last.entity if memory.last else None)
    if not entity and cue.meaning == "adds" and scene.is_a(words[0], "same"):
        return memory.resolve("any", cue, sentence, piece, f"“{piece.of(scene.text)}” points back")
    if not entity and not after and cue.gender in ("m", "f", "p"):
        return None  # verb first: what stands before it is no subject unless it is somebody known
    if entity:
        return Speaker(entity, piece, gender, f"the only one described as “{piece.of(scene.text)}”")
    return Speaker(None, piece, gender, f"“{piece.of(scene.text)}” speaks, who is not named")


def _piece(scene: Scene, zone: Span, after: bool) -> Span:
    """The words for the speaker: up to the first aside or pause behind the cue, or back from the cue."""
    if after:
        end = scene.comma_after(zone.start, zone.end)
        start = zone.start
    else:
        start, end = zone.start, zone.end
        while True:
            words = scene.words_in(start, end)
            pause = scene.comma_after(start, end)
            if not words or not scene.is_a(words[0], "aside") or pause >= end:
                break
            start = pause + 1
        end = scene.comma_after(start, end)
    for word in scene.words_in(start, end)[1:]:
        if scene.is_a(word, "aside"):
            end = word.start
            break
    return trim(scene.text, Span(start, max(start, end)))
