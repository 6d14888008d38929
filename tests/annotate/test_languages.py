"""Languages of paragraphs, blocks, and a page that carries its own translation."""

from __future__ import annotations

import pytest
from built_pages import page

from khabar.annotate.article import annotate
from khabar.lang.loader import load_languages
from khabar.model.article import Article, Extract

EN = (
    "The ministers of both countries signed an agreement on trade and the border in the capital on Sunday.",
    "It says that 250 trucks may cross each day, and that 12 posts will be opened in the course of the year.",
    "The head of the chamber of commerce said that the traders of both sides had waited for it since 2015.",
)
AR = (
    "وقع وزيرا البلدين اتفاقا بشأن التجارة والحدود في العاصمة يوم الأحد.",
    "وينص الاتفاق على السماح بعبور 250 شاحنة كل يوم وفتح 12 معبرا خلال العام.",
    "وقال رئيس غرفة التجارة إن تجار البلدين كانوا ينتظرون ذلك منذ عام 2015.",
)
OTHER_AR = (
    "فاز فريق المدينة على ضيفه بثلاثة أهداف في المباراة التي جرت بينهما.",
    "وسجل اللاعب الشاب الهدف 1 في الدقيقة 34 قبل أن يضيف زميله هدفين.",
    "وحضر المباراة أكثر من 7800 مشجع رغم الأمطار الغزيرة التي هطلت.",
)


def article(extract: Extract) -> Article:
    return annotate(extract, "a", load_languages())


def test_a_page_in_one_language_is_one_block() -> None:
    found = article(page(*AR))
    assert found.languages == ("ar",)
    assert [(block.language, block.translates) for block in found.blocks] == [("ar", False)]


def test_a_translation_above_its_original_makes_two_blocks_that_tell_the_same() -> None:
    found = article(page(*EN, *AR))
    assert found.languages == ("en", "ar")
    assert [block.translates for block in found.blocks] == [True, True]
    assert "one report in two languages" in found.blocks[0].reason
    assert found.blocks[0].span.of(found.text) == "\n".join(EN)
    assert found.blocks[1].span.of(found.text) == "\n".join(AR)


def test_a_page_that_alternates_is_a_translation_too() -> None:
    found = article(page(*(paragraph for pair in zip(EN, AR, strict=True) for paragraph in pair)))
    assert len(found.blocks) == 6
    assert all(block.translates for block in found.blocks)


@pytest.mark.parametrize("second", [OTHER_AR, AR[:1]], ids=["another report", "a summary"])
def test_two_languages_that_tell_other_things_are_no_translation(second: tuple[str, ...]) -> None:
    found = article(page(*EN, *second))
    assert len(found.blocks) == 2
    assert not any(block.translates for block in found.blocks)


def test_languages_stand_in_the_order_of_their_blocks() -> None:
    assert article(page(*AR, *EN)).languages == ("ar", "en")


def test_a_short_foreign_paragraph_between_two_of_one_language_is_no_block() -> None:
    found = article(
        page(AR[0], '"This is a great day for all of us", said the head of the mission.', *AR[1:])
    )
    assert [block.language for block in found.blocks] == ["ar"]


def test_a_foreign_quotation_inside_a_paragraph_keeps_its_own_sentence_language() -> None:
    text = f'{AR[0]} "This is a great day for all of us and for our children." {AR[1]}'
    found = article(page(text, AR[2]))
    assert [sentence.language for sentence in found.sentences] == ["ar", "en", "ar", "ar"]
    assert len(found.blocks) == 1


def test_a_title_is_one_sentence_in_its_own_language() -> None:
    found = article(page(*EN, *AR, title="اتفاق جديد على الحدود. توقيع في العاصمة"))
    assert (found.sentences[0].id, found.sentences[0].language) == ("a:t", "ar")
    assert found.sentences[0].span == found.title
    assert [sentence.id for sentence in found.sentences[1:3]] == ["a:s1", "a:s2"]


def test_a_page_without_a_body_has_the_language_of_its_title() -> None:
    assert article(page(title="اتفاق جديد بين البلدين على الحدود")).languages == ("ar",)
