"""What opens a content behind its cue: "that", a colon, quotation marks, or a word like "on"."""

from __future__ import annotations

from dataclasses import dataclass

from khabar.annotate.quotes.cues import Cue, Note
from khabar.annotate.quotes.extents import JOINING, SHORT_MARKS, subject_end
from khabar.annotate.quotes.marks import Marked
from khabar.annotate.quotes.scene import Scene, words_of
from khabar.annotate.quotes.works import is_title

# Words of speech that take a noun behind a word like "on": "stressed on the importance of".
_ONTO = frozenset({"confirms", "stresses", "points_out", "says"})
_LONGEST_ZONE_WORDS = 30
LONGEST_GAP_WORDS = 14
_COLONS = ":："


@dataclass(frozen=True, slots=True)
class _Opener:
    """What opens a content: where it stands and where the content begins."""

    start: int
    end: int


def find_opener(scene: Scene, cue: Cue, limit: int) -> _Opener | None:
    """The first "that", colon or quotation mark behind the cue; else a word like "on" that opens a noun."""
    if cue.form == "participle" and _ends_in_that(scene, cue):
        return _Opener(cue.span.end, cue.span.end)
    words = scene.words_in(cue.span.end, limit)
    stop = words[_LONGEST_ZONE_WORDS].start if len(words) > _LONGEST_ZONE_WORDS else limit
    found = [
        _Opener(that.front, that.span.end)
        for that in _from(scene.thats, cue.span.end, stop)
        if cue.form != "marked" and not _conjoined(scene, that, cue)
    ]
    colon = _colon(scene, cue.span.end, stop)
    if colon is not None:
        found.append(_Opener(colon, colon + 1))
    found += [
        _Opener(mark.outer.start, mark.outer.start)
        for mark in scene.marks_in(cue.span.end, stop)
        if speaks(scene, mark)
    ]
    first = min(found, key=lambda opener: opener.start) if found else None
    if first and (first.end > first.start or not _led_in(scene, cue, first)):
        return first
    plain = cue.form in ("weak", "marked") or cue.meaning not in _ONTO
    return _noun_opener(scene, cue, stop) or (first if plain else None)


def _noun_opener(scene: Scene, cue: Cue, stop: int) -> _Opener | None:
    """Where a noun is opened by a word like "on", or by a letter written onto it."""
    if cue.form in ("weak", "marked"):
        return None
    if cue.meaning == "promises":
        fronts = [note.front for note in scene.notes if note.meaning == "front"]
        words = scene.words_in(cue.span.end, stop)[:1]
        return _Opener(words[0].start, words[0].start) if words and words[0].start in fronts else None
    if cue.meaning not in _ONTO:
        return None
    onto = [note for note in scene.notes if note.meaning == "onto" and cue.span.end <= note.front < stop]
    subject = subject_end(scene, cue.span.end, stop)
    gap = len(scene.words_in(subject or cue.span.end, onto[0].front)) if onto else 0
    near = onto and gap <= (1 if subject else LONGEST_GAP_WORDS)
    return (
        _Opener(onto[0].front, onto[0].span.end)
        if near and not scene.person_in(onto[0].span.end, stop)
        else None
    )


def _conjoined(scene: Scene, that: Note, cue: Cue) -> bool:
    """Whether it is "and that", which goes on with a content that began without "that"."""
    before = scene.words_in(cue.span.end, that.front)[-1:]
    return bool(before) and any(
        joint.span.end == before[0].end or (joint.front == before[0].start and joint.span.contains(that.span))
        for joint in scene.joints
        if joint.meaning in JOINING
    )


def _led_in(scene: Scene, cue: Cue, opener: _Opener) -> bool:
    """Whether words of the content stand before its marks: "said the deal was “the best of all”"."""
    end = subject_end(scene, cue.span.end, opener.start) or cue.span.end
    words = scene.words_in(end, opener.start)
    paused = scene.text[cue.span.end : opener.start].rstrip()[-1:] in (",", "،", ":")
    return len(words) >= 2 and not paused and not scene.is_a(words[0], "aside")


def _ends_in_that(scene: Scene, cue: Cue) -> bool:
    return any(that.span.end == cue.span.end for that in _from(scene.thats, cue.span.start, cue.span.end))


def _from(notes: tuple, start: int, end: int) -> list:  # type: ignore[type-arg]
    return [note for note in notes if start <= note.front and note.span.end <= end]


def _colon(scene: Scene, start: int, end: int) -> int | None:
    for at in range(start, end):
        if scene.text[at] in _COLONS and not scene.text[at + 1 : at + 2].isdigit():
            return at
    return None


def speaks(scene: Scene, mark: Marked) -> bool:
    """Whether marked words may be what the cue introduces, not a name in marks."""
    if any(
        name.span.overlap(mark.inner) == len(mark.inner)
        for name in scene.names_in(mark.outer.start - 40, mark.outer.end)
    ):
        return False
    return len(words_of(mark.inner.of(scene.text))) > SHORT_MARKS and not is_title(scene, mark)
