"""What is added stays, once, as it was: in both kinds of database."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from tests.library.conftest import Opener
from tests.library.reports import BRIDGE_EN, REPORTS, STRIKE_EN, tiny

from khabar.errors import NotFound
from khabar.library import Library
from khabar.model.article import Article, Extract
from khabar.model.outcome import Kept, Outcome
from khabar.model.page import Page, PageKind
from khabar.pipeline import compare_paths
from khabar.settings import Settings


def story_of(library: Library, report: str) -> str:
    return next(
        one.story for one in library.articles(limit=100) if report in library.article(one.id).paths[0]
    )


def page(text: str, path: str, address: str | None = None) -> Kept[Page]:
    return Kept(Page(path, PageKind.TEXT, text, "utf-8", "assumed", address=address))


def test_every_input_is_kept_or_dropped_and_totals_add_up(library: Library, reports: Path) -> None:
    added = library.add([reports])
    assert (added.inputs, added.kept, added.known, len(added.dropped)) == (7, 6, 0, 1)
    assert added.dropped[0].path.endswith("nothing.txt")
    totals = library.totals()
    assert totals.inputs == totals.kept + totals.known + totals.dropped == 7
    assert totals.articles == 6
    assert library.check().faults == ()


def test_adding_again_adds_nothing(filled: Library, reports: Path) -> None:
    before = filled.totals()
    again = filled.add([reports])
    assert (again.kept, again.known, len(again.dropped), again.articles) == (0, 6, 1, ())
    assert filled.totals().articles == before.articles
    assert filled.totals().inputs == before.inputs


def test_a_dropped_input_is_kept_once_it_holds_a_report(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "later.txt"
    path.write_text(" ", encoding="utf-8")
    assert library.add([path]).kept == 0
    path.write_text(tiny(1), encoding="utf-8")
    assert library.add([path]).kept == 1
    totals = library.totals()
    assert (totals.inputs, totals.kept, totals.dropped) == (2, 1, 1)


def test_an_article_comes_back_as_it_was_read(filled: Library, reports: Path) -> None:
    for line in filled.articles(limit=100):
        kept = filled.article(line.id)
        assert kept.article.text == Path(kept.paths[0]).read_text(encoding="utf-8")
        assert kept.article.text in REPORTS.values()
        assert filled.article(line.id[:9]).article == kept.article


def test_one_text_from_two_places_is_one_article(filled: Library, tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text(BRIDGE_EN, encoding="utf-8")
    added = filled.add([copy])
    assert (added.kept, added.known) == (0, 1)
    paths = [filled.article(one.id).paths for one in filled.articles(limit=100)]
    assert sum(str(copy) in each for each in paths) == 1
    assert filled.totals().known == 1


def test_a_page_that_changed_at_its_address_supersedes_the_older(library: Library) -> None:
    address = "https://ledger.example/strike"
    first = library.add_pages([page(STRIKE_EN, address, address)])
    second = library.add_pages([page(STRIKE_EN.replace("640", "660"), address, address)])
    assert library.article(second.articles[0]).supersedes == first.articles[0]
    assert library.article(first.articles[0]).article.text == STRIKE_EN


@pytest.mark.parametrize(
    "text", ["a\x00b\n\nThe bell rang \x00 twice on Monday.", "x\n\nThe bell \ud83d rang on Monday."]
)
def test_odd_characters_are_kept(library: Library, text: str) -> None:
    added = library.add_pages([page(text, "odd\udce4.txt")])
    assert [library.article(name).article.text for name in added.articles] == [text]


def test_stories_are_those_of_a_comparison(filled: Library, reports: Path) -> None:
    compared = compare_paths([reports], Settings(keep_mb=0))
    names = {article.id: Path(article.path).name for article in compared.articles}
    wanted = {frozenset(names[one] for one in story.articles) for story in compared.stories}
    found = {
        frozenset(Path(filled.article(one).paths[0]).name for one in filled.story(line.id).articles)
        for line in filled.stories()
    }
    assert found == wanted
    assert frozenset({"bridge_en.txt", "bridge_ar.txt", "bridge_fa.txt"}) in found


def test_a_story_has_its_statements_and_keeps_them(filled: Library) -> None:
    name = story_of(filled, "bridge_en")
    story = filled.story(name)
    assert len(story.articles) == 3
    assert any(len(one.attestations) > 1 for one in story.statements)
    assert filled.store.rows("SELECT count(*) FROM tellings")[0][0] == 1
    assert filled.story(name) == story
    articles = {one.id: one for one in filled.comparison([name]).articles}
    for statement in story.statements:
        for said in statement.attestations:
            assert said.excerpt.span.of(articles[said.excerpt.article].text) == said.excerpt.text


def test_a_story_is_told_anew_when_a_report_joins(filled: Library) -> None:
    name = story_of(filled, "strike_en")
    before = filled.story(name)
    added = filled.add_pages([page(STRIKE_EN.replace("Northern Ledger", "Fjord Post"), "post.txt")])
    assert name in added.stories
    assert len(filled.story(name).articles) == len(before.articles) + 1
    assert filled.line(name).reports == len(before.articles) + 1
    assert [event.event for event in filled.history(name)][-1] == "joined"
    assert filled.history(name)[-1].why


def test_a_person_is_found_in_every_script(filled: Library) -> None:
    for asked in ("Karim Daoudi", "كريم داودي", "کریم داودی"):
        found = filled.people(asked)
        assert found, asked
        assert {"Karim Daoudi", "كريم داودي", "کریم داودی"} <= {form.text for form in found[0].forms}
        assert found[0].articles == 3
    assert filled.people("Zebulon Quarrington") == []


def test_lists_are_filtered_and_paged(filled: Library) -> None:
    lines = filled.articles(limit=2)
    rest = filled.articles(limit=100, after=lines[-1].number)
    assert len({one.id for one in [*lines, *rest]}) == 6
    assert {one.languages for one in filled.articles(language="fa")} == {("fa",)}
    assert len(filled.articles(outlet="ledger")) == 1
    assert len(filled.articles(since="2026-06-01")) == 2
    stories = filled.stories(limit=1)
    after = filled.stories(after=stories[0].id)
    assert stories[0].id not in {one.id for one in after}
    assert len(after) + 1 == len(filled.stories())
    assert [one.last_day for one in filled.stories()] == sorted(
        (one.last_day for one in filled.stories()), reverse=True
    )


def test_what_is_not_there_is_said(filled: Library) -> None:
    for ask in (filled.article, filled.story, filled.line, filled.entity, filled.undo):
        for name in ("x", "s99999", "a0000000000000000", "e99999", "d99999"):
            with pytest.raises(NotFound):
                ask(name)


def test_two_that_add_at_once_lose_and_double_nothing(where: str, open_at: Opener) -> None:
    pages = [page(tiny(n), f"{n}.txt") for n in range(12)]
    open_at(where)  # the schema is made once
    adders = [open_at(where) for _ in range(2)]
    results: list[int] = []
    threads = [
        threading.Thread(target=lambda each=each: results.append(each.add_pages(pages).kept))
        for each in adders
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(results) == 12
    totals = adders[0].totals()
    assert (totals.articles, totals.kept, totals.inputs) == (12, 12, 12)
    assert adders[0].check().faults == ()


def test_readers_do_not_wait_for_a_writer(filled: Library, where: str, open_at: Opener) -> None:
    other = open_at(where)
    with filled.store.writing():
        filled.store.run("UPDATE stories SET title = 'changed'")
        assert "changed" not in {story.title for story in other.stories()}
    assert {story.title for story in other.stories()} == {"changed"}


def test_a_fault_of_ours_costs_one_page_only(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    from khabar.library import intake

    real = intake.annotate_extract

    def fail_on_one(taken: Extract, name: str) -> Outcome[Article]:
        if taken.path == "bad.txt":
            raise IndexError("list index out of range")
        return real(taken, name)

    monkeypatch.setattr(intake, "annotate_extract", fail_on_one)
    pages = [page(tiny(1), "1.txt"), page(tiny(2), "bad.txt"), page(tiny(3), "3.txt")]
    added = library.add_pages(pages)
    assert (added.kept, [one.path for one in added.dropped]) == (2, ["bad.txt"])
    assert "khabar itself failed" in added.dropped[0].reason
    monkeypatch.undo()
    assert library.add_pages(pages).kept == 1  # mended, it is taken in
    assert library.totals().kept == library.totals().articles == 3
