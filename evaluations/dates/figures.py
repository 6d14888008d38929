"""How well dates are read, for `khabar eval`."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from evaluations.dates import rows, score
from evaluations.dates.calendars import hijri_agreement, jalali_agreement
from evaluations.dates.others import parstdex, recognizers
from evaluations.dates.peers import measure as measure_peers
from evaluations.registry import ALL, Figure

# The calendars are right on every day or broken, and so is a row of the language data.
EVERY_DAY = 1.0


def measure(shared: Path | None) -> list[Figure]:
    """Lines read exactly by language, beside other tools, and days on which calendars agree with others."""
    return [*_lines(), *_rows(), *_peers(), *_jalali(), *(_shared(shared) if shared else ())]


def _lines() -> list[Figure]:
    """The share of lines of which every date is read exactly."""
    shares, _wrong = score.measure()
    counts = Counter(case.language for case in score.read_cases())
    floors = json.loads(score.FLOORS.read_text("utf-8"))
    return [
        Figure(
            "dates",
            code,
            "lines exact",
            f"{counts[code] or counts.total()} lines, constructed",
            share,
            floors.get(code),
        )
        for code, share in shares.items()
    ]


def _rows() -> list[Figure]:
    """The share of rows that name a day or a month and are read so in their own example."""
    return [
        Figure("dates", code, "rows read", f"{total} rows of the language data", right / total, EVERY_DAY)
        for code, (right, total) in rows.measure()[0].items()
    ]


def _peers() -> list[Figure]:
    """The share of lines with one day of which the day is right, a row for each other tool that is here."""
    (_, own), *others = measure_peers()
    return [
        Figure(
            "dates",
            code,
            "day right",
            f"{own[code][1]} lines with one day, constructed",
            own[code][0] / own[code][1],
            None,
            f"{name} ({total} lines)",
            right / total,
        )
        for name, shares in others
        for code, (right, total) in shares.items()
    ]


def _jalali() -> list[Figure]:
    return [
        Figure(
            "dates", ALL, "Jalali days as in " + name, f"{days:,} days, 1300 to 1450", same / days, EVERY_DAY
        )
        for name, same, days in jalali_agreement()
    ]


def _shared(shared: Path) -> list[Figure]:
    found = [
        Figure("dates", ALL, "Umm al-Qura days as printed", f"{days:,} days, {name}", same / days, EVERY_DAY)
        for name, same, days in hijri_agreement(shared)
    ]
    marked = parstdex(shared)
    share, data = marked.found / marked.wanted, f"{marked.wanted} places, parstdex (times and durations too)"
    found.append(Figure("dates", "fa", "marked places found", data, share))
    for name in ("DateParser", "DatePeriodParser"):
        counts = recognizers(shared, name)
        data = f"{counts.wanted} lines, Recognizers-Text {name}"
        found.append(Figure("dates", "ar", "value right", data, counts.right / counts.wanted))
    return found
