"""What each language pack has, and how well it was measured to work; what was not measured is said."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, Final

from rich.console import Console

from khabar.lang import Languages, Pack, load_languages

Data = dict[str, Any]

# an ability and the tables that it needs
NEEDS: Final[dict[str, tuple[str, ...]]] = {
    "dates": ("months", "weekdays", "day_words"),
    "numbers": ("number_words", "units"),
    "quotations": ("reporting_verbs", "quote_marks"),
    "attribution": ("attribution",),
    "titles": ("titles",),
    "places": ("places_words",),
    "negation": ("negation", "polarity"),
    "strength": ("hedges",),
    "clauses": ("clause_marks",),
    "clutter": ("boilerplate",),
}
# what khabar does in any language, with or without a pack
ALWAYS: Final = ("language", "sentences", "stories", "statements", "differences")


def abilities(known: Languages | None = None, measured: Data | None = None) -> list[Data]:
    """Per language: its tables, what they allow, what is absent, and every figure that was measured.

    Errors: LanguageDataError when a pack is broken.
    """
    figures = read_measured() if measured is None else measured
    packs = (known or load_languages()).all()
    codes = {pack.code for pack in packs}
    without = [_language(code, None, figures[code]) for code in sorted(set(figures) - codes)]
    return [_language(pack.code, pack, figures.get(pack.code, [])) for pack in packs] + without


def read_measured() -> Data:
    """The shipped figures: language to a list of {task, metric, value, data}, written by the evaluations."""
    found: Data = json.loads(files("khabar.lang").joinpath("measured.json").read_text(encoding="utf-8"))
    return found


def _language(code: str, pack: Pack | None, figures: list[Data]) -> Data:
    tables = {} if pack is None else {name: len(rows) for name, rows in pack.tables.items() if rows}
    has = {ability: all(table in tables for table in needed) for ability, needed in NEEDS.items()}
    tasks = {figure["task"] for figure in figures}
    return {
        "code": code,
        "name": code if pack is None else pack.name,
        "own_name": "" if pack is None else pack.own_name,
        "direction": None if pack is None else pack.direction,
        "calendars": [] if pack is None else [str(calendar) for calendar in pack.calendars],
        "tables": tables,
        "abilities": has,
        "measured": figures,
        "not_measured": [
            task for task in (*ALWAYS, *(name for name in NEEDS if has[name])) if task not in tasks
        ],
    }


def show_abilities(found: list[Data], console: Console) -> None:
    """Writes the list to the console, one paragraph per language."""
    from khabar.show.bidi import kept_together, orders_itself  # noqa: PLC0415
    from khabar.show.grid import Setter  # noqa: PLC0415

    setter = Setter(orders_itself(console._environ, console.is_terminal))

    def line(text: str, style: str = "", indent: int = 4) -> None:
        for at, part in enumerate(setter.ours(text, max(20, console.width - indent - 2))):
            space = " " * (indent + (2 if at else 0))
            console.print(space + part.shown, style=style, highlight=False, markup=False, soft_wrap=True)

    for one in found:
        own = f" ({kept_together(one['own_name'])})" if one["own_name"] else " (no language pack)"
        line(f"{one['code']} {one['name']}{own}", "bold", 0)
        has = [name for name, there in one["abilities"].items() if there]
        absent = [name for name, there in one["abilities"].items() if not there]
        line(f"has: {', '.join([*ALWAYS, *has])}")
        if absent:
            line(f"absent: {', '.join(absent)}", "dim")
        for figure in one["measured"]:
            line(f"measured: {figure['task']}, {figure['metric']} {figure['value']} ({figure['data']})")
        if one["not_measured"]:
            line(f"not measured: {', '.join(one['not_measured'])}", "dim")
    line("Any other language passes through: its reports are compared by meaning, names and numbers;", "", 0)
    line("what needs a table is reported absent, not guessed.", "", 0)
