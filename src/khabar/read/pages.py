"""Bytes that are one report: decoded, checked, with what was said of them."""

from __future__ import annotations

import re

from khabar.model.claims import Claim, ClaimField
from khabar.model.outcome import Kept, Outcome
from khabar.model.page import Page, PageKind
from khabar.read.decode import Decoded, decode
from khabar.read.found import Found
from khabar.read.kinds import not_read

_HEAD_LETTERS = 6000
# What browsers and mirroring tools write into the head of a page that they save.
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->")
_SINGLE_FILE = re.compile(
    r"<!--\s*Page saved with SingleFile\s*\n\s*url:\s*(\S+)\s*\n\s*saved date:\s*([^\n]+?)\s*(?:\n|-->)"
)
_MIRRORED = re.compile(r"<!--\s*Mirrored from (\S+) by HTTrack [^,>]*,\s*([^>]+?)\s*-->")
# The head of a Markdown file in the way of static sites.
_FRONT = re.compile(r"\A---\r?\n(.{0,4000}?)\r?\n---\r?\n", re.S)
_FRONT_LINE = re.compile(r"^(title|date|author|source|url|lang)\s*:\s*[\"']?(.*?)[\"']?\s*$", re.M | re.I)
_FRONT_FIELDS = {
    "title": ClaimField.TITLE,
    "date": ClaimField.PUBLISHED,
    "author": ClaimField.BYLINE,
    "source": ClaimField.OUTLET,
    "url": ClaimField.ADDRESS,
    "lang": ClaimField.LANGUAGE,
}


def page_of_bytes(found: Found, data: bytes, kind: PageKind) -> Outcome[Page]:
    """The page that these bytes are, or why they are none."""
    binary = not_read(data[:32])
    if binary:
        return found.drop(f"not text but {binary}, whatever its name says")
    decoded = decode(data, html=kind is PageKind.HTML, header=found.charset)
    fault = _fault(decoded)
    if fault:
        return found.drop(fault)
    own = saved_claims(decoded.text) if kind is PageKind.HTML else front_claims(decoded.text)
    return Kept(_page(found, kind, decoded, own))


def page_of_text(found: Found, text: str, kind: PageKind, read_from: str) -> Outcome[Page]:
    """The page of a text that a file holds as text: in a record, a document, a message."""
    if not is_visible(text):
        return found.drop("no text")
    return Kept(_page(found, kind, Decoded(text, read_from, "declared", 0), ()))


def _page(found: Found, kind: PageKind, decoded: Decoded, own: tuple[Claim, ...]) -> Page:
    claims = (*found.claims, *own)
    return Page(
        found.path,
        kind,
        decoded.text,
        decoded.charset,
        decoded.charset_from,
        decoded.broken,
        address=found.address or _said(claims, ClaimField.ADDRESS),
        captured=found.captured,
        claims=claims,
    )


def _said(claims: tuple[Claim, ...], field: ClaimField) -> str | None:
    return next((claim.text for claim in claims if claim.field is field), None)


def saved_claims(text: str) -> tuple[Claim, ...]:
    """What the program that saved a page wrote into it: the address and the moment."""
    head = text[:_HEAD_LETTERS]
    claims = []
    for pattern, origin in (
        (_SAVED_FROM, "the browser's comment “saved from url”"),
        (_SINGLE_FILE, "SingleFile's comment"),
        (_MIRRORED, "HTTrack's comment"),
    ):
        match = pattern.search(head)
        if match:
            claims.append(Claim(ClaimField.ADDRESS, match[1], origin))
            claims += [Claim(ClaimField.CAPTURED, moment, origin) for moment in match.groups()[1:]]
    return tuple(claims)


def front_claims(text: str) -> tuple[Claim, ...]:
    """What a Markdown file says of itself between two lines of dashes at its start."""
    front = _FRONT.match(text)
    if front is None:
        return ()
    lines = _FRONT_LINE.findall(front[1])
    return tuple(
        Claim(_FRONT_FIELDS[key.lower()], words, f"front matter {key.lower()}")
        for key, words in lines
        if words
    )


def is_visible(text: str) -> bool:
    """Whether any character of it can be seen: a lone direction mark shows nothing."""
    return any(char.isprintable() and not char.isspace() for char in text)


def _fault(found: Decoded) -> str:
    """Why a decoded file is no text; empty when it is."""
    letters = len(found.text) - sum(map(found.text.count, " \t\r\n"))
    controls = sum(found.text.count(chr(code)) for code in (*range(9), *range(14, 28), 0x7F))
    if controls * 20 > letters:
        return "not text: it holds binary data"
    if not is_visible(found.text):
        return "this file is empty"
    if found.broken * 2 > letters:
        return f"not text: {found.broken:,} of its {letters:,} characters cannot be read as {found.charset}"
    return ""
