"""The quotations of an article, in order, each with its speaker and how the speaker was found."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from khabar.annotate.quotes.contents import find_said
from khabar.annotate.quotes.cues import Cue
from khabar.annotate.quotes.extents import Said, shape, trim
from khabar.annotate.quotes.marks import Marked, find_marked
from khabar.annotate.quotes.memory import UNKNOWN, Memory, Speaker
from khabar.annotate.quotes.offices import Offices
from khabar.annotate.quotes.pointed import point_back
from khabar.annotate.quotes.scene import Scene, words_of
from khabar.annotate.quotes.speakers import find_speaker, find_subject
from khabar.annotate.quotes.works import is_title
from khabar.model.article import Article, Sentence
from khabar.model.mentions import NameKind, Quote
from khabar.model.span import Span

_LONGEST_SENTENCE = 10_000  # code points; what is longer is a list or a dump
_MOST_CUES = 25  # words of speech; a sentence with more is a list of words
_MOST_MARKS = 100  # quotations that are open at once; more are marks that nothing closes
_FEWEST_WORDS_NESTED = 3
_NESTED_GAP_WORDS = 4  # between a verb and the speech in speech that it introduces
_FEWEST_WORDS_ALONE = 5  # marked words that no verb introduces: fewer are a title or a name


def find_quotes(article: Article) -> tuple[Quote, ...]:
    """Who says what in an article whose names are linked, in order; the title is not searched.

    A speaker that the text does not make plain is None; `reason` says what was seen.
    """
    quotes: list[Quote] = []
    for block in article.blocks:
        body = [span for span in article.body if block.span.contains(span)]
        quotes += _in_block(article, body, _sentences(article, body), block.language)
    return tuple(sorted(quotes, key=lambda quote: (quote.span.start, -quote.span.end)))


def _sentences(article: Article, body: Sequence[Span]) -> list[Sentence]:
    """The sentences of those paragraphs, in order; a headline that the body repeats is none of them."""
    starts = [span.start for span in body]
    found = []
    for sentence in article.sentences:
        at = bisect_right(starts, sentence.span.start) - 1
        if at >= 0 and body[at].contains(sentence.span):
            found.append(sentence)
    return sorted(found, key=lambda sentence: sentence.span)


def _in_block(
    article: Article, body: Sequence[Span], sentences: Sequence[Sentence], language: str
) -> list[Quote]:
    found: list[Quote] = []
    marks = find_marked(article.text, body, language)
    memory = Memory(Offices(article))
    starts = [name.span.start for name in article.names]
    covered, opened, near = -1, 0, list[Marked]()
    for number, sentence in enumerate(sentences):
        near = [mark for mark in near if mark.outer.end > sentence.span.start][-_MOST_MARKS:]
        while opened < len(marks) and marks[opened].outer.start < sentence.span.end:
            near += [marks[opened]] if marks[opened].outer.end > sentence.span.start else []
            opened += 1
        if len(sentence.span) > _LONGEST_SENTENCE or sentence.span.end <= covered:
            continue
        first, end = bisect_left(starts, sentence.span.start), bisect_left(starts, sentence.span.end)
        scene = Scene(article.text, sentence, tuple(near), article.names[first:end])
        if len(scene.cues) > _MOST_CUES:
            continue
        pointed = point_back(scene, found[-1], memory, number) if found else None
        if pointed:
            found[-1] = pointed
        else:
            found += _in_scene(scene, memory, number)
            covered = max((covered, *(quote.span.end for quote in found[-_MOST_CUES:])))
        _note_subject(scene, memory, number)
    return found


def _in_scene(scene: Scene, memory: Memory, number: int) -> Iterator[Quote]:
    current: Speaker | None = None
    taken: list[Span] = []
    said = _said_by_cue(scene)
    begin = scene.span.start
    for n, cue in enumerate(scene.cues):
        nested = any(span.contains(cue.span) for span in taken)
        contents = said.get(cue.span)
        if contents and all(one.content in taken for one in contents):
            continue  # "quoting the minister, wrote that": the minister has said it
        if contents is None:
            if cue.form in ("finite", "weak") and not nested and (current is None or cue.joined):
                end = scene.cues[n + 1].front if n + 1 < len(scene.cues) else scene.span.end
                current = find_subject(scene, cue, end, memory, number, begin) or current
                if current and current.entity and scene.marks:
                    memory.remember(current, number)  # who said but a word or two goes on
            continue
        speaker = find_speaker(scene, contents[0], None if nested else current, memory, number)
        if nested and not (speaker.entity and speaker.span):
            continue
        for one in contents:
            yield _quote(scene, one, cue, speaker)
            taken.append(one.content)
        if not nested and cue.form != "source":
            current = speaker
            memory.remember(speaker, number)
        begin = max(begin, contents[-1].content.end)
    headed = _headed(scene, taken)
    if headed:
        taken.append(headed.span)
        yield headed
    yield from _nested(scene, taken)
    yield from _alone(scene, taken, memory, number)


def _said_by_cue(scene: Scene) -> dict[Span, list[Said]]:
    said: dict[Span, list[Said]] = {}
    for found in find_said(scene):
        said.setdefault(found.cue.span, []).append(found)
    return said


def _headed(scene: Scene, taken: Sequence[Span]) -> Quote | None:
    """What follows a person's name and a colon at the head of a sentence."""
    name = next(iter(scene.names), None)
    if (
        name is None
        or taken
        or name.kind is not NameKind.PERSON
        or scene.text[name.span.end : name.span.end + 1] != ":"
    ):
        return None
    front = min(name.span.start, name.title.start) if name.title else name.span.start
    if scene.words_in(scene.span.start, front):
        return None
    content, kind = shape(scene, name.span.end + 1, scene.span.end)
    reason = f"{name.text} and a colon stand before it"
    return Quote(content, content.of(scene.text), kind, name.entity, None, Span(front, name.span.end), reason)


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


def _nested(scene: Scene, taken: Sequence[Span]) -> Iterator[Quote]:
    """Marked words with a verb of speech beside them in what somebody said: speech in speech."""
    for mark in scene.marks:
        inner = trim(scene.text, mark.inner)
        within = any(other.inner.contains(mark.outer) for other in scene.marks)
        outer = next((span for span in taken if within and span.contains(mark.outer)), None)
        if outer is None or len(words_of(inner.of(scene.text))) < _FEWEST_WORDS_NESTED or inner in taken:
            continue
        verb = _verb_beside(scene, mark, outer)
        if verb is None or is_title(scene, mark):
            continue
        reason = f"marks in what somebody said, beside “{verb.of(scene.text)}”; who speaks is not named"
        yield Quote(inner, inner.of(scene.text), "direct", None, verb, None, reason)


def _verb_beside(scene: Scene, mark: Marked, outer: Span) -> Span | None:
    """The verb of speech nearest before marked words, in what holds them, with no pause but a last one."""
    verbs = [cue.span for cue in scene.every_cue if outer.start <= cue.front < mark.outer.start]
    if not verbs:
        return None
    between = scene.text[verbs[-1].end : mark.outer.start].rstrip(" :،,")
    near = len(words_of(between)) <= _NESTED_GAP_WORDS and not any(char in between for char in ".،,;؛!?؟")
    return verbs[-1] if near else None


def _alone(scene: Scene, taken: Sequence[Span], memory: Memory, number: int) -> Iterator[Quote]:
    """Quotations that no verb introduces: the last speaker goes on where they make up the sentence.

    One that runs over sentences is seen where it ends, for a verb may follow there.
    """
    for mark in scene.marks:
        ends_here = mark.outer.end <= scene.span.end if mark.closed else mark.outer.start >= scene.span.start
        if not ends_here:
            continue
        inner = trim(scene.text, Span(mark.inner.start, min(mark.inner.end, scene.span.end)))
        rest = sum(not inner.contains(word) for word in scene.words)
        fewest = _FEWEST_WORDS_ALONE if rest > 0 else _FEWEST_WORDS_NESTED
        short = len(words_of(inner.of(scene.text))) < fewest
        if short or any(span.overlap(inner) for span in taken) or is_title(scene, mark):
            continue
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
