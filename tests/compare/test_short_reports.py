"""Short reports of one event in many languages: one row for what title and lead say, tolls told apart.

The event and the people are invented.
"""

from __future__ import annotations

from functools import cache

import pytest

from constructed import Read, align, compare, read, write_report
from khabar.align import Aligned
from khabar.encode.types import Encoder
from khabar.model.story import Difference, DifferenceKind, Weight

REPORTS = {
    "en": """Ferry sinks off Port Salim, 23 dead
At least 23 people died when a passenger ferry sank off Port Salim on Tuesday night, the coast guard said.
The vessel was carrying 140 people, among them 31 children.
Admiral Karim Haddad said that 98 passengers had been rescued and that the search would go on all night.""",
    "ar": """غرق عبّارة قبالة ميناء سالم ومقتل 25 شخصاً
لقي 25 شخصاً على الأقل حتفهم إثر غرق عبّارة ركاب قبالة ميناء سالم مساء الثلاثاء، وفق خفر السواحل.
وكانت العبّارة تقلّ 140 شخصاً بينهم 31 طفلاً.
وقال العميد البحري كريم حداد إنه تم إنقاذ 98 راكباً وإن عمليات البحث ستتواصل طوال الليل.""",
    "fa": """غرق شدن کشتی مسافربری در نزدیکی بندر سالم ۲۳ کشته برجا گذاشت
دست‌کم ۲۳ نفر در پی غرق شدن یک کشتی مسافربری در نزدیکی بندر سالم در شامگاه سه‌شنبه جان باختند.
به گفته گارد ساحلی، این کشتی ۱۴۰ سرنشین داشت که ۳۱ نفر از آنان کودک بودند.
دریادار کریم حداد گفت که ۹۸ مسافر نجات یافته‌اند و جست‌وجو در طول شب ادامه خواهد داشت.""",
    "tr": """Salim Limanı açıklarında feribot battı: 23 ölü
Salim Limanı açıklarında salı gecesi bir yolcu feribotunun batması sonucu en az 23 kişi hayatını kaybetti.
Sahil güvenliğe göre gemide 31'i çocuk 140 kişi bulunuyordu.
Amiral Kerim Haddad, 98 yolcunun kurtarıldığını ve aramaların gece boyunca süreceğini söyledi.""",
}


@cache
def ferry(encoder: Encoder) -> tuple[Read, Aligned, tuple[Difference, ...]]:
    told = read(encoder, *(write_report(name, text, titled=True) for name, text in REPORTS.items()))
    aligned = align(told)
    return told, aligned, compare(told, aligned)


def test_title_and_lead_stand_in_one_row(passes: Encoder) -> None:
    _, aligned, _ = ferry(passes)
    rows = [
        {one.excerpt.article for one in statement.attestations}
        for statement in aligned.statements
        if any(words in one.excerpt.text for one in statement.attestations for words in ("23", "25", "۲۳"))
    ]
    assert rows == [set(REPORTS)]


def test_two_tolls_shift_the_meaning(passes: Encoder) -> None:
    _, _, differences = ferry(passes)
    tolls = [
        one
        for one in differences
        if one.kind is DifferenceKind.NUMBER and one.b and {one.a.text, one.b.text} & {"25"}
    ]
    assert tolls
    assert {one.weight for one in tolls} == {Weight.MEANING}


def test_what_a_row_of_its_own_tells_is_not_left_out(passes: Encoder) -> None:
    told, _, differences = ferry(passes)
    texts = {article.id: article.text for article in told.articles}
    assert [one.a.text for one in differences if one.left_out_by in texts] == []


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "The two ministries did not sign the agreement on the Salim dam on Tuesday.",
            "De två ministerierna undertecknade inte avtalet om Salimdammen på tisdagen.",
        ),
        (
            "The two ministries did not sign the agreement on the Salim dam on Tuesday.",
            "两个部周二没有签署关于萨利姆大坝的协议。",
        ),
        (
            "Mansour promised that the talks on the Salim dam would go on in April.",
            "Mansour lovade att samtalen om Salimdammen ska fortsätta i april.",
        ),
    ],
)
def test_a_language_without_tables_is_not_said_to_lack_a_word(passes: Encoder, a: str, b: str) -> None:
    told = read(passes, write_report("a", a), write_report("b", b))
    found = {one.kind for one in compare(told, align(told))}
    assert not found & {DifferenceKind.POLARITY, DifferenceKind.STRENGTH}


def test_persons_whom_both_reports_know_are_no_two_versions(passes: Encoder) -> None:
    texts = {
        "one": """Judge Rula Shahwan ordered Marsh Cement on Monday to pay 86 farmers of Tallport.
Its owner Fadi Khallat said that he would appeal.""",
        "two": """Marsh Cement of Fadi Khallat was ordered on Monday to pay 86 farmers of Tallport.
The ruling, which judge Rula Shahwan read for an hour, pleased the village.""",
        "three": """Judge Nadia Ramdani ordered Marsh Cement on Monday to pay 86 farmers of Tallport.
The company said that it would appeal.""",
    }
    told = read(passes, *(write_report(name, text) for name, text in texts.items()))
    named = {
        frozenset((one.a.text, one.b.text))
        for one in compare(told, align(told))
        if one.kind is DifferenceKind.NAME and one.b
    }
    assert frozenset(("Rula Shahwan", "Fadi Khallat")) not in named
    assert frozenset(("Rula Shahwan", "Nadia Ramdani")) in named
