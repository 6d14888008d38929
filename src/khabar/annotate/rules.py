"""Sentence rules as the language packs give them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from khabar.annotate.stops import ENDS, StopRules
from khabar.lang.loader import BASE, Languages, Same
from khabar.lang.schema import Pack

T = TypeVar("T")


def stop_rules(languages: Languages, code: str) -> StopRules:
    """The sentence rules of a language; one without a pack gets those of the base pack."""
    return _stop_rules(Same(languages), code)


@lru_cache(maxsize=512)
def _stop_rules(packs: Same, code: str) -> StopRules:
    pack, base = packs.languages.pack(code), packs.languages.packs[BASE]
    return StopRules(
        ends=ENDS + "".join(end for end in pack.sentence_ends if end not in ENDS),
        titles=_forms(pack, "abbreviations", _is_title) | _forms(base, "abbreviations", _is_title),
        abbreviations=_forms(pack, "abbreviations", lambda meaning: meaning == "word"),
        openers=_forms(pack, "sentence_openers", bool),
        months=_forms(pack, "months", bool),
        ordinal_stop=any(row.meaning == "ordinal" for row in pack.rows("abbreviations")),
    )


def _is_title(meaning: str) -> bool:
    return meaning == "title"


def _forms(pack: Pack, table: str, wanted: Callable[[str], bool]) -> frozenset[str]:
    return frozenset(row.form.lower().rstrip(".") for row in pack.rows(table) if wanted(row.meaning))
