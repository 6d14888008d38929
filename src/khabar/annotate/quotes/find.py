"""The quotations of an article, in order, each with its speaker and how the speaker was found."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from khabar.annotate.quotes.contents import Said, find_said, trim
from khabar.annotate.quotes.marks import Marked, find_marked
from khabar.annotate.quotes.offices import Offices
from khabar.annotate.quotes.scene import Cue, Scene, words_of
from khabar.annotate.quotes.speakers import UNKNOWN, Memory, Speaker, find_speaker, find_subject
from khabar.model.article import Article, Sentence
from khabar.model.mentions import NameKind, Quote
from khabar.model.span import Span

_LONGEST_SENTENCE = 20_000  # code points; what is longer is a list or a dump
_FEWEST_WORDS_ALONE = 5  # marked words that no verb introduces: fewer are a title or a name


def find_quotes(article: Article) -> tuple[Quote, ...]:
    """Who says what in an article whose names are linked, in order; the title is not searched.

    A speaker that the text does not make plain is None; `reason` says what was seen.
    """
    quotes: list[Quote] = []
    for block in article.blocks:
        body = [span for span in article.body if block.span.contains(span)]
        sentences = [
            sentence
            for sentence in article.sentences
            if block.span.contains(sentence.span) and any(span.contains(sentence.span) for span in body)
        ]
        quotes += _in_block(article, body, sentences, block.language)
    return tuple(sorted(quotes, key=lambda quote: (quote.span.start, -quote.span.end)))


def _in_block(
    article: Article, body: Sequence[Span], sentences: Sequence[Sentence], language: str
) -> Iterator[Quote]:
    marks = find_marked(article.text, body, language)
    memory = Memory(Offices(article))
    starts = [name.span.start for name in article.names]
    covered = -1
    for number, sentence in enumerate(sentences):
        if len(sentence.span) > _LONGEST_SENTENCE or sentence.span.end <= covered:
            continue
        names = article.names[
            bisect_left(starts, sentence.span.start) : bisect_left(starts, sentence.span.end)
        ]
        own = tuple(m for m in marks if sentence.span.start <= m.outer.start < sentence.span.end)
        over = tuple(m for m in marks if m.outer.start < sentence.span.start < m.outer.end)
        scene = Scene(article.text, sentence, (*over, *own), tuple(names))
        for quote in _in_scene(scene, own, memory, number, _paragraph(body, sentence)):
            covered = max(covered, quote.span.end)
            yield quote
        _note_subject(scene, memory, number)


def _paragraph(body: Sequence[Span], sentence: Sentence) -> int:
    return next((n for n, span in enumerate(body) if span.contains(sentence.span)), -1)


def _in_scene(
    scene: Scene, own: Sequence[Marked], memory: Memory, number: int, paragraph: int
) -> Iterator[Quote]:
    if any(note.meaning == "impersonal" for note in scene.notes[:3]):
        return
    current: Speaker | None = None
    taken: list[Span] = []
    said: dict[Span, list[Said]] = {}
    for found in find_said(scene):
        said.setdefault(found.cue.span, []).append(found)
    begin = scene.span.start
    for n, cue in enumerate(scene.cues):
        contents = said.get(cue.span)
        if contents is None:
            if cue.form in ("finite", "weak") and not any(span.contains(cue.span) for span in taken):
                end = scene.cues[n + 1].front if n + 1 < len(scene.cues) else scene.span.end
                current = find_subject(scene, cue, end, memory, number, begin) or current
            continue
        speaker = find_speaker(scene, contents[0], _outer(current, cue, taken), memory, number)
        nested = any(span.contains(cue.span) for span in taken)
        if nested and not (speaker.entity and speaker.span):
            continue
        for one in contents:
            yield _quote(scene, one, cue, speaker)
            taken.append(one.content)
        if not nested and cue.form != "source":
            current = speaker
            memory.remember(speaker, number)
        begin = max(begin, contents[-1].content.end)
    yield from _alone(scene, own, taken, memory, number)


def _outer(current: Speaker | None, cue: Cue, taken: Sequence[Span]) -> Speaker | None:
    return None if any(span.contains(cue.span) for span in taken) else current


def _quote(scene: Scene, said: Said, cue: Cue, speaker: Speaker) -> Quote:
    return Quote(
        said.content,
        said.content.of(scene.text),
        said.kind,
        speaker.entity,
        cue.span,
        speaker.span,
        speaker.reason,
    )


def _alone(
    scene: Scene, own: Sequence[Marked], taken: Sequence[Span], memory: Memory, number: int
) -> Iterator[Quote]:
    """Quotations that no verb introduces: the last speaker goes on where they make up the sentence."""
    for mark in own:
        inner = trim(scene.text, mark.inner)
        words = len(words_of(inner.of(scene.text)))
        if words < _FEWEST_WORDS_ALONE or any(span.overlap(inner) for span in taken):
            continue
        rest = len(scene.words) - words
        last = memory.last
        if rest <= 0 and last and number - last.sentence <= 1:
            speaker = Speaker(last.entity, last.span, last.gender, "the quotation goes on")
            memory.remember(speaker, number)
        else:
            speaker = UNKNOWN
        yield Quote(inner, inner.of(scene.text), "direct", speaker.entity, None, speaker.span, speaker.reason)


def _note_subject(scene: Scene, memory: Memory, number: int) -> None:
    """Keeps whom the sentence is about: its first person."""
    person = next((name for name in scene.names if name.kind is NameKind.PERSON), None)
    if person:
        memory.subject, memory.subject_sentence = person, number
