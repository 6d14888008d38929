"""Texts that hold each other's words, found among very many, before anything is encoded.

Every run of words is looked up in sorted arrays, so nothing is guessed from a sketch unless that is asked
for. Memory is eight bytes for each run that is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from zlib import crc32

import numpy as np
import numpy.typing as npt

from khabar.lang.fold import Fold, folded_text

RUN_WORDS = 5
CONTAINMENT = 0.5
_BATCH = 512  # texts that are looked up together
_MOST_PLACES = 1_000  # texts in which one run is looked up; what stands in more is a stock phrase or one text
_MOST_HITS = 2_000_000  # held at a time while a batch is looked up
_NUMBER_BITS = 24  # of an entry; the other 40 are the run's
MOST_TEXTS = 1 << _NUMBER_BITS
# Thai, Lao, Burmese, Khmer, Chinese, Japanese: these part no words, so a letter is a word of its own.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")

Numbers = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """Two texts by their places in the input, `first` < `second`, and what they share.

    `containment` is the share of the shorter text's runs of words that stand in the other, 0 to 1; `shared`
    their number. Of a line or two a high share says little.
    """

    first: int
    second: int
    containment: float
    shared: int


def near_duplicates(
    texts: Iterable[str], containment: float = CONTAINMENT, one_in: int = 1
) -> Iterator[NearDuplicate]:
    """The pairs of texts of which one holds so much of the other; each pair once, soon after its second text.

    `texts` is read once and not kept. With `one_in` above 1 only that part of the runs is kept: memory falls
    in step, and containment is an estimate.
    """
    index = DuplicateIndex(containment, one_in)
    waiting = iter(texts)
    while batch := list(islice(waiting, _BATCH)):
        yield from index.add(batch)


class DuplicateIndex:
    """The runs of all texts so far. Sorted parts of growing size are merged, as in a log-structured tree.

    Source: O'Neil et al. 1996, The log-structured merge-tree; containment: Broder 1997.
    """

    def __init__(self, containment: float = CONTAINMENT, one_in: int = 1) -> None:
        self._from = containment
        self._one_in = one_in
        self._parts: list[Numbers] = []
        self._sizes = np.zeros(0, dtype=np.uint32)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, texts: Sequence[str]) -> list[NearDuplicate]:
        """The pairs that these texts make with earlier ones and with each other; they are kept.

        Errors: OverflowError at more than 16,777,216 texts.
        """
        first = self._count
        if first + len(texts) > MOST_TEXTS:
            raise OverflowError(f"an index holds {MOST_TEXTS:,} texts at most")
        runs = [_kept(runs_of(text), self._one_in) for text in texts]
        self._keep(runs, first)
        return list(self._pairs(runs, first))

    def _keep(self, runs: Sequence[Numbers], first: int) -> None:
        sizes = np.array([len(one) for one in runs], dtype=np.uint32)
        if self._count + len(runs) > len(self._sizes):
            self._sizes = np.resize(self._sizes, max(_BATCH, 2 * (self._count + len(runs))))
        self._sizes[self._count : self._count + len(runs)] = sizes
        self._count += len(runs)
        entries = [one | np.uint64(first + number) for number, one in enumerate(runs)]
        part = np.sort(np.concatenate([np.zeros(0, dtype=np.uint64), *entries]))
        while self._parts and len(self._parts[-1]) <= 2 * len(part):
            part = np.concatenate([self._parts.pop(), part])
            part.sort(kind="stable")  # two sorted halves: a merge
        self._parts.append(part)

    def _pairs(self, runs: Sequence[Numbers], first: int) -> Iterator[NearDuplicate]:
        for start, stop in _portions([len(one) for one in runs], _MOST_HITS // _MOST_PLACES):
            asked = np.concatenate([np.zeros(0, dtype=np.uint64), *runs[start:stop]])
            lengths = [len(one) for one in runs[start:stop]]
            own = np.repeat(np.arange(first + start, first + stop, dtype=np.uint64), lengths)
            hits = np.concatenate([_hits(part, asked, own) for part in self._parts])
            yield from self._told(*np.unique(hits, return_counts=True))

    def _told(self, pairs: Numbers, shared: npt.NDArray[np.intp]) -> Iterator[NearDuplicate]:
        second = (pairs >> np.uint64(_NUMBER_BITS)).astype(np.int64)
        first = (pairs & np.uint64(MOST_TEXTS - 1)).astype(np.int64)
        share = shared / np.minimum(self._sizes[first], self._sizes[second])
        for at in np.flatnonzero(share >= self._from):
            yield NearDuplicate(int(first[at]), int(second[at]), float(share[at]), int(shared[at]))


def _hits(part: Numbers, asked: Numbers, own: Numbers) -> Numbers:
    """For each asked run every earlier text of this part that has it, as one number with the asking text."""
    start = np.searchsorted(part, asked)
    stop = np.searchsorted(part, asked | own)  # only texts before this one
    counts = np.minimum(stop - start, _MOST_PLACES)
    before = np.repeat(np.cumsum(counts) - counts, counts)
    places = np.repeat(start, counts) + np.arange(counts.sum()) - before
    found = part[places] & np.uint64(MOST_TEXTS - 1)
    pairs: Numbers = (np.repeat(own, counts) << np.uint64(_NUMBER_BITS)) | found
    return pairs


def _portions(lengths: Sequence[int], most: int) -> Iterator[tuple[int, int]]:
    """Ranges of neighbours whose lengths together stay below `most`; one that is longer stands alone."""
    start, held = 0, 0
    for at, length in enumerate(lengths):
        if held and held + length > most:
            yield start, at
            start, held = at, 0
        held += length
    if start < len(lengths):
        yield start, len(lengths)


def runs_of(text: str) -> Numbers:
    """The different runs of five words of a folded text as sorted numbers, their last 24 bits empty.

    A text of fewer words is one run; one without words has none.
    """
    words = _WORD.findall(folded_text(text, Fold.SEARCH))
    if not words:
        return np.zeros(0, dtype=np.uint64)
    codes = np.fromiter((crc32(word.encode("utf-8", "surrogatepass")) for word in words), np.uint64)
    length = min(RUN_WORDS, len(codes))
    runs = np.zeros(len(codes) - length + 1, dtype=np.uint64)
    for offset in range(length):
        runs = _mixed(runs + codes[offset : offset + len(runs)])
    found: Numbers = np.unique(runs >> np.uint64(_NUMBER_BITS)) << np.uint64(_NUMBER_BITS)
    return found


def _mixed(numbers: Numbers) -> Numbers:
    """Numbers spread evenly. Source: the finaliser of SplitMix64 (Steele et al. 2014)."""
    mixed = numbers + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _kept(runs: Numbers, one_in: int) -> Numbers:
    """Those runs whose number falls into the kept part: the same in every text."""
    if one_in == 1:
        return runs
    kept: Numbers = runs[(runs >> np.uint64(_NUMBER_BITS)) % np.uint64(one_in) == 0]
    return kept
