"""Where a server is: the connection string in the parts that the driver takes."""

from __future__ import annotations

import getpass
import os
import ssl
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from khabar.errors import LibraryError

_PORT = 5432
_LOCAL = "localhost"


def read_address(address: str) -> dict[str, Any]:
    """What `postgresql://user:password@host:port/database?sslmode=...` says; PGUSER and the like fill gaps.

    A host that begins with "/" is the folder of a socket. Errors: LibraryError.
    """
    try:
        parts = urlsplit(address)
        said = dict(parse_qsl(parts.query))
        port = int(said.get("port") or parts.port or os.environ.get("PGPORT") or _PORT)
    except ValueError as error:
        raise LibraryError(f"The address of the server cannot be read: {error}.") from error
    host = said.get("host") or unquote(parts.hostname or "") or os.environ.get("PGHOST") or _LOCAL
    user = said.get("user") or unquote(parts.username or "") or os.environ.get("PGUSER") or getpass.getuser()
    password = said.get("password") or unquote(parts.password or "") or os.environ.get("PGPASSWORD")
    database = unquote(parts.path.lstrip("/")) or said.get("dbname") or os.environ.get("PGDATABASE") or user
    known = {"user": user, "password": password, "database": database, "application_name": "khabar"}
    if host.startswith("/"):
        return known | {"unix_sock": f"{host}/.s.PGSQL.{port}", "ssl_context": False}
    return known | {"host": host, "port": port, "ssl_context": _security(said)}


def _security(said: dict[str, str]) -> Any:
    """As `sslmode` asks: None tries and goes on without, False does not try, a context insists."""
    mode = said.get("sslmode") or os.environ.get("PGSSLMODE") or "prefer"
    if mode in ("allow", "prefer"):
        return None
    if mode == "disable":
        return False
    if mode not in ("require", "verify-ca", "verify-full"):
        raise LibraryError(
            f"sslmode is {mode!r}; it may be disable, prefer, require, verify-ca or verify-full."
        )
    context = ssl.create_default_context(cafile=said.get("sslrootcert"))
    context.check_hostname = mode == "verify-full"
    if mode == "require":
        context.verify_mode = ssl.CERT_NONE
    return context
