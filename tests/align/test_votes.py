"""A cell names what spoke for it, and each thing it names stands on both sides."""

from __future__ import annotations

import pytest

from constructed import Read, align, read, write_report
from khabar.encode.types import Encoder
from khabar.model.story import Attestation, Statement, Vote, VoteKind
from khabar.pipeline import facts_of

REPORTS = {
    "en": """Harbour of Sarmin reopens
The harbour of Sarmin reopened on 12 March 2024 after repairs that cost 47 million dinars.
Mayor Layla Haddad said that the two cranes would be tested in summer.
Fishermen asked for a cold store beside the quay.
The lighthouse had been dark since the storm.""",
    "ar": """إعادة فتح ميناء سرمين
أعيد فتح ميناء سرمين في 12 مارس 2024 بعد إصلاحات كلفت 47 مليون دينار.
وقالت رئيسة البلدية ليلى حداد إن الرافعتين ستختبران في الصيف.
وطالب الصيادون بمخزن مبرد قرب الرصيف.
وافتتح المحافظ حديقة جديدة للأطفال.""",
    "fa": """بندر سرمین بازگشایی شد
بندر سرمین پس از تعمیراتی با هزینه ۴۷ میلیون دینار در ۱۲ مارس ۲۰۲۴ بازگشایی شد.
لیلا حداد، شهردار، گفت که دو جرثقیل در تابستان آزمایش می‌شوند.
ماهیگیران خواستار سردخانه‌ای در کنار اسکله شدند.
مدرسه‌ها روز شنبه تعطیل بودند.""",
}


@pytest.fixture(scope="module")
def told(encoder: Encoder) -> Read:
    return read(encoder, *(write_report(name, text, titled=True) for name, text in REPORTS.items()))


def statement_with(told: Read, words: str) -> Statement:
    (found,) = [
        one for one in align(told).statements if any(words in a.excerpt.text for a in one.attestations)
    ]
    return found


def votes_of(attestation: Attestation) -> dict[VoteKind, Vote]:
    return {vote.kind: vote for vote in attestation.votes}


def test_a_number_and_a_day_vote_in_three_languages_with_their_words(told: Read) -> None:
    opened = statement_with(told, "47 million")
    assert {one.language for one in opened.attestations} == {"en", "ar", "fa"}
    full = [one for one in opened.attestations if len(one.excerpt.text) > 40]  # the titles name no number
    assert len(full) == 3
    for one in full:
        votes = votes_of(one)
        assert {VoteKind.WORDS, VoteKind.NUMBERS, VoteKind.DATES} <= votes.keys()
        assert any("47" in here.text or "۴۷" in here.text for here, _ in votes[VoteKind.NUMBERS].pairs)
        assert any("2024" in here.text or "۲۰۲۴" in here.text for here, _ in votes[VoteKind.DATES].pairs)


def test_the_speaker_votes_where_both_give_the_words_to_one(told: Read) -> None:
    cranes = statement_with(told, "two cranes")
    speaking = [votes_of(one).get(VoteKind.SPEAKERS) for one in cranes.attestations]
    assert len([vote for vote in speaking if vote is not None]) >= 2
    shown = {here.text for vote in speaking if vote is not None for here, _ in vote.pairs}
    assert any("Haddad" in words or "حداد" in words for words in shown)


def test_every_fact_that_votes_is_one_fact_on_both_sides_and_stands_where_it_says(told: Read) -> None:
    texts = {article.id: article.text for article in told.articles}
    facts = {
        (article.id, fact.shown, fact.kind): fact.key
        for article in told.articles
        for fact in facts_of(article)
    }
    compared = 0
    for statement in align(told).statements:
        for one in statement.attestations:
            for vote in one.votes:
                assert 0 <= vote.score <= 1
                assert vote.pairs
                for here, there in vote.pairs:
                    assert here.article == one.excerpt.article != there.article
                    assert here.text == here.span.of(texts[here.article])
                    assert there.text == there.span.of(texts[there.article])
                    if vote.kind in (VoteKind.NUMBERS, VoteKind.DATES, VoteKind.NAMES, VoteKind.SPEAKERS):
                        keys = [facts[side.article, side.span, vote.kind] for side in (here, there)]
                        assert keys[0] == keys[1]
                        compared += 1
    assert compared > 8


def test_what_one_report_alone_says_has_no_votes(told: Read) -> None:
    alone = statement_with(told, "lighthouse")
    assert [one.votes for one in alone.attestations] == [()]


def test_other_numbers_and_days_do_not_vote(encoder: Encoder) -> None:
    other = REPORTS["ar"].replace("12 مارس", "14 مارس").replace("47 مليون", "52 مليون")
    told = read(
        encoder, *(write_report(name, text, True) for name, text in [("en", REPORTS["en"]), ("ar", other)])
    )
    opened = statement_with(told, "47 million")
    assert {one.language for one in opened.attestations} == {"en", "ar"}
    for one in opened.attestations:
        assert not {VoteKind.NUMBERS, VoteKind.DATES} & votes_of(one).keys()
