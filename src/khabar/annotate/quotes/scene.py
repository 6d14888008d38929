"""A sentence as the search for speech sees it: its words, cues, marks and names, each by its place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from khabar.annotate.quotes.marks import Marked
from khabar.lang.lexicons import lexicon
from khabar.lang.loader import load_languages
from khabar.model.article import Sentence
from khabar.model.mentions import NameKind, NameMention
from khabar.model.span import Span

_WORD = re.compile(r"\w+(?:[\u200c'’\u064b-\u0652]+\w+)*[\u064b-\u0652]*")
_SOURCES = frozenset({"according_to", "quoting", "reported_by"})
_COMMA = re.compile(r"[،,؛;()\n–—]|\s-\s")
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


@dataclass(frozen=True)
class Scene:
    """One sentence of an article with everything that the search for speech looks at, in order."""

    text: str
    sentence: Sentence
    marks: tuple[Marked, ...]
    names: tuple[NameMention, ...]

    @property
    def span(self) -> Span:
        """Where the sentence stands."""
        return self.sentence.span

    @cached_property
    def words(self) -> tuple[Span, ...]:
        """The words in order."""
        found = _WORD.finditer(self.span.of(self.text))
        return tuple(Span(*match.span()).moved(self.span.start) for match in found)

    @cached_property
    def commas(self) -> tuple[int, ...]:
        """Where the sentence pauses."""
        return tuple(self.span.start + m.start() for m in _COMMA.finditer(self.span.of(self.text)))

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """The words of speech outside quotation marks, in order.

        Marks that nothing closes do not hold a word that goes on from what was said ("confirming").
        """
        nobody = {
            at
            for note in self.notes
            if note.meaning == "impersonal"
            for at in range(note.span.start, note.span.end)
        }
        return tuple(
            cue
            for cue in _cues(self)
            if cue.span.start not in nobody and not self.in_marks(cue.span, cue.form == "participle")
        )

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """The small words around speech, in order."""
        return self._hits("speech_words")

    @property
    def joint_letters(self) -> frozenset[str]:
        """The letters or words for "and" that may be written onto a word."""
        return _joints(self.sentence.language)

    @property
    def verb_final(self) -> bool:
        """Whether the language may have the content between the speaker and the verb."""
        rows = load_languages().pack(self.sentence.language).rows("speech_words")
        return any(row.meaning == "object" for row in rows)

    @property
    def verb_first(self) -> bool:
        """Whether verbs of speech show gender and stand before who speaks, as the language's forms tell."""
        rows = load_languages().pack(self.sentence.language).rows("speech_forms")
        return any(row.meaning == "finite:f" for row in rows)

    @cached_property
    def negations(self) -> tuple[int, ...]:
        """Where the words for "not" end."""
        return tuple(note.span.end for note in self._hits("negation"))

    @cached_property
    def attributions(self) -> tuple[Note, ...]:
        """The words that credit or address somebody."""
        return self._hits("attribution")

    @cached_property
    def thats(self) -> tuple[Note, ...]:
        """The words for "that"."""
        return self._hits("complementizers")

    @cached_property
    def joints(self) -> tuple[Note, ...]:
        """The words that join clauses."""
        return self._hits("clause_marks")

    @cached_property
    def outlet_words(self) -> tuple[Note, ...]:
        """The words for agencies and outlets."""
        return self._hits("source_words")

    def words_in(self, start: int, end: int) -> tuple[Span, ...]:
        """The words that begin in a stretch."""
        starts = self._starts
        return self.words[bisect_left(starts, start) : bisect_left(starts, end)]

    def names_in(self, start: int, end: int) -> tuple[NameMention, ...]:
        """The names that begin in a stretch."""
        starts = self._name_starts
        return self.names[bisect_left(starts, start) : bisect_left(starts, end)]

    def is_a(self, word: Span, *meanings: str) -> bool:
        """Whether a small word with one of those meanings stands exactly there."""
        wanted = (*meanings, "time") if "aside" in meanings else meanings
        return any(meaning.partition(":")[0] in wanted for meaning in self._meanings.get(word.start, ()))

    def in_marks(self, span: Span, only_closed: bool = False) -> bool:
        """Whether a place lies in a quotation."""
        return any(
            mark.inner.contains(span) and (mark.closed or not only_closed) for mark in self._real_marks
        )

    def marks_in(self, start: int, end: int) -> list[Marked]:
        """The marked stretches that begin in a stretch."""
        return [mark for mark in self.marks if start <= mark.outer.start < end]

    def comma_after(self, at: int, end: int) -> int:
        """The first pause from there on, else the end."""
        n = bisect_left(self.commas, at)
        return min(self.commas[n], end) if n < len(self.commas) else end

    def comma_before(self, at: int, start: int) -> int:
        """Behind the last pause before a place, else the start."""
        n = bisect_right(self.commas, at - 1)
        return max(self.commas[n - 1] + 1, start) if n else start

    def person_in(self, start: int, end: int) -> NameMention | None:
        """The first person named in a stretch."""
        return next((one for one in self.names_in(start, end) if one.kind is NameKind.PERSON), None)

    def office_end(self, start: int, end: int) -> int | None:
        """Where an office that begins there ends, with the nationality behind it: "الوزير السوري"."""
        words = self.words_in(start, end)
        office = next(
            (one for one in self._hits("titles") if words and one.front <= words[0].start < one.span.end),
            None,
        )
        if office is None:
            return None
        return self.with_people(office.span.end, end)

    def with_people(self, at: int, end: int) -> int:
        """Behind the adjective of nationality that follows a name or an office."""
        after = self.words_in(at, end)[:1]
        return self._peoples.get(after[0].start, at) if after else at

    @cached_property
    def _peoples(self) -> dict[int, int]:
        hits = self._hits("places_words")
        return {one.front: one.span.end for one in hits if one.meaning.startswith("people")}

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def _name_starts(self) -> list[int]:
        return [name.span.start for name in self.names]

    @cached_property
    def _real_marks(self) -> tuple[Marked, ...]:
        return tuple(mark for mark in self.marks if len(_WORD.findall(mark.inner.of(self.text))) > 3)

    @cached_property
    def _meanings(self) -> dict[int, list[str]]:
        table: dict[int, list[str]] = {}
        for note in self.notes:
            table.setdefault(note.front, []).append(note.meaning)
        return table

    def _hits(self, table: str) -> tuple[Note, ...]:
        base = self.span.start
        return tuple(
            Note(hit.span.moved(base), hit.row.meaning, base + hit.span.start - len(hit.prefix))
            for hit in lexicon(self.sentence.language, table).find(self.span.of(self.text))
        )


def words_of(text: str) -> list[str]:
    """The words of a string."""
    return _WORD.findall(text)


def _cues(scene: Scene) -> Sequence[Cue]:
    verbs = [verb for verb in scene._hits("reporting_verbs") if _plain(scene, verb)]
    forms = {note.span.end: note for note in scene._hits("speech_forms") if _plain(scene, note)}
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
    for start, cue in _sources(scene, forms, list(found.values())):
        found[start] = cue
    return [found[start] for start in sorted(found) if found[start].form != "other"]


def _plain(scene: Scene, note: Note) -> bool:
    """Whether nothing but "and" is written onto a word; with "the" or "for" before it, it is a noun."""
    prefix = scene.text[note.front : note.span.start]
    return not prefix or prefix in _joints(scene.sentence.language)


@cache
def _joints(language: str) -> frozenset[str]:
    rows = load_languages().pack(language).rows("speech_words")
    return frozenset(row.form for row in rows if row.meaning == "joint")


def _passive(scene: Scene, cue: Cue) -> bool:
    """Whether it is no verb of a speaker here: "the claims were denied" gives nobody's words."""
    before = scene.words_in(cue.front - 8, cue.front)[-1:]
    return bool(before) and cue.form == "finite" and scene.is_a(before[0], "passive", "article")


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
