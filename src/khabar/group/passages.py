"""Stretches of a report that are each on one matter: items of a review, a paragraph on an older event."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from khabar.encode.types import Vectors

# Neighbouring stretches nearer than this are one: chosen on pile_a, whose reports are on one matter each.
_ONE_MATTER_FROM = 0.1
_MOST_SENTENCES = 400  # longer pages are cut only where their paragraphs end


def find_passages(vectors: Vectors) -> list[range]:
    """The sentences of each passage, in order; together they are all sentences of the report.

    Neighbours are joined from the nearest on, by the mean cosine of their sentences, while that is above a
    limit. Shapes: one vector a sentence, in the order of reading.
    Source: adjacency-constrained average linkage (Grimm 1987).
    """
    if len(vectors) > _MOST_SENTENCES:
        return [range(len(vectors))]
    parts = [range(n, n + 1) for n in range(len(vectors))]
    cosines = vectors @ vectors.T
    while len(parts) > 1:
        near = [float(cosines[a.start : a.stop, b.start : b.stop].mean()) for a, b in pairwise(parts)]
        best = int(np.argmax(near))
        if near[best] < _ONE_MATTER_FROM:
            break
        parts[best : best + 2] = [range(parts[best].start, parts[best + 1].stop)]
    return parts
