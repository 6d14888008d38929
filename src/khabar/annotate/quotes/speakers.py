"""Who says a content: the subject in the zones of its cue, or whom a pronoun or nothing at all stands for."""

from __future__ import annotations

from khabar.annotate.quotes.cues import Cue
from khabar.annotate.quotes.extents import Said
from khabar.annotate.quotes.memory import UNKNOWN, Memory, Speaker, agree
from khabar.annotate.quotes.scene import Scene
from khabar.annotate.quotes.subjects import holder, subject_in
from khabar.model.mentions import NameKind
from khabar.model.span import Span


def find_speaker(scene: Scene, said: Said, current: Speaker | None, memory: Memory, sentence: int) -> Speaker:
    """Who says `said`; `current` is the last who spoke in this sentence."""
    cue = said.cue
    if cue.form == "participle":
        return _of_participle(scene, cue, current, memory, sentence)
    agent = _agent(scene, said, memory, sentence)
    if agent:
        return agent
    for zone, after in said.zones:
        if not after and cue.joined and not _has_topic(scene, zone):
            continue
        found = subject_in(scene, cue, zone, after, memory, sentence)
        if found:
            return found
    return _same_sentence(scene, cue, current, memory) or without_subject(cue, current, memory, sentence)


def _agent(scene: Scene, said: Said, memory: Memory, sentence: int) -> Speaker | None:
    """Who is named behind "by", where what was said is told in the passive."""
    between = Span(said.cue.span.end, max(said.cue.span.end, said.content.start))
    for zone, after in (*said.zones, (between, True)):
        for note in scene.notes:
            if note.meaning == "agent" and zone.contains(note.span):
                behind = Span(note.span.end, zone.end)
                found = subject_in(scene, said.cue, behind, after, memory, sentence)
                if found and found.entity:
                    return found
    return None


def _same_sentence(scene: Scene, cue: Cue, current: Speaker | None, memory: Memory) -> Speaker | None:
    """The person whom a sentence begins about, where a verb of speech without subject is joined to it."""
    if current or not cue.joined or cue.form not in ("finite", "weak"):
        return None
    person = holder(scene, Span(scene.span.start, cue.front), True)
    if person is None or person.kind is not NameKind.PERSON or not memory.fits(person.entity, cue.gender):
        return None
    return Speaker(person.entity, person.span, cue.gender, f"the sentence is about {person.text}")


def _has_topic(scene: Scene, zone: Span) -> bool:
    """Whether "as for" opens the stretch: then its verb may have "so" written onto it."""
    words = scene.words_in(zone.start, zone.end)[:1]
    return bool(words) and scene.is_a(words[0], "topic")


def find_subject(
    scene: Scene, cue: Cue, end: int, memory: Memory, sentence: int, begin: int
) -> Speaker | None:
    """The subject of a verb of speech that introduces no content of its own."""
    found = subject_in(scene, cue, Span(cue.span.end, max(cue.span.end, end)), True, memory, sentence)
    known = found is not None and (found.entity is not None or cue.gendered)
    if not known and not cue.joined and begin < cue.front:
        before = subject_in(scene, cue, Span(begin, cue.front), False, memory, sentence)
        found = before if found is None or (before and before.entity) else found
    return found


def without_subject(cue: Cue, current: Speaker | None, memory: Memory, sentence: int) -> Speaker:
    """Who speaks where the verb has no subject of its own."""
    if cue.form in ("document", "source"):
        return UNKNOWN
    if current and agree(current.gender, cue.gender):
        return Speaker(current.entity, current.span, current.gender, "the verb goes on with the same subject")
    return memory.resolve(cue.gender, cue, sentence, None, "the verb has no subject")


def _of_participle(scene: Scene, cue: Cue, current: Speaker | None, memory: Memory, sentence: int) -> Speaker:
    if current:
        return Speaker(
            current.entity, current.span, current.gender, "goes on from who speaks in the sentence"
        )
    found = subject_in(scene, cue, Span(scene.span.start, cue.front), False, memory, sentence)
    return found or memory.resolve("any", cue, sentence, None, "the sentence has no other subject")
