"""A sentence as the search for speech sees it: its words, cues, marks and names, each by its place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from khabar.annotate.outlets import Outlets, shipped_outlets
from khabar.annotate.quotes.cues import Cue, Note, find_cues, joint_letters
from khabar.annotate.quotes.marks import Marked
from khabar.lang.lexicons import lexicon
from khabar.lang.loader import load_languages
from khabar.model.article import Sentence
from khabar.model.mentions import NameKind, NameMention
from khabar.model.span import Span

_WORD = re.compile(r"\w+(?:[\u200c'’\u064b-\u0652]+\w+)*[\u064b-\u0652]*")
_COMMA = re.compile(r"[،,؛;()\n–—]|\s-\s")


@dataclass(frozen=True)
class Scene:
    """One sentence of an article with everything that the search for speech looks at, in order."""

    text: str
    sentence: Sentence
    marks: tuple[Marked, ...]
    names: tuple[NameMention, ...]
    outlets: Outlets = field(default_factory=shipped_outlets)

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
            for cue in self.every_cue
            if cue.span.start not in nobody and not self.in_marks(cue.span, cue.form == "participle")
        )

    @cached_property
    def every_cue(self) -> tuple[Cue, ...]:
        """The words of speech, those inside quotation marks too."""
        return tuple(find_cues(self))

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """The small words around speech, in order."""
        return self.hits("speech_words")

    @property
    def joint_letters(self) -> frozenset[str]:
        """The letters or words for "and" that may be written onto a word."""
        return joint_letters(self.sentence.language)

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
        return tuple(note.span.end for note in self.hits("negation"))

    @cached_property
    def attributions(self) -> tuple[Note, ...]:
        """The words that credit or address somebody."""
        return self.hits("attribution")

    @cached_property
    def thats(self) -> tuple[Note, ...]:
        """The words for "that"."""
        return self.hits("complementizers")

    @cached_property
    def joints(self) -> tuple[Note, ...]:
        """The words that join clauses."""
        return self.hits("clause_marks")

    @cached_property
    def outlet_words(self) -> tuple[Note, ...]:
        """The words for agencies and outlets."""
        return tuple(note for note in self.hits("source_words") if note.meaning != "people")

    @cached_property
    def source_people(self) -> tuple[Note, ...]:
        """The words for people who are sources, not outlets: witnesses, officials."""
        return tuple(note for note in self.hits("source_words") if note.meaning == "people")

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
            (one for one in self.hits("titles") if words and one.front <= words[0].start < one.span.end),
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
        hits = self.hits("places_words")
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

    def hits(self, table: str) -> tuple[Note, ...]:
        """The forms of a table of the language that stand in the sentence, in order."""
        base = self.span.start
        return tuple(
            Note(hit.span.moved(base), hit.row.meaning, base + hit.span.start - len(hit.prefix))
            for hit in lexicon(self.sentence.language, table).find(self.span.of(self.text))
        )


def words_of(text: str) -> list[str]:
    """The words of a string."""
    return _WORD.findall(text)
