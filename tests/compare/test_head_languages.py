"""The head of a story told in three languages: words of reports, what differs beside them."""

from __future__ import annotations

import pytest

from constructed import Read, align, compare, read, write_report
from khabar.compare.head import MOST_LINES, head_lines
from khabar.encode.types import Encoder
from khabar.model.story import DifferenceKind, HeadLine, Origin

REPORTS = {
    "en": """Storm cuts power to Talmar
A storm cut the power to the port of Talmar on Friday night, and two bridges were closed because of the wind.
The mayor, Nadia Sabri, said that 14 people had been injured, adding that schools would stay closed on Sunday.
A ship laden with wheat ran aground near the lighthouse.""",
    "ar": """عاصفة تقطع الكهرباء عن تلمار
قطعت عاصفة الكهرباء عن ميناء تلمار مساء الجمعة.
وأغلق جسران أمام السيارات بسبب الرياح.
وقالت رئيسة البلدية نادية صبري إن 17 شخصا أصيبوا، مضيفة أن المدارس ستبقى مغلقة يوم الأحد.
وجنحت سفينة محملة بالقمح قرب المنارة.""",
    "fa": """توفان برق تلمار را قطع کرد
توفان شامگاه جمعه برق بندر تلمار را قطع کرد.
دو پل به سبب باد به روی خودروها بسته شد.
نادیا صبری، شهردار، گفت که ۱۴ نفر زخمی شده‌اند و مدرسه‌ها روز یکشنبه بسته می‌مانند.
یک کشتی گندم نزدیک فانوس دریایی به گل نشست.""",
}


@pytest.fixture(scope="module")
def told(encoder: Encoder) -> Read:
    return read(encoder, *(write_report(name, text, titled=True) for name, text in REPORTS.items()))


def head_of(told: Read) -> tuple[HeadLine, ...]:
    aligned = align(told)
    origins = [Origin(f"o{n}", (article.id,), "") for n, article in enumerate(told.articles)]
    return head_lines(aligned.statements, origins, compare(told, aligned), told.articles)


def test_every_line_is_words_of_a_report_in_every_language_that_tells_it(told: Read) -> None:
    lines = head_of(told)
    assert len(lines) == MOST_LINES
    texts = {article.id: article.text for article in told.articles}
    for line in lines:
        assert line.origins == line.reports == 3
        assert {language for language, _ in line.tellings} == {"en", "ar", "fa"}
        for language, excerpt in line.tellings:
            assert excerpt.article == language
            assert excerpt.text == excerpt.span.of(texts[excerpt.article])


def test_a_line_begins_its_sentence_unless_another_line_has_the_beginning(told: Read) -> None:
    begins = {(article.id, one.span.start) for article in told.articles for one in article.sentences}
    lines = head_of(told)
    inside = [
        excerpt
        for line in lines
        for _, excerpt in line.tellings
        if (excerpt.article, excerpt.span.start) not in begins
    ]
    others = [excerpt for line in lines for _, excerpt in line.tellings]
    for excerpt in inside:
        (sentence,) = [
            one.span
            for article in told.articles
            for one in article.sentences
            if article.id == excerpt.article and one.span.contains(excerpt.span)
        ]
        assert [
            one
            for one in others
            if one != excerpt and one.article == excerpt.article and sentence.overlap(one.span)
        ]


def test_titles_are_no_lines_where_a_body_has_the_words(told: Read) -> None:
    titles = {article.id: article.title for article in told.articles}
    for line in head_of(told):
        for _, excerpt in line.tellings:
            title = titles[excerpt.article]
            assert title is not None
            assert not title.contains(excerpt.span)


def test_no_two_lines_share_words(told: Read) -> None:
    first = [line.tellings[0][1] for line in head_of(told)]
    assert not any(
        one.article == other.article and one.span.overlap(other.span)
        for n, one in enumerate(first)
        for other in first[:n]
    )


def test_the_number_that_is_disputed_stands_beside_its_line(told: Read) -> None:
    differences = compare(told, align(told))
    disputed = [
        differences[number]
        for line in head_of(told)
        for number in line.disputed
        if differences[number].kind is DifferenceKind.NUMBER
    ]
    sides = {side.text for one in disputed for side in (one.a, one.b) if side is not None}
    assert any("17" in words for words in sides)
    assert any("14" in words or "۱۴" in words for words in sides)
