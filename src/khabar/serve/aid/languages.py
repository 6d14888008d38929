"""What translators call languages."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def english_name(code: str) -> str:
    """The English name, which language models know best; the code itself where there is none."""
    row = _rows().get(code.partition("-")[0])
    return row[0] if row else code


def flores_code(code: str) -> str | None:
    """The code of NLLB, "arb_Arab"; None where the table has none."""
    row = _rows().get(code.partition("-")[0])
    return row[1] if row else None


@cache
def _rows() -> dict[str, tuple[str, str]]:
    text = files("khabar.serve.aid").joinpath("languages.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")]
    return {code: (name, flores) for code, name, flores in rows}
