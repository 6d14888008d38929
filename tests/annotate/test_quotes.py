"""Who says what, in reports whose names are given."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.annotate.quote_reports import report

from khabar.annotate.quotes import find_quotes


def said(text: str, language: str, names: dict[str, str] | None = None) -> list[tuple[str, str, str | None]]:
    return [(quote.text, quote.kind, quote.speaker) for quote in find_quotes(report(text, language, names))]


@pytest.mark.parametrize(
    ("language", "text", "content", "kind"),
    [
        ("ar", "قال سامي راشد إن الجسر أغلق.", "الجسر أغلق", "indirect"),
        ("ar", 'وأضاف سامي راشد: "لن نفتح الجسر اليوم".', "لن نفتح الجسر اليوم", "direct"),
        ("ar", "وشدد سامي راشد على أهمية الجسر للمدينة.", "أهمية الجسر للمدينة", "indirect"),
        ("ar", 'أكد سامي راشد أن الجسر "سيبقى مغلقا حتى نهاية الشهر".', None, "mixed"),
        ("ar", "أعلن سامي راشد إغلاق الجسر أمام السيارات.", "إغلاق الجسر أمام السيارات", "indirect"),
        ("fa", "سامی راشد تصریح کرد که پل بسته است.", "پل بسته است", "indirect"),
        ("fa", "سامی راشد گفت: «پل را امروز باز نمی‌کنیم».", "پل را امروز باز نمی‌کنیم", "direct"),
        ("fa", "به گفته سامی راشد، پل تا فردا بسته می‌ماند.", "پل تا فردا بسته می‌ماند", "indirect"),
        ("en", "Sami Rashid said that the bridge was closed.", "the bridge was closed", "indirect"),
        ("en", "“The bridge stays closed,” Sami Rashid said.", "The bridge stays closed", "direct"),
        ("en", "The bridge stays closed, said Sami Rashid.", "The bridge stays closed", "indirect"),
        (
            "en",
            "Sami Rashid called it “a bridge that leads nowhere”.",
            "a bridge that leads nowhere",
            "direct",
        ),
        ("en", "According to Sami Rashid, the bridge stays closed.", "the bridge stays closed", "indirect"),
    ],
)
def test_the_content_and_its_speaker_are_found_on_either_side_of_the_verb(
    language: str, text: str, content: str | None, kind: str
) -> None:
    names = dict.fromkeys(("سامي راشد", "سامی راشد", "Sami Rashid"), "p1")
    [(words, found, speaker)] = said(text, language, names)
    assert (found, speaker) == (kind, "p1")
    assert content is None or words.strip(",") == content


def test_a_verb_without_subject_goes_on_with_who_spoke_and_not_with_the_nearest_name() -> None:
    text = "قال سامي راشد إن الجسر أغلق بعد زيارة كريم فرح. وأضاف أن الأعمال بدأت."
    assert [speaker for _, _, speaker in said(text, "ar", {"سامي راشد": "p1", "كريم فرح": "p2"})] == [
        "p1",
        "p1",
    ]


def test_a_verb_whose_gender_does_not_fit_who_spoke_last_is_not_given_to_them() -> None:
    text = "أشارت وكالة الكرمة إلى أن كريم فرح وصل أمس. وقال في الميناء إنه سيعود قريبا."
    found = said(text, "ar", {"وكالة الكرمة": "o1", "كريم فرح": "p2"})
    assert [speaker for _, _, speaker in found] == ["o1", "p2"]


def test_the_owner_of_what_the_speaker_is_does_not_speak() -> None:
    text = "Sami Rashid's lawyer, Karim Farah, said the bridge was closed."
    assert said(text, "en", {"Sami Rashid": "p1", "Karim Farah": "p2"})[0][2] == "p2"


def test_who_is_told_is_no_part_of_what_is_said() -> None:
    text = "The roads are closed, Sami Rashid told a radio station on Sunday."
    assert said(text, "en", {"Sami Rashid": "p1"}) == [("The roads are closed", "indirect", "p1")]


@pytest.mark.parametrize("word", ["وی", "او"])
def test_a_persian_pronoun_stands_for_who_spoke(word: str) -> None:
    text = f"سامی راشد در دیدار با کریم فرح گفت که پل بسته است. {word} افزود که کار ادامه دارد."
    assert [one[2] for one in said(text, "fa", {"سامی راشد": "p1", "کریم فرح": "p2"})] == ["p1", "p1"]


def test_an_office_stands_for_the_one_person_described_so() -> None:
    text = "The mayor, Sami Rashid, met Karim Farah, the engineer. The engineer said that the bridge was old."
    names = {"Sami Rashid": "p1", "Karim Farah": "p2"}
    assert [speaker for _, _, speaker in said(text, "en", names)] == ["p2"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Witnesses said that the bridge shook."),
        ("en", "He added that the bridge shook."),
        ("ar", "وتنص الاتفاقية على فتح الجسر كل صباح."),
        ("fa", "کارشناسان گفتند که پل لرزید."),
    ],
)
def test_who_is_not_named_stays_unknown(language: str, text: str) -> None:
    [(_, _, speaker)] = said(text, language)
    assert speaker is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The so-called “safe zone” was hit twice."),
        ("ar", "زار الوفد شركة «النور» ومعرض “ألوان البحر” أمس."),
        ("fa", "این کتاب با عنوان «باغ انار» منتشر می‌شود."),
        ("en", "Sami Rashid did not say when the bridge would open."),
        ("en", "The claims were denied by Sami Rashid."),
        ("fa", "گفت و گو میان دو کشور ادامه دارد."),
    ],
)
def test_names_in_marks_and_what_was_not_said_are_no_quotations(language: str, text: str) -> None:
    assert said(text, language, {"Sami Rashid": "p1"}) == []


def test_a_quotation_that_nothing_closes_ends_where_the_report_speaks_again() -> None:
    text = 'أكد سامي راشد أن "الجسر لن يفتح هذا الشهر أبدا، مشيرا إلى أن الأعمال متأخرة.'
    found = said(text, "ar", {"سامي راشد": "p1"})
    assert [(words, speaker) for words, _, speaker in found] == [
        ("الجسر لن يفتح هذا الشهر أبدا", "p1"),
        ("الأعمال متأخرة", "p1"),
    ]


def test_a_quotation_over_paragraphs_is_one_and_has_the_speaker_named_at_its_end() -> None:
    text = "“The bridge was never safe.\n“Now everybody knows it,” said Sami Rashid."
    [(words, kind, speaker)] = said(text, "en", {"Sami Rashid": "p1"})
    assert words.startswith("The bridge")
    assert "knows it" in words
    assert (kind, speaker) == ("direct", "p1")


def test_an_agency_that_quotes_somebody_does_not_speak_itself() -> None:
    text = "نقلت وكالة الكرمة عن سامي راشد قوله إن الجسر مغلق."
    names = {"وكالة الكرمة": "o1", "سامي راشد": "p1"}
    assert said(text, "ar", names) == [("الجسر مغلق", "indirect", "p1")]


def test_speech_in_speech_is_given_to_each_speaker() -> None:
    text = "قالت وكالة الكرمة إن سامي راشد أكد أن الجسر مغلق."
    found = said(text, "ar", {"وكالة الكرمة": "o1", "سامي راشد": "p1"})
    assert found == [
        ("سامي راشد أكد أن الجسر مغلق", "indirect", "o1"),
        ("الجسر مغلق", "indirect", "p1"),
    ]


def test_every_quotation_says_how_its_speaker_was_found_and_points_at_its_words() -> None:
    article = report("Sami Rashid said that the bridge was closed.", "en", {"Sami Rashid": "p1"})
    [quote] = find_quotes(article)
    assert quote.span.of(article.text) == quote.text
    assert quote.cue is not None
    assert quote.cue.of(article.text) == "said"
    assert quote.speaker_span is not None
    assert quote.speaker_span.of(article.text) == "Sami Rashid"
    assert "Sami Rashid" in quote.reason


@pytest.mark.parametrize(
    ("language", "text", "words", "speaker"),
    [
        (
            "en",
            "The ferry, said Sami Rashid, will leave on Friday.",
            "The ferry, said Sami Rashid, will leave on Friday",
            "p1",
        ),
        ("en", "'Nobody will leave before noon,' said Sami Rashid.", "Nobody will leave before noon", "p1"),
        ("en", "Sami Rashid arrived at noon and said the ferry was late.", "the ferry was late", "p1"),
        ("fa", "«باید به خانه برگردیم.» این را سامی راشد دیروز گفت.", "باید به خانه برگردیم", "p1"),
        ("ar", "التقى سامي راشد بكريم فرح، وقال إن الزيارة كانت قصيرة.", "الزيارة كانت قصيرة", "p1"),
        ("ar", "وبحسب التحقيق فإن الحريق بدأ في المطبخ.", "الحريق بدأ في المطبخ", None),
        ("en", 'The crowd chanted "We want the truth now" outside the court.', "We want the truth now", None),
        ("en", "Her father once said the ferry was late.", "the ferry was late", None),
    ],
)
def test_rarer_orders_of_speech_are_read(language: str, text: str, words: str, speaker: str | None) -> None:
    names = dict.fromkeys(("سامي راشد", "سامی راشد", "Sami Rashid"), "p1") | {"كريم فرح": "p2"}
    assert [(found.strip(',"'), who) for found, _, who in said(text, language, names)] == [(words, speaker)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", 'Her novel, "A Winter Without Bread and Salt", won the prize.'),
        ("en", 'The museum shows a series called "Letters From a Burning City" until May.'),
        ("en", "The players' union and the owners' club met in the teachers' hall."),
        ("ar", "صدر كتاب «تاريخ الطب في مدن الساحل القديمة» عن دار نشر."),
        ("fa", "نمایشگاه «کودکان رودخانه و باد شمال» گشایش یافت."),
    ],
)
def test_titles_of_works_and_apostrophes_are_no_speech(language: str, text: str) -> None:
    assert said(text, language) == []


def test_speech_in_speech_is_a_quotation_of_nobody_known() -> None:
    text = "“He told me, ‘Do not sign the paper,’” Sami Rashid said."
    assert [(words.strip(","), who) for words, _, who in said(text, "en", {"Sami Rashid": "p1"})] == [
        ("He told me, ‘Do not sign the paper,’", "p1"),
        ("Do not sign the paper", None),
    ]


def test_whom_a_description_behind_the_name_tells_of_is_meant_by_it_later() -> None:
    text = "Sami Rashid, the aid group's director, met Karim Farah. The director said food was short."
    assert [who for _, _, who in said(text, "en", {"Sami Rashid": "p1", "Karim Farah": "p2"})] == ["p1"]


PIECES = st.sampled_from(
    [
        "قال ",
        "وأضاف ",
        "إن ",
        "أن ",
        "باقري ",
        '"',
        "“",
        "”",
        "«",
        "»",
        "، ",
        ": ",
        ". ",
        "\n",
        "said ",
        "he ",
        "that ",
        "گفت ",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40), st.sampled_from(["ar", "fa", "en", "tr", "xx"]))
def test_any_text_gives_quotations_that_lie_in_its_body(pieces: list[str], language: str) -> None:
    article = report("".join(pieces), language, {"باقري": "p1"})
    for quote in find_quotes(article):
        assert quote.text == quote.span.of(article.text) != ""
        assert quote.speaker in (None, "p1")


@pytest.mark.parametrize(
    "text",
    [
        "قال الوزير " * 1800,
        "گفت، " * 3900,
        '"a ' * 6500,
        " said that he" * 1500,
        "\n".join(["“he said"] * 1500),
        "باقري قال إن الوضع جيد. " * 2500,
    ],
)
def test_lists_of_words_take_bounded_time(text: str) -> None:
    article = report(text, "ar", {"باقري": "p1"})
    began = time.perf_counter()
    find_quotes(article)
    assert time.perf_counter() - began < 20  # seconds; a quadratic search takes minutes


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("en", "It was announced by Sami Rashid that the bridge would open.", "p1"),
        ("en", "Sami Rashid rejected the offer, saying it was an insult to all.", "p1"),
        ("en", "Asked whether he would open the bridge, Sami Rashid said: “Not before the spring”.", "p1"),
        ("en", "“The bridge stays closed,” said Sami Rashid, mayor of a town that has been cut off.", "p1"),
        ("ar", "وأعلن من قبل سامي راشد أن الجسر أغلق.", "p1"),
        ("ar", "ووفقا لسامي راشد، لم يكن الجسر مفتوحا منذ يومين.", "p1"),
        ("fa", "از سوی سامی راشد اعلام شد که پل بسته است.", "p1"),
        ("fa", "کریم فرح به نقل از سامی راشد گزارش داد که پل بسته است.", "p1"),
    ],
)
def test_the_speaker_of_passives_participles_and_second_hand_speech(
    language: str, text: str, speaker: str
) -> None:
    names = {**dict.fromkeys(("سامي راشد", "سامی راشد", "Sami Rashid"), "p1"), "کریم فرح": "p2"}
    [(_, _, found)] = said(text, language, names)
    assert found == speaker


def test_and_between_two_verbs_is_no_speaker() -> None:
    text = "سامی راشد به خبرنگاران گفت پل بسته است و افزود که راه هم بسته است."
    found = said(text, "fa", {"سامی راشد": "p1"})
    assert [speaker for _, _, speaker in found] == ["p1", "p1"]


def test_a_name_that_is_a_word_of_speech_introduces_nothing() -> None:
    text = "Minister Said Barakat was quoted by the newspaper as saying that the bridge was safe."
    found = said(text, "en", {"Said Barakat": "p1"})
    assert [words for words, _, _ in found] == ["the bridge was safe"]
