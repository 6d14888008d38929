"""Messages and saved pages in the form of mail: .eml, .mhtml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from khabar.model.claims import Claim, ClaimField
from khabar.model.outcome import Outcome
from khabar.model.page import Page, PageKind
from khabar.read.found import Found, Reading, stream_of
from khabar.read.limits import read_all
from khabar.read.pages import page_of_bytes

_TAG = re.compile(rb"<(?:style|script)\b.{0,200000}?</(?:style|script)>|<[^>]{0,10000}>", re.S | re.I)
_MOST_PARTS = 1_000
# How much shorter than the HTML the plain text of a message may be and still say the same.
_SAME_TEXT = 0.5
_HEADERS = (
    ("Subject", ClaimField.TITLE),
    ("Date", ClaimField.PUBLISHED),
    ("From", ClaimField.BYLINE),
    ("Archived-At", ClaimField.ADDRESS),
)


def read_mail(found: Found, reading: Reading) -> Iterator[Outcome[Page]]:
    """The message's own text, and what is attached to it, each an outcome.

    Of a text that comes both plain and as HTML the plain one is taken, unless it is a mere stub.
    """
    message = _parse(found, reading.item_bytes)
    found.claims += _claims(message, _HEADERS, "mail header")
    bodies, attached = _sort(message)
    part = _better(bodies)
    if part is not None:
        yield _page(found, part)
    elif not attached:
        yield found.drop("this message has no text")
    for number, inner in enumerate(attached, 1):
        reading.budget.pay_entry()
        yield from reading.each(_inner(found, inner, number))


def read_mhtml(found: Found, reading: Reading) -> Iterator[Outcome[Page]]:
    """The page that a browser saved; its pictures and styles are passed over."""
    message = _parse(found, reading.item_bytes)
    address = message.get("Snapshot-Content-Location")
    root = _root(message)
    if root is None:
        yield found.drop("this saved page holds no HTML")
        return
    found.address = found.address or _web(str(address or root.get("Content-Location") or ""))
    found.captured = found.captured or moment_of(message.get("Date"))
    names = (
        ("Snapshot-Content-Location", ClaimField.ADDRESS),
        ("Subject", ClaimField.TITLE),
        ("Date", ClaimField.CAPTURED),
    )
    found.claims += _claims(message, names, "MHTML header")
    yield _page(found, root)


def moment_of(header: object) -> str | None:
    """A mail or HTTP date as an ISO 8601 moment in UTC; None when it is none."""
    try:
        moment = parsedate_to_datetime(str(header))
        # A date with the zone "-0000" or none says nothing of the place; by RFC 5322 its numbers are UTC.
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.isoformat().replace("+00:00", "Z")


def _parse(found: Found, limit_bytes: int) -> EmailMessage:
    message = BytesParser(policy=policy.default).parsebytes(read_all(found.stream, limit_bytes))
    assert isinstance(message, EmailMessage)  # by the policy
    return message


def _claims(
    message: EmailMessage, names: tuple[tuple[str, ClaimField], ...], origin: str
) -> tuple[Claim, ...]:
    said = ((name, field, " ".join(str(message.get(name, "")).split())) for name, field in names)
    return tuple(Claim(field, words, f"{origin} {name}") for name, field, words in said if words)


def _sort(message: EmailMessage) -> tuple[list[EmailMessage], list[EmailMessage]]:
    """The parts that are the message's text, and those attached to it; what only adorns it is neither."""
    bodies: list[EmailMessage] = []
    attached: list[EmailMessage] = []
    ahead = [message]
    while ahead and len(bodies) + len(attached) < _MOST_PARTS:
        part = ahead.pop(0)
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment" or kind == "message/rfc822":
            attached.append(part)
        elif part.is_multipart():
            ahead = [one for one in part.iter_parts() if isinstance(one, EmailMessage)] + ahead
        elif kind in ("text/plain", "text/html"):
            bodies.append(part)
        elif part.get_filename() and not part.get("Content-ID"):
            attached.append(part)
    return bodies, attached


def _better(bodies: list[EmailMessage]) -> EmailMessage | None:
    plain, html = (
        next((part for part in bodies if part.get_content_type() == kind), None)
        for kind in ("text/plain", "text/html")
    )
    if plain is None or html is None:
        return plain or html
    shown = len(b"".join(_TAG.sub(b" ", _bytes(html)).split()))
    return plain if len(b"".join(_bytes(plain).split())) >= _SAME_TEXT * shown else html


def _page(found: Found, part: EmailMessage) -> Outcome[Page]:
    found.charset = part.get_content_charset()
    html = part.get_content_type() in ("text/html", "application/xhtml+xml")
    return page_of_bytes(found, _bytes(part), PageKind.HTML if html else PageKind.TEXT)


def _bytes(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inside = part.get_payload()
        message = inside[0] if isinstance(inside, list) and inside else part
        return bytes(message)  # type: ignore[arg-type]
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _inner(found: Found, part: EmailMessage, number: int) -> Found:
    name = part.get_filename() or f"attachment {number}"
    return Found(
        f"{found.path}!{name}",
        name,
        stream_of(_bytes(part)),
        depth=found.depth + 1,
        charset=part.get_content_charset(),
        media=part.get_content_type(),
    )


def _root(message: EmailMessage) -> EmailMessage | None:
    pages = [
        part
        for part in message.walk()
        if isinstance(part, EmailMessage)
        and part.get_content_type() in ("text/html", "application/xhtml+xml")
    ]
    start = message.get_param("start")
    return next(
        (part for part in pages if start and part.get("Content-ID") == start), pages[0] if pages else None
    )


def _web(address: str) -> str | None:
    try:
        return address if urlsplit(address).scheme in ("http", "https") else None
    except ValueError:
        return None
