"""What other people's test sentences ask for that khabar reads too: parstdex (fa) and Recognizers-Text (ar).

    python -m evaluations.dates.others SHARED_FOLDER

Neither is a set of dates in news. parstdex marks times, durations and repeated times as well ("every other
night"), without values. Recognizers-Text was translated from English line by line; its Arabic is uneven, it
wants durations, holidays and months without a year too. So the figures say where khabar reads less, not how
well it does on news.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from khabar.annotate.date_values import days_of
from khabar.annotate.dates import find_dates
from khabar.lang.loader import load_languages


@dataclass(frozen=True, slots=True)
class Counts:
    """Places wanted, those that were found, and those whose value is right where values are given."""

    wanted: int = 0
    found: int = 0
    right: int = 0


def parstdex(shared: Path) -> Counts:
    """How many of the marked places khabar finds a date in."""
    wanted = found = 0
    for row in json.loads((shared / "data/dates/parstdex_fa.json").read_text("utf-8")):
        spans = json.loads(row["expected"] or "[]")
        mentions = find_dates(row["test_input"], ["fa"], load_languages(), date(2022, 1, 1))
        wanted += len(spans)
        found += sum(any(m.span.start < end and start < m.span.end for m in mentions) for start, end in spans)
    return Counts(wanted, found)


def recognizers(shared: Path, name: str) -> Counts:
    """Values of one file of Recognizers-Text: right where khabar's is that of the past or of the future."""
    rows = json.loads((shared / f"data/dates/recognizers_ar/{name}.json").read_text("utf-8-sig"))
    wanted = found = right = 0
    for row in rows:
        told = row.get("Context", {}).get("ReferenceDateTime", "2016-11-07")
        values = {value for result in row["Results"] for value in _values(result)}
        if not values:
            continue
        mentions = find_dates(row["Input"], ["ar"], load_languages(), date.fromisoformat(told[:10]))
        wanted += 1
        found += bool(mentions)
        right += any(m.value and _days(m.value) in values for m in mentions)
    return Counts(wanted, found, right)


def _values(result: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The days of a result: the first and the last one; a period ends before its own last day."""
    given = result.get("Value")
    for side in ("PastResolution", "FutureResolution") if isinstance(given, dict) else ():
        told = given.get(side, {})
        if "date" in told:
            yield told["date"], told["date"]
        if "startDate" in told and "endDate" in told:
            last = date.fromordinal(date.fromisoformat(told["endDate"]).toordinal() - 1)
            yield told["startDate"], last.isoformat()
            yield told["startDate"], told["endDate"]


def _days(value: str) -> tuple[str, str] | None:
    days = days_of(value)
    return (days[0].isoformat(), days[1].isoformat()) if days else None


def main() -> None:
    shared = Path(sys.argv[1])
    counts = parstdex(shared)
    print(f"parstdex: a date found in {counts.found} of {counts.wanted} marked places")
    for name in ("DateParser", "DatePeriodParser"):
        counts = recognizers(shared, name)
        told = f"{counts.right} of {counts.wanted} values right, a date found in {counts.found}"
        print(f"Recognizers-Text {name}: {told}")


if __name__ == "__main__":
    main()
