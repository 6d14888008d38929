"""The API as a program meets it: shapes, paging, tags, problems, and long work told as it goes."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from typing import Any

import httpx
import jsonschema
import pytest
from tests.library.reports import BRIDGE_AR, BRIDGE_EN, BRIDGE_FA, COMET_EN, tiny
from tests.serve.conftest import Serve

from khabar.library import Library
from khabar.library.jobs import JobState, open_job, read_job
from khabar.library.sources import follow
from khabar.show.json import to_json
from khabar.show.schema import schema


def work(*texts: str) -> dict[str, Any]:
    return {"reports": [{"name": f"{n}.txt", "text": text} for n, text in enumerate(texts)]}


def events(http: httpx.Client, path: str, data: object) -> list[dict[str, Any]]:
    with http.stream("POST", path, json=data) as answer:
        assert answer.headers["content-type"].startswith("application/x-ndjson")
        return [json.loads(line) for line in answer.iter_lines()]


def walk(http: httpx.Client, path: str, **asked: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after = None
    while True:
        params = {**asked, **({"after": after} if after else {})}
        page = http.get(path, params=params).raise_for_status().json()  # type: ignore[arg-type]
        found += page["items"]
        after = page["next"]
        if after is None:
            return found


def test_lists_page_through_everything_once(http: httpx.Client, library: Library) -> None:
    every = [one.id for one in library.articles()]
    assert [one["id"] for one in walk(http, "/articles", limit=1)] == every
    assert [one["id"] for one in walk(http, "/articles", limit=4)] == every
    stories = [one.id for one in library.stories()]
    assert [one["id"] for one in walk(http, "/stories", limit=1)] == stories
    (bridge,) = [one for one in library.stories() if one.reports == 3]
    statements = [one.id for one in library.story(bridge.id).statements]
    assert [one["id"] for one in walk(http, f"/stories/{bridge.id}/statements", limit=2)] == statements


def test_filters_narrow_a_list(http: httpx.Client) -> None:
    assert {"ar"} == {code for one in walk(http, "/articles", language="ar") for code in one["languages"]}
    assert [one["day"] for one in walk(http, "/articles", since="2026-06-01")] == ["2026-06-03", "2026-06-03"]
    assert [one["reports"] for one in walk(http, "/stories", least=3)] == [3]


def test_a_story_is_what_the_library_tells(http: httpx.Client, library: Library) -> None:
    found = http.get("/stories/s1/comparison").json()
    jsonschema.validate(found, schema())
    assert found == json.loads(json.dumps(to_json(library.comparison(["s1"]))))
    assert http.get("/stories/s1").json()["story"] == found["stories"][0]


def test_offsets_count_in_the_text_that_the_api_gives(http: httpx.Client) -> None:
    for statement in walk(http, "/stories/s1/statements"):
        for place in statement["attestations"]:
            text = http.get(f"/articles/{place['article']}/text").text
            assert text[place["start"] : place["end"]] == place["text"]


def test_an_article_comes_with_where_it_is_from(http: httpx.Client, library: Library) -> None:
    first = library.articles()[0]
    found = http.get(f"/articles/{first.id[:9]}").json()
    assert (found["article"]["id"], found["story"]) == (first.id, first.story)
    assert found["paths"] == list(library.article(first.id).paths)


def test_what_did_not_change_is_not_sent_again(http: httpx.Client) -> None:
    for path in ("/stories", "/stories/s1", "/articles", "/totals", "/exports?story=s1&to=csv"):
        first = http.get(path)
        again = http.get(path, headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    tag = http.get("/decisions").headers["etag"]
    http.post("/decisions", json={"kind": "note", "story": "s1", "note": "x"}).raise_for_status()
    assert http.get("/decisions", headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/stories/s99", 404, "there is no story 's99'"),
        ("/articles/a00000000", 404, "there is no article"),
        ("/people/e999", 404, "there is no entity"),
        ("/jobs/j99", 404, "there is no job"),
        ("/stories/first", 422, "path/story"),
        ("/articles?limit=0", 422, "query/limit"),
        ("/articles?after=zz", 422, "no cursor"),
        ("/exports?story=s1&to=csv&table=none", 400, "no table"),
        ("/exports?story=s1&to=doc", 422, "query/to"),
        ("/search?q=x&after=zz", 400, "no place"),
        ("/nothing", 404, "Not Found"),
    ],
)
def test_errors_are_problems_in_words(http: httpx.Client, path: str, status: int, words: str) -> None:
    answer = http.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    found = answer.json()
    assert found["status"] == status
    assert words in found["detail"]
    assert ".db" not in found["detail"]  # where it lies here is no affair of clients


def test_a_comparison_is_told_as_it_goes_and_leaves_nothing(http: httpx.Client, library: Library) -> None:
    before = replace(library.totals(), size_bytes=0)
    told = events(http, "/compare", work(BRIDGE_EN, BRIDGE_AR, BRIDGE_FA, COMET_EN))
    assert [told[0]["event"], told[-1]["event"]] == ["job", "result"]
    stages = list(dict.fromkeys(one["stage"] for one in told if one["event"] == "progress"))
    assert stages == ["starting", "reading", "encoding", "grouping", "comparing"]
    result = told[-1]["result"]
    jsonschema.validate(result, schema())
    assert sorted(len(story["articles"]) for story in result["stories"]) == [1, 3]
    assert replace(library.totals(), size_bytes=0) == before
    assert read_job(library.store, told[0]["job"]).state is JobState.DONE


def test_adding_twice_keeps_once(http: httpx.Client, library: Library) -> None:
    first = events(http, "/articles", work(tiny(1), tiny(2), " "))[-1]["result"]
    assert (first["inputs"], first["kept"], len(first["dropped"])) == (3, 2, 1)
    again = events(http, "/articles", work(tiny(1), tiny(2)))[-1]["result"]
    assert (again["kept"], again["known"]) == (0, 2)
    assert library.totals().articles == 8


def test_a_file_of_any_kind_may_be_sent(http: httpx.Client) -> None:
    import base64

    page = "<html><body><article><h1>Salt rises</h1><p>Salt rose by 3 percent in Arnov.</p></article></body>"
    report = {"name": "page.html", "content": base64.b64encode(page.encode("utf-16")).decode()}
    result = events(http, "/compare", {"reports": [report]})[-1]["result"]
    assert [one["title"]["text"] for one in result["articles"]] == ["Salt rises"]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"reports": [{"name": "x"}]},
        {"reports": [{"text": "a", "content": "YQ=="}]},
        {"reports": [{"content": "not base64!"}]},
        {"addresses": ["file:///etc/passwd"]},
        {"reports": [{"text": "a"}], "path": "/etc/passwd"},
    ],
)
def test_work_that_cannot_be_done_is_refused_before_it_begins(http: httpx.Client, data: object) -> None:
    assert http.post("/compare", json=data).status_code == 422
    assert http.get("/jobs").json()["items"] == []


def test_nothing_is_fetched_for_clients_unless_allowed(http: httpx.Client) -> None:
    asked = {"addresses": ["http://127.0.0.1:9/"]}
    for path, data in (
        ("/compare", asked),
        ("/articles", asked),
        ("/sources", {"address": "http://127.0.0.1:9/"}),
        ("/sources/fetch", None),
    ):
        answer = http.post(path, json=data)
        assert answer.status_code == 403
        assert "fetch_for_clients" in answer.json()["detail"]


def test_what_may_be_fetched_is_not_on_this_machine(serve: Serve) -> None:
    with httpx.Client(base_url=serve(fetch_for_clients="on") + "/v1", timeout=60) as http:
        result = events(http, "/compare", {"addresses": ["http://127.0.0.1/"]})[-1]["result"]
    assert "127.0.0.1" in result["dropped"][0]["reason"]


def test_who_hangs_up_ends_the_work(http: httpx.Client, library: Library) -> None:
    many = work(*(tiny(number) * 3 for number in range(60)))
    with http.stream("POST", "/articles", json=many) as answer:
        lines = answer.iter_lines()
        job = json.loads(next(lines))["job"]
        next(line for line in lines if '"adding"' in line)
    wait_for(lambda: read_job(library.store, job).ended is not None)
    assert read_job(library.store, job).state is JobState.CANCELLED
    assert library.check().faults == ()
    assert library.totals().articles < 66


def test_a_job_may_be_cancelled_by_its_id(http: httpx.Client, library: Library) -> None:
    begun = http.post("/articles", params={"wait": False}, json=work(*(tiny(n) * 3 for n in range(60))))
    assert begun.status_code == 202
    job = begun.json()["id"]
    assert begun.headers["location"] == f"/v1/jobs/{job}"
    http.post(f"/jobs/{job}/cancel").raise_for_status()
    wait_for(lambda: http.get(f"/jobs/{job}").json()["ended"] is not None)
    assert http.get(f"/jobs/{job}").json()["state"] == "cancelled"


def test_a_job_whose_process_was_killed_does_not_run_for_ever(library: Library) -> None:
    job = open_job(library.store, "add", "x")
    with library.store.writing():
        library.store.run("UPDATE jobs SET told = '2026-01-01T00:00:00.000Z'")
    assert read_job(library.store, job.id).state is JobState.LOST


def test_only_so_much_is_worked_on_at_once(serve: Serve, library: Library) -> None:
    with httpx.Client(base_url=serve(works_at_once=1) + "/v1", timeout=60) as http:
        many = work(*(tiny(number) * 3 for number in range(400)))  # so many that the next must wait
        first = http.post("/articles", params={"wait": False}, json=many).json()["id"]
        second = http.post("/compare", params={"wait": False}, json=work(BRIDGE_EN)).json()["id"]
        wait_for(lambda: http.get(f"/jobs/{second}").json()["stage"] == "waiting")
        http.post(f"/jobs/{second}/cancel")  # who waits can be cancelled too
        wait_for(lambda: http.get(f"/jobs/{second}").json()["ended"])
        assert http.get(f"/jobs/{second}").json()["state"] == "cancelled"
        assert http.get(f"/jobs/{first}").json()["ended"] is None
        http.post(f"/jobs/{first}/cancel")
        wait_for(lambda: http.get(f"/jobs/{first}").json()["ended"])
        third = http.post("/compare", params={"wait": False}, json=work(BRIDGE_EN)).json()["id"]
        wait_for(lambda: http.get(f"/jobs/{third}").json()["state"] == "done")


def test_decisions_are_made_and_undone(http: httpx.Client, library: Library) -> None:
    stories = [one.id for one in library.stories()]
    merged = http.post("/decisions", json={"kind": "merge", "story": stories[0], "other": stories[1]})
    assert merged.status_code == 201
    assert len(library.stories()) == 2
    again = http.post("/decisions", json={"kind": "merge", "story": stories[0], "other": stories[1]})
    assert again.status_code == 409
    undone = http.post(f"/decisions/{merged.json()['id']}/undo").json()
    assert undone["undone"]
    assert len(library.stories()) == 3
    assert http.post(f"/decisions/{merged.json()['id']}/undo").status_code == 409


def test_people_are_found_in_any_script_with_what_they_said(http: httpx.Client) -> None:
    (person,) = http.get("/people", params={"name": "كريم داودي"}).json()["items"]
    assert "Karim Daoudi" in person["entity"]["forms"]
    said = walk(http, "/quotes", speaker=person["entity"]["id"], limit=1)
    assert len({quote["article"] for quote in said}) == 3
    for quote in said:
        text = http.get(f"/articles/{quote['article']}/text").text
        assert text[quote["start"] : quote["end"]] == quote["text"]


def test_search_marks_its_evidence(http: httpx.Client) -> None:
    found = http.get("/search", params={"q": "Selmar bridge ferry", "language": "en"}).json()
    hit = found["stories"][0]["hits"][0]
    text = http.get(f"/articles/{hit['article']['id']}/text").text
    marks = [text[one["start"] : one["end"]] for snippet in hit["snippets"] for one in snippet["marks"]]
    assert "bridge" in [one.lower() for one in marks]


def test_an_alert_tells_only_what_came_since(http: httpx.Client) -> None:
    alert = http.post("/alerts", json={"query": "market timber", "name": "goods"}).json()
    assert http.get(f"/alerts/{alert['id']}/hits").json()["stories"] == []
    events(http, "/articles", work(tiny(3), tiny(4)))
    new = http.get(f"/alerts/{alert['id']}/hits").json()
    assert [hit["article"]["title"] for one in new["stories"] for hit in one["hits"]]
    assert http.post(f"/alerts/{alert['id']}/seen").json()["stories"] == new["stories"]
    assert http.get(f"/alerts/{alert['id']}/hits").json()["stories"] == []
    assert http.post("/alerts", json={"query": "x", "name": "goods"}).status_code == 400
    assert http.delete(f"/alerts/{alert['id']}").status_code == 200
    assert http.get("/alerts").json()["items"] == []


def test_sources_show_how_they_are(http: httpx.Client, library: Library) -> None:
    source, _ = follow(library.store, "https://news.example/rss", "News")
    assert [one["address"] for one in http.get("/sources").json()["items"]] == [source.address]
    assert http.delete(f"/sources/{source.id}").json()["state"] == "left"
    assert http.get("/sources").json()["items"] == []


def test_metrics_count_by_route_and_tell_the_library(http: httpx.Client) -> None:
    for _ in range(3):
        http.get("/stories/s1")
    text = http.get("/metrics").text
    assert 'khabar_requests_total{method="GET",route="/v1/stories/{story}",status="200"} 3' in text
    assert "khabar_library_articles 6" in text
    assert 'khabar_request_seconds_bucket{le="+Inf"}' in text
    assert all(line.startswith("#") or len(line.rsplit(" ", 1)) == 2 for line in text.splitlines())


def test_many_ask_at_once(http: httpx.Client, library: Library) -> None:
    wrong: list[object] = []

    def ask() -> None:
        for path in ("/stories", "/stories/s1", "/articles", "/search?q=bridge"):
            answer = http.get(path)
            if answer.status_code != 200:
                wrong.append((path, answer.text))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    events(http, "/articles", work(tiny(5)))
    for thread in threads:
        thread.join()
    assert wrong == []


def wait_for(done: Any, seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, "it takes too long"
        time.sleep(0.05)
