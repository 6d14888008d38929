"""What "according to" covers."""

from __future__ import annotations

from dataclasses import replace

from khabar.annotate.quotes.cues import Cue
from khabar.annotate.quotes.extents import FEWEST_WORDS, Said, content_end, shape
from khabar.annotate.quotes.openers import LONGEST_GAP_WORDS
from khabar.annotate.quotes.scene import Scene
from khabar.model.span import Span

_APPOSITION_WORDS = 5


def source_said(scene: Scene, cue: Cue, begin: int, found: list[Said]) -> list[Said]:
    """What "according to" covers: the rest of the sentence, or what stands before it."""
    end = content_end(scene, cue.span.end, scene.cues.index(cue))
    lead = len(scene.words_in(begin, cue.front))
    holder = _holder_end(scene, cue, end)
    if _is_outlet(scene, cue.span.end, holder) or _inside(found, cue):
        return []
    if cue.gender == "weak" and lead > 2:
        return []
    if any(note.meaning == "reported_by" and note.front < cue.front for note in scene.attributions):
        return []
    if lead > 2 and any(begin <= other.front < cue.front and other.form != "source" for other in scene.cues):
        return []
    if lead <= 2:
        start, zone = _behind_that(scene, holder, end), Span(cue.span.end, holder)
    else:
        start, zone = _behind_that(scene, begin, cue.front), Span(cue.span.end, holder)
        end = cue.front
    content, kind = shape(scene, start, end)
    if len(scene.words_in(content.start, content.end)) < FEWEST_WORDS:
        return []
    return [replace(Said(content, kind, cue), zones=((zone, True),))]


def _behind_that(scene: Scene, start: int, end: int) -> int:
    """Behind "and also that" at the head of a stretch."""
    nobody = [note for note in scene.notes if note.meaning == "impersonal" and note.front <= end]
    words = scene.words_in(start, end)[: 4 if nobody else 2]
    return next(
        (that.span.end for that in scene.thats if words and words[0].start <= that.front <= words[-1].start),
        start,
    )


def _is_outlet(scene: Scene, start: int, end: int) -> bool:
    """Whether the source is an agency or another outlet: that is a citation, nobody speaks."""
    words = scene.words_in(start, end)[:3]
    fronts = {
        note.front for note in scene.outlet_words if note.meaning in ("agency", "outlet", "generic", "own")
    }
    known = any(scene.outlets.knows(name.text) for name in scene.names_in(start, end)[:1])
    return known or any(word.start in fronts for word in words)


def _inside(found: list[Said], cue: Cue) -> bool:
    return any(said.content.contains(cue.span) for said in found)


def _holder_end(scene: Scene, cue: Cue, end: int) -> int:
    """Where the words for the source end: at a pronoun, the next pause, or else behind a name."""
    for word in scene.words_in(cue.span.end, end)[:2]:
        if scene.is_a(word, "pronoun"):
            return word.end
    pause = scene.comma_after(cue.span.end, end)
    that = next((that for that in scene.thats if cue.span.end < that.front < pause), None)
    speech = that and any(cue.span.end <= other.front < that.front for other in scene.cues)
    if that and not speech and len(scene.words_in(cue.span.end, that.front)) <= LONGEST_GAP_WORDS:
        return that.front
    if pause < end and len(scene.words_in(cue.span.end, pause)) <= LONGEST_GAP_WORDS:
        return _behind_apposition(scene, cue, pause, end)
    names = scene.names_in(cue.span.end, end)
    return names[0].span.end if names else end


def _behind_apposition(scene: Scene, cue: Cue, pause: int, end: int) -> int:
    """The pause behind "according to the mayor, Peter Novak," and behind "to Peter Novak, the mayor,"."""
    wider = scene.comma_after(pause + 1, end)
    if wider >= end:
        return pause
    before = scene.person_in(cue.span.end, pause)
    after = scene.person_in(pause, wider)
    words = scene.words_in(pause, wider)
    follows = after is not None and words[0].start >= after.span.start and before is None
    office = (
        before is not None and before.span.end == pause and after is None and len(words) <= _APPOSITION_WORDS
    )
    return wider if follows or office else pause
