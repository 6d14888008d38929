"""How well names are found, matched and read, for `khabar eval`."""

from __future__ import annotations

import json
from pathlib import Path

from evaluations.names import measure_names, measure_romanised, measure_spelling, reports
from evaluations.names.corpora import CORPORA
from evaluations.registry import Figure
from khabar.pipeline import open_encoder
from khabar.settings import Settings

FLOORS = json.loads((Path(__file__).resolve().parent / "floors.json").read_text("utf-8"))
LANGUAGES = {"ar_latin": "ar", "fa_latin": "fa", "google": "ar", "ar_fa": "ar-fa", "latin": "en"}


def measure_spellings(shared: Path | None) -> list[Figure]:
    """How many spellings of a name are matched while one pair of strangers in a thousand is.

    Beside it a library, and equal consonants alone, whose share of wrong matches is higher than that.
    """
    assert shared is not None
    figures = []
    for name, row in measure_spelling.main(shared / "data/names").items():
        language, data = LANGUAGES.get(name, name), f"held-out pairs, {name}"
        floor, ours = FLOORS["spelling"].get(name), row["weights"]
        what = ("recall of spellings", data, ours, floor)
        figures.append(Figure("spelling", language, *what, "Jaro-Winkler", row["jaro_winkler"]))
        skeleton = f"consonants alone, {row['skeleton_false']:.4f} false"
        figures.append(Figure("spelling", language, *what, skeleton, row["skeleton"]))
    return figures


def measure_readings(shared: Path | None) -> list[Figure]:
    """How many names are romanised as people spell them, or one letter off."""
    assert shared is not None
    return [
        Figure("romanised", name.split()[0], key, f"{row['words']:,.0f} names, {name}", row[key], floor)
        for name, row in measure_romanised.main(shared / "data/names").items()
        for key, floor in FLOORS["romanised"][name].items()
    ]


def measure_reports(shared: Path | None) -> list[Figure]:
    """Precision and recall of names in constructed paragraphs."""
    encoder, found = open_encoder(Settings()), list[Figure]()
    for name, path in reports.SETS.items():
        floors = FLOORS["reports"][name]
        for (language, kind), one in reports.measure(reports.read_reports(path), encoder).items():
            data = f"{one.wanted} in the {name} set of paragraphs, constructed"
            low = floors.get(f"{language} {kind}", (None, None))
            for metric, value, floor in (
                ("precision", one.precision, low[0]),
                ("recall", one.recall, low[1]),
            ):
                found.append(Figure("names", language, f"{metric} of {kind}", data, value, floor))
    return found


def measure_tagging(shared: Path | None) -> list[Figure]:
    """F1 of exact spans of names by corpus, in sentences that the tagger has not seen."""
    assert shared is not None
    encoder, found = open_encoder(Settings()), []
    for corpus in (corpus for corpus in CORPORA if corpus.name in measure_names.MEASURED):
        texts = measure_names.held_out(corpus, shared / "data/ner")[-FLOORS["sentences"] :]
        data, floors = f"{len(texts)} sentences of {corpus.name}", FLOORS["tagging"].get(corpus.name, {})
        for kind, value in measure_names.measure(encoder, corpus, texts).items():
            found.append(Figure("names", corpus.language, f"F1 of {kind}", data, value, floors.get(kind)))
    return found
