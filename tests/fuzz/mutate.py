"""Damaged inputs from good ones: bent the way that files break and attackers write them."""

from __future__ import annotations

import random
from collections.abc import Sequence

_TELLING = (
    b"\0", b"\xff", b"\xfe\xff", b"<", b">", b"<!--", b"-->", b"\r\n\r\n", b"{", b"[", b'"', b"PK\x03\x04",
    b"PK\x05\x06", b"\x1f\x8b\x08", b"WARC/1.0\r\n", b"Content-Length: 99999999999\r\n", b"charset=utf-16",
    b"Transfer-Encoding: chunked\r\n", b"ffffffff\r\n", b"Content-Type: multipart/mixed; boundary=\n",
    b"=?x?b?", b"]]>", b"<![CDATA[", b"&#x110000;", b"\xed\xa0\x80", b"\xe2\x80\x8f", b"<?xml", b"<rss",
    b"ustar", b"%PDF-",
)  # fmt: skip


def damage(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """The data after a few random changes; `others` give pieces that are spliced in."""
    bent = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        place = chance.randint(0, len(bent))
        length = chance.choice((1, 2, 4, 16, 64, 512))
        _CHANGES[chance.randrange(len(_CHANGES))](bent, place, length, others, chance)
    return bytes(bent[:1_000_000])


def _flip(bent: bytearray, place: int, length: int, others: Sequence[bytes], chance: random.Random) -> None:
    for at in range(place, min(place + length, len(bent))):
        bent[at] ^= 1 << chance.randrange(8)


def _cut(bent: bytearray, place: int, length: int, others: Sequence[bytes], chance: random.Random) -> None:
    del bent[place : place + length]


def _end(bent: bytearray, place: int, length: int, others: Sequence[bytes], chance: random.Random) -> None:
    del bent[max(place, 1) :]


def _repeat(bent: bytearray, place: int, length: int, others: Sequence[bytes], chance: random.Random) -> None:
    bent[place:place] = bytes(bent[place : place + length]) * chance.choice((1, 2, 100))


def _insert(bent: bytearray, place: int, length: int, others: Sequence[bytes], chance: random.Random) -> None:
    bent[place:place] = chance.choice(_TELLING)


def _splice(bent: bytearray, place: int, length: int, others: Sequence[bytes], chance: random.Random) -> None:
    other = chance.choice(others)
    start = chance.randint(0, len(other))
    bent[place : place + length] = other[start : start + length * 4]


_CHANGES = (_flip, _flip, _cut, _end, _repeat, _insert, _insert, _splice)
