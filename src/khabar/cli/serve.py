"""`khabar serve`."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any, NoReturn

import click

from khabar.cli.listing import of_library
from khabar.cli.shared import tell
from khabar.errors import SettingError

SERVE = """\b
Examples:
  khabar serve --open                            on this machine, in the browser
  khabar serve --port 9000 --no-open             for programs: http://127.0.0.1:9000/v1/openapi.json
  khabar token create --name me --scope write
  khabar serve --host 0.0.0.0                    for others too, who need a token

Beyond this machine put a server that speaks TLS before it, and name it in server_names."""
NEEDED = "This needs further packages. Install them: pip install 'khabar[serve]'."


@click.command(epilog=SERVE)
@click.option("--host", metavar="HOST", help="Where to listen (default: 127.0.0.1, this machine only).")
@click.option("--port", type=int, metavar="PORT", help="Default: 8420; 0 takes a free one.")
@click.option("--open/--no-open", "browse", default=False, help="Show it in the browser.")
@of_library
def serve(host: str | None, port: int | None, browse: bool, library: str | None) -> None:
    """Serves the library: an API for programs, and the web app."""
    from khabar.settings import load_settings  # noqa: PLC0415

    settings = load_settings({"host": host, "port": port, "library": library})
    uvicorn, make_app, listen = _packages()
    socket = listen(settings.host, settings.port)
    app = make_app(settings.library, settings)
    config = uvicorn.Config(
        app, log_level="warning", proxy_headers=False, server_header=False, lifespan="on",
        timeout_graceful_shutdown=5,
    )  # fmt: skip
    address = _address(settings.host, socket.getsockname()[1])
    tell(f"khabar serves {app.state.library.store.where} at {address} (Ctrl+C ends it)")
    if browse:
        click.launch(address)
    server = uvicorn.Server(config)
    with suppress(KeyboardInterrupt):
        server.run([socket])
    _leave(0 if server.started else 1)


def _leave(code: int) -> NoReturn:
    """Ends the process at once. A thread that is inside the encoder would abort it at the usual end."""
    tell("Stopped.")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _packages() -> tuple[Any, Any, Any]:
    try:
        import uvicorn  # noqa: PLC0415

        from khabar.serve.app import make_app  # noqa: PLC0415
        from khabar.serve.listen import listen  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("khabar"):
            raise
        raise SettingError(f"{error.name} is not installed. {NEEDED}") from error
    return uvicorn, make_app, listen


def _address(host: str, port: int) -> str:
    named = f"[{host}]" if ":" in host else host
    return f"http://{named}:{port}/"
