"""What each word of speech introduces: the content, and the zones in which its speaker may stand."""

from __future__ import annotations

from dataclasses import dataclass, replace

from khabar.annotate.outlets import is_outlet_name
from khabar.annotate.quotes.marks import Marked
from khabar.annotate.quotes.scene import TOLD, Cue, Note, Scene, words_of
from khabar.model.mentions import NameKind
from khabar.model.span import Span

# Where a speaker may stand, and whether that is behind the cue; the likeliest first.
Zones = tuple[tuple[Span, bool], ...]
# Words of speech that take what was said without "that", a colon or marks.
_BARE = frozenset(
    [
        "says",
        "adds",
        "told",
        "claims",
        "explains",
        "admits",
        "warns",
        "promises",
        "announces",
        "points_out",
        "stresses",
        "confirms",
        "denies",
        "replies",
        "believes",
        "threatens",
        "asks",
    ]
)
# Words of speech that take a noun behind a word like "on": "stressed on the importance of".
_ONTO = frozenset({"confirms", "stresses", "points_out", "says"})
_LONGEST_ZONE_WORDS = 30
_LONGEST_GAP_WORDS = 14
_APPOSITION_WORDS = 5
_ADJUNCT_WORDS = 6  # "said in a press conference in Rome": so few words behind a preposition are no content
_FEWEST_WORDS = 3
_SHORT_MARKS = 3  # words; so few in marks are a name, a title or a distance, not a quotation
_MOSTLY = 0.8
_EDGE = " \t\n\r\u00a0\u200b\u200c\u200e\u200f،,؛;:.–—-*•"
_JOINING = frozenset({"saying", "and", "but", "adding", "while", "turn", "joint"})
_COLONS = ":："


@dataclass(frozen=True, slots=True)
class Said:
    """A content with the cue that introduces it. `zones`: where its speaker may stand, the likeliest first.

    Each zone is a stretch and whether it follows the cue.
    """

    content: Span
    kind: str
    cue: Cue
    zones: Zones = ()


@dataclass(frozen=True, slots=True)
class _Opener:
    """What opens a content: where it stands and where the content begins."""

    start: int
    end: int


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
            _source_said(scene, cue, begin, found)
            if cue.form == "source"
            else _said(scene, cue, n, limit, begin)
        )
        if cue.form == "source" and said:
            used = said[0].zones[0][0].end
        found += [one for one in said if len(words_of(one.content.of(scene.text))) > 0]
    return found


def _clause_start(scene: Scene, cue: Cue, found: list[Said]) -> int:
    """Where the clause of a cue begins: behind the last content before it, or with the sentence."""
    ends = [said.content.end for said in found[-3:] if said.content.end <= cue.front]
    around = [said.content.start for said in found[-3:] if said.content.contains(cue.span)]
    return max((*ends, *around), default=scene.span.start)


def _said(scene: Scene, cue: Cue, n: int, limit: int, begin: int) -> list[Said]:
    opener = _find_opener(scene, cue, limit)
    before = Span(begin, max(begin, cue.front))
    if opener:
        end = content_end(scene, opener.end, n)
        content, kind = shape(scene, opener.end, end)
        zones: Zones = ((Span(cue.span.end, opener.start), True), (before, False))
        if not _verb_first(scene, cue):
            zones = (zones[1], zones[0]) if cue.meaning != TOLD else (zones[1],)
        framed = (
            _marked_before(scene, cue, begin) if scene.marks_in(opener.start - 1, opener.end + 2) else None
        )
        said = [Said(content, kind, cue, zones)]
        return [_marked_said(scene, cue, framed), *said] if framed else said
    if cue.form not in ("finite", "participle", "noun"):
        return _marked_only(scene, cue, begin)
    return _without_opener(scene, cue, n, begin)


def _find_opener(scene: Scene, cue: Cue, limit: int) -> _Opener | None:
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
        if _speaks(scene, mark, cue)
    ]
    first = min(found, key=lambda opener: opener.start) if found else None
    if first and (first.end > first.start or not _led_in(scene, cue, first)):
        return first
    return _noun_opener(scene, cue, stop) or (first if cue.meaning not in _ONTO else None)


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
    near = onto and gap <= (1 if subject else _LONGEST_GAP_WORDS)
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
        if joint.meaning in _JOINING
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


def _speaks(scene: Scene, mark: Marked, cue: Cue) -> bool:
    """Whether marked words may be what the cue introduces, not a name in marks."""
    if any(
        name.span.overlap(mark.inner) == len(mark.inner)
        for name in scene.names_in(mark.outer.start - 40, mark.outer.end)
    ):
        return False
    return len(words_of(mark.inner.of(scene.text))) > _SHORT_MARKS


def content_end(scene: Scene, start: int, n: int) -> int:
    """Where a content that begins at `start` ends: before the next cue that does not belong to it."""
    for cue in scene.cues[n + 1 :]:
        if cue.front < start:
            continue
        if cue.form == "source" and (cue.gender == "weak" or not _behind_pause(scene, cue)):
            continue
        if cue.form in ("tail", "participle", "source") or cue.joined:
            return _cut(scene, cue, start)
        joint = _joint_before(scene, cue, start)
        if joint is not None:
            return joint
        parted = _behind_pause(scene, cue) or scene.text[cue.span.end : cue.span.end + 2].lstrip()[:1] == ":"
        if scene.cues[n].form == "participle" and parted and not _verb_first(scene, cue):
            return cue.front
    return scene.span.end


def _behind_pause(scene: Scene, cue: Cue) -> bool:
    return scene.text[max(0, cue.front - 4) : cue.front].rstrip()[-1:] in ("،", ",", "")


def _cut(scene: Scene, cue: Cue, start: int) -> int:
    joint = _joint_before(scene, cue, start)
    return cue.front if joint is None else joint


def _joint_before(scene: Scene, cue: Cue, start: int) -> int | None:
    """Where "and said", "and he said", ", and Ayyub said" begins."""
    turns = [note for note in scene.notes if note.meaning in ("turn", "joint")]
    for joint in (*scene.joints, *turns):
        if joint.meaning not in _JOINING or joint.front < start or joint.front > cue.front:
            continue
        if joint.span.end > cue.span.start:
            return joint.front
        between = scene.words_in(joint.span.end, cue.front)
        name = scene.names_in(joint.span.end, cue.front)
        named = name and len(between) <= len(words_of(name[0].text)) + 4 and "," in joint.span.of(scene.text)
        addressed = bool(between) and scene.is_a(between[0], "from") and len(between) <= _FEWEST_WORDS
        bare = addressed or (all(scene.is_a(word, "pronoun") for word in between) and len(between) <= 1)
        if bare or named:
            return joint.front
    return None


def shape(scene: Scene, start: int, end: int) -> tuple[Span, str]:
    """The content without its edges, and whether it is in marks, not, or in part."""
    content = trim(scene.text, Span(start, max(start, end)))
    marks = [mark for mark in scene.marks if content.start <= mark.outer.start < content.end]
    if not marks:
        return _without_stray(scene, content), "indirect"
    first = marks[0]
    if first.outer.start == content.start:
        inner = first.inner if first.closed else Span(first.inner.start, min(first.inner.end, content.end))
        rest = words_of(scene.text[inner.end : max(inner.end, content.end)])
        whole = len(inner) >= _MOSTLY * len(content) or len(rest) < _FEWEST_WORDS
        short = len(words_of(inner.of(scene.text))) <= _SHORT_MARKS
        if (whole and (not short or not rest)) or (
            not short and first.closed and _breaks_off(scene, first, content)
        ):
            return trim(scene.text, inner), "direct"
    long = any(len(words_of(mark.inner.of(scene.text))) > _SHORT_MARKS for mark in marks)
    return content, "mixed" if long else "indirect"


def _breaks_off(scene: Scene, mark: Marked, content: Span) -> bool:
    """Whether behind the marks the report speaks itself again: a pause, and no "and that"."""
    rest = scene.text[mark.outer.end : content.end].lstrip()
    words = scene.words_in(mark.outer.end, content.end)[:1]
    goes_on = bool(words) and scene.is_a(words[0], "also")
    return rest[:1] in ("،", ",", "؛", ";") and not goes_on


def _without_stray(scene: Scene, content: Span) -> Span:
    if content.end > content.start and scene.text[content.end - 1] in '”»"' and len(content) > 1:
        return trim(scene.text, Span(content.start, content.end - 1))
    return content


def trim(text: str, span: Span) -> Span:
    """The span without white space and pauses at its ends."""
    start, end = span.start, span.end
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Span(start, end)


def _marked_before(scene: Scene, cue: Cue, begin: int) -> Marked | None:
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
    if len(words_of(gap)) > _LONGEST_GAP_WORDS or any(char in gap for char in ".:!؟?"):
        return None
    named = not gap.strip() and cue.form == "marked"
    return mark if named or _speaks(scene, mark, cue) or _ends_in_pause(scene, mark) else None


def _from_begin(scene: Scene, mark: Marked, begin: int) -> bool:
    """Whether marks open behind `begin`, or in a sentence before, and nothing has been said in this one."""
    return mark.outer.start >= begin or (begin == scene.span.start and mark.outer.start < begin)


def _ends_in_pause(scene: Scene, mark: Marked) -> bool:
    return scene.text[mark.inner.end - 1 : mark.inner.end] in (",", "،", "!", "?", "؟")


def _marked_only(scene: Scene, cue: Cue, begin: int) -> list[Said]:
    mark = _marked_before(scene, cue, begin)
    return [_marked_said(scene, cue, mark)] if mark else []


def _marked_said(scene: Scene, cue: Cue, mark: Marked) -> Said:
    stop = scene.comma_after(cue.span.end, scene.span.end)
    gap = Span(mark.outer.end, cue.front)
    after = Span(cue.span.end, stop)
    filled = any(not scene.is_a(word, "aside") for word in scene.words_in(gap.start, gap.end))
    zones: Zones = ((gap, False), (after, True)) if filled else ((after, True), (gap, False))
    if scene.verb_final:
        zones = (*zones, (Span(min(scene.span.start, mark.outer.start), mark.outer.start), False))
    return Said(trim(scene.text, mark.inner), "direct", cue, zones)


def _without_opener(scene: Scene, cue: Cue, n: int, begin: int) -> list[Said]:
    marked = _marked_before(scene, cue, begin)
    if marked:
        return [_marked_said(scene, cue, marked)]
    end = content_end(scene, cue.span.end, n)
    if cue.form == "finite" and (said := _before(scene, cue, begin, end)):
        return [said]
    if cue.meaning in _BARE or cue.form == "participle":
        return _bare(scene, cue, begin, end)
    return []


def _before(scene: Scene, cue: Cue, begin: int, end: int) -> Said | None:
    """Content that stands before its cue: "..., he said" and "..., said X"; or between speaker and cue."""
    after = scene.words_in(_skip_listener(scene, cue.span.end, end), end)
    embedded = _embedded(scene, cue, begin) if len(after) == 0 else None
    if embedded:
        return embedded
    if cue.joined:
        return None
    pause = scene.comma_before(cue.front, begin)
    segment = trim(scene.text, Span(pause, cue.front))
    if _verb_first(scene, cue) or scene.verb_final:
        return None
    if not after or (scene.is_a(after[0], "aside") and len(after) <= _LONGEST_GAP_WORDS):
        return _postposed(scene, cue, begin, segment)
    if not len(segment) and len(after) <= 2 * _LONGEST_GAP_WORDS and scene.names_in(after[0].start, end):
        content = trim(scene.text, Span(begin, cue.front))
        if len(scene.words_in(content.start, content.end)) >= _FEWEST_WORDS and begin == scene.span.start:
            return Said(*shape(scene, content.start, content.end), cue, ((Span(cue.span.end, end), True),))
    return None


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
    if not words or len(words) > _LONGEST_GAP_WORDS or scene.is_a(words[0], "aside"):
        return None
    if len(scene.words_in(content.start, content.end)) < _FEWEST_WORDS:
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
    if len(scene.words_in(content.start, content.end)) < _FEWEST_WORDS:
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


def _bare(scene: Scene, cue: Cue, begin: int, end: int) -> list[Said]:
    """Content that follows the cue, or the speaker behind the cue, with nothing to open it."""
    loose = cue.form == "participle" and not scene.verb_first
    if loose and scene.words_in(begin, cue.front) and not _behind_pause(scene, cue):
        return []  # "sent a warning to the company"
    before = Span(begin, cue.front)
    start = _skip_listener(scene, cue.span.end, end) if cue.meaning == TOLD else cue.span.end
    zones: Zones = ((before, False),)
    if cue.form == "finite" and (cue.joined or _verb_first(scene, cue)):
        behind = subject_end(scene, start, end)
        if behind is None:
            return []
        zones = ((Span(start, behind), True),)
        start = behind
    content, kind = shape(scene, _behind_time(scene, start, end), end)
    words = scene.words_in(content.start, content.end)
    adjunct = bool(words) and scene.is_a(words[0], "aside")
    if len(words) < _FEWEST_WORDS or (adjunct and (scene.verb_first or len(words) <= _ADJUNCT_WORDS)):
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


def _verb_first(scene: Scene, cue: Cue) -> bool:
    return cue.gender in ("m", "f", "p")


def subject_end(scene: Scene, start: int, end: int) -> int | None:
    """Where a speaker that directly follows the cue ends, title and apposition included."""
    names = sorted(scene.names_in(start, end)[:4], key=lambda name: name.kind is not NameKind.PERSON)
    for name in names:
        front = min(name.span.start, name.title.start if name.title else name.span.start)
        if len(scene.words_in(start, front)) <= 1:
            return scene.with_people(name.span.end, end)
    return scene.office_end(start, end)


def _source_said(scene: Scene, cue: Cue, begin: int, found: list[Said]) -> list[Said]:
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
        start, zone = holder, Span(cue.span.end, holder)
    else:
        start, zone = _behind_that(scene, begin, cue.front), Span(cue.span.end, holder)
        end = cue.front
    content, kind = shape(scene, start, end)
    if len(scene.words_in(content.start, content.end)) < _FEWEST_WORDS:
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
    known = any(is_outlet_name(name.text) for name in scene.names_in(start, end)[:1])
    return known or any(word.start in fronts for word in words)


def _inside(found: list[Said], cue: Cue) -> bool:
    return any(said.content.contains(cue.span) for said in found)


def _holder_end(scene: Scene, cue: Cue, end: int) -> int:
    """Where the words for the source end: at a pronoun, the next pause, or else behind a name."""
    for word in scene.words_in(cue.span.end, end)[:2]:
        if scene.is_a(word, "pronoun"):
            return word.end
    pause = scene.comma_after(cue.span.end, end)
    if pause < end and len(scene.words_in(cue.span.end, pause)) <= _LONGEST_GAP_WORDS:
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
