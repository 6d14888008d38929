"""What a cell says of how its report was taken to make the statement; words shown from inside a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html as markup

from khabar.model.span import Excerpt, Span
from khabar.model.story import Attestation, Comparison, Statement, Vote, VoteKind
from khabar.show.html import to_html
from khabar.show.json import to_json
from khabar.show.opening import opened
from khabar.show.votes import voted
from khabar.show.wording import speaking
from show import sample


def with_votes() -> Comparison:
    made = sample.comparison()
    story = made.stories[0]
    statement = next(one for one in story.statements if len(one.attestations) > 1)
    here, there = statement.attestations[:2]
    votes = (
        Vote(VoteKind.WORDS, 0.9, ((here.excerpt, there.excerpt),), "9 of 10 words have found a near word."),
        Vote(VoteKind.NUMBERS, 0.7, ((here.excerpt, there.excerpt),), "Both have the same number."),
    )
    told = replace(statement, attestations=(replace(here, votes=votes), *statement.attestations[1:]))
    others = tuple(told if one.id == told.id else one for one in story.statements)
    return replace(made, stories=(replace(story, statements=others), *made.stories[1:]))


def voting(made: Comparison) -> tuple[Statement, Attestation]:
    return next(
        (one, each)
        for story in made.stories
        for one in story.statements
        for each in one.attestations
        if each.votes
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "taken to say it because of: words, numbers (inferred)"),
        ("ar", "عُدّ قائلا به بسبب: الألفاظ، الأعداد (استنتاج)"),
        ("fa", "هم‌گزاره دانسته شده از روی: واژه‌ها، عددها (استنباطی)"),
    ],
)
def test_the_votes_are_named_in_the_language_of_the_reader(language: str, said: str) -> None:
    _, attestation = voting(with_votes())
    with speaking(language):
        assert voted(attestation) == said


def test_without_votes_nothing_is_said() -> None:
    _, attestation = voting(with_votes())
    assert voted(replace(attestation, votes=())) == ""


def test_the_page_shows_each_vote_with_its_words_under_the_card() -> None:
    made = with_votes()
    shown = markup.document_fromstring(to_html(made)).cssselect(".votes")
    assert len(shown) == 1
    text = " ".join(shown[0].text_content().split())
    assert "words, numbers (inferred)" in text
    assert "Both have the same number." in text
    _, attestation = voting(made)
    other = attestation.votes[0].pairs[0][1].text
    assert " ".join(other.split())[:20] in text


def test_the_data_has_each_vote_with_both_places() -> None:
    made = with_votes()
    statement, attestation = voting(made)
    (found,) = [
        one
        for each in to_json(made)["stories"][0]["statements"]
        if each["id"] == statement.id
        for one in each["attestations"]
        if one["votes"]
    ]
    assert [vote["kind"] for vote in found["votes"]] == ["words", "numbers"]
    here, there = found["votes"][0]["pairs"][0]
    assert here["article"] == attestation.excerpt.article
    assert there["article"] != here["article"]


def test_words_inside_a_sentence_are_shown_so() -> None:
    article = sample.comparison().articles[0]
    sentence = max(article.sentences, key=lambda one: len(one.span)).span
    middle = Span(sentence.start + 5, sentence.end - 5)
    whole = Excerpt(article.id, sentence, sentence.of(article.text))
    inside = Excerpt(article.id, middle, middle.of(article.text))
    assert opened(whole, article) == whole.text
    assert opened(inside, article) == f"… {inside.text} …"
