"""The sentences in which grouping gives its reasons, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from khabar.errors import LanguageDataError

FALLBACK = "en"


@cache
def sentences_in(language: str) -> Mapping[str, str]:
    """The sentences by key; in English where no table has been written for the language.

    Errors: LanguageDataError where a table lacks a sentence that the English one has.
    """
    code = language.partition("-")[0]
    file = files("khabar.group").joinpath("wording", f"{code}.tsv")
    if not file.is_file():
        return sentences_in(FALLBACK)
    lines = file.read_text(encoding="utf-8").split("\n")
    rows = (line.split("\t", 1) for line in lines if line and not line.startswith("#"))
    found = dict(row for row in rows if len(row) == 2)
    missing = set() if code == FALLBACK else sentences_in(FALLBACK).keys() - found.keys()
    if missing:
        raise LanguageDataError(f"wording/{code}.tsv lacks {', '.join(sorted(missing))}")
    return found


def interface_languages() -> tuple[str, ...]:
    """The languages that have a table."""
    folder = files("khabar.group").joinpath("wording")
    return tuple(
        sorted(file.name.removesuffix(".tsv") for file in folder.iterdir() if file.name.endswith(".tsv"))
    )
