"""A library learns from its own reports how to keep them small; nothing is lost by it, in both databases."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from tests.library.conftest import Opener
from tests.library.reports import tiny
from tests.library.test_keeping import page

from khabar.errors import LibraryError
from khabar.library import Library, learnt, restore
from khabar.library.learnt import learn_if_due
from khabar.library.packing import FORMER_LEAD_BITS, pack_rows, unpack_leads
from khabar.library.shelves import read_original
from khabar.library.squeeze import squeeze_text

REPORTS = 30


@pytest.fixture
def early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Libraries learn at their twentieth report, from what little they hold."""
    monkeypatch.setattr(learnt, "_FIRST_AT", 20)
    monkeypatch.setattr(learnt, "_LEAST_BYTES", 1_000)


def add_tiny(library: Library, first: int = 0, many: int = REPORTS) -> None:
    library.add_pages([page(tiny(n), f"{n}.txt") for n in range(first, first + many)])


def kinds(library: Library) -> list[int]:
    rows = library.store.rows("SELECT body FROM originals ORDER BY number")
    return [bytes(body)[0] for (body,) in rows]


def test_what_it_learns_makes_reports_smaller_and_loses_none(
    library: Library, early: None, where: str, open_at: Opener, tmp_path: Path
) -> None:
    add_tiny(library)
    assert kinds(library) == [1] * 20 + [3] * 10
    newest = library.store.rows("SELECT body FROM originals ORDER BY number DESC LIMIT 1")[0][0]
    assert len(newest) < len(squeeze_text(tiny(REPORTS - 1))) / 2
    other = open_at(where)  # as another process reads it
    assert [read_original(other.store, n + 1).text for n in range(REPORTS)] == [
        tiny(n) for n in range(REPORTS)
    ]
    assert other.check().faults == ()
    assert other.search('"sold 129 tonnes"').articles == 1
    library.backup(tmp_path / "copy.db")
    restore(tmp_path / "copy.db", tmp_path / "back.db")
    assert open_at(tmp_path / "back.db").check().faults == ()


def test_reindex_keeps_older_reports_as_small_as_newer_ones(library: Library, early: None) -> None:
    add_tiny(library)
    wanted = [library.article(one.id) for one in library.articles(limit=100)]
    library.reindex()
    assert kinds(library) == [3] * REPORTS
    assert [library.article(one.id) for one in library.articles(limit=100)] == wanted
    assert library.check().faults == ()


def test_it_learns_once_and_again_when_it_has_grown(library: Library, early: None) -> None:
    add_tiny(library)
    assert not learn_if_due(library.store)
    assert not learn_if_due(library.store, again_at_times=2)
    add_tiny(library, REPORTS, 10)
    assert learn_if_due(library.store, again_at_times=2)
    assert [reports for (reports,) in library.store.rows("SELECT reports FROM dictionaries")] == [20, 40]
    assert library.check().faults == ()


def test_words_that_are_gone_are_named(library: Library, early: None) -> None:
    add_tiny(library)
    with library.store.writing():
        library.store.run("DELETE FROM dictionaries")
    library.store.learnt.forget()
    with pytest.raises(LibraryError, match="khabar check"):
        read_original(library.store, REPORTS)
    assert any("dictionary 1 is missing" in fault.what for fault in library.check().faults)


def test_reports_too_alike_or_too_few_to_learn_from_are_kept_all_the_same(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learnt, "_FIRST_AT", 2)  # three short reports hold too little for a dictionary
    add_tiny(library, many=4)
    assert kinds(library) == [1] * 4
    assert library.check().faults == ()


def test_a_library_of_the_fourth_schema_is_brought_up(filled: Library, where: str, open_at: Opener) -> None:
    wanted = {one.id for one in filled.articles(limit=100)}
    make_fourth(filled)
    risen = open_at(where)
    assert {one.id for one in risen.articles(limit=100)} == wanted
    assert risen.check().faults == ()
    assert {len(lead) for (lead,) in risen.store.rows("SELECT lead FROM leads")} == {98}
    same = [risen.article(name).article.text for name in sorted(wanted)]
    assert risen.add_pages([page(text, f"again{n}.txt") for n, text in enumerate(same)]).kept == 0


def make_fourth(library: Library) -> None:
    """Turns the library into what the fourth schema made of it, as far as the fifth step looks at it."""
    store = library.store
    with store.writing():
        for number, kind in store.rows("SELECT number, kind FROM originals"):
            said = f"{kind}\0{read_original(store, number).text}".encode()
            digest = hashlib.sha256(said).digest()
            store.run("UPDATE originals SET digest = ? WHERE number = ?", (digest, number))
            store.run("UPDATE inputs SET digest = ? WHERE original = ?", (digest, number))
        for number, lead in store.rows("SELECT article, lead FROM leads"):
            former = pack_rows(unpack_leads([lead]), FORMER_LEAD_BITS)
            store.run("UPDATE leads SET lead = ? WHERE article = ?", (former, number))
        store.run("CREATE INDEX stories_by_day ON stories (last_day)")
        store.run("DROP TABLE dictionaries")
        store.run("UPDATE meta SET value = '4' WHERE name = 'khabar_schema'")
