"""The API over each kind of database: same questions, same answers."""

from __future__ import annotations

from tests.library.conftest import filled
from tests.library.reports import tiny
from tests.serve.conftest import Serve

from khabar.client import Client, Report
from khabar.library import Library

__all__ = ["filled"]


def test_reading_adding_deciding_and_asking_again(filled: Library, serve: Serve) -> None:
    with Client(serve(filled)) as client:
        assert len(list(client.articles())) == 6
        stories = list(client.stories())
        assert [one.reports for one in stories] == [2, 3, 1]
        assert client.story(stories[1].id).statements == filled.story(stories[1].id).statements
        assert client.search("Selmar bridge").stories[0].story.id == stories[1].id
        (person,) = client.people("Karim Daoudi")
        assert list(client.quotes(person.entity.id))
        alert = client.save_alert("market tonnes", "goods")
        assert client.add([Report("one.txt", tiny(1))]).kept == 1
        assert client.alert_hits(alert.id, seen=True).stories
        decision = client.merge(stories[0].id, stories[2].id)
        assert client.undo(decision.id).undone
        assert {job.state for job in client.jobs()} == {"done"}
        assert "khabar_library_articles 7" in client.metrics()
