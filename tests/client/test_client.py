"""The client against a real server: every method gives what the library itself gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.library.reports import BRIDGE_AR, BRIDGE_EN, COMET_EN, tiny
from tests.read.web.servers import Reply, Site
from tests.serve.conftest import Serve, client, http, library, open_at, serve, server, template, where

from khabar.client import Client, Problem, Report
from khabar.errors import NotFound
from khabar.library import Library
from khabar.library.jobs import JobState
from khabar.library.tokens import Scope, create_token

__all__ = ["client", "http", "library", "open_at", "serve", "server", "template", "where"]


def test_what_is_listed_and_read_is_what_the_library_has(client: Client, library: Library) -> None:
    assert client.is_well()
    assert list(client.articles()) == library.articles()
    assert list(client.articles(language="ar")) == library.articles(language="ar")
    assert list(client.stories(least=2)) == library.stories(least=2)
    first = library.articles()[0].id
    assert client.article(first) == library.article(first)
    assert client.text(first) == library.article(first).article.text
    assert client.line("s1") == library.line("s1")
    assert list(client.history("s1")) == library.history("s1")
    assert client.totals().articles == library.totals().articles


def test_stories_come_whole_and_in_parts(client: Client, library: Library) -> None:
    story = library.story("s1")
    assert client.story("s1").statements == story.statements
    assert list(client.statements("s1")) == list(story.statements)
    assert list(client.sayings("s1")) == list(story.sayings)
    assert [one.a for one in client.differences("s1")] == [one.a for one in story.differences]
    assert {one.weight for one in client.differences("s1", weight="meaning")} <= {"meaning"}
    assert client.comparison("s1").articles == library.comparison(["s1"]).articles
    assert client.export(["s1"], "csv").startswith("\ufeffstory,".encode())


def test_people_and_what_they_said(client: Client, library: Library) -> None:
    (person,) = client.people("Karim Daoudi")
    assert [person] == library.people("Karim Daoudi")
    assert client.person(person.entity.id) == person
    said = list(client.quotes(person.entity.id))
    assert said
    for one in said:
        assert one.quote.span.of(client.text(one.article)) == one.quote.text


def test_searching_gives_typed_results(client: Client, library: Library) -> None:
    found, wanted = client.search("bridge"), library.search("bridge", limit=20)
    assert found.stories == wanted.stories
    assert found.facets == wanted.facets


def test_comparing_and_adding(client: Client, tmp_path: Path, library: Library) -> None:
    file = tmp_path / "bridge.txt"
    file.write_text(BRIDGE_AR, encoding="utf-8")
    heard: list[str] = []
    found = client.compare(
        [Report("bridge.txt", BRIDGE_EN), file, Report("comet.txt", COMET_EN.encode())],
        lambda event: heard.append(event["event"]),
    )
    assert sorted(len(one.articles) for one in found.stories) == [1, 2]
    assert heard[0] == "job"
    assert heard[-1] == "result"
    added = client.add([Report("tiny.txt", tiny(1)), Report("empty.txt", " ")])
    assert (added.kept, [one.path for one in added.dropped]) == (1, ["empty.txt"])
    assert library.totals().articles == 7
    job = next(client.jobs())
    assert (job.state, client.job(job.id)) == (JobState.DONE, job)
    assert client.cancel(job.id).state is JobState.DONE


def test_decisions(client: Client, library: Library) -> None:
    bridge, articles = "s1", library.story("s1").articles
    split = client.split(bridge, articles[:1], by="me", note="apart")
    assert [split] == library.decisions()
    client.undo(split.id)
    rejected = client.reject(bridge, articles[0])
    client.undo(rejected.id)
    client.confirm(bridge)
    client.note(bridge, "seen")
    client.merge(bridge, "s2")
    assert [one.kind for one in client.decisions()] == ["split", "reject", "confirm", "note", "merge"]


def test_following_and_alerts(serve: Serve, open_at: object, tmp_path: Path, library: Library) -> None:
    site = Site()
    items = "<item><title>one</title><link>/one</link></item>"
    site.routes["/rss"] = Reply(f"<rss version='2.0'><channel>{items}</channel></rss>", media="text/xml")
    words = tiny(4).replace("\n\n", "</p><p>")
    site.routes["/one"] = Reply(f"<html><body><article><p>{words}</p></article></body></html>")
    apart = Library.open(
        library.store.where,
        replace_settings(library, allow_private="on", host_pause_s=0.0, evidence=tmp_path / "warc"),
        encoder=library.encoder,
    )
    with Client(serve(apart, fetch_for_clients="on")) as client:
        alert = client.save_alert("market tonnes", "goods")
        source = client.follow(site.at("/rss"))
        assert list(client.sources()) == [source]
        (brought,) = client.fetch()
        assert (brought["kept"], brought["error"]) == (1, "")
        assert client.alert_hits(alert.id).stories
        assert client.alert_hits(alert.id, seen=True).stories
        assert client.alert_hits(alert.id).stories == ()
        assert client.unfollow(source.id).state == "left"
        assert client.remove_alert(alert.id).name == "goods"
        assert list(client.alerts()) == []
    site.close()
    apart.close()


def replace_settings(library: Library, **settings: object) -> object:
    from dataclasses import replace

    return replace(library.settings, **settings)  # type: ignore[arg-type]


def test_what_is_refused_is_an_error_in_the_servers_words(serve: Serve, library: Library) -> None:
    with Client(serve()) as client:
        with pytest.raises(NotFound, match="there is no story 's99'"):
            client.story("s99")
        with pytest.raises(Problem, match="fetch_for_clients") as error:
            client.compare(["https://news.example/report"])
        assert error.value.status == 403
    token = create_token(library.store, "reader", Scope.READ)
    address = serve(local_tokens="on")
    with Client(address) as client, pytest.raises(Problem, match="A token is needed"):
        client.totals()
    with Client(address, token) as client:
        assert client.totals().articles == 6
        with pytest.raises(Problem, match="may not write"):
            client.note("s1", "x")


def test_what_did_not_change_is_asked_for_but_not_sent_again(client: Client) -> None:
    assert client.story("s1") == client.story("s1")
    text = client.metrics()
    assert 'route="/v1/stories/{story}",status="304"} 1' in text
