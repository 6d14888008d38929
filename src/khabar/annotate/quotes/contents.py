"""What each word of speech introduces: the content, and the zones in which its speaker may stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from khabar.annotate.quotes.cues import TOLD, Cue
from khabar.annotate.quotes.extents import Said, Zones, content_end, shape
from khabar.annotate.quotes.openers import find_opener
from khabar.annotate.quotes.scene import Scene, words_of
from khabar.annotate.quotes.sources import source_said
from khabar.annotate.quotes.unopened import marked_before, marked_only, marked_said, without_opener
from khabar.model.span import Span


def find_said(scene: Scene) -> list[Said]:
    """The contents in one sentence, in the order of their cues. A cue without content is left out."""
    found: list[Said] = []
    cues = scene.cues
    used = -1
    for n, cue in enumerate(cues):
        if cue.form == "tail" or cue.front < used or cue.meaning == "reported_by":
            continue
        limit = next(
            (max(other.front, cue.span.end) for other in cues[n + 1 :] if other.form != "tail"),
            scene.span.end,
        )
        begin = _clause_start(scene, cue, found)
        said = (
            source_said(scene, cue, begin, found)
            if cue.form == "source"
            else _said(scene, cue, n, limit, begin)
        )
        if cue.form == "source" and said:
            used = said[0].zones[0][0].end
            said = [_behind_verb(scene, one, cues[n + 1 :]) for one in said]
            used = max(used, *(one.content.start for one in said if one.content.start > cue.span.end), 0)
        found += [one for one in said if len(words_of(one.content.of(scene.text))) > 0]
    return found


def _behind_verb(scene: Scene, said: Said, later: Sequence[Cue]) -> Said:
    """What "quoting" covers without a verb of speech of the outlet at its head: "reported that"."""
    verb = next((cue for cue in later if cue.front == said.content.start), None)
    opener = find_opener(scene, verb, said.content.end) if verb else None
    if opener is None:
        return said
    content, kind = shape(scene, opener.end, said.content.end)
    return replace(said, content=content, kind=kind)


def _clause_start(scene: Scene, cue: Cue, found: list[Said]) -> int:
    """Where the clause of a cue begins: behind the last content before it, or with the sentence."""
    ends = [said.content.end for said in found[-3:] if said.content.end <= cue.front]
    around = [said.content.start for said in found[-3:] if said.content.contains(cue.span)]
    return max((*ends, *around), default=scene.span.start)


def _said(scene: Scene, cue: Cue, n: int, limit: int, begin: int) -> list[Said]:
    opener = find_opener(scene, cue, limit)
    before = Span(begin, max(begin, cue.front))
    if opener and not scene.marks_in(opener.start - 1, opener.end + 2):
        framed = marked_before(scene, cue, begin)
        if framed and scene.comma_after(cue.span.end, opener.start) < opener.start:
            return [marked_said(scene, cue, framed)]  # "…," said the mayor of a town, that was cut off
    if opener:
        end = _marks_end(scene, cue, opener.start) or content_end(scene, opener.end, n)
        content, kind = shape(scene, opener.end, end)
        zones: Zones = ((Span(cue.span.end, opener.start), True), (before, False))
        if not cue.gendered:
            zones = (zones[1], zones[0]) if cue.meaning != TOLD else (zones[1],)
        framed = (
            marked_before(scene, cue, begin) if scene.marks_in(opener.start - 1, opener.end + 2) else None
        )
        said = [Said(content, kind, cue, zones)]
        return [marked_said(scene, cue, framed), *said] if framed else said
    if cue.form not in ("finite", "participle", "noun"):
        return marked_only(scene, cue, begin)
    return without_opener(scene, cue, n, begin)


def _marks_end(scene: Scene, cue: Cue, start: int) -> int | None:
    """Where the marks end that a verb like "chanted" takes: what follows them is the report's."""
    if cue.form != "marked":
        return None
    return next((mark.outer.end for mark in scene.marks if mark.outer.start == start and mark.closed), None)
