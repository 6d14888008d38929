from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from khabar.model.outcome import Dropped, Kept
from read.places import ARABIC, PAGE, pages, read, tarred, zipped

FILES = {"in/page.html": PAGE.encode(), "report.txt": ARABIC.encode()}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", zipped(FILES)),
        ("a.tar", tarred(FILES)),
        ("a.tar.gz", tarred(FILES, "gz")),
        ("a.tgz", tarred(FILES, "gz")),
        ("a.tar.bz2", tarred(FILES, "bz2")),
        ("a.tar.xz", tarred(FILES, "xz")),
        ("wrongly-named.txt", zipped(FILES)),
    ],
)
def test_every_file_of_an_archive_is_one_outcome(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    found = pages(tmp_path / name)
    assert [page.path for page in found] == [
        f"{tmp_path / name}!in/page.html",
        f"{tmp_path / name}!report.txt",
    ]
    assert [page.text for page in found] == [PAGE, ARABIC]


@pytest.mark.parametrize(
    ("suffix", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)]
)
def test_one_packed_file_is_read(tmp_path: Path, suffix: str, pack: object) -> None:
    path = tmp_path / f"page.html{suffix}"
    path.write_bytes(pack(PAGE.encode()))  # type: ignore[operator]
    [page] = pages(path)
    assert (page.text, page.kind) == (PAGE, "html")


def test_archives_in_archives_are_read_to_a_depth(tmp_path: Path) -> None:
    data = ARABIC.encode()
    for level in range(3):
        data = zipped({f"{level}.zip" if level else "a.txt": data})
    (tmp_path / "a.zip").write_bytes(data)
    assert pages(tmp_path / "a.zip")[0].path.endswith("a.zip!2.zip!1.zip!a.txt")
    [gone] = read(tmp_path / "a.zip", depth=1)
    assert isinstance(gone, Dropped)
    assert "not deeper" in gone.reason


def test_an_archive_that_holds_itself_ends(tmp_path: Path) -> None:
    inner = zipped({"a.txt": b"words"})
    for _ in range(12):
        inner = gzip.compress(inner)
    (tmp_path / "a.gz").write_bytes(inner)
    [gone] = read(tmp_path / "a.gz")
    assert isinstance(gone, Dropped)


@pytest.mark.parametrize("pack", [zipped, lambda files: tarred(files, "gz")])
def test_a_bomb_is_refused_and_does_not_fill_the_memory(tmp_path: Path, pack: object) -> None:
    (tmp_path / "a.zip").write_bytes(pack({"bomb.txt": b"\0" * 60_000_000}))  # type: ignore[operator]
    outcomes = read(tmp_path / "a.zip")
    assert all(isinstance(one, Dropped) and "bomb" in one.reason for one in outcomes)
    assert 1 <= len(outcomes) <= 2  # the file, and the archive whose rest is not read


def test_what_follows_a_bomb_in_a_zip_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"bomb.txt": b"\0" * 60_000_000, "b.txt": ARABIC.encode()}))
    outcomes = read(tmp_path / "a.zip")
    assert [isinstance(one, Kept) for one in outcomes] == [False, True]


def test_the_total_of_all_files_has_a_limit(tmp_path: Path) -> None:
    files = {f"{number}.txt": os.urandom(3000) + ARABIC.encode() for number in range(30)}
    (tmp_path / "a.zip").write_bytes(zipped(files))
    outcomes = read(tmp_path / "a.zip", total_bytes=20_000)
    assert isinstance(outcomes[-1], Dropped)
    assert "unpacks to more than 20,000 bytes" in outcomes[-1].reason
    assert len(outcomes) < 10


def test_the_number_of_files_has_a_limit(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({f"{n}.txt": ARABIC.encode() for n in range(20)}))
    outcomes = read(tmp_path / "a.zip", entries=5)
    assert [isinstance(one, Kept) for one in outcomes] == [True] * 5 + [False]
    assert "more than 5 files" in outcomes[-1].reason  # type: ignore[union-attr]


def test_names_that_lead_elsewhere_are_shown_and_nothing_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.zip").write_bytes(
        zipped({"../../evil.txt": ARABIC.encode(), "/etc/evil.txt": ARABIC.encode()})
    )
    (folder / "b.tar").write_bytes(tarred({"../evil.txt": ARABIC.encode()}))
    assert len(pages(folder)) == 3
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {"a.zip", "b.tar"}


def test_links_inside_archives_are_not_followed(tmp_path: Path) -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        link = tarfile.TarInfo("secret.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    (tmp_path / "a.tar").write_bytes(made.getvalue())
    [gone] = read(tmp_path / "a.tar")
    assert "not followed" in gone.reason  # type: ignore[union-attr]


def test_an_archive_cut_in_the_middle_keeps_what_stands_before(tmp_path: Path) -> None:
    files = {f"{number}.txt": os.urandom(20_000).hex().encode() for number in range(4)}
    data = tarred(files, "gz")
    (tmp_path / "a.tar.gz").write_bytes(data[: len(data) // 2])
    outcomes = read(tmp_path / "a.tar.gz")
    assert isinstance(outcomes[0], Kept)
    assert isinstance(outcomes[-1], Dropped)
    assert sum(isinstance(one, Dropped) for one in outcomes) <= 2


def test_one_broken_file_costs_only_itself(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": ARABIC.encode(), "b.txt": ARABIC.encode()}, zipfile.ZIP_STORED))
    place = data.index(ARABIC.encode())
    data[place : place + 4] = b"xxxx"
    (tmp_path / "a.zip").write_bytes(data)
    outcomes = read(tmp_path / "a.zip")
    assert [isinstance(one, Kept) for one in outcomes] == [False, True]
    assert "CRC" in outcomes[0].reason  # type: ignore[union-attr]


def test_a_name_in_utf8_that_is_not_marked_as_such_is_shown_right(tmp_path: Path) -> None:
    data = zipped({"xxxxxxxx.txt": ARABIC.encode()}).replace(b"xxxxxxxx", "خبر1".encode() + b"x")
    (tmp_path / "a.zip").write_bytes(data)
    assert pages(tmp_path / "a.zip")[0].path.endswith("!خبر1x.txt")


def test_what_archivers_add_is_passed_over(tmp_path: Path) -> None:
    files = {"__MACOSX/._a.txt": b"\0\5", ".DS_Store": b"\0", "a.txt": ARABIC.encode()}
    (tmp_path / "a.zip").write_bytes(zipped(files))
    assert len(pages(tmp_path / "a.zip")) == 1


def test_an_empty_archive_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({}))
    (tmp_path / "b.tar").write_bytes(tarred({}))
    assert ["is empty" in one.reason for one in read(tmp_path)][:2] == [True, True]  # type: ignore[union-attr]
