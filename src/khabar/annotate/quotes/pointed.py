"""Marks that a sentence of their own attributes: "«…» This the governor told reporters"."""

from __future__ import annotations

from dataclasses import replace

from khabar.annotate.quotes.memory import Memory
from khabar.annotate.quotes.scene import Scene
from khabar.annotate.quotes.subjects import subject_in
from khabar.model.mentions import Quote
from khabar.model.span import Span

_FARTHEST = 3  # characters between the marks and the sentence that points back


def point_back(scene: Scene, last: Quote, memory: Memory, number: int) -> Quote | None:
    """The marked words right before a sentence that begins with "this", with the subject of its verb."""
    near = 0 <= scene.span.start - last.span.end <= _FARTHEST
    if last.cue is not None or last.kind != "direct" or not near or len(scene.words) < _FARTHEST:
        return None
    cue = next((cue for cue in reversed(scene.cues) if cue.form == "finite"), None)
    if cue is None or not scene.is_a(scene.words[0], "same") or scene.thats:
        return None
    objects = [note.span.end for note in scene.notes if note.meaning == "object"]
    start = min(objects, default=scene.words[0].end)
    zones = ((Span(start, max(start, cue.front)), False), (Span(cue.span.end, scene.span.end), True))
    for zone, after in zones:
        speaker = subject_in(scene, cue, zone, after, memory, number)
        if speaker:
            memory.remember(speaker, number)
            reason = f"{speaker.reason}; the sentence points back at the marks before it"
            return replace(
                last, speaker=speaker.entity, speaker_span=speaker.span, cue=cue.span, reason=reason
            )
    return None
