"""Whom a report credits: outlets and agencies cited in its text, datelines, tags and source lines. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from khabar.annotate.outlets import bare_key, outlet_id
from khabar.annotate.quotes.scene import TOLD, Cue, Note, Scene, words_of
from khabar.lang.lexicons import lexicon
from khabar.lang.loader import load_languages
from khabar.model.article import Article
from khabar.model.mentions import Citation, Entity, NameKind, NameMention
from khabar.model.span import Span

_LONGEST_SENTENCE = 20_000  # code points; what is longer is a list or a dump
_LONGEST_NAME_WORDS = 6
_WORD_REACH = 15  # characters behind a name in which "news agency" says what it is
_NEAR_WORDS = 3  # between a word that credits and the name that it credits
_OPENING, _CLOSING = ("(", '"', "“", "«"), (")", '"', "”", "»")
_OUTLETS = ("agency", "outlet")
_MARKED = re.compile(r"[\"“”«»„]\s*([^\"“”«»„\n]{2,60}?)\s*[\"“”«»]")
_NAME_END = re.compile(r"[،,.;؛|/()\[\]\n؟?!*•]|\s[-–—]\s")
# "TEHRAN (Reuters) -", "Tehran-IRNA-", "Coast, May 3 (AFP) —"
_DATELINE = re.compile(r"^[^\n.!؟?]{0,60}?[(\[/–—-]\s*([^()\[\]/\n–—-]{2,40}?)\s*(?:[)\]/]|[–—-])")
_TAG = re.compile(r"[(\[/–—-]\s*([^()\[\]/\n–—-]{2,40}?)\s*[)\]/.]?\s*$")
_TAG_REACH = 60


@dataclass(frozen=True, slots=True)
class _Credit:
    """A place that credits somebody: the words, the name in them, its entity where a name was found there."""

    span: Span
    name: str
    entity: str | None
    reason: str


@dataclass(slots=True)
class _Entities:
    """The entities known so far, by the ways an outlet may be recognised in them."""

    all: list[Entity]
    by_outlet: dict[str, str] = field(default_factory=dict)
    by_key: dict[tuple[str, ...], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entity in self.all:
            self._index(entity)

    def of(self, name: str) -> str:
        """The id of the outlet of that name; one that is no entity yet becomes one."""
        known = outlet_id(name)
        found = self.by_outlet.get(known) if known else self.by_key.get(bare_key(name))
        if found is None:
            entity = Entity(self._free_id(), NameKind.ORGANISATION, name, (name,))
            self.all.append(entity)
            self._index(entity)
            found = entity.id
        return found

    def _free_id(self) -> str:
        taken = {entity.id for entity in self.all}
        return next(name for n in range(len(taken) + 1, 2 * len(taken) + 3) if (name := f"e{n}") not in taken)

    def _index(self, entity: Entity) -> None:
        if entity.kind is NameKind.PERSON:
            return
        for form in entity.forms:
            known = outlet_id(form)
            if known:
                self.by_outlet.setdefault(known, entity.id)
            if entity.kind is NameKind.ORGANISATION:
                self.by_key.setdefault(bare_key(form), entity.id)


def find_citations(
    articles: Sequence[Article], entities: Sequence[Entity]
) -> tuple[list[Article], list[Entity]]:
    """The articles with their citations, and the entities with the outlets that were none yet.

    An article's own outlet is no source of itself. A source that has no name ("agencies") is None.
    """
    known = _Entities(list(entities))
    return [replace(article, citations=_cited(article, known)) for article in articles], known.all


def _cited(article: Article, known: _Entities) -> tuple[Citation, ...]:
    found: dict[Span, Citation] = {}
    for credit in _credits(article):
        if credit.name and _is_own(credit.name, article):
            continue
        source = (credit.entity or known.of(credit.name)) if credit.name else None
        if any(span.overlap(credit.span) and one.source == source for span, one in found.items()):
            continue
        found.setdefault(
            credit.span, Citation(credit.span, credit.span.of(article.text), source, credit.reason)
        )
    return tuple(found[span] for span in sorted(found))


def _credits(article: Article) -> Iterator[_Credit]:
    starts = [name.span.start for name in article.names]
    last: _Credit | None = None
    for sentence in article.sentences:
        if len(sentence.span) > _LONGEST_SENTENCE or sentence.span == article.title:
            continue
        first, end = bisect_left(starts, sentence.span.start), bisect_left(starts, sentence.span.end)
        scene = Scene(article.text, sentence, (), article.names[first:end])
        own = [*_in_sentence(scene), *_elided(scene, last)]
        yield from own
        last = own[-1] if own else last
    yield from _at_edges(article)
    for piece in article.boilerplate:
        yield from _in_piece(article, piece.span)


def _in_sentence(scene: Scene) -> Iterator[_Credit]:
    for note in scene.attributions:
        yield from _behind_credit(scene, note)
    for cue in scene.cues:
        if cue.form != "source":
            yield from _beside_verb(scene, cue)


def _behind_credit(scene: Scene, note: Note) -> Iterator[_Credit]:
    """The outlet behind "according to", "quoting", "به گزارش"."""
    start = note.span.start
    reason = f"behind “{note.span.of(scene.text)}”"
    name = _outlet_after(scene, note.span.end, loose=note.meaning in ("reported_by", "quoting"))
    if name is None and note.meaning in ("quoting", "reported_by"):
        yield from _unnamed_after(scene, note, reason)
        return
    while name is not None:
        yield _Credit(Span(start, _whole_end(scene, name)), _plain(name.text), name.entity, reason)
        start, name = _joined_after(scene, name)


def _whole_end(scene: Scene, name: NameMention) -> int:
    """The end of a name with its short form behind it, "the agency (SANA)", and with its closing mark."""
    following = scene.names_in(name.span.end, name.span.end + _WORD_REACH)[:1]
    apart = following and scene.words_in(name.span.end, following[0].span.start)
    end = (
        following[0].span.end
        if following and not apart and following[0].entity == name.entity
        else name.span.end
    )
    closes = (
        scene.text[end : end + 1] in _CLOSING
        and scene.text[name.span.start - 1 : name.span.start] in _OPENING
    )
    return end + 1 if closes and end < scene.span.end else end


def _outlet_after(scene: Scene, at: int, loose: bool) -> NameMention | None:
    """The outlet named directly behind a place; loosely, any organisation there."""
    for name in scene.names_in(at, at + 80)[:1]:
        between = scene.words_in(at, name.span.start)
        if (
            len(between) > _NEAR_WORDS
            or name.kind is NameKind.PERSON
            or _breaks(scene.text[at : name.span.start])
        ):
            return None
        reach = name.span.end + _WORD_REACH
        worded = any(note.meaning in _OUTLETS for note in _outlet_words(scene, at, reach))
        own = any(note.meaning == "own" for note in _outlet_words(scene, at, name.span.end))
        plain = not between and name.kind is NameKind.ORGANISATION and loose
        if worded or own or plain or outlet_id(_plain(name.text)):
            return name
    return None


def _outlet_words(scene: Scene, start: int, end: int) -> list[Note]:
    return [note for note in scene.outlet_words if start <= note.front and note.span.end <= end]


def _breaks(between: str) -> bool:
    return any(mark in between for mark in "،,.:;؛")


def _joined_after(scene: Scene, name: NameMention) -> tuple[int, NameMention | None]:
    """A second outlet in one credit: "Al Mayadeen and Al-Manar"."""
    following = scene.names_in(name.span.end, name.span.end + 40)[:1]
    if not following or len(scene.words_in(name.span.end, following[0].span.start)) > 1:
        return 0, None
    other = following[0]
    alike = outlet_id(_plain(other.text)) is not None and other.entity != name.entity
    return other.span.start, other if alike else None


def _unnamed_after(scene: Scene, note: Note, reason: str) -> Iterator[_Credit]:
    """An outlet that no name was found in: its words begin with one for an outlet, or stand in marks."""
    words = [one for one in scene.outlet_words if one.front >= note.span.end][:1]
    lead = scene.words_in(note.span.end, words[0].front) if words else ()
    stop = scene.comma_after(note.span.end, scene.span.end)
    if words and not lead and words[0].meaning == "generic":
        yield _Credit(Span(note.span.start, words[0].span.end), "", None, f"{reason}, no outlet named")
    elif words and not lead and words[0].meaning in _OUTLETS:
        end = _name_end(scene.text, words[0].front, min(stop, scene.span.end))
        yield _Credit(Span(note.span.start, end), _plain(scene.text[words[0].front : end]), None, reason)
    elif _is_bare_report(scene, note) and len(scene.words_in(note.span.end, stop)) <= _LONGEST_NAME_WORDS:
        inside = Span(note.span.end, stop)
        if words and words[0].meaning == "own":
            inside = Span(words[0].span.end if words[0].front < stop else note.span.end, stop)
        end = _name_end(scene.text, inside.start, inside.end)
        name = _plain(scene.text[inside.start : end])
        if name and not scene.person_in(inside.start, end):
            yield _Credit(Span(note.span.start, end), name, None, reason)


def _is_bare_report(scene: Scene, note: Note) -> bool:
    """Whether whatever follows is an outlet, as behind "به گزارش"; capitals would have shown a name."""
    verb = any(cue.span.overlap(note.span) and cue.form != "source" for cue in scene.cues)
    cased = load_languages().pack(scene.sentence.language).has_case
    return note.meaning == "reported_by" and not verb and not cased


def _beside_verb(scene: Scene, cue: Cue) -> Iterator[_Credit]:
    """An outlet that is the subject of a verb of speech, or whom somebody told something."""
    name = _outlet_after(scene, cue.span.end, loose=_quotes_somebody(scene, cue))
    told = cue.meaning == TOLD
    if name is None and cue.front == cue.span.start and not told:
        name = _outlet_before(scene, cue)
    if name is None and cue.meaning == "reports":
        yield from _unnamed_subject(scene, cue)
    if name is not None:
        reason = f"{name.text} is {'told' if told else 'beside'} “{cue.span.of(scene.text)}”"
        span = Span(min(cue.span.start, name.span.start), max(cue.span.end, _whole_end(scene, name)))
        yield _Credit(span, _plain(name.text), name.entity, reason)


def _unnamed_subject(scene: Scene, cue: Cue) -> Iterator[_Credit]:
    """ "Local media quoted", "quoted “The Gate”": outlets that no name was found in."""
    reason = f"beside “{cue.span.of(scene.text)}”"
    words = [note for note in scene.outlet_words if note.front >= cue.span.end][:1]
    if words and words[0].meaning == "generic" and not scene.words_in(cue.span.end, words[0].front):
        yield _Credit(Span(cue.span.start, words[0].span.end), "", None, f"{reason}, no outlet named")
        return
    marked = _MARKED.match(scene.text, _behind_space(scene.text, cue.span.end))
    if marked and _quotes_somebody(scene, cue) and len(words_of(marked.group(1))) <= _LONGEST_NAME_WORDS:
        yield _Credit(Span(cue.span.start, marked.end()), _plain(marked.group(1)), None, reason)


def _quotes_somebody(scene: Scene, cue: Cue) -> bool:
    """Whether the verb reports what somebody else said: only outlets do."""
    return cue.meaning == "reports" and any(
        note.meaning == "from" and 0 < len(scene.words_in(cue.span.end, note.front)) <= 2 * _NEAR_WORDS
        for note in scene.notes
        if note.front >= cue.span.end
    )


def _outlet_before(scene: Scene, cue: Cue) -> NameMention | None:
    names = scene.names_in(max(scene.span.start, cue.front - 80), cue.front)[-1:]
    for name in names:
        between = scene.words_in(name.span.end, cue.front)
        worded = any(
            note.meaning in _OUTLETS for note in _outlet_words(scene, name.span.start - 20, cue.front)
        )
        if len(between) <= 2 and (
            outlet_id(_plain(name.text)) or (worded and name.kind is NameKind.ORGANISATION)
        ):
            return name
    return None


def _elided(scene: Scene, last: _Credit | None) -> Iterator[_Credit]:
    """ "And it quoted X as saying": the outlet credited last goes on."""
    for cue in scene.cues:
        own = [note.span.end for note in scene.outlet_words if not scene.words_in(cue.span.end, note.front)]
        start = next((end for end in own if end > cue.span.end), cue.span.end)
        follows = any(
            note.meaning == "from" and note.front >= start and not scene.words_in(start, note.front)
            for note in scene.notes
        )
        if last and cue.meaning == "reports" and cue.gender == "f" and follows and last.name:
            yield _Credit(cue.span, last.name, last.entity, f"goes on from “{last.name}”")


def _at_edges(article: Article) -> Iterator[_Credit]:
    """Datelines at the start and tags at the end of a paragraph, where they name a known outlet or a name."""
    places = {name.span: name for name in article.names if name.kind is not NameKind.PERSON}
    for number, span in enumerate(article.body):
        head = article.text[span.start : min(span.end, span.start + 2 * _TAG_REACH)]
        dateline = _DATELINE.match(head) if number < 3 else None
        if dateline and _is_outlet(dateline.group(1), places, span.start + dateline.start(1)):
            yield _edge_credit(span.start, dateline, "in the dateline", places)
        tail_start = max(span.start, span.end - _TAG_REACH)
        tag = _TAG.search(article.text[tail_start : span.end])
        if tag and outlet_id(_plain(tag.group(1))):
            yield _edge_credit(tail_start, tag, "a tag at the end", places)


def _edge_credit(base: int, match: re.Match[str], reason: str, names: dict[Span, NameMention]) -> _Credit:
    span = Span(base + match.start(1), base + match.end(1))
    name = names.get(span)
    return _Credit(span, _plain(match.group(1)), name.entity if name else None, reason)


def _is_outlet(words: str, names: dict[Span, NameMention], at: int) -> bool:
    if outlet_id(_plain(words)):
        return True
    name = names.get(Span(at, at + len(words)))
    return name is not None and name.kind is NameKind.ORGANISATION


def _in_piece(article: Article, span: Span) -> Iterator[_Credit]:
    """A source line or a photo credit among what is not the body."""
    text = span.of(article.text)
    for language in article.languages or ("",):
        for hit in lexicon(language, "source_words").find(text):
            if hit.row.meaning not in ("credit", "photo"):
                continue
            end = _name_end(text, hit.span.end, len(text))
            marked = _MARKED.match(text, _behind_space(text, hit.span.end))
            start = marked.start(1) if marked else _behind_space(text, hit.span.end)
            end = marked.end(1) if marked else end
            name = _plain(text[start:end])
            sure = (
                marked
                or outlet_id(name)
                or ":" in text[hit.span.start : start]
                or "-" in text[hit.span.end : start]
            )
            if not sure or not name or len(words_of(name)) > _LONGEST_NAME_WORDS:
                continue
            generic = _is_generic(name, language)
            place = Span(span.start + hit.span.start, span.start + end)
            yield _Credit(place, "" if generic else name, None, f"behind “{hit.span.of(text)}”")


def _is_generic(name: str, language: str) -> bool:
    hits = lexicon(language, "source_words").find(name)
    return any(hit.row.meaning == "generic" and len(hit.span) == len(name) for hit in hits)


def _behind_space(text: str, at: int) -> int:
    while at < len(text) and (text[at].isspace() or text[at] in ":-–—"):
        at += 1
    return at


def _name_end(text: str, start: int, end: int) -> int:
    """Where a name that begins about there ends: at a pause, or after the most words that a name has."""
    start = _behind_space(text, start)
    pause = _NAME_END.search(text, start, end)
    end = pause.start() if pause else end
    words = list(re.finditer(r"\S+", text[start:end]))[:_LONGEST_NAME_WORDS]
    return start + words[-1].end() if words else start


def _plain(name: str) -> str:
    """A name without marks and white space at its ends."""
    return " ".join(name.split()).strip(" \"“”«»‘’'()[]:-–—،,.")


def _is_own(name: str, article: Article) -> bool:
    """Whether the name is that of the article's own outlet, in whichever form."""
    if not article.outlet:
        return False
    if outlet_id(name) and outlet_id(name) == outlet_id(article.outlet):
        return True
    one, other = set(bare_key(name)), set(bare_key(article.outlet))
    return bool(one and other) and (one <= other or other <= one)
