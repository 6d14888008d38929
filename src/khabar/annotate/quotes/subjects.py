"""The subject in a stretch beside a word of speech: a name, a pronoun, or a description."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.annotate.names.gazetteer import ARTICLE
from khabar.annotate.quotes.cues import Cue
from khabar.annotate.quotes.extents import trim
from khabar.annotate.quotes.memory import Memory, Speaker
from khabar.annotate.quotes.scene import Scene
from khabar.model.mentions import NameKind, NameMention
from khabar.model.span import Span

_LONGEST_SUBJECT_WORDS = 14
_APOSTROPHES = ("'", "’")  # what follows one is an ending: the name owns something or is an object
_LONGEST_ARTICLE = 4  # letters of a word like "the" before a name


def subject_in(
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
    if len(words) == 1 and _joins(scene, words[0]):
        return None
    pronoun = next((word for n, word in enumerate(words) if _speaks_itself(scene, cue, words, n)), None)
    mention = holder(scene, zone, after, cue.form == "source")
    if pronoun and (mention is None or _leads_to(scene, words, pronoun, mention, after)):
        return _pronoun(scene, cue, pronoun, memory, sentence)
    if mention:
        return _named(scene, zone, mention, gender)
    return _described(scene, cue, zone, after, gender, memory, sentence)


def _stands_alone(scene: Scene, cue: Cue, word: Span) -> bool:
    """Whether a word is a pronoun for the speaker: "her father" is not "her", but "according to her" is."""
    return scene.is_a(word, "pronoun") and (cue.form == "source" or not scene.is_a(word, "article"))


def _leads_to(scene: Scene, words: Sequence[Span], pronoun: Span, mention: NameMention, after: bool) -> bool:
    """Whether a pronoun stands for the speaker before a name: not in "asked whether he would, X said"."""
    if pronoun.start >= mention.span.start:
        return False
    front = _front(mention)
    parted = scene.comma_after(pronoun.end, max(front, pronoun.end)) < front
    return after or pronoun == words[0] or not parted


def _speaks_itself(scene: Scene, cue: Cue, words: Sequence[Span], n: int) -> bool:
    """Whether a word is a pronoun for the speaker, not for one who is spoken to: "to him"."""
    told = n > 0 and scene.is_a(words[n - 1], "aside") and not scene.is_a(words[n - 1], "time", "pronoun")
    return _stands_alone(scene, cue, words[n]) and not (told and cue.form != "source" and scene.verb_final)


def _joins(scene: Scene, word: Span) -> bool:
    """Whether a word is nothing but "and"."""
    return word.of(scene.text) in scene.joint_letters or any(
        joint.meaning == "and" and joint.span == word for joint in scene.joints
    )


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


def holder(scene: Scene, zone: Span, after: bool, source: bool = False) -> NameMention | None:
    """The name that is the subject: a person outside an aside, or what the stretch begins with.

    `source`: the stretch stands behind "according", which may have its "to" written onto the name.
    """
    people_words = {note.span for note in scene.source_people}
    names = [name for name in scene.names_in(zone.start, zone.end) if name.span not in people_words]
    people = [name for name in names if name.kind is NameKind.PERSON]
    front = zone if source else None
    free = [name for name in people if not _in_aside(scene, zone, name, front)]
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


def _in_aside(scene: Scene, zone: Span, name: NameMention, source: Span | None) -> bool:
    """Whether the name stands in a phrase like "after a meeting with"."""
    start = scene.comma_before(name.span.start, zone.start)
    before = scene.words_in(start, _front(name))
    owner = (
        scene.text[name.span.end : name.span.end + 1] in _APOSTROPHES
        and scene.text[name.span.end + 1 : name.span.end + 2].isalpha()
    )
    return owner or any(scene.is_a(word, "aside") for word in before) or _on_preposition(scene, name, source)


def _on_preposition(scene: Scene, name: NameMention, source: Span | None) -> bool:
    """Whether a letter that means "to" or "with" is written onto the front of the name or its title."""
    front = _front(name)
    word = next((word for word in scene.words_in(front - 4, front) if word.end > front), None)
    glued = word.of(scene.text)[: front - word.start].removesuffix(ARTICLE) if word else ""
    if word and source and source.start == word.start:
        return False
    return bool(glued) and glued not in scene.joint_letters


def _leads(scene: Scene, zone: Span, name: NameMention) -> bool:
    """Whether the stretch, or a piece of it, begins with the name, words for an outlet aside."""
    start = zone.start
    if name.kind is NameKind.PERSON:
        start = max(start, scene.comma_before(name.span.start, start))
    elif (first := scene.words_in(start, name.span.start)) and scene.is_a(first[0], "aside"):
        start = scene.comma_before(name.span.start, start)  # "In a statement, the company said"
    fronts = {note.front for note in scene.outlet_words}
    every = scene.words_in(start, name.span.start)
    before = [word for word in every if word.start not in fronts and not scene.is_a(word, "statement")]
    if any(scene.is_a(word, "aside") for word in before):
        return False
    if name.kind is not NameKind.PERSON and before and scene.office_end(before[0].start, name.span.start):
        return False  # "the head of the chamber" is a person whom the chamber's name does not name
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
    entity = memory.offices.who(
        piece.of(scene.text), scene.sentence.language, memory.last.entity if memory.last else None
    )
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
