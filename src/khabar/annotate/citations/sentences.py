"""The credits in the words of a sentence: "according to", "told the agency", "quoting local media"."""

from __future__ import annotations

from collections.abc import Iterator

from khabar.annotate.citations.credit import (
    BODIES,
    LONGEST_NAME_WORDS,
    MARKED,
    Credit,
    behind_space,
    name_end,
    plain_name,
)
from khabar.annotate.quotes.cues import TOLD, Cue, Note
from khabar.annotate.quotes.extents import trim
from khabar.annotate.quotes.scene import Scene, words_of
from khabar.lang.loader import load_languages
from khabar.model.mentions import NameKind, NameMention
from khabar.model.span import Span

_WORD_REACH = 15  # characters behind a name in which "news agency" says what it is
_NEAR_WORDS = 3  # between a word that credits and the name that it credits
_OPENING, _CLOSING = ("(", '"', "“", "«"), (")", '"', "”", "»")
_OUTLETS = ("agency", "outlet")


def credits_in(scene: Scene) -> Iterator[Credit]:
    """The credits beside words that credit and beside verbs of speech."""
    for note in scene.attributions:
        yield from _behind_credit(scene, note)
    for cue in scene.cues:
        if cue.form != "source":
            yield from _beside_verb(scene, cue)


def _behind_credit(scene: Scene, note: Note) -> Iterator[Credit]:
    """The outlet behind "according to", "quoting", "به گزارش"."""
    start = note.span.start
    reason = f"behind “{note.span.of(scene.text)}”"
    name = _outlet_after(scene, note.span.end, loose=note.meaning in ("reported_by", "quoting"))
    if name is None:
        listed = listed_at(scene, note.span.end)
        if listed:
            yield Credit(Span(start, listed.end), plain_name(listed.of(scene.text)), None, reason)
        elif note.meaning in ("quoting", "reported_by"):
            yield from _unnamed_after(scene, note, reason)
        return
    while name is not None:
        yield Credit(Span(start, _whole_end(scene, name)), plain_name(name.text), name.entity, reason)
        start, name = _joined_after(scene, name)


def listed_at(scene: Scene, at: int) -> Span | None:
    """The words right behind a place that are a known outlet's name, found as a name or not."""
    words = scene.words_in(at, scene.comma_after(at, scene.span.end))[:LONGEST_NAME_WORDS]
    if not words or _breaks(scene.text[at : words[0].start]):
        return None
    for last in reversed(words):
        span = Span(words[0].start, last.end)
        person = scene.person_in(span.start, span.end)
        longer = person is not None and person.span.end > span.end  # "Petra" is an agency, "Petra Lind" none
        if scene.outlets.knows(span.of(scene.text)) and not longer:
            return span
    return None


def _whole_end(scene: Scene, name: NameMention) -> int:
    """The end of a name with its short form behind it, "the agency (SANA)", and with its closing mark."""
    following = scene.names_in(name.span.end, name.span.end + _WORD_REACH)[:1]
    apart = following and scene.words_in(name.span.end, following[0].span.start)
    end = (
        following[0].span.end
        if following and not apart and following[0].entity == name.entity
        else name.span.end
    )
    closes = (
        scene.text[end : end + 1] in _CLOSING
        and scene.text[name.span.start - 1 : name.span.start] in _OPENING
    )
    return end + 1 if closes and end < scene.span.end else end


def _outlet_after(scene: Scene, at: int, loose: bool) -> NameMention | None:
    """The outlet named directly behind a place; loosely, any organisation there."""
    for name in scene.names_in(at, at + 80)[:1]:
        between = scene.words_in(at, name.span.start)
        if (
            len(between) > _NEAR_WORDS
            or name.kind is NameKind.PERSON
            or _breaks(scene.text[at : name.span.start])
        ):
            return None
        reach = name.span.end + _WORD_REACH
        worded = any(note.meaning in _OUTLETS for note in _outlet_words(scene, at, reach))
        own = any(note.meaning == "own" for note in _outlet_words(scene, at, name.span.end))
        plain = not between and name.kind in BODIES and loose
        if worded or own or plain or scene.outlets.knows(plain_name(name.text)):
            return name
    return None


def _outlet_words(scene: Scene, start: int, end: int) -> list[Note]:
    return [note for note in scene.outlet_words if start <= note.front and note.span.end <= end]


def _breaks(between: str) -> bool:
    return any(mark in between for mark in "،,.:;؛")


def _joined_after(scene: Scene, name: NameMention) -> tuple[int, NameMention | None]:
    """A second outlet in one credit: "Al Mayadeen and Al-Manar"."""
    following = scene.names_in(name.span.end, name.span.end + 40)[:1]
    if not following or len(scene.words_in(name.span.end, following[0].span.start)) > 1:
        return 0, None
    other = following[0]
    alike = scene.outlets.knows(plain_name(other.text)) and other.entity != name.entity
    return other.span.start, other if alike else None


def _unnamed_after(scene: Scene, note: Note, reason: str) -> Iterator[Credit]:
    """An outlet that no name was found in: its words begin with one for an outlet, or stand in marks."""
    words = [one for one in scene.outlet_words if one.front >= note.span.end][:1]
    lead = scene.words_in(note.span.end, words[0].front) if words else ()
    stop = scene.comma_after(note.span.end, scene.span.end)
    if words and not lead and words[0].meaning == "generic":
        yield Credit(Span(note.span.start, words[0].span.end), "", None, f"{reason}, no outlet named")
    elif words and not lead and words[0].meaning in _OUTLETS:
        end = name_end(scene.text, words[0].front, min(stop, scene.span.end))
        yield Credit(Span(note.span.start, end), plain_name(scene.text[words[0].front : end]), None, reason)
    elif note.meaning == "quoting":
        yield from _unheard_of(scene, note, stop, reason)
    elif _is_bare_report(scene, note) and len(scene.words_in(note.span.end, stop)) <= LONGEST_NAME_WORDS:
        inside = Span(note.span.end, stop)
        if words and words[0].meaning == "own":
            inside = Span(words[0].span.end if words[0].front < stop else note.span.end, stop)
        end = name_end(scene.text, inside.start, inside.end)
        name = plain_name(scene.text[inside.start : end])
        if name and not scene.person_in(inside.start, end):
            yield Credit(Span(note.span.start, end), name, None, reason)


def _unheard_of(scene: Scene, note: Note, stop: int, reason: str) -> Iterator[Credit]:
    """An outlet that only its place behind "quoting" tells of: a short name that is nobody's office."""
    inside = trim(scene.text, Span(note.span.end, stop))
    words = scene.words_in(inside.start, inside.end)
    small = any(scene.is_a(word, "aside", "pronoun", "listener", "joint") for word in words)
    people = any(inside.contains(one.span) for one in scene.source_people)
    known = scene.names_in(inside.start, inside.end) or scene.office_end(inside.start, inside.end)
    speech = any(inside.start <= cue.front < inside.end for cue in scene.cues)
    cased = load_languages().pack(scene.sentence.language).has_case
    if (
        stop < scene.span.end
        and 0 < len(words) <= _NEAR_WORDS
        and not (small or people or known or speech or cased)
    ):
        yield Credit(
            Span(note.span.start, inside.end), plain_name(inside.of(scene.text)), None, f"{reason}, not known"
        )


def _is_bare_report(scene: Scene, note: Note) -> bool:
    """Whether whatever follows is an outlet, as behind "به گزارش"; capitals would have shown a name."""
    verb = any(cue.span.overlap(note.span) and cue.form != "source" for cue in scene.cues)
    cased = load_languages().pack(scene.sentence.language).has_case
    return note.meaning == "reported_by" and not verb and not cased


def _beside_verb(scene: Scene, cue: Cue) -> Iterator[Credit]:
    """An outlet that is the subject of a verb of speech, or whom somebody told something."""
    name = _outlet_after(scene, cue.span.end, loose=_quotes_somebody(scene, cue))
    told = cue.meaning == TOLD
    if name is None and cue.front == cue.span.start and not told:
        name = _outlet_before(scene, cue)
    if name is None and cue.meaning == "reports":
        yield from _unnamed_subject(scene, cue)
    if name is None and told:
        yield from _capitals_before_kind(scene, cue)
    if name is not None:
        reason = f"{name.text} is {'told' if told else 'beside'} “{cue.span.of(scene.text)}”"
        span = Span(min(cue.span.start, name.span.start), max(cue.span.end, _whole_end(scene, name)))
        yield Credit(span, plain_name(name.text), name.entity, reason)


def _capitals_before_kind(scene: Scene, cue: Cue) -> Iterator[Credit]:
    """ "Told the Coast news agency", where no name was found: capitals before a word for an agency."""
    kinds = [note for note in scene.outlet_words if note.meaning == "agency" and note.front >= cue.span.end]
    words = scene.words_in(cue.span.end, kinds[0].front) if kinds else ()
    capitals = [word for word in words if scene.text[word.start].isupper()]
    if capitals and len(words) <= _NEAR_WORDS and capitals == list(words[-len(capitals) :]):
        name = Span(capitals[0].start, capitals[-1].end).of(scene.text)
        reason = f"{name} is told “{cue.span.of(scene.text)}”"
        yield Credit(Span(cue.span.start, kinds[0].span.end), plain_name(name), None, reason)


def _unnamed_subject(scene: Scene, cue: Cue) -> Iterator[Credit]:
    """ "Local media quoted", "quoted “The Gate”": outlets that no name was found in."""
    reason = f"beside “{cue.span.of(scene.text)}”"
    words = [note for note in scene.outlet_words if note.front >= cue.span.end][:1]
    if words and words[0].meaning == "generic" and not scene.words_in(cue.span.end, words[0].front):
        yield Credit(Span(cue.span.start, words[0].span.end), "", None, f"{reason}, no outlet named")
        return
    marked = MARKED.match(scene.text, behind_space(scene.text, cue.span.end))
    if marked and _quotes_somebody(scene, cue) and len(words_of(marked.group(1))) <= LONGEST_NAME_WORDS:
        yield Credit(Span(cue.span.start, marked.end()), plain_name(marked.group(1)), None, reason)


def _quotes_somebody(scene: Scene, cue: Cue) -> bool:
    """Whether the verb reports what somebody else said: only outlets do."""
    return cue.meaning == "reports" and any(
        note.meaning == "from" and 0 < len(scene.words_in(cue.span.end, note.front)) <= 2 * _NEAR_WORDS
        for note in scene.notes
        if note.front >= cue.span.end
    )


def _outlet_before(scene: Scene, cue: Cue) -> NameMention | None:
    names = scene.names_in(max(scene.span.start, cue.front - 80), cue.front)[-1:]
    for name in (one for one in names if one.kind is not NameKind.PERSON):
        between = scene.words_in(name.span.end, cue.front)
        worded = any(
            note.meaning in _OUTLETS for note in _outlet_words(scene, name.span.start - 20, cue.front)
        )
        if len(between) <= 2 and (
            scene.outlets.knows(plain_name(name.text)) or (worded and name.kind in BODIES)
        ):
            return name
    return None


def elided_credits(scene: Scene, last: Credit | None) -> Iterator[Credit]:
    """ "And it quoted X as saying": the outlet credited last goes on."""
    for cue in scene.cues:
        own = [note.span.end for note in scene.outlet_words if not scene.words_in(cue.span.end, note.front)]
        start = next((end for end in own if end > cue.span.end), cue.span.end)
        follows = any(
            note.meaning == "from" and note.front >= start and not scene.words_in(start, note.front)
            for note in scene.notes
        )
        if last and cue.meaning == "reports" and cue.gender == "f" and follows and last.name:
            yield Credit(cue.span, last.name, last.entity, f"goes on from “{last.name}”")
