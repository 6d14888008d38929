"""Constructed reports: two events in several languages, and one alone. Nobody and nothing here is real."""

# ruff: noqa: E501  (a paragraph of a report is one line)
from __future__ import annotations

from pathlib import Path

BRIDGE_EN = """Tidewatch Courier

Minister Karim Daoudi opens Selmar bridge after nine years of work

12 May 2026

Transport Minister Karim Daoudi opened the Selmar bridge in the port town of Marzeh on Tuesday, nine years after work on it began.

The bridge is 1,340 metres long and cost 86 million dollars, Daoudi said at the ceremony.

Governor Leyla Harandi said that 14,000 vehicles would cross it every day.

The old ferry, which sank in 2017 with 23 people aboard, had been the only way over the river Selmar.
"""
BRIDGE_AR = """صدى المرافئ

الوزير كريم داودي يفتتح جسر سلمار بعد تسع سنوات من العمل

12 مايو 2026

افتتح وزير النقل كريم داودي يوم الثلاثاء جسر سلمار في بلدة مرزة الساحلية، بعد تسع سنوات من بدء العمل فيه.

وقال داودي خلال الحفل إن طول الجسر يبلغ 1340 مترا وإن كلفته بلغت 86 مليون دولار.

وقالت المحافظة ليلى هرندي إن 14000 مركبة ستعبره كل يوم.

وكانت العبارة القديمة التي غرقت عام 2017 وعلى متنها 23 شخصا الطريق الوحيد لعبور نهر سلمار.
"""
BRIDGE_FA = """پیک ساحل

وزیر راه کریم داودی پل سلمار را پس از نه سال افتتاح کرد

۲۲ اردیبهشت ۱۴۰۵

کریم داودی وزیر راه روز سه‌شنبه پل سلمار را در شهر بندری مرزه افتتاح کرد، نه سال پس از آغاز کار آن.

داودی در این مراسم گفت طول پل ۱۳۴۰ متر است و ۸۶ میلیون دلار هزینه داشته است.

لیلا هرندی استاندار گفت هر روز ۱۴۰۰۰ خودرو از آن عبور خواهند کرد.

کشتی قدیمی که در سال ۲۰۱۷ با ۲۳ نفر غرق شد تنها راه عبور از رود سلمار بود.
"""
STRIKE_EN = """Northern Ledger

Bakers of Tolvik end strike after pay deal

3 June 2026

Bakers in the city of Tolvik ended a strike of eleven days on Wednesday after the owners agreed to raise wages by 7 percent.

Union leader Oskar Brenning said that 640 bakers would return to work on Thursday.

Owners' spokeswoman Mirja Salonta called the deal expensive but fair.

© 2026 Northern Ledger
"""
STRIKE_AR = """منبر الشمال

خبازو تولفيك ينهون إضرابهم بعد اتفاق على الأجور

3 يونيو 2026

أنهى الخبازون في مدينة تولفيك يوم الأربعاء إضرابا استمر أحد عشر يوما بعد أن وافق أصحاب المخابز على رفع الأجور بنسبة 7 في المئة.

وقال زعيم النقابة أوسكار برينينغ إن 640 خبازا سيعودون إلى العمل يوم الخميس.

ووصفت المتحدثة باسم أصحاب المخابز ميريا سالونتا الاتفاق بأنه مكلف لكنه عادل.
"""
COMET_EN = """Skyward Notes

Amateur finds comet with home-made telescope

20 January 2026

Retired teacher Paolo Venchini found a new comet with a telescope that he had built in his garage, the observatory of Lumengo said.

The comet will be brightest in September.
"""
REPORTS = {
    "bridge_en.txt": BRIDGE_EN,
    "bridge_ar.txt": BRIDGE_AR,
    "bridge_fa.txt": BRIDGE_FA,
    "strike_en.txt": STRIKE_EN,
    "strike_ar.txt": STRIKE_AR,
    "comet_en.txt": COMET_EN,
}


def write_reports(folder: Path) -> Path:
    """The folder, with a file for each report and one that holds none."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "nothing.txt").write_text(" \n", encoding="utf-8")
    return folder


def tiny(number: int) -> str:
    """A report of two sentences, another for each number."""
    places = ("Arnov", "Belsted", "Corvane", "Dunmore Bay", "Eskila")
    goods = ("barley", "copper", "salt", "timber", "wool", "glass", "slate")
    return (
        f"Market note {number}\n\nThe market of {places[number % 5]} sold {100 + number} tonnes of "
        f"{goods[number % 7]} on Monday.\n\nTraders named no reason.\n"
    )
