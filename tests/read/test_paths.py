from __future__ import annotations

import os
from pathlib import Path

import pytest

from khabar.model.outcome import Dropped, Kept, dropped, kept
from khabar.model.page import PageKind
from khabar.read import read_paths


def reasons(paths: list[Path]) -> list[str]:
    return [outcome.reason for outcome in dropped(read_paths(paths))]


def test_text_and_html_files_become_pages_in_the_order_named(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Rain fell.\r\n", newline="")
    (tmp_path / "a.HTM").write_text("<p>Rain fell.</p>")
    pages = kept(read_paths([tmp_path / "b.txt", tmp_path / "a.HTM"]))
    assert [(page.kind, page.text) for page in pages] == [
        (PageKind.TEXT, "Rain fell.\r\n"),
        (PageKind.HTML, "<p>Rain fell.</p>"),
    ]


def test_a_folder_is_read_with_all_below_it_sorted_and_hidden_entries_are_passed_over(tmp_path: Path) -> None:
    for name in ("z.txt", "a/2.txt", "a/10.html", ".hidden.txt", ".git/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("words")
    pages = kept(read_paths([tmp_path]))
    assert [Path(page.path).relative_to(tmp_path).as_posix() for page in pages] == [
        "a/10.html",
        "a/2.txt",
        "z.txt",
    ]


def test_every_input_leaves_one_outcome(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("words")
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "table.csv").write_text("1,2")
    named = [tmp_path / name for name in ("good.txt", "gone.txt", "empty.txt", "table.csv")]
    outcomes = list(read_paths(named))
    assert [isinstance(outcome, Kept) for outcome in outcomes] == [True, False, False, False]
    assert [outcome.path for outcome in outcomes if isinstance(outcome, Dropped)] == [
        str(p) for p in named[1:]
    ]
    words = reasons(named)
    assert "no file or folder" in words[0]
    assert "empty" in words[1]
    assert ".html" in words[2]


def test_an_unknown_kind_inside_a_folder_is_counted_with_few_words(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("words")
    (tmp_path / "notes.csv").write_text("x")
    assert reasons([tmp_path]) == ["not a report: .csv"]


def test_a_folder_without_reports_says_what_is_accepted(tmp_path: Path) -> None:
    assert len(reasons([tmp_path])) == 1
    assert ".txt" in reasons([tmp_path])[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (bytes(range(256)) * 40, "not text"),
        (b"\x00" * 1000, "not text"),
        (os.urandom(4000), "not text"),
    ],
)
def test_binary_data_under_the_name_of_a_text_is_dropped(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "report.txt").write_bytes(data)
    assert said in reasons([tmp_path / "report.txt"])[0]


def test_a_file_over_the_limit_is_dropped_without_being_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(200_000_000)  # sparse: reading it would still take 200 MB of memory
    assert "200,000,000" in reasons([huge])[0]


def test_links_that_lead_in_a_circle_end(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("words")
    (tmp_path / "in" / "up").symlink_to(tmp_path)
    (tmp_path / "in" / "self").symlink_to("self")
    outcomes = list(read_paths([tmp_path]))
    assert len(kept(outcomes)) == 1
    assert len(dropped(outcomes)) == 2


def test_a_broken_link_a_pipe_and_an_impossible_name_are_dropped(tmp_path: Path) -> None:
    (tmp_path / "broken.txt").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    named = [
        tmp_path / "broken.txt",
        tmp_path / "pipe.txt",
        tmp_path / ("n" * 400 + ".txt"),
        Path("a\0b.txt"),
    ]
    words = reasons(named)
    assert len(words) == 4
    assert "pipe" in words[1]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_without_permission_is_dropped(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    (tmp_path / "a.txt").chmod(0)
    assert "cannot be read" in reasons([tmp_path / "a.txt"])[0]
