"""One box finds reports by their words and by what they mean, in any language: on both databases."""

from __future__ import annotations

import pytest
from tests.library.reports import BRIDGE_EN, COMET_EN, tiny
from tests.library.test_keeping import page

from khabar.errors import SettingError
from khabar.library import Library
from khabar.library.search import Mode, Results


def titles(found: Results) -> list[str]:
    return [hit.article.title for story in found.stories for hit in story.hits]


def languages(found: Results) -> set[str]:
    return {code for story in found.stories for hit in story.hits for code in hit.article.languages}


def test_words_find_the_report_that_holds_them(filled: Library) -> None:
    found = filled.search("comet telescope", mode=Mode.WORDS)
    assert titles(found) == ["Amateur finds comet with home-made telescope"]
    (story,) = found.stories
    assert story.matching == 1
    assert story.origins == 1


def test_one_language_finds_the_others(filled: Library) -> None:
    found = filled.search("the minister opened the new bridge over the river")
    assert found.stories[0].matching == 3
    assert languages(found) >= {"ar", "fa", "en"}


@pytest.mark.parametrize("name", ["Karim Daoudi", "کریم داودی", "كريم داودي", "karim daoudi"])
def test_a_name_finds_all_its_spellings(filled: Library, name: str) -> None:
    assert languages(filled.search(name, mode=Mode.WORDS)) == {"ar", "fa", "en"}
    by_letters = filled.search(name, mode=Mode.WORDS, match_names=False)
    assert languages(by_letters) in ({"en"}, {"ar", "fa"})


def test_a_phrase_is_found_word_by_word(filled: Library) -> None:
    assert len(titles(filled.search('"would return to work"'))) == 1
    assert titles(filled.search('"would returned to work"')) == []
    assert titles(filled.search('"work to return would"')) == []


def test_marks_are_places_in_the_unaltered_text(filled: Library) -> None:
    for query in ("bridges Selmar", "پل‌ها", "جسور", '"14,000 vehicles"', "سه شنبه"):
        for story in filled.search(query).stories:
            for hit in story.hits:
                text = filled.article(hit.article.id).article.text
                for snippet in hit.snippets:
                    assert snippet.excerpt.span.of(text) == snippet.excerpt.text
                    assert "".join(words for words, _ in snippet.parts) == snippet.excerpt.text
                    assert [words for words, marked in snippet.parts if marked] == [
                        mark.of(text) for mark in snippet.marks
                    ]
