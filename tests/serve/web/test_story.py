"""The page of a story: table, evidence, decisions, exports."""

from __future__ import annotations

import time

import pytest
from starlette.testclient import TestClient
from tests.serve.web.conftest import Look, secret, text

from khabar.library import Library

ROWS = "//tr[contains(@class, 'row')]"


def test_table_has_a_row_for_each_statement_and_a_column_for_each_report(
    look: Look, kept: Library, bridge: str
) -> None:
    story = kept.story(bridge)
    page = look(f"/stories/{bridge}")
    assert len(page.xpath("//table[contains(@class, 'statements')]//tr[contains(@class, 'row')]")) == len(
        story.statements
    )
    heads = page.xpath("//table[contains(@class, 'statements')]/thead/tr[last()]/th/@data-articles")
    assert heads == list(story.articles)


def test_evidence_opens_without_script(look: Look, bridge: str) -> None:
    page = look(f"/stories/{bridge}")
    assert not page.xpath("//td[@id='e1']//blockquote")
    (link,) = page.xpath("//tr[@id='s1']//a[contains(@class, 'number')]")
    opened = look(link.get("href").partition("#")[0])
    assert opened.xpath("//td[@id='e1']//blockquote")
    assert opened.xpath("//tr[@id='s1']//a/@aria-expanded") == ["true"]


def test_evidence_comes_alone_for_who_has_script(look: Look, kept: Library, bridge: str) -> None:
    part = look(f"/stories/{bridge}/evidence/1")
    assert not part.xpath("//header | //main")
    told = {one.excerpt.article for one in kept.story(bridge).statements[0].attestations}
    shown = {name for names in part.xpath("//figure/@data-reports") for name in names.split()}
    assert shown == told
    assert {"lang", "dir"} <= set(part.xpath("//blockquote")[0].keys())


def test_evidence_of_no_statement_is_not_found(look: Look, bridge: str) -> None:
    look(f"/stories/{bridge}/evidence/0", 404)
    look(f"/stories/{bridge}/evidence/9999", 404)


def test_page_waits_for_a_story_that_is_being_compared(
    web: TestClient, kept: Library, bridge: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("khabar.serve.web.pages.story._SOON_S", 0.0)
    page = web.get(f"/stories/{bridge}").text
    assert 'id="telling"' in page
    asked = {"hx-request": "true", "hx-target": "telling"}
    until = time.monotonic() + 120
    while (answer := web.get(f"/stories/{bridge}", headers=asked)).status_code == 204:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert answer.headers["hx-refresh"] == "true"
    assert 'id="board"' in web.get(f"/stories/{bridge}").text


def _numbers(page: object) -> list[int]:
    return [int(one[1:]) for one in page.xpath("//tr[contains(@class, 'row')]/@id")]  # type: ignore[attr-defined]


def test_table_is_sorted_and_what_all_share_is_hidden(look: Look, bridge: str) -> None:
    told, agreed = (look(f"/stories/{bridge}?order={order}") for order in ("order", "agreement"))
    assert _numbers(told) == sorted(_numbers(told))
    assert sorted(_numbers(agreed)) == _numbers(told)
    stated = [
        len(row.xpath("./td[@class='states' or @class='attributes']"))
        for row in agreed.xpath("//tr[contains(@class, 'row')]")
    ]
    assert stated == sorted(stated, reverse=True)
    hidden = look(f"/stories/{bridge}?hide=shared")
    assert len(_numbers(hidden)) < len(_numbers(told))
    assert all(row.xpath("./td[@class!='states']") for row in hidden.xpath(ROWS))


def test_part_of_the_page_is_answered_to_htmx(web: TestClient, bridge: str) -> None:
    headers = {"hx-request": "true", "hx-target": "board"}
    part = web.get(f"/stories/{bridge}?group=language", headers=headers).text
    assert part.lstrip().startswith('<section id="board"')
    assert 'scope="colgroup"' in part


def test_story_has_calendars_names_origins_and_sayings(look: Look, bridge: str) -> None:
    page = look(f"/stories/{bridge}")
    timeline = text(page.xpath("//section[@id='timeline']")[0])
    assert "12 May 2026" in timeline
    assert "22 Ordibehesht 1405" in timeline
    assert "Dhu al-Qa'da 1447" in timeline
    names = text(page.xpath("//section[@id='names']")[0])
    assert "كريم داودي" in names
    assert "Karim Daoudi" in names
    assert page.xpath("//section[@id='said']//blockquote")
    assert page.xpath("//section[@id='origins']//li")


@pytest.mark.parametrize("form", ["html", "json", "jsonld", "csv"])
def test_story_is_exported(web: TestClient, bridge: str, form: str) -> None:
    answer = web.get(f"/stories/{bridge}/export/{form}")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["content-disposition"]
    assert "Daoudi" in answer.text


def _decide(web: TestClient, story: str, **given: str) -> object:
    return web.post(f"/stories/{story}/decide", data={"form": secret(web), **given})


def test_decision_is_kept_shown_and_taken_back(
    web: TestClient, look: Look, kept: Library, bridge: str
) -> None:
    out = kept.story(bridge).articles[-1]
    _decide(web, bridge, kind="reject", article=out)
    (decision,) = kept.decisions()
    assert kept.line(bridge).reports == 2
    page = look(f"/stories/{bridge}?decided={decision.id}")
    (undo,) = page.xpath("//form[contains(@class, 'decided')]/@action")
    assert page.xpath("//button[@data-key='u']")
    web.post(undo, data={"form": secret(web)})
    assert kept.line(bridge).reports == 3
    assert kept.decisions()[0].undone
    assert "taken back" in text(look("/decisions"))


def test_note_and_confirmation(web: TestClient, look: Look, kept: Library, bridge: str) -> None:
    _decide(web, bridge, kind="note", text="see the <b>ferry</b>")
    _decide(web, bridge, kind="confirm")
    assert [one.kind.value for one in kept.decisions()] == ["note", "confirm"]
    assert "see the <b>ferry</b>" in text(look(f"/stories/{bridge}"))


def test_split_and_merge(web: TestClient, kept: Library, bridge: str) -> None:
    first = kept.story(bridge).articles[0]
    _decide(web, bridge, kind="split", article=first)
    apart = kept.article(first).story
    others = next(line.id for line in kept.stories() if line.reports == 2 and line.id != apart)
    _decide(web, others, kind="merge", other=apart)
    assert kept.article(first).story == kept.line(others).id


@pytest.mark.parametrize(
    "given", [{"kind": "merge"}, {"kind": "split"}, {"kind": "erase"}, {"kind": "merge", "other": "s9999"}]
)
def test_decision_that_says_nothing_is_refused_in_words(
    web: TestClient, kept: Library, bridge: str, given: dict[str, str]
) -> None:
    answer = _decide(web, bridge, **given)
    assert answer.status_code >= 400  # type: ignore[attr-defined]
    assert 'class="notice"' in answer.text  # type: ignore[attr-defined]
    assert not kept.decisions()


def test_nothing_changes_without_the_secret_of_the_browser(
    web: TestClient, kept: Library, bridge: str
) -> None:
    secret(web)
    for forged in ({}, {"form": "x" * 43}):
        answer = web.post(f"/stories/{bridge}/decide", data={"kind": "confirm", **forged})
        assert answer.status_code == 403
    assert not kept.decisions()


def test_story_that_went_into_another_leads_there(web: TestClient, kept: Library, bridge: str) -> None:
    other = next(line.id for line in kept.stories() if line.id != bridge)
    decision = kept.merge(bridge, other)
    assert web.get(f"/stories/{other}").url.path == f"/stories/{decision.story}"


def test_all_evidence_is_there_to_be_printed(look: Look, bridge: str) -> None:
    page = look(f"/stories/{bridge}")
    assert page.xpath(f"//nav//a[@href='/stories/{bridge}?open=all']")
    assert not page.xpath("//blockquote[ancestor::tr]")
    opened = look(f"/stories/{bridge}?open=all").xpath("//tr[@class='evidence']")
    assert len(opened) > 2
    assert all(row.xpath(".//blockquote") and row.get("hidden") is None for row in opened)
