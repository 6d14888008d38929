"""What a content is, and where it ends."""

from __future__ import annotations

from dataclasses import dataclass

from khabar.annotate.quotes.cues import Cue
from khabar.annotate.quotes.marks import Marked
from khabar.annotate.quotes.scene import Scene, words_of
from khabar.model.mentions import NameKind
from khabar.model.span import Span

# Where a speaker may stand, and whether that is behind the cue; the likeliest first.
Zones = tuple[tuple[Span, bool], ...]
FEWEST_WORDS = 3
SHORT_MARKS = 3  # words; so few in marks are a name, a title or a distance, not a quotation
_MOSTLY = 0.8
# Behind a quotation these tell what happened meanwhile, or why it was said.
_REPORT_GOES_ON = frozenset({"while"})
_EDGE = " \t\n\r\u00a0\u200b\u200c\u200e\u200f،,؛;:.–—-*•"
JOINING = frozenset({"saying", "and", "but", "adding", "while", "turn", "joint"})


@dataclass(frozen=True, slots=True)
class Said:
    """A content with the cue that introduces it. `zones`: where its speaker may stand, the likeliest first.

    Each zone is a stretch and whether it follows the cue.
    """

    content: Span
    kind: str
    cue: Cue
    zones: Zones = ()


def content_end(scene: Scene, start: int, n: int) -> int:
    """Where a content that begins at `start` ends: before the next cue that does not belong to it."""
    for cue in scene.cues[n + 1 :]:
        if cue.front < start:
            continue
        if cue.form == "source" and (cue.gender == "weak" or not behind_pause(scene, cue)):
            continue
        if cue.form in ("tail", "participle", "source") or cue.joined:
            return _cut(scene, cue, start)
        joint = _joint_before(scene, cue, start)
        if joint is not None:
            return joint
        parted = behind_pause(scene, cue) or scene.text[cue.span.end : cue.span.end + 2].lstrip()[:1] == ":"
        if scene.cues[n].form == "participle" and parted and not cue.gendered:
            return cue.front
    return scene.span.end


def behind_pause(scene: Scene, cue: Cue) -> bool:
    """Whether a comma stands right before the cue."""
    return scene.text[max(0, cue.front - 4) : cue.front].rstrip()[-1:] in ("،", ",", "")


def _cut(scene: Scene, cue: Cue, start: int) -> int:
    joint = _joint_before(scene, cue, start)
    return cue.front if joint is None else joint


def _joint_before(scene: Scene, cue: Cue, start: int) -> int | None:
    """Where "and said", "and he said", ", and Ayyub said" begins."""
    turns = [note for note in scene.notes if note.meaning in ("turn", "joint")]
    for joint in (*scene.joints, *turns):
        if joint.meaning not in JOINING or joint.front < start or joint.front > cue.front:
            continue
        if joint.span.end > cue.span.start:
            return joint.front
        between = scene.words_in(joint.span.end, cue.front)
        name = scene.names_in(joint.span.end, cue.front)
        paused = "," in joint.span.of(scene.text) or (scene.verb_final and behind_pause(scene, cue))
        named = name and len(between) <= len(words_of(name[0].text)) + 4 and paused
        addressed = bool(between) and scene.is_a(between[0], "from") and len(between) <= FEWEST_WORDS
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
        whole = len(inner) >= _MOSTLY * len(content) or len(rest) < FEWEST_WORDS
        short = len(words_of(inner.of(scene.text))) <= SHORT_MARKS
        if (whole and (not short or not rest)) or (
            not short and first.closed and _breaks_off(scene, first, content)
        ):
            return trim(scene.text, inner), "direct"
    long = any(len(words_of(mark.inner.of(scene.text))) > SHORT_MARKS for mark in marks)
    return content, "mixed" if long else "indirect"


def _breaks_off(scene: Scene, mark: Marked, content: Span) -> bool:
    """Whether behind the marks the report speaks itself again: a pause, and no "and that"."""
    rest = scene.text[mark.outer.end : content.end].lstrip()
    words = scene.words_in(mark.outer.end, content.end)[:1]
    goes_on = bool(words) and scene.is_a(words[0], "also")
    while_told = bool(words) and any(
        joint.meaning in _REPORT_GOES_ON and joint.front == words[0].start for joint in scene.joints
    )
    return (rest[:1] in ("،", ",", "؛", ";") or while_told) and not goes_on


def _without_stray(scene: Scene, content: Span) -> Span:
    if content.end > content.start and scene.text[content.end - 1] in '”»"' and len(content) > 1:
        return trim(scene.text, Span(content.start, content.end - 1))
    return content


def trim(text: str, span: Span) -> Span:
    """The span without white space and pauses at its ends."""
    return span.trimmed(text, _EDGE)


def subject_end(scene: Scene, start: int, end: int) -> int | None:
    """Where a speaker that directly follows the cue ends, nationality included; None where none is known."""
    names = sorted(scene.names_in(start, end)[:4], key=lambda name: name.kind is not NameKind.PERSON)
    for name in names:
        front = min(name.span.start, name.title.start if name.title else name.span.start)
        if len(scene.words_in(start, front)) <= 1:
            return scene.with_people(name.span.end, end)
    return scene.office_end(start, end)
