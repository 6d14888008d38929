"""Languages by their names in the reader's own."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from khabar.lang.loader import load_languages
from khabar.show.wording import FALLBACK, OURS, voice


def tongue(code: str) -> str:
    """The name of a language for the reader; its own name or its code where there is none."""
    plain = code.partition("-")[0]
    row = _rows().get(plain)
    if row is not None:
        return row.get(voice().language, row[FALLBACK])
    pack = next((pack for pack in load_languages().all() if pack.code == plain), None)
    return pack.own_name if pack else code


def known_tongues() -> list[tuple[str, str]]:
    """Code and name of every language that has a name, in the order of the names."""
    return sorted(((code, tongue(code)) for code in _rows()), key=lambda one: one[1])


@cache
def _rows() -> dict[str, dict[str, str]]:
    text = files(OURS).joinpath("words", "tongues.tsv").read_text(encoding="utf-8")
    head, *lines = [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")]
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in lines}
