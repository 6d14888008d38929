"""Made-up reports of made-up events, as many as wanted: news in small, with its copies and translations.

    python benchmarks/events.py 12          prints so many

What is told is filled into the lines of `events.toml` with places and agencies of the gazetteer and months of
the language tables. The shares below are assumptions about a stream of news, not counts of one.
"""

from __future__ import annotations

import json
import random
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

from khabar.annotate.names.gazetteer import entries
from khabar.library.shelves import article_id

LANGUAGES = ("ar", "fa", "en")
FIRST_DAY = date(2024, 1, 1)
A_DAY = 4.0  # reports
IN_ARCHIVE = 100
ALONE = 0.5  # of the events have one report; the sizes of the others fall off as 1 / size ** 2
MOST_OF_EVENT = 60
GIANT = 0.01  # of all reports tell one event
LOOKALIKE = 0.15  # of the events repeat facts, kind and place of an earlier one: other day, person, numbers
# Of the reports after the first of an event:
SAME = 0.03  # the very same text at another place
COPY = 0.25  # the text of an earlier report less a line, with a line of its own
TRANSLATION = 0.12  # the lines of an earlier report in another language
ELSEWHERE = 0.3  # of the others are in another language than the first
OTHER_NUMBER = 0.15  # of the others give another number
FACTS = 5  # of an event; a report tells four
CLAUSES = 3  # of a sentence: short ones are too like each other to stand for news
_STOPS = {"en": "; ", "ar": "؛ ", "fa": "؛ "}
_DIGITS = {"fa": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")}
_NOT_ARABIC, _NOT_PERSIAN = set("پچژگکیەۇێۆڕڵھےٹڈںېۍټځڅړږښڼ"), set("كيةىأإەۇێۆڕڵھےٹڈںېۍټځڅړږښڼ")


@dataclass(frozen=True, slots=True)
class Event:
    """What happened: places in the tables, the same for every language."""

    kind: int
    thing: int
    place: int
    other: int
    given: int
    family: int
    office: int
    org: int
    n: int
    m: int
    k: int
    day: date
    language: str
    facts: tuple[tuple[int, int, int], ...]  # who did what to what


@dataclass(frozen=True, slots=True)
class Spec:
    """A report before it is written: which event, on which day, in which language, which lines."""

    event: int
    day: date
    how: str  # first, own, copy, same or translation
    language: str
    facts: tuple[tuple[int, int], ...]  # which line tells which fact of the event
    lines: tuple[int, ...]  # of the kind
    common: tuple[int, ...]
    n: int


@dataclass(frozen=True, slots=True)
class Report:
    """A report with what is known of it: its event, and how it came about."""

    text: str
    day: date
    language: str
    event: int
    how: str


def tell(count: int, seed: int = 1, a_day: float = A_DAY) -> Iterator[Report]:
    """So many reports in the order of their days; the same for the same count and seed."""
    chance = random.Random(seed)
    events: list[Event] = []
    specs: list[Spec] = []
    days = max(1, round(count / a_day))
    giant = max(1, int(GIANT * count))
    while len(specs) < count:
        events.append(_event(chance, events, days))
        size = giant if len(events) == 3 else _size(chance)
        specs += _reports(len(events) - 1, events[-1], min(size, count - len(specs)), chance)
    order = sorted(range(count), key=lambda at: (specs[at].day, chance.random()))
    for at in order:
        spec = specs[at]
        yield Report(_write(events[spec.event], spec), spec.day, spec.language, spec.event, spec.how)


def _size(chance: random.Random) -> int:
    return 1 if chance.random() < ALONE else min(MOST_OF_EVENT, 1 + int(1 / (1 - chance.random())))


def _event(chance: random.Random, before: list[Event], days: int) -> Event:
    tables = _tables()
    day = FIRST_DAY + timedelta(days=chance.randrange(days))
    person = {"given": chance.randrange(16), "family": chance.randrange(24), "office": chance.randrange(10)}
    numbers = {"n": chance.randint(12, 980), "m": chance.randint(11, 59), "k": chance.randint(3, 10)}
    if before and chance.random() < LOOKALIKE:
        return replace(chance.choice(before), day=day, **person, **numbers)
    return Event(
        chance.randrange(len(tables["kind"])),
        chance.randrange(6),
        *chance.sample(range(len(_places())), 2),
        org=chance.randrange(len(_agencies())),
        day=day,
        language=chance.choice(LANGUAGES),
        facts=tuple(tuple(chance.randrange(size) for size in _facts_of()) for _ in range(FACTS)),  # type: ignore[misc]
        **person,
        **numbers,
    )


def _reports(number: int, event: Event, size: int, chance: random.Random) -> list[Spec]:
    """The first report of an event and those after it."""
    told = [_own(number, event, event.language, "first", event.day, chance)]
    while len(told) < size:
        day = event.day + timedelta(days=min(3, int(chance.expovariate(1.2))))
        before, drawn = chance.choice(told), chance.random()
        if drawn < SAME:
            told.append(replace(before, how="same", day=max(day, before.day)))
        elif drawn < SAME + COPY:
            common = (chance.randrange(8),)
            shorter = before.facts[:-1] if len(before.facts) > 4 else before.facts
            told.append(replace(before, how="copy", day=max(day, before.day), facts=shorter, common=common))
        elif drawn < SAME + COPY + TRANSLATION:
            language = chance.choice([one for one in LANGUAGES if one != before.language])
            told.append(replace(before, how="translation", day=max(day, before.day), language=language))
        else:
            language = chance.choice(LANGUAGES) if chance.random() < ELSEWHERE else event.language
            told.append(_own(number, event, language, "own", day, chance))
    return told


def _own(number: int, event: Event, language: str, how: str, day: date, chance: random.Random) -> Spec:
    others = chance.sample(range(1, FACTS), 3)
    facts = ((0, 0), (1, 0), *((chance.choice((2, 2, 3)), other) for other in others))
    lines = tuple(chance.sample(range(2, 6), 4))
    n = event.n + chance.randint(-9, 9) if chance.random() < OTHER_NUMBER else event.n
    return Spec(number, day, how, language, facts, lines, (chance.randrange(8),), n)


def _write(event: Event, spec: Spec) -> str:
    tables, language = _tables(), spec.language
    kind, people = tables["kind"][event.kind][language], tables["people"][language]
    day = f"{event.day.day} {_months(language)[event.day.month]}"
    if language != "fa":
        day += f" {event.day.year}"
    filled = {
        "day": day,
        "place": _places()[event.place][language],
        "other": _places()[event.other][language],
        "person": f"{people['given'][event.given]} {people['family'][event.family]}",
        "office": people["offices"][event.office],
        "thing": kind["things"][event.thing],
        "org": _agencies()[event.org][language],
        "n": spec.n,
        "m": event.m,
        "k": event.k,
    }
    title, lead, *facts = [_fact(line, event.facts[fact], language) for line, fact in spec.facts]
    lines = [kind["lines"][at] for at in spec.lines]
    lines += [tables["common"][language][at] for at in spec.common]
    clauses = [lead, *(one for both in zip_longest(lines, facts, fillvalue="") for one in both if one)]
    clauses = [line.format(**filled).rstrip(".") for line in clauses]
    long = [_STOPS[language].join(some) + "." for some in batched(clauses, CLAUSES)]
    text = "\n\n".join(_begun(line) for line in (title.format(**filled), *long))
    return text.translate(_DIGITS.get(language, {}))


def _fact(line: int, fact: tuple[int, int, int], language: str) -> str:
    """A line that tells a fact; the other slots are left as they are."""
    words = _tables()["facts"][language]
    subject, verb, thing = (
        words[name][at] for name, at in zip(("subjects", "verbs", "objects"), fact, strict=True)
    )
    told: str = words["lines"][line]
    return told.replace("{s}", subject).replace("{v}", verb).replace("{o}", thing)


def batched(clauses: list[str], size: int) -> Iterator[list[str]]:
    """So many at a time."""
    left = iter(clauses)
    while some := list(islice(left, size)):
        yield some


def _begun(line: str) -> str:
    return line[:1].upper() + line[1:]


def _facts_of() -> tuple[int, ...]:
    words = _tables()["facts"]["en"]
    return tuple(len(words[name]) for name in ("subjects", "verbs", "objects"))


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "events.toml").read_text(encoding="utf-8"))


@cache
def _months(language: str) -> dict[int, str]:
    """The first name of each Gregorian month."""
    found: dict[int, str] = {}
    table = files("khabar.lang").joinpath(language, "months.tsv").read_text(encoding="utf-8")
    for line in table.splitlines()[1:]:
        form, meaning = line.split("\t")[:2]
        calendar, number = meaning.split(":")
        if calendar == "gregorian":
            found.setdefault(int(number), form)
    return found


@cache
def _places() -> list[dict[str, str]]:
    return [
        found for entry in entries().values() if entry.id.startswith("city:") and (found := _forms(entry))
    ]


@cache
def _agencies() -> list[dict[str, str]]:
    return [
        found for entry in entries().values() if entry.id.startswith("outlet:") and (found := _forms(entry))
    ]


def _forms(entry: Any) -> dict[str, str] | None:
    """The name in each language; None where one is missing."""
    forms = [
        form for form in (entry.name, *entry.forms) if len(form) > 3 and "," not in form and "،" not in form
    ]
    arabic = [form for form in forms if "\u0600" <= form[0] <= "\u06ff"]
    by_language = {
        "en": next((form for form in forms if form[0].isascii()), None),
        "ar": next((form for form in arabic if not _NOT_ARABIC & set(form)), None),
        "fa": next((form for form in arabic if not _NOT_PERSIAN & set(form)), None),
    }
    return by_language if all(by_language.values()) else None  # type: ignore[return-value]


def write_archives(folder: Path, count: int, a_day: float = A_DAY) -> dict[str, int]:
    """The event of each of so many reports by its id; where the folder is missing, they are written there."""
    fresh = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    events: dict[str, int] = {}
    for number, report in enumerate(tell(count, a_day=a_day)):
        events.setdefault(article_id(report.text), report.event)
        if fresh:
            line = json.dumps({"text": report.text, "date": report.day.isoformat()}, ensure_ascii=False)
            with (folder / f"{number // IN_ARCHIVE:08}.jsonl").open("a", encoding="utf-8") as file:
                file.write(line + "\n")
    return events


if __name__ == "__main__":
    for report in tell(int(sys.argv[1])):
        print(f"--- {report.how} {report.language} event {report.event} {report.day}\n{report.text}\n")
