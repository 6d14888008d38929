"""Finds the forms of language tables in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from khabar.lang.fold import Fold, Folded, fold, folded_text
from khabar.lang.schema import NOTHING, Pack, Row
from khabar.model.span import Span

_WORD = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+|\d+|[^\w\s]|_")
_JOINERS = "-ـ"
# "فلم" is a film before it is ف and لم, and "می‌رود" has no month of May: shorter forms stand alone, or are
# listed together with what is written onto them.
_SHORTEST_IN_COMPANY = 3
_HALF_SPACE = "\u200c"
_MOST_KNOWN = 50_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A form in the text. `span` covers the form alone; `prefix` is what was written onto its front."""

    span: Span
    row: Row
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the folded text, by its place there."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Form:
    """A form cut into words, folded and as written. An open side makes it a part of a word: "-madı"."""

    words: tuple[str, ...]
    written: tuple[str, ...]
    row: Row
    open_start: bool
    open_end: bool

    def same_as(self, other: _Form) -> bool:
        """Whether both are one form but for spelling, with one meaning: one of them is enough."""
        return self.words == other.words and self.row.meaning == other.row.meaning and self.ends == other.ends

    @property
    def ends(self) -> tuple[object, ...]:
        """Which sides are open, and where capitals are asked for."""
        return self.open_start, self.open_end, *((word[0].isupper(), word.isupper()) for word in self.written)


@dataclass(frozen=True, slots=True)
class _Found:
    """A form at a place of the folded text; `last` is the number of its last word."""

    form: _Form
    start: int
    end: int
    prefix: str
    last: int

    def rank(self) -> tuple[int, int, int]:
        """The smallest is best: the longest match, in it the shortest prefix."""
        return -self.last, len(self.prefix), self.start - self.end


class Lexicon:
    """The forms of some tables, ready to be found.

    A form matches whole words, whatever the fold LEXICON makes equal; spaces and half spaces are the same;
    capitals of a form ask for capitals in the text ("May" is no "may"); the longest form wins; a form that
    means nothing hides the shorter ones inside it.
    """

    def __init__(self, rows: Iterable[Row], clitics: Iterable[str] = ()) -> None:
        self._whole: dict[str, list[_Form]] = {}
        self._fronts: dict[str, list[_Form]] = {}
        self._tails: dict[str, list[_Form]] = {}
        for row in rows:
            self._add(_form(row))
        self._front_sizes = sorted({len(key) for key in self._fronts})
        self._tail_sizes = sorted({len(key) for key in self._tails})
        self._clitics = tuple(_clitic(each) for each in clitics)
        self._clitic_letters = frozenset(taken[0] for taken, _ in self._clitics)
        self._known: dict[str, bool] = {}  # which words a form may begin at, as far as they were asked for

    @classmethod
    def of(cls, pack: Pack, *tables: str) -> Lexicon:
        """The forms of those tables of one pack, with the pack's clitics; tables it lacks find nothing."""
        return cls(pack.rows(*tables), pack.clitics)

    def find(self, text: str) -> list[Hit]:
        """Every form in `text`, in order, without overlap; several rows with one form give several hits."""
        folded, words = _words_of(text)
        found: list[_Found] = []
        at = 0
        while at < len(words):
            best = self._best(words, at, folded) if self._may_begin(words[at].text) else []
            # "، و" before "وزير": the letter is the word's own when the whole word is a form.
            while best and found and found[-1].end > best[0].start:
                found.pop()
            found += best
            # A word of which only the front was asked for may begin the next form.
            at = max(at + 1, best[0].last + (not best[0].form.open_end)) if best else at + 1
        meant = (each for each in found if each.form.row.meaning != NOTHING)
        return [Hit(folded.to_original(Span(m.start, m.end)), m.form.row, m.prefix) for m in meant]

    def _add(self, form: _Form) -> None:
        index = self._whole
        if len(form.words) == 1 and (form.open_end or form.open_start):
            index = self._fronts if form.open_end else self._tails
        known = index.setdefault(form.words[0], [])
        if not any(form.same_as(other) for other in known):
            known.append(form)

    def _may_begin(self, word: str) -> bool:
        """Whether a form may begin at this word, whatever follows: most words begin none."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            known = self._known[word] = self._has_form_for(word)
        return known

    def _has_form_for(self, word: str) -> bool:
        if word in self._whole:
            return True
        behind = (kept + word[len(taken) :] for taken, kept in self._clitics if word.startswith(taken))
        return (
            any(rest in self._whole for rest in behind)
            or any(word[:size] in self._fronts for size in self._front_sizes)
            or any(word[-size:] in self._tails for size in self._tail_sizes)
        )

    def _best(self, words: Sequence[_Word], at: int, folded: Folded) -> list[_Found]:
        candidates = self._candidates(words, at)
        found = [f for f in candidates if _capitals_agree(f, words, folded) and _stands_alone(f, folded)]
        if len(found) < 2:
            return found
        best = min(each.rank() for each in found)
        return [each for each in found if each.rank() == best]

    def _candidates(self, words: Sequence[_Word], at: int) -> Iterator[_Found]:
        word = words[at]
        yield from _at(self._whole.get(word.text, ()), words, at, "", word.start)
        if word.text[0] in self._clitic_letters:
            yield from self._behind_clitics(words, at)
        for size in self._front_sizes:
            for form in self._fronts.get(word.text[:size], ()) if size < len(word.text) else ():
                yield _Found(form, word.start, word.start + size, "", at)
        for size in self._tail_sizes:
            for form in self._tails.get(word.text[-size:], ()) if size < len(word.text) else ():
                yield _Found(form, word.start, word.end, "", at)

    def _behind_clitics(self, words: Sequence[_Word], at: int) -> Iterator[_Found]:
        word = words[at]
        for taken, kept in self._clitics:
            rest = kept + word.text[len(taken) :]
            if word.text.startswith(taken) and rest in self._whole:
                start = word.start if kept else word.start + len(taken)
                forms = (form for form in self._whole[rest] if not _is_short(form))
                yield from _at(forms, words, at, taken, start)


@lru_cache(1024)  # many tables are looked for in one sentence
def _words_of(text: str) -> tuple[Folded, tuple[_Word, ...]]:
    folded = fold(text, Fold.LEXICON)
    return folded, tuple(_Word(match.group(), *match.span()) for match in _WORD.finditer(folded.text))


def _form(row: Row) -> _Form:
    part = len(row.form) > 1
    folded = fold(row.form.strip(_JOINERS) if part else row.form, Fold.LEXICON)
    matches = list(_WORD.finditer(folded.text))
    return _Form(
        tuple(match.group() for match in matches),
        tuple(_written(folded, *match.span()) for match in matches),
        row,
        part and row.form[0] in _JOINERS,
        part and row.form[-1] in _JOINERS,
    )


def _is_short(form: _Form) -> bool:
    return len(form.words) == 1 and len(form.words[0]) < _SHORTEST_IN_COMPANY


def _stands_alone(found: _Found, folded: Folded) -> bool:
    """Whether no half space ties a short form to a neighbour, unless the form has one itself ("می‌")."""
    if not _is_short(found.form) or _HALF_SPACE in found.form.row.form:
        return True
    before = folded.offsets[found.start] - 1
    end = folded.offsets[found.end]
    after = folded.original[end : end + 1]
    return after != _HALF_SPACE and (before < 0 or folded.original[before] != _HALF_SPACE)


def _written(folded: Folded, start: int, end: int) -> str:
    return folded.to_original(Span(start, end)).of(folded.original)


def _clitic(written: str) -> tuple[str, str]:
    """The letters to take off, and those that the form keeps ("لل>ال": the alef is lost in writing)."""
    taken, _, kept = written.partition(">")
    return folded_text(taken, Fold.LEXICON), folded_text(kept, Fold.LEXICON)


def _at(forms: Iterable[_Form], words: Sequence[_Word], at: int, prefix: str, start: int) -> Iterator[_Found]:
    """The forms whose other words follow as well; the first is known to agree."""
    for form in forms:
        last = at + len(form.words) - 1
        if last < len(words) and all(_agrees(form, n, words[at + n].text) for n in range(1, len(form.words))):
            end = words[last].start + len(form.words[-1]) if form.open_end else words[last].end
            yield _Found(form, start, end, prefix, last)


def _agrees(form: _Form, n: int, word: str) -> bool:
    wanted = form.words[n]
    if form.open_end and n == len(form.words) - 1:
        return word.startswith(wanted) and len(word) > len(wanted)
    return word == wanted


def _capitals_agree(found: _Found, words: Sequence[_Word], folded: Folded) -> bool:
    """A name's first capital must be there; of an abbreviation ("US") all of them."""
    first = found.last - len(found.form.words) + 1
    for n, form in enumerate(found.form.written):
        if form[0].isupper() and not found.form.open_start:
            word = words[first + n]
            text = _written(folded, word.start, word.end)
            if not (text.isupper() if form.isupper() and len(form) > 1 else text[0].isupper()):
                return False
    return True
