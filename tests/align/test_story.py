"""Two constructed stories come out statement by statement, whatever the order of their reports."""

from __future__ import annotations

from itertools import permutations

import pytest

from constructed import Read, align, read, write_report
from khabar.align import Aligned
from khabar.encode.types import Encoder

# Each line is told where it stands in the reports; the lines of a report are put in its own order.
FERRY = {
    "ar": """العبارة تعود إلى العمل بين الجزيرتين
أعلنت هيئة الموانئ أن العبارة بين الجزيرتين عادت إلى العمل بعد توقف دام ستة أسابيع.
وقال المدير نبيل الساري إن المحرك الجديد يستهلك وقودا أقل من القديم.
وستكون الرحلات مجانية للطلاب حتى نهاية الصيف.
وطالب أصحاب الفنادق بزيادة عدد الرحلات في عطلة نهاية الأسبوع.""",
    "fa": """کشتی مسافربری میان دو جزیره دوباره به راه افتاد
نبیل ساری، مدیر بنادر، گفت که موتور تازه سوخت کمتری از موتور قدیمی مصرف می‌کند.
رفت و آمد کشتی میان دو جزیره پس از شش هفته توقف از سر گرفته شد.
ماهیگیران از سر و صدای موتور در بامداد شکایت دارند.""",
    "en": """Ferry between the islands sails again
The ferry between the two islands is back in service after a break of six weeks, the port authority announced.
Trips will be free for students until the end of summer.
Hotel owners asked for more trips at weekends.
The old ferry had carried islanders for forty years.""",
}
FERRY_TOLD = [
    # the titles tell in short what the first sentences tell
    {
        "ar": ("العبارة تعود", "أعلنت هيئة"),
        "fa": ("کشتی مسافربری", "رفت و آمد"),
        "en": ("Ferry between", "The ferry between"),
    },
    {"ar": "وقال المدير", "fa": "نبیل ساری"},
    {"ar": "وستكون الرحلات", "en": "Trips will"},
    {"ar": "وطالب أصحاب", "en": "Hotel owners"},
    {"fa": "ماهیگیران از"},
    {"en": "The old ferry"},
]
DAM = {
    "en": """Farmers block the road to the dam
Farmers blocked the road to the northern dam with tractors on Monday, and the police closed the bridge.
The farmers demand that the water be shared fairly among the valleys.
The energy company said that the turbines would stand still until the road was open.
A school bus was allowed to pass.""",
    "ar": """مزارعون يغلقون الطريق المؤدي إلى السد
أغلق مزارعون بالجرارات الطريق المؤدي إلى السد الشمالي يوم الاثنين.
وأغلقت الشرطة الجسر أمام السيارات.
وقالت شركة الطاقة إن التوربينات ستبقى متوقفة حتى يفتح الطريق.
واجتمع المحافظ مساء مع شيوخ القرى.""",
    "fa": """کشاورزان راه سد را بستند
کشاورزان خواستار تقسیم عادلانه آب میان دره‌ها هستند.
آنان روز دوشنبه با تراکتور راه سد شمالی را بستند.
استاندار شامگاه با بزرگان روستاها دیدار کرد.""",
}
DAM_TOLD = [
    {
        "en": ("Farmers block the", "Farmers blocked"),
        "ar": ("مزارعون يغلقون", "أغلق مزارعون"),
        "fa": ("کشاورزان راه", "آنان روز"),
    },
    {"en": "and the police", "ar": "وأغلقت الشرطة"},
    {"en": "The farmers demand", "fa": "کشاورزان خواستار"},
    {"en": "The energy company", "ar": "وقالت شركة"},
    {"ar": "واجتمع المحافظ", "fa": "استاندار شامگاه"},
    {"en": "A school bus"},
]
STORIES = [(FERRY, FERRY_TOLD), (DAM, DAM_TOLD)]


def tell(encoder: Encoder, reports: dict[str, str]) -> Read:
    return read(encoder, *(write_report(name, text, titled=True) for name, text in reports.items()))


def cells(aligned: Aligned) -> set[frozenset[tuple[str, str]]]:
    """Each statement as the reports that make it and their words."""
    return {
        frozenset((one.excerpt.article, one.excerpt.text) for one in statement.attestations)
        for statement in aligned.statements
    }


@pytest.mark.parametrize(("reports", "expected"), STORIES, ids=["ferry", "dam"])
def test_every_statement_is_found_in_every_report_that_makes_it_and_in_no_other(
    passes: Encoder, reports: dict[str, str], expected: list[dict[str, str | tuple[str, ...]]]
) -> None:
    found = [
        sorted((one.excerpt.article, one.excerpt.text) for one in statement.attestations)
        for statement in align(tell(passes, reports)).statements
    ]
    wanted = [
        sorted((name, begin) for name, words in row.items() for begin in _several(words)) for row in expected
    ]
    assert len(found) == len(wanted)
    for row in wanted:
        assert [cells for cells in found if _begin_so(cells, row)], row


def _several(words: str | tuple[str, ...]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else words


def _begin_so(cells: list[tuple[str, str]], row: list[tuple[str, str]]) -> bool:
    return len(cells) == len(row) and all(
        name == report and text.startswith(begin)
        for (name, text), (report, begin) in zip(cells, row, strict=True)
    )


@pytest.mark.parametrize("reports", [FERRY, DAM], ids=["ferry", "dam"])
def test_the_order_of_reports_changes_no_cell(passes: Encoder, reports: dict[str, str]) -> None:
    told = tell(passes, reports)
    tables = [cells(align(told, order)) for order in permutations(told.articles)]
    assert all(table == tables[0] for table in tables)


@pytest.mark.parametrize("reports", [FERRY, DAM], ids=["ferry", "dam"])
def test_attestations_stand_where_they_say_and_statements_are_numbered(
    passes: Encoder, reports: dict[str, str]
) -> None:
    told = tell(passes, reports)
    aligned = align(told)
    texts = {article.id: article.text for article in told.articles}
    assert [one.id for one in aligned.statements] == [
        f"s1-{n}" for n in range(1, len(aligned.statements) + 1)
    ]
    assert len(aligned.groups) == len(aligned.statements)
    for statement in aligned.statements:
        assert statement.text in [one.excerpt.text for one in statement.attestations]
        for one in statement.attestations:
            assert one.excerpt.text == one.excerpt.span.of(texts[one.excerpt.article])
            assert one.language == one.excerpt.article
            assert 0 <= one.score <= 1


def test_statements_of_several_reports_come_first(passes: Encoder) -> None:
    reports = [
        len({a.excerpt.article for a in one.attestations}) for one in align(tell(passes, FERRY)).statements
    ]
    assert [count > 1 for count in reports] == sorted((count > 1 for count in reports), reverse=True)


def test_one_report_alone_makes_each_of_its_statements_once(passes: Encoder) -> None:
    aligned = align(tell(passes, {"en": FERRY["en"]}))
    assert [one.text + "." for one in aligned.statements[1:]] == FERRY["en"].split("\n")[1:]
    assert all(len(one.attestations) == 1 for one in aligned.statements)


def test_copies_make_the_same_statements(passes: Encoder) -> None:
    copies = {f"copy{n}": FERRY["en"] for n in range(4)}
    aligned = align(tell(passes, copies))
    assert len(aligned.statements) == 4  # the title tells the first sentence in short
    for statement in aligned.statements:
        told = [(one.excerpt.article, one.excerpt.text) for one in statement.attestations]
        assert {article for article, _ in told} == set(copies)
        assert len({text for _, text in told}) == len(told) // len(copies)


def test_a_statement_is_found_inside_a_longer_clause(passes: Encoder) -> None:
    owners, old = FERRY["en"].split("\n")[-2:]
    both = "The old ferry, for which hotel owners had asked for more trips at weekends, carried islanders."
    longer = FERRY["en"].replace(f"{owners}\n{old}", both)
    aligned = align(tell(passes, {"one": FERRY["en"], "two": longer, "ar": FERRY["ar"]}))
    (hotels,) = [one for one in aligned.statements if one.text.startswith("Hotel owners")]
    inside = {one.excerpt.article: one.excerpt.text for one in hotels.attestations}
    assert inside.keys() == {"one", "two", "ar"}
    assert "more trips at weekends" in inside["two"]


def test_no_reports_and_reports_without_words_make_no_statement(passes: Encoder) -> None:
    assert align(read(passes)).statements == ()
    assert align(tell(passes, {"empty": "", "marks": "…\n***"})).statements == ()
