"""Bytes to text: which charset a file is in, and what became of the bytes that it does not know."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from resiliparse.parse.encoding import detect_encoding

_BOMS = (  # the longer mark first: UTF-32 LE begins like UTF-16 LE
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I
)
_DECLARED_WITHIN = 4096  # bytes; the WHATWG rule is 1024, but pages put scripts before their meta
# What browsers read under these labels (WHATWG Encoding Standard).
_READ_AS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-32": "utf-8",
}
_VALID_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH_RUN = re.compile(rb"[\x80-\xff]{3}")  # as only words of another script have
_HIGH = bytes(range(0x80, 0x100))
_STRETCH = re.compile(rb"[^\n<>]+|[\n<>]+")
_ONE_BYTE = frozenset(
    ("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "iso8859-6", "iso8859-8")
)
_TELLING_LETTERS = 4
_TELLING_WORD = 4  # bytes; fewer may be what is left of a torn letter
_WORD = re.compile(rb"[^ ]+| +")
_TELLING_BYTES = 8
_DETECT_WITHIN = 64_000  # bytes from the start, enough for any detector
_REPLACED = "\ufffd"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and where its charset was learnt; `broken` counts U+FFFD that stand for one bad byte each."""

    text: str
    charset: str
    charset_from: str
    broken: int


def decode(data: bytes, html: bool = False, header: str | None = None) -> Decoded:
    """The text of a file: `data` in its charset, without a byte-order mark (as Python's utf-8-sig does).

    Order: byte-order mark, UTF-16 by its pattern of bytes, strict UTF-8, what a header or the page itself
    declares (the page's declaration for HTML only), UTF-8 with some broken bytes, a detector. Where parts of
    the file are in another charset than the rest, each is read in its own. Line ends stay as they are.
    Source: docs/decisions/charsets.md.
    """
    for mark, charset in _BOMS:
        if data.startswith(mark):
            return _read(data[len(mark) :], charset, "bom")
    wide = _wide_charset(data)
    if wide:
        return _read(data, wide, "detected")
    declared = known_charset(header) or (declared_charset(data) if html else None)
    if _is_utf8(data):
        return _read(data, "utf-8", "declared" if declared == "utf-8" else "detected")
    return _read_parts(data, declared)


def declared_charset(data: bytes) -> str | None:
    """The charset that a page names in its meta element or XML prolog, as Python names it."""
    for match in _DECLARED.finditer(data[:_DECLARED_WITHIN]):
        charset = known_charset(match[1].decode("ascii", "ignore"))
        if charset is not None:
            return charset
    return None


def known_charset(label: str | None) -> str | None:
    """The charset of this label, as Python names it; None for one that is not known or no charset of text."""
    try:
        found = codecs.lookup(label or "")
        b"".decode(found.name)  # Python has codecs that give bytes, as "hex"
    except (LookupError, ValueError):
        return None
    return _READ_AS.get(found.name, found.name)


def _read(data: bytes, charset: str, charset_from: str) -> Decoded:
    try:
        return Decoded(data.decode(charset), charset, charset_from, 0)
    except UnicodeDecodeError:
        text = data.decode(charset, _ERRORS)
    printed = data.count(_REPLACED.encode(charset)) if charset.startswith("utf") else 0
    return Decoded(text, charset, charset_from, text.count(_REPLACED) - printed)


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _REPLACED * (error.end - error.start), error.end


# Python's own "replace" gives one U+FFFD for a whole broken sequence; here each bad byte shows.
_ERRORS = "khabar-each-byte"
codecs.register_error(_ERRORS, _replace)


def _wide_charset(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: half or more of the bytes on one side are the same few values."""
    sample = data[:_DETECT_WITHIN]
    if len(sample) < 4 or len(data) % 2 or 0 not in sample:
        return None
    if sample.count(0) * 2 > len(sample) and len(data) % 4 == 0:
        for charset, zeros in (("utf-32-le", sample[3::4]), ("utf-32-be", sample[0::4])):
            if not any(zeros):
                return charset
    for charset, low, high in (
        ("utf-16-le", sample[0::2], sample[1::2]),
        ("utf-16-be", sample[1::2], sample[0::2]),
    ):
        if _is_wide(low, high):
            return charset
    return None


def _is_wide(low: bytes, high: bytes) -> bool:
    # Spaces and line ends are 00 20, 00 0A in every script; letters of one script share their high byte.
    commonest = sorted((high.count(value) for value in set(high)), reverse=True)[:3]
    spaces = sum(1 for a, b in zip(low, high, strict=False) if b == 0 and a in b" \n\r\t<>/.,")
    return (
        0 in high
        and spaces * 50 >= len(high)
        and sum(commonest) >= 0.9 * len(high)
        and low.count(0) * 20 < len(low)
    )


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether the bytes above 7F are UTF-8, or most of them."""
    valid = sum(len(match[0]) for match in _VALID_UTF8.finditer(data))
    return valid * 2 > _count_high(data)


def _count_high(data: bytes) -> int:
    return len(data) - len(data.translate(None, _HIGH))


def _read_parts(data: bytes, declared: str | None) -> Decoded:
    """The text of a file that is not UTF-8 throughout: its parts in UTF-8, and those in another charset."""
    pieces = list(_pieces(data))
    foreign = b" ".join(piece for piece, is_foreign in pieces if is_foreign)
    if not foreign:
        return _read(data, "utf-8", "declared" if declared == "utf-8" else "detected")
    charset, origin = _detected_charset(foreign) if declared in (None, "utf-8") else (declared, "declared")
    if charset not in _ONE_BYTE or not any(_is_written_utf8(piece) for piece, other in pieces if not other):
        mostly = declared in (None, "utf-8") and _is_mostly_utf8(data)
        return _read(data, "utf-8", "detected") if mostly else _read(data, charset, origin)
    read = [_read(piece, charset if is_foreign else "utf-8", origin) for piece, is_foreign in pieces]
    return Decoded(
        "".join(one.text for one in read), f"utf-8 and {charset}", origin, sum(one.broken for one in read)
    )


def _pieces(data: bytes) -> Iterator[tuple[bytes, bool]]:
    """The file in stretches, each with whether it is in another charset than UTF-8.

    A stretch ends at a line or an element, where pages are put together; one of both is parted at blanks.
    """
    for stretch in _STRETCH.findall(data):
        mixed = not stretch.isascii() and not _is_utf8(stretch) and _is_mostly_utf8(stretch)
        words = _WORD.findall(stretch) if mixed else ()
        if any(_count_high(word) >= _TELLING_WORD and not _VALID_UTF8.search(word) for word in words):
            yield from ((word, _is_foreign(word)) for word in words)
        else:
            yield stretch, _is_foreign(stretch)


def _is_foreign(stretch: bytes) -> bool:
    """Whether a stretch holds words that are not UTF-8, not only a few broken bytes."""
    return not stretch.isascii() and not _is_utf8(stretch) and not _is_mostly_utf8(stretch)


def _is_written_utf8(stretch: bytes) -> bool:
    """Whether a stretch holds more letters in UTF-8 than chance makes of another charset."""
    return _count_high(stretch) >= _TELLING_BYTES and len(_VALID_UTF8.findall(stretch)) >= _TELLING_LETTERS


def _has_few_accents(data: bytes) -> bool:
    """Whether a text is of Latin letters with fewer kinds of accented letters than tell charsets apart."""
    return _HIGH_RUN.search(data) is None and len({byte for byte in data if byte >= 0xC0}) < _TELLING_LETTERS


def _detected_charset(data: bytes) -> tuple[str, str]:
    found = detect_encoding(data[:_DETECT_WITHIN]) or ""
    try:
        charset = codecs.lookup(found).name
    except LookupError:
        return "cp1252", "assumed"
    # UTF-8 was ruled out before; and a handful of accents says too little to leave the commonest charset.
    if charset in ("utf-8", "ascii") or _has_few_accents(data[:_DETECT_WITHIN]):
        return "cp1252", "assumed"
    return _READ_AS.get(charset, charset), "detected"
