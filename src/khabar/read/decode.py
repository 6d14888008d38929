"""Bytes to text: which charset a file is in, and what became of the bytes that it does not know."""

from __future__ import annotations

import codecs
import re
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
_TELLING_LETTERS = 4
_DETECT_WITHIN = 64_000  # bytes from the start, enough for any detector
_REPLACED = "\ufffd"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and where its charset was learnt; `broken` counts U+FFFD that stand for one bad byte each."""

    text: str
    charset: str
    charset_from: str
    broken: int


def decode(data: bytes, html: bool = False) -> Decoded:
    """The text of a file: `data` in its charset, without a byte-order mark (as Python's utf-8-sig does).

    Order: byte-order mark, UTF-16 by its pattern of bytes, the page's own declaration (HTML only, and not
    against valid UTF-8), strict UTF-8, UTF-8 with some broken bytes, a detector. Line ends stay as they are.
    Source: docs/decisions/charsets.md.
    """
    for mark, charset in _BOMS:
        if data.startswith(mark):
            return _read(data[len(mark) :], charset, "bom")
    wide = _wide_charset(data)
    if wide:
        return _read(data, wide, "detected")
    declared = declared_charset(data) if html else None
    if _is_mostly_utf8(data):
        return _read(data, "utf-8", "declared" if declared == "utf-8" else "detected")
    if declared and declared != "utf-8":
        return _read(data, declared, "declared")
    return _read(data, *_detected_charset(data))


def declared_charset(data: bytes) -> str | None:
    """The charset that a page names in its meta element or XML prolog, as Python names it."""
    for match in _DECLARED.finditer(data[:_DECLARED_WITHIN]):
        try:
            name = codecs.lookup(match[1].decode("ascii", "ignore")).name
        except LookupError:
            continue
        return _READ_AS.get(name, name)
    return None


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
    if len(sample) < 4 or len(data) % 2:
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


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether the bytes above 7F are UTF-8, or most of them."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        high = len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))
        valid = sum(len(match[0]) for match in _VALID_UTF8.finditer(data))
        return valid * 2 > high
    return True


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
