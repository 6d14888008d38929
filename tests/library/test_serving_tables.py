"""Tokens, jobs and alerts, in both kinds of database."""

from __future__ import annotations

import threading

import pytest
from tests.library.reports import tiny
from tests.library.test_keeping import page

from khabar.errors import NotFound, SettingError
from khabar.library import Library
from khabar.library.alerts import create_alert, list_alerts, mark_seen, new_hits, read_alert, remove_alert
from khabar.library.jobs import (
    JobState,
    cancel_job,
    end_job,
    list_jobs,
    open_job,
    read_job,
    recorded,
    tell_job,
)
from khabar.library.tokens import Scope, create_token, find_token, has_token, list_tokens, revoke_token
from khabar.progress import Silent


def test_a_token_is_found_by_itself_alone_until_it_is_revoked(library: Library) -> None:
    store = library.store
    assert not has_token(store)
    token = create_token(store, "reader", Scope.READ)
    found = find_token(store, token)
    assert found is not None
    assert found.rights == {Scope.READ}
    assert find_token(store, "") is None
    assert find_token(store, token.upper()) is None
    with pytest.raises(SettingError, match="already"):
        create_token(store, "reader", Scope.WRITE)
    assert revoke_token(store, "reader").revoked
    assert find_token(store, token) is None
    assert not has_token(store)
    assert [one.name for one in list_tokens(store)] == ["reader"]
    with pytest.raises(NotFound):
        revoke_token(store, "nobody")


def test_a_job_says_how_far_it_is_and_what_came_of_it(library: Library) -> None:
    store = library.store
    job = open_job(store, "add", "two files\x00")
    assert (job.state, job.asked) == (JobState.RUNNING, "two files\\x00")
    tell_job(store, job.id, "adding", 1, 2)
    assert (read_job(store, job.id).stage, read_job(store, job.id).done) == ("adding", 1)
    assert cancel_job(store, job.id).cancel
    end_job(store, job.id, JobState.CANCELLED, "enough")
    assert read_job(store, job.id).result == "enough"
    second = open_job(store, "fetch", "")
    assert [one.id for one in list_jobs(store)] == [second.id, job.id]
    assert [one.id for one in list_jobs(store, after=second.id)] == [job.id]
    assert cancel_job(store, job.id).ended is not None


def test_work_on_record_ends_as_it_ended(library: Library) -> None:
    store, stop = library.store, threading.Event()
    with recorded(store, "fetch", "", Silent(), stop) as telling:
        telling.stage("asking", 3)
        telling.advance()
        telling.result = "well"
    with pytest.raises(SettingError), recorded(store, "fetch", "", Silent(), stop):
        raise SettingError("it broke")
    failed, done = list_jobs(store)
    assert (done.state, done.result, done.done, done.total) == (JobState.DONE, "well", 1, 3)
    assert (failed.state, failed.result) == (JobState.FAILED, "it broke")


def test_an_alert_finds_each_report_once(library: Library) -> None:
    library.add_pages([page(tiny(1), "1.txt")])
    alert = create_alert(library.store, "market tonnes", "goods")
    assert new_hits(library, alert).stories == ()
    library.add_pages([page(tiny(number), f"{number}.txt") for number in (2, 3)])
    hits = new_hits(library, alert)
    found = {hit.article.title for story in hits.stories for hit in story.hits}
    assert found == {"Market note 2", "Market note 3"}
    mark_seen(library.store, hits)
    assert new_hits(library, read_alert(library.store, "goods")).stories == ()
    library.add_pages([page(tiny(4), "4.txt")])
    again = new_hits(library, read_alert(library.store, alert.id))
    assert [hit.article.title for story in again.stories for hit in story.hits] == ["Market note 4"]


def test_an_alert_has_a_name_of_its_own(library: Library) -> None:
    create_alert(library.store, "rain")
    with pytest.raises(SettingError, match="already"):
        create_alert(library.store, "rain")
    with pytest.raises(SettingError, match="letters"):
        create_alert(library.store, " ")
    assert [one.name for one in list_alerts(library.store)] == ["rain"]
    remove_alert(library.store, "rain")
    assert list_alerts(library.store) == []
    with pytest.raises(NotFound):
        read_alert(library.store, "rain")
