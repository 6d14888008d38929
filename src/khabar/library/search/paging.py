"""Where a page of results ended: what was there when the search began, and what was shown since."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from khabar.errors import SettingError

_MOST_BYTES = 16_384
_MOST_SHOWN = 20_000


@dataclass(frozen=True, slots=True)
class Place:
    """Only articles up to the number `upto` are looked at; those `shown`, and their stories, not again."""

    upto: int
    shown: tuple[int, ...] = ()


def write_place(place: Place) -> str:
    """The place as letters, digits, - and _."""
    numbers = [place.upto, *_steps(sorted(place.shown))]
    packed = zlib.compress(",".join(map(str, numbers)).encode(), 9)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_place(said: str) -> Place:
    """The place that was written. Errors: SettingError."""
    try:
        packed = base64.urlsafe_b64decode(said.encode("ascii") + b"=" * (-len(said) % 4))
        press = zlib.decompressobj()
        plain = press.decompress(packed, 8 * _MOST_BYTES)
        upto, *steps = (int(part) for part in plain.decode("ascii").split(","))
    except (ValueError, UnicodeError, binascii.Error, zlib.error) as error:
        raise SettingError(
            f"{said[:40]!r} is no place in a list of results. Search from the beginning."
        ) from error
    shown, at = list[int](), 0
    for step in steps[:_MOST_SHOWN]:
        at += step
        shown.append(at)
    return Place(upto, tuple(shown))


def _steps(numbers: Sequence[int]) -> list[int]:
    return [number - before for before, number in zip([0, *numbers], numbers, strict=False)]
