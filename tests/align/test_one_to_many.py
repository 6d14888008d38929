"""A sentence that others tell in two has its cell in both rows, and who tells a part is marked so."""

from __future__ import annotations

import pytest

from constructed import align, read, write_report
from khabar.encode.types import Encoder
from khabar.model.story import Coverage, Statement

# "en" tells in one sentence what "ar" and "fa" tell in two; "second" tells only the half of it.
MERGED_IN_ENGLISH = {
    "en": """Governor opens the tunnel under Mount Sarin
The governor opened the tunnel under Mount Sarin and fined the builder two million dinars for the delay.
Lorries may use the old pass until October.""",
    "ar": """وقال سكان إن الغبار غطى الحدائق.
افتتح المحافظ النفق الجديد تحت جبل سارين صباح الأحد.
وفرض غرامة قدرها مليونا دينار على شركة البناء بسبب التأخير.""",
    "fa": """استاندار تونل زیر کوه سارین را گشود.
شرکت سازنده به دلیل تأخیر دو میلیون دینار جریمه شد.
کامیون‌ها تا مهر می‌توانند از گردنه قدیمی بگذرند.""",
    "second": """The builder of the tunnel was fined two million dinars because it was late.
A concert was held in the evening.""",
}
MERGED_IN_ARABIC = {
    "ar": """أضرب المعلمون في ثلاث مدن وطالبوا بزيادة رواتبهم بنسبة عشرة في المئة.
وأعلن الوزير أنه سيستقبل وفدا منهم يوم الثلاثاء.""",
    "en": """Teachers went on strike in three cities.
They demanded that their salaries be raised by ten per cent.
The minister said he would receive a delegation on Tuesday.""",
    "fa": """آموزگاران سه شهر دست از کار کشیدند.
آنان خواستار افزایش ده درصدی دستمزد خود شدند.
باران کشتزارها را سیراب کرد.""",
}
MERGED_IN_PERSIAN = {
    "fa": """دادگاه شهر دو قاچاقچی را به پنج سال زندان محکوم کرد و کشتی آنان را به موزه دریایی بخشید.
باران تابستانی به باغ‌ها آسیب زد.""",
    "en": """The city court sentenced two smugglers to five years in prison.
It gave their ship to the maritime museum.
The bakers of the old quarter elected a new chairman.""",
    "ar": """حكمت محكمة المدينة على مهربين اثنين بالسجن خمس سنوات.
ومنحت سفينتهما إلى المتحف البحري.
وافتتح سوق السمك أبوابه كالمعتاد.""",
}


def statements(encoder: Encoder, reports: dict[str, str], titled: bool = False) -> tuple[Statement, ...]:
    written = (write_report(name, text, titled and name == "en") for name, text in reports.items())
    return align(read(encoder, *written)).statements


def row_with(found: tuple[Statement, ...], report: str, words: str) -> Statement:
    rows = [
        one
        for one in found
        if any(a.excerpt.article == report and words in a.excerpt.text for a in one.attestations)
        and len({a.excerpt.article for a in one.attestations}) > 1
    ]
    assert len(rows) == 1, [one.text for one in rows]
    return rows[0]


def makers(statement: Statement) -> set[str]:
    return {one.excerpt.article for one in statement.attestations}


@pytest.mark.parametrize(
    ("reports", "first", "second", "whole"),
    [
        (MERGED_IN_ENGLISH, ("ar", "افتتح المحافظ"), ("ar", "غرامة"), "en"),
        (MERGED_IN_ARABIC, ("en", "went on strike"), ("en", "salaries"), "ar"),
        (MERGED_IN_PERSIAN, ("ar", "حكمت محكمة"), ("ar", "المتحف البحري"), "fa"),
    ],
    ids=["en", "ar", "fa"],
)
def test_one_sentence_has_its_cell_in_both_rows(
    passes: Encoder, reports: dict[str, str], first: tuple[str, str], second: tuple[str, str], whole: str
) -> None:
    found = statements(passes, reports)
    rows = [row_with(found, *first), row_with(found, *second)]
    assert rows[0].id != rows[1].id
    for row in rows:
        assert {"ar", "en", "fa"} <= makers(row)
        assert all(one.votes for one in row.attestations)
        (own,) = [one for one in row.attestations if one.excerpt.article == whole]
        assert own.excerpt.text in reports[whole]


def test_who_tells_only_the_half_stands_in_one_row(passes: Encoder) -> None:
    found = statements(passes, MERGED_IN_ENGLISH)
    assert "second" in makers(row_with(found, "ar", "غرامة"))
    assert "second" not in makers(row_with(found, "ar", "افتتح المحافظ"))


def test_a_telling_that_leaves_much_out_is_marked_as_a_part(passes: Encoder) -> None:
    full = "The council of Dorsan will close the fish market by the old harbour for six weeks in autumn"
    found = statements(
        passes,
        {
            "en": f"{full} to renew its roof and drains.\nSnow fell on the hills.",
            "ar": "يغلق مجلس دورسان سوق السمك قرب الميناء القديم ستة أسابيع في الخريف لتجديد سقفه ومجاريه.\n"
            "وهبت رياح قوية على السهل.",
            "short": "The fish market of Dorsan will close.\nThe harvest was poor.",
        },
    )
    row = row_with(found, "short", "fish market")
    coverage = {one.excerpt.article: one.coverage for one in row.attestations}
    assert coverage == {"en": Coverage.WHOLE, "ar": Coverage.WHOLE, "short": Coverage.PART}


def test_what_nobody_else_says_is_kept(passes: Encoder) -> None:
    found = statements(passes, MERGED_IN_ENGLISH)
    alone = {one.text for one in found if len(makers(one)) == 1}
    assert {"وقال سكان إن الغبار غطى الحدائق", "A concert was held in the evening"} <= alone


def test_a_title_stands_in_the_row_of_what_it_tells_in_short(passes: Encoder) -> None:
    found = statements(passes, MERGED_IN_ENGLISH, titled=True)
    row = row_with(found, "ar", "افتتح المحافظ")
    titled = [one for one in row.attestations if one.excerpt.text.startswith("Governor opens")]
    assert [one.reason for one in titled] == ["The title of this report says it in short."]
    assert not row.text.startswith("Governor opens")
