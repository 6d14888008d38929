"""A profile as bytes and back, small enough to keep for every report of a library."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from dataclasses import fields
from datetime import date
from typing import Any

import numpy as np

from khabar.encode.types import Vectors
from khabar.errors import LibraryError
from khabar.group.profile import Passage, Profile
from khabar.model.span import Span

FORMAT = 1
_HEAD = struct.Struct("<BIII")  # format, length of the facts, rows, numbers a row
_STEPS = 127  # of an 8-bit number, on either side of zero
_OWN_WAY = ("vectors", "numbers", "days", "day", "word_pairs", "years", "passages")


def to_bytes(profile: Profile) -> bytes:
    """The profile in few bytes: one for each number of a sentence vector, the facts packed."""
    packed = zlib.compress(json.dumps(_plain(profile), ensure_ascii=False).encode(), 6)
    rows, dim = profile.vectors.shape
    return _HEAD.pack(FORMAT, len(packed), rows, dim) + packed + _round(profile.vectors)


def from_bytes(stored: bytes) -> Profile:
    """The profile that `to_bytes` kept. Errors: LibraryError where the bytes are another format's."""
    try:
        version, length, rows, dim = _HEAD.unpack_from(stored)
        if version != FORMAT:
            raise LibraryError(
                f"A kept profile has format {version}; this khabar reads {FORMAT}. Index again."
            )
        facts = json.loads(zlib.decompress(stored[_HEAD.size : _HEAD.size + length]))
        return _typed(facts, _unround(stored[_HEAD.size + length :], rows, dim))
    except (struct.error, zlib.error, ValueError, TypeError, KeyError) as error:
        raise LibraryError(f"A kept profile is damaged ({error}). Index the library again.") from error


def _plain(profile: Profile) -> dict[str, Any]:
    """The facts as JSON has them."""
    facts = {
        one.name: getattr(profile, one.name)
        for one in fields(profile)
        if one.init and one.name not in _OWN_WAY
    }
    numbers = [[value, unit, count] for (value, unit), count in profile.numbers.items()]
    return facts | {
        "numbers": numbers,
        "days": sorted(day.isoformat() for day in profile.days),
        "day": profile.day and profile.day.isoformat(),
        "word_pairs": sorted(profile.word_pairs),
        "years": sorted(profile.years),
        "passages": [_plain_passage(passage) for passage in profile.passages],
    }


def _plain_passage(passage: Passage) -> list[Any]:
    kept = base64.b64encode(to_bytes(passage.profile)).decode()
    return [passage.span.start, passage.span.end, kept]


def _typed(facts: dict[str, Any], vectors: Vectors) -> Profile:
    """The profile of facts that JSON had."""
    facts["languages"] = tuple(facts["languages"])
    facts["numbers"] = {(value, unit): count for value, unit, count in facts["numbers"]}
    facts["days"] = frozenset(map(date.fromisoformat, facts["days"]))
    facts["word_pairs"] = frozenset(facts["word_pairs"])
    facts["years"] = frozenset(facts["years"])
    facts["quoted"] = tuple(facts["quoted"])
    facts["passages"] = tuple(
        Passage(Span(start, end), from_bytes(base64.b64decode(kept)))
        for start, end, kept in facts["passages"]
    )
    facts["day"] = date.fromisoformat(facts["day"]) if facts["day"] else None
    return Profile(**facts, vectors=vectors)


def _round(vectors: Vectors) -> bytes:
    """A scale a row, then the row in whole steps of it."""
    scales = np.abs(vectors).max(axis=1, initial=0.0).astype(np.float32) / _STEPS
    steps = np.rint(vectors / np.where(scales > 0, scales, 1)[:, None]).astype(np.int8)
    return bytes(scales.tobytes() + steps.tobytes())


def _unround(stored: bytes, rows: int, dim: int) -> Vectors:
    scales = np.frombuffer(stored, np.float32, rows)
    steps = np.frombuffer(stored, np.int8, rows * dim, offset=4 * rows).reshape(rows, dim)
    rounded: Vectors = steps.astype(np.float32) * scales[:, None]
    return rounded
