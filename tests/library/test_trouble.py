"""What can go wrong with a file is said clearly, and nothing is damaged by it."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import sqlite3
from pathlib import Path

import pytest
from tests.library.conftest import Opener
from tests.library.reports import tiny
from tests.library.test_keeping import page

from khabar.encode.types import Encoder
from khabar.errors import LibraryError
from khabar.library import Library, restore
from khabar.library.migrate import migrate, steps, version_of
from khabar.library.open import open_store
from khabar.library.sqlite import SqliteStore
from khabar.settings import Settings


def opened(where: Path, encoder: Encoder) -> Library:
    return Library.open(where, Settings(), encoder=encoder)


@pytest.fixture
def file(tmp_path: Path, template: Path) -> Path:
    where = tmp_path / "khabar.db"
    restore(template, where)
    return where


def test_no_library_is_named_and_none_is_made(tmp_path: Path, passes: Encoder) -> None:
    with pytest.raises(LibraryError, match="khabar init"):
        opened(tmp_path / "none.db", passes)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(LibraryError, match="is a folder"):
        opened(tmp_path, passes)


@pytest.mark.parametrize(
    "content", [b"this is a text file, not a database " * 300, b"SQLite format 3\x00" + b"\x07" * 9000]
)
def test_what_is_no_library_stays_as_it_is(tmp_path: Path, passes: Encoder, content: bytes) -> None:
    where = tmp_path / "notes.db"
    where.write_bytes(content)
    with pytest.raises(LibraryError, match=str(where)):
        opened(where, passes)
    assert where.read_bytes() == content


def test_a_database_of_something_else_is_left_alone(tmp_path: Path, passes: Encoder) -> None:
    where = tmp_path / "other.db"
    with sqlite3.connect(where) as base:
        base.execute("CREATE TABLE recipes (name TEXT)")
    base.close()
    with pytest.raises(LibraryError, match="no khabar library"):
        opened(where, passes)


def test_a_newer_library_is_not_touched(file: Path, passes: Encoder) -> None:
    with sqlite3.connect(file) as base:
        base.execute("UPDATE meta SET value = '9999' WHERE name = 'khabar_schema'")
    base.close()
    before = file.read_bytes()
    with pytest.raises(LibraryError, match="newer khabar"):
        opened(file, passes)
    assert file.read_bytes() == before


def read_all(library: Library) -> None:
    for line in library.articles(limit=100):
        library.article(line.id)
        library.history(line.story)


def test_a_damaged_page_is_found_and_the_backup_is_offered(file: Path, passes: Encoder) -> None:
    damaged = bytearray(file.read_bytes())
    for at in range(8192 * 6, len(damaged) - 8192, 8192 * 3):
        damaged[at : at + 4000] = b"\xff" * 4000
    file.write_bytes(damaged)
    with opened(file, passes) as library:
        assert library.check().faults
        with pytest.raises(LibraryError, match="restore"):
            read_all(library)
    assert file.read_bytes()[8192:] == bytes(damaged)[8192:]  # the first page says how it is opened


def test_an_altered_article_is_found(file: Path, passes: Encoder) -> None:
    with opened(file, passes) as library:
        with library.store.writing():
            library.store.run(
                "UPDATE originals SET body = (SELECT body FROM originals WHERE number = 2) WHERE number = 1"
            )
            library.store.run("DELETE FROM memberships WHERE article = 3")
        found = {fault.what for fault in library.check().faults}
    assert "its text is not the one that it was kept by" in found
    assert "it is not the one that was read" in found
    assert "an article is in no story" in found


def test_a_full_disk_loses_only_what_is_being_added(file: Path, passes: Encoder) -> None:
    with opened(file, passes) as library:
        before = library.totals().articles
    process = multiprocessing.get_context("fork").Process(target=_add_until_full, args=(file, passes))
    process.start()
    process.join()
    assert process.exitcode == 6
    with opened(file, passes) as library:
        assert library.check().faults == ()
        assert library.totals().articles >= before
        assert library.add_pages([page(tiny(n), f"{n}.txt") for n in range(3)]).inputs == 3


def _add_until_full(where: Path, encoder: Encoder) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # so that writing fails as on a full disk
    room = where.stat().st_size + 200_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    try:
        with opened(where, encoder) as library:
            library.add_pages(
                [page("\n\n".join(tiny(n) for n in range(at, at + 40)), f"{at}.txt") for at in range(40)]
            )
    except LibraryError as error:
        os._exit(6 if "Make room" in str(error) else 1)


def test_a_library_that_may_not_be_written_can_be_read(
    file: Path, passes: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sqlite3.connect

    def connect_to_read(address: object, **how: object) -> sqlite3.Connection:
        # Permissions do not stop the superuser, who runs tests in containers: SQLite is told instead.
        if "immutable" not in str(address):
            how["uri"], address = True, f"{file.as_uri()}?mode=ro"
        return real(address, **how)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr(sqlite3, "connect", connect_to_read)
    with opened(file, passes) as library:
        assert len(library.articles(limit=100)) == 6
        assert library.story(library.stories()[0].id).articles
        with pytest.raises(LibraryError, match=r"read-only|may not be written"):
            library.add_pages([page(tiny(1), "1.txt")])


def test_another_that_writes_for_long_is_named(file: Path) -> None:
    one, two = SqliteStore(file, create=False), SqliteStore(file, create=False, wait_s=0.1)
    with one.writing(), pytest.raises(LibraryError, match="Another process"), two.writing():
        pass
    one.close()
    two.close()


def test_backup_while_others_write_and_restore(file: Path, tmp_path: Path, passes: Encoder) -> None:
    with opened(file, passes) as library:
        wanted = [one.id for one in library.articles(limit=100)]
        writer = SqliteStore(file, create=False)
        with writer.writing():
            writer.run("UPDATE stories SET title = 'half done'")
            library.backup(tmp_path / "copy.db")
        writer.close()
        with pytest.raises(LibraryError, match="already"):
            library.backup(tmp_path / "copy.db")
    file.unlink()
    restore(tmp_path / "copy.db", file)
    with opened(file, passes) as library:
        assert [one.id for one in library.articles(limit=100)] == wanted
        assert "half done" not in {story.title for story in library.stories()}
        assert library.check().faults == ()
    with pytest.raises(LibraryError, match="--replace"):
        restore(tmp_path / "copy.db", file)
    aside = restore(tmp_path / "copy.db", file, replace=True)
    assert aside is not None
    assert aside.exists()


def test_a_damaged_backup_is_not_restored(tmp_path: Path, template: Path) -> None:
    damaged = bytearray(template.read_bytes())
    damaged[8192 * 5 : 8192 * 7] = b"\x00" * (8192 * 2)
    (tmp_path / "bad.db").write_bytes(damaged)
    with pytest.raises(LibraryError):
        restore(tmp_path / "bad.db", tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()


def test_a_server_goes_into_a_file_and_back(filled: Library, tmp_path: Path, passes: Encoder) -> None:
    filled.backup(tmp_path / "copy.db")
    with opened(tmp_path / "copy.db", passes) as copy:
        assert copy.totals().articles == filled.totals().articles
        assert copy.check().faults == ()
        assert [one.id for one in copy.stories()] == [one.id for one in filled.stories()]


def test_a_library_of_the_first_schema_is_brought_up(tmp_path: Path, passes: Encoder) -> None:
    where = tmp_path / "old.db"
    store = SqliteStore(where, create=True)
    migrate(store, upto=1)
    with store.writing():
        store.run(
            "INSERT INTO stories (title, reports, changed) VALUES ('kept from before', 0, '2026-01-01')"
        )
    assert version_of(store) == 1
    store.close()
    with opened(where, passes) as library:
        assert version_of(library.store) == steps("sqlite")[-1].number
        assert library.store.rows("SELECT title FROM stories") == [("kept from before",)]
        assert library.add_pages([page(tiny(1), "1.txt")]).kept == 1


def test_both_kinds_of_database_go_through_the_same_steps() -> None:
    assert [step.number for step in steps("sqlite")] == [step.number for step in steps("postgres")]
    assert [step.number for step in steps("sqlite")] == list(range(1, len(steps("sqlite")) + 1))


def test_an_empty_file_becomes_a_library(tmp_path: Path, open_at: Opener) -> None:
    (tmp_path / "empty.db").touch()  # as a process leaves it that was killed at its first moment
    assert open_at(tmp_path / "empty.db").totals().articles == 0
    assert version_of(open_store(tmp_path / "empty.db")) > 0
