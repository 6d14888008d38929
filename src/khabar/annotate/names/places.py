"""Names of places without the word for what kind of place they are: Nilan province is Nilan."""

from __future__ import annotations

from functools import lru_cache

from khabar.lang.lexicons import lexicon


@lru_cache(maxsize=20_000)
def without_noun(name: str, language: str) -> str:
    """The name without a noun of places at its front or end; one that is nothing else stays as it is."""
    for hit in lexicon(language, "place_nouns").find(name):
        before, after = name[: hit.span.start - len(hit.prefix)].strip(), name[hit.span.end :].strip()
        if hit.row.meaning == "before" and not before and after:
            return after
        if hit.row.meaning == "after" and not after and before:
            return before
    return name
