"""Which texts are near-duplicates, from a few numbers a text: what shares a band goes together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from khabar.trace.duplicates import runs_of

BANDS, _ROWS = 8, 2  # of texts that share half of their runs nine in ten meet, of a tenth one in thirteen
BAND_BYTES = 8 * BANDS
_ODD = (np.arange(1, BANDS * _ROWS + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)) | np.uint64(1)

Codes = NDArray[np.uint64]
Rows = NDArray[np.int64]


def bands_of(text: str) -> bytes:
    """The bands of a text as bytes: the least of its runs of words in several orders, by twos.

    Source: Broder 1997, On the resemblance and containment of documents; bands: Leskovec
    et al. 2020, Mining of Massive Datasets.
    """
    runs = runs_of(text)
    if not len(runs):
        return bytes(BAND_BYTES)
    least = np.array([(runs * odd ^ (runs * odd >> np.uint64(31))).min() for odd in _ODD], np.uint64)
    pairs = least.reshape(BANDS, _ROWS)
    return (pairs[:, 0] * np.uint64(0xBF58476D1CE4E5B9) + pairs[:, 1]).tobytes()


def families_of(bands: Codes) -> Rows:
    """For each text the row of the first of its family. Shapes: `bands` uint64[n, 8]; out int64[n]."""
    links = [np.zeros((0, 2), np.int64)]
    for band in bands.T:
        order = np.argsort(band, kind="stable")
        same = (band[order][1:] == band[order][:-1]) & (band[order][1:] != 0)
        links.append(np.stack([order[:-1][same], order[1:][same]], axis=1))
    return connected(len(bands), np.concatenate(links))


def connected(count: int, links: Rows) -> Rows:
    """For each of so many rows the least row that links lead to. Shapes: `links` int64[m, 2]; out int64[n].

    Every round takes over the least label of a neighbour and jumps along labels, so few rounds are needed.
    """
    labels = np.arange(count, dtype=np.int64)
    while len(links):
        a, b = labels[links[:, 0]], labels[links[:, 1]]
        differ = a != b
        links, a, b = links[differ], a[differ], b[differ]
        np.minimum.at(labels, np.maximum(a, b), np.minimum(a, b))
        while (further := labels[labels] != labels).any():
            labels[further] = labels[labels[further]]
    return labels
