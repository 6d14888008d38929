"""Contents that nothing opens: before their cue, between speaker and verb, or right behind."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.annotate.quotes.cues import TOLD, Cue
from khabar.annotate.quotes.extents import (
    FEWEST_WORDS,
    Said,
    Zones,
    behind_pause,
    content_end,
    shape,
    subject_end,
    trim,
)
from khabar.annotate.quotes.marks import Marked
from khabar.annotate.quotes.openers import LONGEST_GAP_WORDS, speaks
from khabar.annotate.quotes.scene import Scene, words_of
from khabar.model.mentions import NameKind
from khabar.model.span import Span

# Words of speech that take what was said without "that", a colon or marks.
_BARE = frozenset(
    (
        *("says", "adds", "told", "claims", "explains", "admits", "warns", "promises", "announces"),
        *("points_out", "stresses", "confirms", "denies", "replies", "believes", "threatens", "asks"),
    )
)
_ADJUNCT_WORDS = 6  # "said in a press conference in Rome": so few words behind a preposition are no content


def without_opener(scene: Scene, cue: Cue, n: int, begin: int) -> list[Said]:
    """The contents of a cue behind which nothing opens one."""
    marked = marked_before(scene, cue, begin)
    if marked:
        return [marked_said(scene, cue, marked)]
    end = content_end(scene, cue.span.end, n)
    if cue.form == "finite" and (said := _before(scene, cue, begin, end)):
        return [said]
    if cue.meaning in _BARE or cue.form == "participle":
        return _bare(scene, cue, begin, end)
    return []


def marked_only(scene: Scene, cue: Cue, begin: int) -> list[Said]:
    """What stands in marks right before a cue that needs marks."""
    mark = marked_before(scene, cue, begin)
    return [marked_said(scene, cue, mark)] if mark else []


def marked_before(scene: Scene, cue: Cue, begin: int) -> Marked | None:
    """Marked words that end shortly before the cue, with nothing but its subject between."""
    marks = [
        mark
        for mark in scene.marks
        if mark.closed and _from_begin(scene, mark, begin) and mark.outer.end <= cue.front
    ]
    if not marks:
        return None
    mark = max(marks, key=lambda one: one.outer.end)
    gap = scene.text[mark.outer.end : cue.front]
    if len(words_of(gap)) > LONGEST_GAP_WORDS or any(char in gap for char in ".:!؟?"):
        return None
    named = not gap.strip() and cue.form == "marked"
    return mark if named or speaks(scene, mark) or _ends_in_pause(scene, mark) else None


def _from_begin(scene: Scene, mark: Marked, begin: int) -> bool:
    """Whether marks open behind `begin`, or in a sentence before, and nothing has been said in this one."""
    return mark.outer.start >= begin or (begin == scene.span.start and mark.outer.start < begin)


def _ends_in_pause(scene: Scene, mark: Marked) -> bool:
    return scene.text[mark.inner.end - 1 : mark.inner.end] in (",", "،", "!", "?", "؟")


def marked_said(scene: Scene, cue: Cue, mark: Marked) -> Said:
    """Marked words before the cue; the speaker stands between, or behind the cue."""
    stop = scene.comma_after(cue.span.end, scene.span.end)
    gap = Span(mark.outer.end, cue.front)
    after = Span(cue.span.end, stop)
    filled = any(not scene.is_a(word, "aside") for word in scene.words_in(gap.start, gap.end))
    zones: Zones = ((gap, False), (after, True)) if filled else ((after, True), (gap, False))
    if scene.verb_final:
        zones = (*zones, (Span(min(scene.span.start, mark.outer.start), mark.outer.start), False))
    return Said(trim(scene.text, mark.inner), "direct", cue, zones)


def _before(scene: Scene, cue: Cue, begin: int, end: int) -> Said | None:
    """Content that stands before its cue: "..., he said" and "..., said X"; or between speaker and cue."""
    after = scene.words_in(_skip_listener(scene, cue.span.end, end), end)
    embedded = _embedded(scene, cue, begin) if len(after) == 0 else None
    if embedded:
        return embedded
    if cue.joined or cue.gendered or scene.verb_final:
        return None
    pause = scene.comma_before(cue.front, begin)
    segment = trim(scene.text, Span(pause, cue.front))
    inserted = _inserted(scene, cue, begin, end)
    if inserted:
        return inserted
    told = cue.meaning == TOLD and _skip_listener(scene, cue.span.end, end) == cue.span.end
    if not after or ((told or scene.is_a(after[0], "aside")) and len(after) <= LONGEST_GAP_WORDS):
        return _postposed(scene, cue, begin, segment)
    named = scene.names_in(after[0].start, end) and not scene.is_a(after[0], "pronoun")
    if not len(segment) and len(after) <= 2 * LONGEST_GAP_WORDS and named:
        content = trim(scene.text, Span(begin, cue.front))
        if len(scene.words_in(content.start, content.end)) >= FEWEST_WORDS and begin == scene.span.start:
            return Said(*shape(scene, content.start, content.end), cue, ((Span(cue.span.end, end), True),))
    return None


def _inserted(scene: Scene, cue: Cue, begin: int, end: int) -> Said | None:
    """A sentence into which the report puts who says it: "The strike, said Carver, will end on Friday"."""
    stop = scene.comma_after(cue.span.end, end)
    holder = trim(scene.text, Span(cue.span.end, stop))
    rest = scene.words_in(stop, end)
    if stop >= end or len(rest) < FEWEST_WORDS or begin != scene.span.start or cue.meaning == TOLD:
        return None
    named = scene.names_in(holder.start, holder.end) or scene.office_end(holder.start, holder.end)
    short = len(scene.words_in(holder.start, holder.end)) <= LONGEST_GAP_WORDS
    if not (named and short and behind_pause(scene, cue)) or _describes(scene, rest):
        return None
    content = trim(scene.text, Span(begin, end))
    return Said(*shape(scene, content.start, content.end), cue, ((holder, True),))


def _describes(scene: Scene, words: Sequence[Span]) -> bool:
    """Whether what follows a name says who that is: "a fisherman", "who was there", "adding that"."""
    small = scene.is_a(words[0], "article", "aside", "time")
    office = scene.office_end(words[0].start, words[-1].end) is not None
    joined = any(joint.front == words[0].start for joint in scene.joints)
    return small or office or joined or any(cue.front <= words[0].start < cue.span.end for cue in scene.cues)


def _postposed(scene: Scene, cue: Cue, begin: int, segment: Span) -> Said | None:
    if not len(segment):  # "..., the governor, Reza, told": the pause closes an apposition
        inner = trim(scene.text, Span(begin, cue.front))
        segment = trim(scene.text, Span(scene.comma_before(inner.end, begin), inner.end))
        pause = scene.comma_before(inner.end, begin) - 1
        wider = scene.comma_before(pause, begin) if pause > begin else begin
        if wider > begin:
            segment = trim(scene.text, Span(wider, inner.end))
    content = trim(scene.text, Span(begin, segment.start))
    words = scene.words_in(segment.start, segment.end)
    if not words or len(words) > LONGEST_GAP_WORDS or scene.is_a(words[0], "aside"):
        return None
    if len(scene.words_in(content.start, content.end)) < FEWEST_WORDS:
        return None
    return Said(*shape(scene, content.start, content.end), cue, ((segment, False),))


def _embedded(scene: Scene, cue: Cue, begin: int) -> Said | None:
    """Content between its speaker and a cue that closes the sentence, as Persian and Turkish have it."""
    if cue.meaning not in _BARE:
        return None
    objects = [note for note in scene.notes if note.meaning == "object" and begin <= note.front < cue.front]
    first = next(iter(scene.names_in(begin, cue.front)), None)
    if not objects or first is None:
        return None
    people = [name for name in scene.names_in(begin, objects[0].front) if name.kind is NameKind.PERSON]
    holder = people[0] if people else first
    if len(scene.words_in(begin, holder.span.start)) > 4:
        return None
    start = holder.span.end
    pause = scene.comma_after(start, cue.front)
    if pause < cue.front and len(scene.words_in(start, pause)) <= 1:
        start = pause
        wider = scene.comma_after(pause + 1, cue.front)
        if wider < objects[0].front and len(scene.words_in(pause, wider)) <= 4 and not people[1:]:
            start = wider
    content = trim(scene.text, Span(_behind_aside(scene, start, cue.front), cue.front))
    if len(scene.words_in(content.start, content.end)) < FEWEST_WORDS:
        return None
    return Said(*shape(scene, content.start, content.end), cue, ((Span(begin, start), False),))


def _behind_aside(scene: Scene, start: int, end: int) -> int:
    """Behind "also", and behind "in an interview with somebody"."""
    for told in scene.attributions:
        if start <= told.front and told.meaning == TOLD and len(scene.words_in(start, told.front)) == 0:
            names = scene.names_in(told.span.end, end)[:1]
            close = names and not scene.words_in(told.span.end, names[0].span.start)
            return names[0].span.end if close else scene.words_in(told.span.end, end)[0].end
    words = scene.words_in(start, end)[:3]
    small = [
        word.end for word in words if scene.is_a(word, "aside") and not scene.is_a(word, "object", "time")
    ]
    return small[-1] if small else start


def _bare(scene: Scene, cue: Cue, begin: int, end: int) -> list[Said]:
    """Content that follows the cue, or the speaker behind the cue, with nothing to open it."""
    loose = cue.form == "participle" and not scene.verb_first
    if loose and scene.words_in(begin, cue.front) and not behind_pause(scene, cue):
        return []  # "sent a warning to the company"
    if cue.meaning == TOLD and _skip_listener(scene, cue.span.end, end) == cue.span.end:
        return []  # "told a radio station": who listens is no content
    before = Span(begin, cue.front)
    start = _skip_listener(scene, cue.span.end, end) if cue.meaning == TOLD else cue.span.end
    zones: Zones = ((before, False),)
    if cue.form == "finite" and (cue.joined or cue.gendered):
        behind = subject_end(scene, start, end)
        if behind is None:
            return []
        zones = ((Span(start, behind), True),)
        start = behind
    content, kind = shape(scene, _behind_time(scene, start, end), end)
    words = scene.words_in(content.start, content.end)
    adjunct = bool(words) and scene.is_a(words[0], "aside")
    if len(words) < FEWEST_WORDS or (adjunct and (scene.verb_first or len(words) <= _ADJUNCT_WORDS)):
        return []
    return [Said(content, kind, cue, zones)]


def _behind_time(scene: Scene, start: int, end: int) -> int:
    """Behind "on Monday", where the content follows."""
    words = scene.words_in(start, end)
    for at in (1, 0):
        small = all(scene.is_a(word, "aside") for word in words[:at])
        if len(words) > at + 1 and small and scene.is_a(words[at], "time"):
            return words[at].end
    return start


def _skip_listener(scene: Scene, at: int, end: int) -> int:
    """Behind those who are told: "told Reuters", "told the Coast news agency", "told reporters"."""
    listeners = [note for note in scene.notes if note.meaning == "listener" and at <= note.front < end]
    if listeners and len(scene.words_in(at, listeners[0].front)) <= 1:
        return listeners[0].span.end
    names = scene.names_in(at, end)
    if not names or len(scene.words_in(at, names[0].span.start)) > 2 or names[0].kind is NameKind.PLACE:
        return at
    reach = names[0].span.end
    for note in scene.outlet_words:
        if reach <= note.front and not scene.words_in(reach, note.front):
            reach = max(reach, note.span.end)
    told = any(cue.meaning == TOLD and cue.span.end <= at for cue in scene.cues if at - cue.span.end <= 1)
    return reach if told else at
