"""The words of speech of a sentence: which they are, and how they behave."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from khabar.lang.loader import load_languages
from khabar.model.mentions import NameKind
from khabar.model.span import Span

if TYPE_CHECKING:
    from khabar.annotate.quotes.scene import Scene

_SOURCES = frozenset({"according_to", "quoting", "reported_by"})
# A word of speech with this meaning also stands for a source in the table of attributions.
TOLD = "told"


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of speech. `front` is where the word with all that is written onto it begins."""

    span: Span
    front: int
    form: str  # finite, weak, document, participle, noun, tail or source
    gender: str
    meaning: str

    @property
    def joined(self) -> bool:
        """Whether "and" is written onto it."""
        return self.front < self.span.start

    @property
    def gendered(self) -> bool:
        """Whether it shows gender, as in languages where the verb stands before who speaks."""
        return self.gender in ("m", "f", "p")


@dataclass(frozen=True, slots=True)
class Note:
    """A small word and what it does; spans address the article."""

    span: Span
    meaning: str
    front: int


def find_cues(scene: Scene) -> Sequence[Cue]:
    """The words of speech of a sentence in order, inside marks too; what only looks so is left out."""
    verbs = [verb for verb in scene.hits("reporting_verbs") if _plain(scene, verb)]
    forms = {note.span.end: note for note in scene.hits("speech_forms") if _plain(scene, note)}
    told = {note.span for note in scene.attributions if note.meaning == TOLD}
    found = {}
    for verb in verbs:
        form = forms.get(verb.span.end)
        kind, _, gender = (form.meaning if form else "finite:any").partition(":")
        meaning = TOLD if verb.span in told else verb.meaning
        found[verb.span.start] = Cue(verb.span, verb.front, kind, gender or "any", meaning)
    starts = [verb.span.start for verb in verbs]
    for end, form in forms.items():
        near = verbs[max(0, bisect_left(starts, form.span.start) - 1) : bisect_left(starts, end)]
        inside = [verb for verb in near if verb.span.overlap(form.span)]
        for verb in inside:
            if end != verb.span.end or len(form.span) > len(verb.span):
                found.pop(verb.span.start, None)
        whole = not any(verb.span == form.span for verb in inside)
        if form.span.start not in found and whole and form.meaning != "other":
            kind, _, gender = form.meaning.partition(":")
            found[form.span.start] = Cue(form.span, form.front, kind, gender or "any", "says")
    for start, cue in list(found.items()):
        if _negated(scene, cue) or _passive(scene, cue):
            found[start] = replace(cue, form="other" if cue.form == "finite" else cue.form)
        elif cue.gender == "p" and not scene.verb_first:
            found[start] = replace(cue, gender="any")  # the verb stands behind who speaks
    for start, cue in _sources(scene, forms, list(found.values())):
        found[start] = cue
    return [found[start] for start in sorted(found) if found[start].form != "other"]


def _plain(scene: Scene, note: Note) -> bool:
    """Whether nothing but "and" is written onto a word; with "the" or "for" before it, it is a noun.

    Nor is a word of speech what is part of a name: Said Barakat.
    """
    if any(name.kind is NameKind.PERSON and name.span.contains(note.span) for name in scene.names):
        return False
    prefix = scene.text[note.front : note.span.start]
    return not prefix or prefix in joint_letters(scene.sentence.language)


@cache
def joint_letters(language: str) -> frozenset[str]:
    """The letters or words for "and" that may be written onto a word."""
    rows = load_languages().pack(language).rows("speech_words")
    return frozenset(row.form for row in rows if row.meaning == "joint")


def _passive(scene: Scene, cue: Cue) -> bool:
    """Whether it is no verb of a speaker here: "the claims were denied" gives nobody's words."""
    before = scene.words_in(cue.front - 8, cue.front)[-1:]
    if not before or cue.form != "finite" or not scene.is_a(before[0], "passive", "article"):
        return False
    return not any(scene.is_a(word, "agent") for word in scene.words_in(cue.span.end, cue.span.end + 2))


def _negated(scene: Scene, cue: Cue) -> bool:
    """Whether a "not" stands right before the word: who does not say has said nothing."""
    return any(
        end <= cue.front and not scene.text[end : cue.front].strip()
        for end in scene.negations
        if cue.front - 2 <= end
    )


def _sources(scene: Scene, forms: dict[int, Note], taken: list[Cue]) -> list[tuple[int, Cue]]:
    """ "According to" and its like, where no verb of speech stands in them; weak ones need a speaker."""
    covered = {at for cue in taken if cue.form != "weak" for at in range(cue.span.start, cue.span.end)}
    out = []
    for note in scene.attributions:
        if note.meaning not in _SOURCES or not covered.isdisjoint(range(note.span.start, note.span.end)):
            continue
        form = forms.get(note.span.end)
        gender = "weak" if form and form.meaning.startswith("weak") else "any"
        out.append((note.span.start, Cue(note.span, note.front, "source", gender, note.meaning)))
    return out
