"""Which language each paragraph is written in, and whether a page carries its own translation."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from khabar.annotate.translation import find_translation
from khabar.model.article import Block
from khabar.model.span import Span

Identify = Callable[[str, str | None], str]  # text and the language of what stands around it -> code

_SURE_LETTERS = 40  # below this a paragraph is read with its neighbour in mind
_QUOTED_LETTERS = 160  # a language of which so little stands on the page is quoted, not written
_SAMPLE_CHARS = 1_000
_LETTER = re.compile(r"[^\W\d_]")


def paragraph_languages(text: str, body: Sequence[Span], identify: Identify) -> list[str]:
    """The language of each body paragraph. Short ones lean on the long one before (or after) them."""
    sizes = [_letters(span.of(text)[:_SAMPLE_CHARS]) for span in body]
    codes: list[str | None] = [None] * len(body)
    for at in sorted(range(len(body)), key=lambda at: (sizes[at] < _SURE_LETTERS, at)):
        hint = _neighbour(codes, at) if sizes[at] < _SURE_LETTERS else None
        codes[at] = identify(body[at].of(text)[:_SAMPLE_CHARS], hint)
    return _without_quotations([code or "und" for code in codes], sizes)


def _neighbour(codes: Sequence[str | None], at: int) -> str | None:
    """The language of the nearest paragraph that is known, those before first."""
    before = next((codes[n] for n in range(at - 1, -1, -1) if codes[n]), None)
    return before or next((codes[n] for n in range(at + 1, len(codes)) if codes[n]), None)


def _without_quotations(codes: list[str], sizes: Sequence[int]) -> list[str]:
    """The languages with a quoted paragraph in that of its neighbours, where all of its language is short."""
    written: Counter[str] = Counter()
    for code, size in zip(codes, sizes, strict=True):
        written[code] += size
    runs = [(code, list(places)) for code, places in groupby(range(len(codes)), key=codes.__getitem__)]
    for before, (code, places), after in zip(runs, runs[1:], runs[2:], strict=False):
        if before[0] == after[0] and written[code] <= _QUOTED_LETTERS:
            for at in places:
                codes[at] = before[0]
    return codes


def find_blocks(text: str, body: Sequence[Span], codes: Sequence[str]) -> tuple[Block, ...]:
    """Runs of paragraphs in one language, in order; those that tell the same twice are marked."""
    blocks: list[Block] = []
    for code, places in groupby(range(len(body)), key=codes.__getitem__):
        run = list(places)
        blocks.append(Block(Span(body[run[0]].start, body[run[-1]].end), code))
    twins = find_translation(text, body, codes)
    if twins is None:
        return tuple(blocks)
    pair, reason = twins
    return tuple(
        replace(block, translates=True, reason=reason) if block.language in pair else block
        for block in blocks
    )


def sentence_language(sentence: str, paragraph: str, code: str, identify: Identify) -> str:
    """The language of one sentence: its paragraph's, unless it is written in another script."""
    script = main_script(sentence)
    if script is None or script == main_script(paragraph[:_SAMPLE_CHARS]):
        return code
    return identify(sentence[:_SAMPLE_CHARS], None)


def main_script(text: str) -> str | None:
    """The script that most letters belong to, as Unicode names it; None without a letter."""
    scripts = Counter(map(_script, text))
    del scripts[None]
    return scripts.most_common(1)[0][0] if scripts else None


@lru_cache(maxsize=20_000)
def _script(char: str) -> str | None:
    return unicodedata.name(char, "?").partition(" ")[0] if char.isalpha() else None


def _letters(text: str) -> int:
    return len(_LETTER.findall(text))
