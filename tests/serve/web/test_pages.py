"""Every page of the library: it answers, says what it should, and brings nothing from elsewhere."""

from __future__ import annotations

import re

import pytest
from lxml import html
from starlette.testclient import TestClient
from tests.serve.web.conftest import HERE, Look, secret, text

from khabar.library import Library
from khabar.library.jobs import cancel_wanted, open_job
from khabar.library.tokens import Scope, create_token
from khabar.serve.app import make_app
from khabar.settings import Settings

PAGES = [
    "/", "/stories", "/stories?sort=growing", "/stories?since=2026-01-01&language=fa&least=1", "/articles",
    "/articles?language=fa", "/people", "/people?q=Daoudi", "/sources", "/alerts", "/jobs", "/decisions",
    "/method", "/search", "/search?q=bridge",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_page_answers_and_has_one_heading_and_one_search(look: Look, path: str) -> None:
    page = look(path)
    assert len(page.findall(".//h1")) == 1
    assert len(page.xpath("//form[@role='search']//input[@type='search']")) == 1
    assert page.xpath("//main[@id='main']")


@pytest.mark.parametrize("path", PAGES)
def test_page_brings_nothing_from_elsewhere_and_holds_no_script_or_style(look: Look, path: str) -> None:
    page = look(path)
    loaded = [*page.xpath("//script/@src"), *page.xpath("//link/@href"), *page.xpath("//img/@src")]
    assert loaded
    assert all(one.startswith("/static/") for one in loaded)
    assert not page.xpath("//script[normalize-space(text())]")
    assert not page.xpath("//style | //@style | //@onclick | //@hx-on")


def test_every_form_that_changes_something_carries_the_secret(look: Look, bridge: str) -> None:
    for path in [*PAGES, f"/stories/{bridge}"]:
        for form in look(path).xpath("//form[@method='post']"):
            assert form.xpath("./input[@name='form'][string-length(@value) > 30]"), (path, form.get("action"))


def test_policy_of_a_page_allows_no_inline_script(web: TestClient) -> None:
    answer = web.get("/stories")
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "samesite=strict" in answer.headers["set-cookie"].lower()
    assert "httponly" in answer.headers["set-cookie"].lower()


@pytest.mark.parametrize("name", ["web.css", "report.css", "web.js", "htmx.min.js", "icon.svg"])
def test_static_file_is_kept_for_ever_under_its_digest(look: Look, web: TestClient, name: str) -> None:
    page = look("/")
    found = [one for one in page.xpath("//script/@src | //link/@href") if f"/{name}?" in one]
    answer = web.get(found[0])
    assert "immutable" in answer.headers["cache-control"]
    again = web.get(found[0], headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("name", ["../web/desk.py", "%2e%2e/desk.py", "..%2fdesk.py", "none.css"])
def test_only_static_files_are_served(web: TestClient, name: str) -> None:
    assert web.get(f"/static/{name}").status_code == 404


def test_stories_tell_when_who_languages_and_reports(look: Look, bridge: str) -> None:
    (line,) = look("/stories").xpath(f"//li[a[@href='/stories/{bridge}']]")
    assert "12 May 2026" in text(line)
    assert "3 reports" in text(line)
    assert {"Arabic", "English", "Persian"} <= set(text(line).split())


def test_stories_say_how_many_origins_once_the_story_was_compared(
    look: Look, kept: Library, bridge: str
) -> None:
    (line,) = look("/stories").xpath(f"//li[a[@href='/stories/{bridge}']]")
    assert "origin" not in text(line)
    origins = len(kept.story(bridge).origins)
    (line,) = look("/stories").xpath(f"//li[a[@href='/stories/{bridge}']]")
    assert f"{origins} origin" in text(line)


def test_long_lists_lead_on(look: Look, kept: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khabar.serve.web.pages.shelves._PAGE", 1)
    first = look("/stories?least=1")
    (further,) = first.xpath("//a[@rel='next']/@href")
    second = look(further)
    ids = [page.xpath("//li[contains(@class, 'line')]/a/@href")[0] for page in (first, second)]
    assert len(set(ids)) == 2
    assert "least=1" in further


def test_article_shows_all_of_its_page_with_what_was_found(look: Look, kept: Library) -> None:
    for line in kept.articles():
        page = look(f"/articles/{line.id}")
        shown = page.xpath("//div[contains(@class, 'layered')]")[0]
        for label in shown.xpath(".//small | .//sup"):
            label.drop_tree()
        original = kept.article(line.id).article.text
        assert "".join(shown.text_content().split()) == "".join(original.split())
        assert shown.xpath(".//span[contains(@class, 'names')]")


def test_article_names_what_was_left_out(look: Look, kept: Library) -> None:
    line = kept.articles(language="en")[0]
    kinds = {piece.kind for piece in kept.article(line.id).article.boilerplate}
    assert kinds
    labels = look(f"/articles/{line.id}").xpath("//div[contains(@class, 'layered')]//small/text()")
    assert len(labels) >= len(kinds)


def test_person_has_all_spellings_and_stories(look: Look, kept: Library, bridge: str) -> None:
    (known,) = [one for one in kept.people("Karim Daoudi") if len(one.forms) > 2][:1]
    page = look(f"/people/{known.entity.id}")
    assert "كريم داودي" in text(page)
    assert "Karim Daoudi" in text(page)
    assert page.xpath(f"//a[@href='/stories/{bridge}']")


def test_people_are_found_in_another_script(look: Look) -> None:
    assert "Karim Daoudi" in text(look("/people?q=كريم داودي"))


def test_search_marks_what_answers_and_leads_to_story_and_report(look: Look, bridge: str) -> None:
    page = look("/search?q=bridge")
    assert page.xpath(f"//ol[contains(@class, 'lines')]//a[@href='/stories/{bridge}']")
    assert "bridge" in [text(mark).lower() for mark in page.xpath("//mark")]
    assert page.xpath("//input[@id='q']/@value") == ["bridge"]


@pytest.mark.parametrize("query", ["%00", "%22", "(((", "outlet:", "-", "%E2%80%AE", "a" * 1999])
def test_strange_queries_are_answered_in_words(look: Look, query: str) -> None:
    assert look(f"/search?q={query}").findall(".//h1")


def test_what_is_not_there_is_a_page_that_says_so(look: Look) -> None:
    for path in (
        "/stories/s999999",
        "/articles/a000000000000",
        "/people/e999999",
        "/nowhere",
        "/compare/none",
    ):
        page = look(path, 404)
        assert page.xpath("//p[@class='notice']")
        assert page.xpath("//form[@role='search']")


def test_alert_is_saved_and_tells_what_is_new(web: TestClient, look: Look) -> None:
    web.post("/alerts", data={"form": secret(web), "q": "bridge", "name": "bridges"})
    page = look("/alerts")
    assert "bridges" in text(page)
    (action,) = page.xpath("//form[contains(@action, '/remove')]/@action")
    web.post(action, data={"form": secret(web)})
    assert not look("/alerts").xpath("//form[contains(@action, '/remove')]")


def test_how_the_machine_decides_shows_measured_error_and_weights(look: Look) -> None:
    page = look("/method")
    tables = page.xpath("//table")
    assert len(tables) > 3
    assert re.search(r"NTREX|constructed", text(page))
    assert page.xpath("//td[contains(., 'same day')]")


@pytest.mark.parametrize(("code", "direction"), [("ar", "rtl"), ("fa", "rtl"), ("en", "ltr")])
def test_reader_chooses_language_and_keeps_it(web: TestClient, code: str, direction: str) -> None:
    answer = web.post(
        "/preferences", data={"form": secret(web), "language": code, "theme": "dark", "next": "/stories"}
    )
    page = html.fromstring(answer.text)
    assert answer.url.path == "/stories"
    assert (page.get("lang"), page.get("dir"), page.get("data-theme")) == (code, direction, "dark")


def test_language_is_the_browsers_until_the_reader_chooses(look: Look) -> None:
    assert look("/", **{"accept-language": "fa-IR,en;q=0.5"}).get("lang") == "fa"
    assert look("/", **{"accept-language": "de"}).get("lang") == "en"


@pytest.mark.parametrize("away", ["https://away.example/", "//away.example", "/\\away.example", ""])
def test_choices_lead_back_to_pages_of_ours_only(web: TestClient, away: str) -> None:
    answer = web.post("/preferences", data={"form": secret(web), "next": away}, follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_days_are_in_the_readers_calendar(web: TestClient, look: Look, bridge: str) -> None:
    web.post("/preferences", data={"form": secret(web), "calendar": "jalali"})
    (line,) = look("/stories").xpath(f"//li[a[@href='/stories/{bridge}']]")
    assert "22 Ordibehesht 1405" in text(line)


def test_login_beyond_this_machine(kept: Library) -> None:
    token = create_token(kept.store, "reader", Scope.READ)
    app = make_app(kept, Settings(local_tokens="on"))
    with TestClient(app, base_url=HERE) as client:
        client.headers.update({"origin": HERE, "accept": "text/html"})
        page = html.fromstring(client.get("/stories").text)
        assert page.xpath("//form[@action='/login']//input[@type='password']")
        refused = client.post("/login", data={"token": "x" * 40})
        assert refused.status_code == 401
        assert 'role="alert"' in refused.text
        assert client.post("/login", data={"token": token}).url.path == "/"
        assert client.get("/stories").status_code == 200


def test_a_job_is_stopped_from_its_page(web: TestClient, look: Look, kept: Library) -> None:
    job = open_job(kept.store, "add", "many reports").id
    assert look("/jobs").xpath(f"//tr[td = '{job}']//form[@action='/jobs/{job}/cancel']")
    web.post(f"/jobs/{job}/cancel", data={"form": secret(web)})
    assert cancel_wanted(kept.store, job)
    assert "stopping" in text(look("/jobs").xpath(f"//tr[td = '{job}']")[0])


@pytest.mark.parametrize(
    ("language", "office"), [("en", "transport minister"), ("ar", "وزير النقل"), ("fa", "وزیر حمل‌ونقل")]
)
def test_a_name_has_its_office_in_the_readers_language_everywhere(
    web: TestClient, look: Look, kept: Library, bridge: str, language: str, office: str
) -> None:
    web.cookies.set("khabar_language", language)
    known = kept.people("Karim Daoudi")[0].entity.id
    arabic = kept.articles(story=bridge, language="ar")[0].id
    for path in (f"/stories/{bridge}", f"/people/{known}", f"/articles/{arabic}"):
        assert office in text(look(path)), path


def test_a_reader_of_english_sees_arabic_names_in_latin_letters(
    look: Look, kept: Library, bridge: str
) -> None:
    arabic = kept.articles(story=bridge, language="ar")[0].id
    names = look(f"/articles/{arabic}").xpath("//section[@aria-labelledby='named-title']")[0]
    assert "Karim Daoudi" in text(names)


def test_days_in_a_report_are_told_in_all_calendars(look: Look, kept: Library, bridge: str) -> None:
    persian = kept.articles(story=bridge, language="fa")[0].id
    days = text(look(f"/articles/{persian}").xpath("//section[@aria-labelledby='dated-title']")[0])
    assert "12 May 2026" in days
    assert "22 Ordibehesht 1405" in days
