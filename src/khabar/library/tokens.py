"""Access to the API. A token is 256 random bits, so a plain digest of it is all that need be kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from khabar.errors import LibraryError, NotFound, SettingError
from khabar.library.columns import now, to_column
from khabar.library.store import Store, row

PREFIX = "khabar_"
_LONGEST = 200
_LONGEST_NAME = 100
_NOTED_EVERY = timedelta(minutes=10)  # a write for each request would make readers writers


class Scope(StrEnum):
    """What a token allows."""

    READ = "read"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Token:
    """A token as lists show it; the token itself is shown once, when it is made."""

    name: str
    scope: Scope
    made: str
    last_used: str | None
    revoked: str | None

    @property
    def rights(self) -> frozenset[Scope]:
        """Who may write may read."""
        return frozenset(Scope) if self.scope is Scope.WRITE else frozenset({Scope.READ})


def create_token(store: Store, name: str, scope: Scope) -> str:
    """A new token, which nobody can see again. Errors: SettingError where the name is taken."""
    if not name.strip() or len(name) > _LONGEST_NAME:
        raise SettingError(f"{name[:20]!r} cannot name a token; give it 1 to {_LONGEST_NAME} letters.")
    token = PREFIX + secrets.token_urlsafe(32)
    with store.writing():
        if row(store, "SELECT 1 FROM tokens WHERE name = ?", (to_column(name),)):
            raise SettingError(f"there is a token {name!r} already. Choose another name.")
        store.run(
            "INSERT INTO tokens (name, digest, scopes, made) VALUES (?, ?, ?, ?)",
            (to_column(name), _digest(token), scope.value, now()),
        )
    return token


def find_token(store: Store, token: str) -> Token | None:
    """The token, where it is one of ours and not revoked; None else."""
    if not token.startswith(PREFIX) or len(token) > _LONGEST:
        return None
    digest = _digest(token)
    sql = "SELECT name, scopes, made, last_used, revoked, digest FROM tokens WHERE digest = ?"
    found = row(store, sql, (digest,))
    if found is None or found[4] is not None or not hmac.compare_digest(bytes(found[5]), digest):
        return None
    _note_use(store, found[0], found[3])
    return _token(found)


def list_tokens(store: Store) -> list[Token]:
    """All tokens, revoked ones too, oldest first."""
    sql = "SELECT name, scopes, made, last_used, revoked FROM tokens ORDER BY number"
    return [_token(found) for found in store.rows(sql)]


def revoke_token(store: Store, name: str) -> Token:
    """The token, which opens nothing any more. Errors: NotFound."""
    sql = "SELECT name, scopes, made, last_used, revoked FROM tokens WHERE name = ?"
    with store.writing():
        store.run("UPDATE tokens SET revoked = coalesce(revoked, ?) WHERE name = ?", (now(), to_column(name)))
        found = row(store, sql, (to_column(name),))
    if found is None:
        raise NotFound(f"there is no token {name!r}. `khabar token list` shows them.")
    return _token(found)


def has_token(store: Store) -> bool:
    """Whether any token opens anything."""
    return any(token.revoked is None for token in list_tokens(store))


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "backslashreplace")).digest()


def _token(found: tuple[str, ...]) -> Token:
    name, scope, made, last_used, revoked = found[:5]
    return Token(name, Scope(scope), made, last_used, revoked)


def _note_use(store: Store, name: str, last_used: str | None) -> None:
    at = datetime.now(UTC)
    if last_used is None or at - datetime.fromisoformat(last_used) > _NOTED_EVERY:
        with suppress(LibraryError), store.writing():  # a library that takes no more can still be read
            store.run("UPDATE tokens SET last_used = ? WHERE name = ?", (now(), name))
