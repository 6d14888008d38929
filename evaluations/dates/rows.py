"""Every row of the language data that names a day or a month, read in its own example.

python -m evaluations.dates.rows
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from khabar.annotate.dates import find_dates
from khabar.lang.loader import load_languages
from khabar.lang.schema import Pack, Row
from khabar.model.mentions import DateMention

TABLES = ("months", "weekdays", "day_words")
ANCHOR = date(2020, 7, 8)


def measure() -> tuple[dict[str, tuple[int, int]], list[tuple[str, str, Row]]]:
    """By language the rows that are read as what they mean and all rows, and those that are not."""
    right, total = Counter[str](), Counter[str]()
    wrong = []
    for pack in load_languages().all():
        for table in TABLES:
            for row in pack.rows(table):
                total[pack.code] += 1
                if is_read(pack, table, row):
                    right[pack.code] += 1
                else:
                    wrong.append((pack.code, table, row))
    return {code: (right[code], total[code]) for code in sorted(total)}, wrong


def is_read(pack: Pack, table: str, row: Row) -> bool:
    """Whether a date of the example has the row's calendar, weekday or distance."""
    found = find_dates(row.example, [pack.code], load_languages(), ANCHOR)
    return any(_means(mention, table, row.meaning) for mention in found)


def _means(mention: DateMention, table: str, meaning: str) -> bool:
    if table == "weekdays":
        return mention.weekday == int(meaning)
    if table == "day_words":
        day = date.fromordinal(ANCHOR.toordinal() + int(meaning))
        return mention.relative and mention.value == day.isoformat()
    return mention.calendar == meaning.partition(":")[0] and mention.value is not None


def main() -> None:
    shares, wrong = measure()
    for code, table, row in wrong:
        print(f"{code} {table}: {row.form} ({row.meaning}) in {row.example}")
    for code, (right, total) in shares.items():
        print(f"{code:4} {right} of {total}")


if __name__ == "__main__":
    main()
