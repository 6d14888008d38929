"""Each kind of difference is found where it is, and not where two tellings only say it in another way."""

from __future__ import annotations

import pytest

from constructed import differences
from khabar.encode.types import Encoder
from khabar.model.story import DifferenceKind

Sides = list[tuple[str, str | None]]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (
            "The fire in the old market killed 14 people and injured 30.",
            "The fire in the old market killed 11 people and injured 30.",
            [("14", "11")],
        ),
        (
            "The fire in the old market killed 14 people and injured 30.",
            "أدى الحريق في السوق القديم إلى مقتل 11 شخصا وإصابة 30 آخرين.",
            [("14", "11")],
        ),
        (
            "در آتش‌سوزی بازار قدیم ۱۴ نفر جان باختند.",
            "أدى الحريق في السوق القديم إلى مقتل 11 شخصا.",
            [("۱۴", "11")],
        ),
        (
            "About 2,000 workers left the shipyard after the fire on Sunday.",
            "About two thousand workers left the shipyard after the fire on Sunday.",
            [],
        ),
        (
            "About two thousand workers left the shipyard after the fire on Sunday.",
            "حدود دو هزار کارگر پس از آتش‌سوزی روز یکشنبه کارخانه کشتی‌سازی را ترک کردند.",
            [],
        ),
        (
            "غادر نحو ألفي عامل حوض السفن بعد الحريق يوم الأحد.",
            "حدود ۲۰۰۰ کارگر پس از آتش‌سوزی روز یکشنبه کارخانه کشتی‌سازی را ترک کردند.",
            [],
        ),
    ],
)
def test_numbers_differ_by_value_and_not_by_writing(passes: Encoder, a: str, b: str, expected: Sides) -> None:
    assert differences(passes, DifferenceKind.NUMBER, a, b) == expected


@pytest.mark.parametrize(
    ("b", "expected"),
    [
        ("دو وزیر توافق ماهیگیری را در ۱۸ تیر ۱۳۹۹ در مرسی امضا کردند.", []),
        ("وقع الوزيران اتفاق الصيد في المرسى في 8 تموز 2020.", []),
        ("وقع الوزيران اتفاق الصيد في المرسى في 10 تموز 2020.", [("8 July 2020", "10 تموز 2020")]),
        (
            "دو وزیر توافق ماهیگیری را در ۲۰ تیر ۱۳۹۹ در مرسی امضا کردند.",
            [("8 July 2020", "۲۰ تیر ۱۳۹۹")],
        ),
    ],
)
def test_days_differ_across_calendars_only_when_they_are_two(
    passes: Encoder, b: str, expected: Sides
) -> None:
    a = "The two ministers signed the fishing accord in Marsa on 8 July 2020."
    assert differences(passes, DifferenceKind.DATE, a, b) == expected


@pytest.mark.parametrize(
    ("b", "expected"),
    [
        ("وقع الوزيران اتفاق الصيد في المرسى يوم السبت.", [("Sunday", "السبت")]),
        ("وقع الوزيران اتفاق الصيد في المرسى يوم الأحد.", []),
        ("دو وزیر توافق ماهیگیری را روز شنبه در مرسی امضا کردند.", [("Sunday", "شنبه")]),
        # the 8th of July 2020 was a Wednesday
        ("وقع الوزيران اتفاق الصيد في المرسى في 8 تموز 2020.", [("Sunday", "8 تموز 2020")]),
    ],
)
def test_weekdays_differ_where_no_week_is_known(passes: Encoder, b: str, expected: Sides) -> None:
    a = "The two ministers signed the fishing accord in Marsa on Sunday."
    assert differences(passes, DifferenceKind.DATE, a, b) == expected


@pytest.mark.parametrize(
    ("b", "expected"),
    [
        ("افتتح الوزير كريم حداد الجسر الجديد على النهر يوم الأحد.", []),
        ("وزیر کریم حداد روز یکشنبه پل تازه را روی رودخانه افتتاح کرد.", []),
        (
            "Minister Sami Mansour opened the new bridge over the river on Sunday.",
            [("Karim Haddad", "Sami Mansour")],
        ),
        (
            "افتتح الوزير سامي منصور يوم الأحد الجسر الجديد على النهر.",
            [("Karim Haddad", "سامي منصور")],
        ),
    ],
)
def test_a_person_is_the_same_in_every_script(passes: Encoder, b: str, expected: Sides) -> None:
    a = "Minister Karim Haddad opened the new bridge over the river on Sunday."
    assert differences(passes, DifferenceKind.NAME, a, b) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        # one rank of three armies
        (
            "سرلشکر کریم حداد گفت که ارتش از پاسگاه‌های مرزی جدید محافظت خواهد کرد.",
            "قال اللواء كريم حداد إن الجيش سيحرس المخافر الحدودية الجديدة.",
            [],
        ),
        (
            "Major General Karim Haddad said that the army would guard the new border posts.",
            "قال اللواء كريم حداد إن الجيش سيحرس المخافر الحدودية الجديدة.",
            [],
        ),
        (
            "سرلشکر کریم حداد گفت که ارتش از پاسگاه‌های مرزی جدید محافظت خواهد کرد.",
            "قال العميد كريم حداد إن الجيش سيحرس المخافر الحدودية الجديدة.",
            [("سرلشکر", "العميد")],
        ),
        (
            "Colonel Karim Haddad said that the army would guard the new border posts.",
            "General Karim Haddad said that the army would guard the new border posts.",
            [("Colonel", "General")],
        ),
        # the one only says less
        (
            "Defence Minister Karim Haddad said that the army would guard the border posts.",
            "Minister Karim Haddad said that the army would guard the border posts.",
            [],
        ),
        # a rank and an office can be held at once
        (
            "Defence Minister Karim Haddad said that the army would guard the border posts.",
            "General Karim Haddad said that the army would guard the border posts.",
            [],
        ),
        # the same rank, in short
        (
            "Maj. Gen. Karim Haddad said that the army would guard the border posts.",
            "Major General Karim Haddad said that the army would guard the border posts.",
            [],
        ),
        # one word for all who lead is no other office
        (
            "President Karim Haddad said that the traders would keep their shops closed.",
            "قال الرئيس كريم حداد إن التجار سيبقون متاجرهم مغلقة.",
            [],
        ),
        (
            "Commander Karim Haddad said that the police would guard the border posts.",
            "Chief Karim Haddad said that the police would guard the border posts.",
            [],
        ),
    ],
)
def test_titles_differ_by_rank_and_not_by_language(passes: Encoder, a: str, b: str, expected: Sides) -> None:
    assert differences(passes, DifferenceKind.TITLE, a, b) == expected


DAMAGED = "The ministry confirmed that the dam was damaged by the flood last week."
INTACT = "The ministry confirmed that the dam was not damaged by the flood last week."


@pytest.mark.parametrize(
    ("a", "b", "found"),
    [
        (DAMAGED, INTACT, True),
        ("أكدت الوزارة أن السد تضرر بسبب الفيضان الأسبوع الماضي.", INTACT, True),
        ("وزارت تأیید کرد که سد هفته گذشته بر اثر سیل آسیب دید.", INTACT, True),
        ("The ministry denied that the dam was damaged by the flood last week.", DAMAGED, True),
        ("نفت الوزارة أن السد تضرر بسبب الفيضان الأسبوع الماضي.", DAMAGED, True),
        ("أكدت الوزارة أن السد لم يتضرر بسبب الفيضان الأسبوع الماضي.", INTACT, False),
        ("وزارت تأیید کرد که سد هفته گذشته بر اثر سیل آسیب ندید.", INTACT, False),
        ("نفت الوزارة أن السد تضرر بسبب الفيضان الأسبوع الماضي.", INTACT, False),
        ("أكدت الوزارة أن السد تضرر بسبب الفيضان الأسبوع الماضي.", DAMAGED, False),
    ],
)
def test_a_denial_stands_against_what_is_not_denied(passes: Encoder, a: str, b: str, found: bool) -> None:
    assert bool(differences(passes, DifferenceKind.POLARITY, a, b)) is found


WILL = "The company will build two new ships for the navy in the northern yard."


@pytest.mark.parametrize(
    ("a", "b", "found"),
    [
        (WILL, "The company promised to build two new ships for the navy in the northern yard.", True),
        (WILL, "وعدت الشركة ببناء سفينتين جديدتين للبحرية في الحوض الشمالي.", True),
        (WILL, "شرکت ممکن است دو کشتی تازه برای نیروی دریایی در کارگاه شمالی بسازد.", True),
        (WILL, "ستبني الشركة سفينتين جديدتين للبحرية في الحوض الشمالي.", False),
        (WILL, "شرکت دو کشتی تازه برای نیروی دریایی در کارگاه شمالی خواهد ساخت.", False),
        (
            "The factory may build two new ships for the navy in the northern yard.",
            "قد يبني المصنع سفينتين جديدتين للبحرية في الحوض الشمالي.",
            False,
        ),
    ],
)
def test_a_promise_is_weaker_than_what_will_be(passes: Encoder, a: str, b: str, found: bool) -> None:
    assert bool(differences(passes, DifferenceKind.STRENGTH, a, b)) is found


@pytest.mark.parametrize(
    ("b", "expected"),
    [
        (
            "Sami Mansour said that the harbour would stay closed until the end of the month.",
            [("Karim Haddad", "Sami Mansour")],
        ),
        ("قال سامي منصور إن الميناء سيبقى مغلقا حتى نهاية الشهر.", [("Karim Haddad", "سامي منصور")]),
        ("قال كريم حداد إن الميناء سيبقى مغلقا حتى نهاية الشهر.", []),
        ("کریم حداد گفت که بندر تا پایان ماه بسته خواهد ماند.", []),
        ("The harbour will stay closed until the end of the month.", []),  # names nobody
    ],
)
def test_who_said_it_differs_only_between_two_who_are_named(passes: Encoder, b: str, expected: Sides) -> None:
    a = "Karim Haddad said that the harbour would stay closed until the end of the month."
    assert differences(passes, DifferenceKind.ATTRIBUTION, a, b) == expected


LONG = "The council approved the plan for the new harbour after a long debate that lasted until the evening."
SHORT = "The council approved the plan for the new harbour."


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (SHORT, [("after a long debate that lasted until the evening", None)]),
        (LONG, []),
        (f"{LONG} It was the second plan.", []),
        (f"{SHORT}\nThe long debate about it lasted until the evening.", []),  # told elsewhere
    ],
)
def test_what_a_report_tells_nowhere_is_left_out(passes: Encoder, other: str, expected: Sides) -> None:
    assert differences(passes, DifferenceKind.OMISSION, LONG, other) == expected


PARTNER = "The president praised the country as a strong partner of the union in the fight against smuggling."


@pytest.mark.parametrize(
    ("b", "found"),
    [
        (
            "The president praised the country as a partner of other powers in the fight against smuggling.",
            True,
        ),
        (PARTNER, False),
        (
            "The president praised the nation as a strong partner of the union in fighting smugglers.",
            False,
        ),
    ],
)
def test_words_in_the_same_place_differ_when_they_mean_another_thing(
    passes: Encoder, b: str, found: bool
) -> None:
    sides = [
        side
        for kind in (DifferenceKind.DETAIL, DifferenceKind.WORDING)
        for side in differences(passes, kind, PARTNER, b)
    ]
    assert bool(sides) is found
    assert all("strong" in here and "powers" in str(there) for here, there in sides)
