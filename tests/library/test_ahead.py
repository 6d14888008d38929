"""Who waits for `add` sees how much is ahead, as far as that can be known."""

from __future__ import annotations

from pathlib import Path

from khabar.library import Library
from khabar.library.ahead import count_ahead
from khabar.progress import Silent


class Heard(Silent):
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.total, self.done = -1, 0

    def stage(self, name: str, total: int) -> None:
        self.total = total

    def advance(self, done: int = 1) -> None:
        self.done += done


def test_the_total_is_what_is_done_in_the_end(library: Library, reports: Path) -> None:
    heard = Heard()
    added = library.add([reports, reports / "comet_en.txt"], heard)
    assert heard.total == heard.done == added.inputs == 8


def test_what_holds_any_number_of_reports_is_not_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / ".hidden").touch()
    assert count_ahead([tmp_path]) == 1
    (tmp_path / "more.jsonl").touch()
    for sources in ([tmp_path], ["-"], ["https://news.example/feed"], [tmp_path / "pages.WARC.gz"]):
        assert count_ahead(sources) == 0
    assert count_ahead([tmp_path / "none.txt", "x" * 5000]) == 2
