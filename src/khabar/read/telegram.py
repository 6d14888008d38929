"""Channel exports of Telegram Desktop (result.json): each message one page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from khabar.model.claims import Claim, ClaimField
from khabar.model.outcome import Dropped, Outcome
from khabar.model.page import Page, PageKind
from khabar.read.found import Found
from khabar.read.pages import is_visible, page_of_text


def is_export(value: object) -> bool:
    """Whether this is what Telegram exports: one chat, or all of an account."""
    return any(True for _ in _chats(value))


def _chats(value: object) -> Iterator[Mapping[str, object]]:
    if not isinstance(value, dict):
        return
    messages = value.get("messages")
    if isinstance(messages, list) and "type" in value and any(_is_message(one) for one in messages[:50]):
        yield value
        return
    for group in ("chats", "left_chats"):
        listed = value.get(group)
        inner = listed.get("list") if isinstance(listed, dict) else None
        for chat in inner if isinstance(inner, list) else ():
            if isinstance(chat, dict) and isinstance(chat.get("messages"), list) and "type" in chat:
                yield chat


def _is_message(value: object) -> bool:
    return isinstance(value, dict) and "id" in value and value.get("type") in ("message", "service")


def read_export(found: Found, value: object) -> Iterator[Outcome[Page]]:
    """A page for each message with text; the others are dropped, saying what they are."""
    chats = list(_chats(value))
    for number, chat in enumerate(chats):
        prefix = f"{found.path}#" if len(chats) == 1 else f"{found.path}#{chat.get('id', number)}/"
        messages = chat["messages"]
        for place, message in enumerate(messages if isinstance(messages, list) else ()):
            if isinstance(message, dict):
                yield _read_message(found, chat, message, f"{prefix}{message.get('id', place)}")
            else:
                yield Dropped(f"{prefix}{place}", "read", "not a message")


def _read_message(
    found: Found, chat: Mapping[str, object], message: Mapping[str, object], path: str
) -> Outcome[Page]:
    text = _text(message.get("text")) or _text(message.get("text_entities"))
    if not is_visible(text):
        return Dropped(path, "read", f"no text{_instead(message)}")
    one = replace(found, path=path, claims=(*found.claims, *_claims(chat, message)))
    return page_of_text(one, text, PageKind.TEXT, "json")


def _text(value: object) -> str:
    """The words of a message: plain, or parts with their marks of bold, links and the like."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        parts = (part.get("text") if isinstance(part, dict) else part for part in value)
        return "".join(part for part in parts if isinstance(part, str))
    return ""


def _instead(message: Mapping[str, object]) -> str:
    if message.get("type") == "service":
        return f": a note of Telegram's own ({message.get('action', 'no action named')})"
    held = next(
        (name for name in ("photo", "media_type", "file", "poll", "location_information") if name in message),
        "",
    )
    return f": only {message[held] if held == 'media_type' else held.split('_')[0]}" if held else ""


def _claims(chat: Mapping[str, object], message: Mapping[str, object]) -> Iterator[Claim]:
    """What the export says of a message; the moment comes first, for the printed date has no zone."""
    said = (
        (ClaimField.PUBLISHED, _moment(message.get("date_unixtime")), "telegram date_unixtime"),
        (ClaimField.PUBLISHED, message.get("date"), "telegram date, in the zone of who exported it"),
        (
            ClaimField.MODIFIED,
            _moment(message.get("edited_unixtime")) or message.get("edited"),
            "telegram edited",
        ),
        (ClaimField.OUTLET, chat.get("name"), "telegram channel"),
        (ClaimField.BYLINE, message.get("author"), "telegram author"),
        (ClaimField.OUTLET, message.get("forwarded_from"), "telegram forwarded_from"),
    )
    for field, words, origin in said:
        if isinstance(words, str) and words:
            yield Claim(field, words, origin)


def _moment(seconds: object) -> str | None:
    try:
        return datetime.fromtimestamp(int(str(seconds)), UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError, OSError):
        return None
