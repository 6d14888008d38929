"""What an input is: by its first bytes where they tell, else by its name."""

from __future__ import annotations

import re
import zlib
from enum import StrEnum

from khabar.read.found import Found


class Kind(StrEnum):
    """How an input is read."""

    TEXT = "text"
    HTML = "html"
    MAIL = "mail"
    MHTML = "saved page"
    JSON = "JSON"
    JSON_LINES = "JSON lines"
    FEED = "feed"
    PDF = "PDF"
    DOCX = "Word document"
    ZIP = "ZIP archive"
    TAR = "tar archive"
    GZIP = "gzip file"
    BZIP2 = "bzip2 file"
    XZ = "xz file"
    WARC = "web archive"


SUFFIXES = {
    ".txt": Kind.TEXT, ".md": Kind.TEXT, ".markdown": Kind.TEXT, ".text": Kind.TEXT,
    ".html": Kind.HTML, ".htm": Kind.HTML, ".xhtml": Kind.HTML, ".shtml": Kind.HTML,
    ".mhtml": Kind.MHTML, ".mht": Kind.MHTML, ".eml": Kind.MAIL,
    ".json": Kind.JSON, ".jsonl": Kind.JSON_LINES, ".ndjson": Kind.JSON_LINES,
    ".rss": Kind.FEED, ".atom": Kind.FEED, ".xml": Kind.FEED,
    ".pdf": Kind.PDF, ".docx": Kind.DOCX, ".zip": Kind.ZIP, ".wacz": Kind.ZIP,
    ".tar": Kind.TAR, ".tgz": Kind.GZIP, ".gz": Kind.GZIP, ".bz2": Kind.BZIP2, ".tbz2": Kind.BZIP2,
    ".xz": Kind.XZ, ".txz": Kind.XZ, ".warc": Kind.WARC,
}  # fmt: skip
ACCEPTED = (
    ".txt, .md, .html, .mhtml, .json, .jsonl, .pdf, .docx, .eml, feeds, .warc, .wacz, .zip, .tar, .gz, "
    "and folders of them"
)
_MEDIA = {
    "text/plain": Kind.TEXT, "text/markdown": Kind.TEXT, "text/html": Kind.HTML,
    "application/xhtml+xml": Kind.HTML,
    "application/pdf": Kind.PDF, "multipart/related": Kind.MHTML, "message/rfc822": Kind.MAIL,
    "application/rss+xml": Kind.FEED, "application/atom+xml": Kind.FEED, "application/feed+json": Kind.FEED,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Kind.DOCX,
    "text/xml": Kind.FEED, "application/xml": Kind.FEED,
}  # fmt: skip
_MAGIC = (
    (b"%PDF-", Kind.PDF),
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"\x1f\x8b", Kind.GZIP),
    (b"BZh", Kind.BZIP2),
    (b"\xfd7zXZ\x00", Kind.XZ),
    (b"WARC/", Kind.WARC),
)
NOT_READ = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"RIFF", "a picture, sound or film (RIFF)"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xd0\xcf\x11\xe0", "an office document of the old kind; save it as .docx or PDF"),
    (b"{\\rtf", "an RTF document; save it as .docx or text"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x00\x00\x00\x18ftyp", "a film"),
    (b"ID3", "sound"),
    (b"wOF", "a font"),
)
_BEFORE = rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*"
_FEED = re.compile(
    _BEFORE + rb"(?:<\?[^>]{0,300}\?>\s*)*<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.S | re.I
)
_HTML = re.compile(_BEFORE + rb"<(?:!doctype\s+html|html|head|body)\b", re.S | re.I)
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?://jsonfeed\.org/')
_MAIL = re.compile(
    rb"(?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:MIME-Version|Received|Message-ID):", re.I
)
_MULTIPART = re.compile(rb"^Content-Type:\s*multipart/related", re.M | re.I)
_TEXTLIKE = (Kind.TEXT, Kind.HTML, Kind.FEED)


def kind_of(found: Found) -> Kind | None:
    """How the input is read; None when neither content nor name tell."""
    head = found.head()
    binary = _binary(head)
    if binary is Kind.ZIP and found.suffix == ".docx":
        return Kind.DOCX
    if binary is not None:
        return binary
    named = SUFFIXES.get(found.suffix) or _MEDIA.get(found.media)
    if named in _TEXTLIKE or named is None:
        told = _by_words(head, named)
        return named if told is None else told
    if named in (Kind.MAIL, Kind.MHTML):
        return Kind.MHTML if _MULTIPART.search(head) else Kind.MAIL
    return Kind.FEED if named is Kind.JSON and _JSON_FEED.search(head) else named


def not_read(head: bytes) -> str:
    """What the first bytes say it is, where that is nothing to read; else nothing."""
    return next((name for magic, name in NOT_READ if head.startswith(magic)), "")


def _binary(head: bytes) -> Kind | None:
    kind = next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)
    if kind is Kind.BZIP2 and head[4:10] != b"1AY&SY":
        return None
    if kind is Kind.GZIP:
        inner = peek_gzip(head)
        return Kind.WARC if inner.startswith(b"WARC/") else kind
    return Kind.TAR if head[257:262] == b"ustar" else kind


def peek_gzip(head: bytes) -> bytes:
    """The first bytes of what is packed, as far as `head` goes; nothing where it is torn."""
    try:
        return zlib.decompressobj(31).decompress(head, 1024)
    except zlib.error:
        return b""


def _by_words(head: bytes, named: Kind | None) -> Kind | None:
    if _FEED.match(head) or (named is None and _JSON_FEED.search(head)):
        return Kind.FEED
    if _HTML.match(head):
        return Kind.HTML
    if named is None:
        return _without_name(head)
    if named is Kind.HTML and _MAIL.match(head) and _MULTIPART.search(head):
        return Kind.MHTML
    return None


def _without_name(head: bytes) -> Kind | None:
    if _MAIL.match(head):
        return Kind.MHTML if _MULTIPART.search(head) else Kind.MAIL
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start in (b"{", b"["):
        first = head.split(b"\n", 1)[0].rstrip()
        return (
            Kind.JSON_LINES if start == b"{" and first.endswith(b"}") and b"\n" in head.strip() else Kind.JSON
        )
    return None
