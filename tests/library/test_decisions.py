"""What people decide holds against all evidence, can be taken back, and outlives every making anew."""

from __future__ import annotations

import pytest
from tests.library.reports import BRIDGE_EN
from tests.library.test_keeping import page, story_of

from khabar.errors import LibraryError
from khabar.library import Library


def groups(library: Library) -> set[frozenset[str]]:
    return {frozenset(library.story(line.id).articles) for line in library.stories()}


def test_merged_stories_stay_one(filled: Library) -> None:
    before = groups(filled)
    bridge, comet = story_of(filled, "bridge_en"), story_of(filled, "comet")
    decision = filled.merge(bridge, comet, by="Amal", note="one series")
    assert story_of(filled, "comet") == bridge
    assert filled.story(comet).id == bridge  # the other id leads here
    assert filled.line(bridge).reports == 4
    filled.reindex()
    assert filled.line(bridge).reports == 4
    filled.reindex(anew=True)
    assert filled.line(bridge).reports == 4
    assert [(one.by, one.note) for one in filled.decisions()] == [("Amal", "one series")]
    undone = filled.undo(decision.id)
    assert undone.undone
    assert groups(filled) == before
    assert story_of(filled, "comet") == comet  # it has its old id again
    assert filled.check().faults == ()


def test_a_split_report_stays_apart_until_it_is_undone(filled: Library) -> None:
    before = groups(filled)
    bridge = story_of(filled, "bridge_en")
    leaving = next(one.id for one in filled.articles(story=bridge) if one.languages == ("fa",))
    decision = filled.split(bridge, [leaving])
    assert filled.article(leaving).story != bridge
    filled.reindex(anew=True)
    assert filled.article(leaving).story != bridge
    filled.add_pages([page(BRIDGE_EN.replace("Tidewatch Courier", "Harbour Post"), "post.txt")])
    assert filled.article(leaving).story != bridge
    assert [event.event for event in filled.history(bridge) if event.decision == decision.id] == ["left"]
    filled.undo(decision.id)
    assert filled.article(leaving).story == bridge
    assert len(groups(filled)) == len(before)


def test_a_rejected_report_leaves_and_the_others_stay(filled: Library) -> None:
    bridge = story_of(filled, "bridge_en")
    members = [one.id for one in filled.articles(story=bridge)]
    filled.reject(bridge, members[0])
    assert filled.article(members[0]).story != bridge
    assert {filled.article(one).story for one in members[1:]} == {bridge}


def test_a_confirmed_report_comes_in(filled: Library) -> None:
    bridge, comet = story_of(filled, "bridge_en"), story_of(filled, "comet")
    name = filled.articles(story=comet)[0].id
    filled.confirm(bridge, [name])
    assert filled.article(name).story == bridge


def test_the_later_word_holds(filled: Library) -> None:
    bridge, comet = story_of(filled, "bridge_en"), story_of(filled, "comet")
    name = filled.articles(story=comet)[0].id
    filled.confirm(bridge, [name])
    filled.reject(bridge, name)
    assert filled.article(name).story != bridge
    assert filled.line(bridge).reports == 3


def test_a_note_changes_nothing(filled: Library) -> None:
    before = groups(filled)
    bridge = story_of(filled, "bridge_en")
    filled.note(bridge, "ask the ministry", by="Amal")
    assert groups(filled) == before
    assert [one.note for one in filled.decisions(bridge)] == ["ask the ministry"]


def test_what_cannot_be_decided_is_said(filled: Library) -> None:
    bridge, comet = story_of(filled, "bridge_en"), story_of(filled, "comet")
    name = filled.articles(story=comet)[0].id
    with pytest.raises(LibraryError, match="one story already"):
        filled.merge(bridge, bridge)
    with pytest.raises(LibraryError, match="no other reports"):
        filled.split(comet, [name])
    with pytest.raises(LibraryError, match="is not in"):
        filled.split(bridge, [name])
    with pytest.raises(LibraryError, match="only report"):
        filled.reject(comet, name)
    decision = filled.note(bridge, "x")
    filled.undo(decision.id)
    with pytest.raises(LibraryError, match="undone already"):
        filled.undo(decision.id)


def many(library: Library, count: int) -> list[str]:
    """So many papers that print one report; the ids of their articles, in order of arrival."""
    head = BRIDGE_EN.split("\n\n")[:4]
    texts = ["\n\n".join([f"Harbour Post {n}", *head[1:], f"Edition {n} of 2026."]) for n in range(count)]
    return list(library.add_pages([page(text, f"{n}.txt") for n, text in enumerate(texts)]).articles)


@pytest.fixture
def few_speak(monkeypatch: pytest.MonkeyPatch) -> None:
    """A story is large from seven reports on."""
    monkeypatch.setattr("khabar.group.growing.LARGEST_REOPENED", 6)


@pytest.mark.usefixtures("few_speak")
def test_a_split_inside_a_large_story_takes_effect_and_holds(library: Library) -> None:
    names = many(library, 12)
    bridge = library.article(names[0]).story
    assert library.line(bridge).reports == 12
    leaving = set(names[2:9])
    decision = library.split(bridge, sorted(leaving))
    halves = {frozenset(leaving), frozenset(names) - leaving}
    assert groups(library) == halves
    library.reindex()
    assert groups(library) == halves
    assert library.check().faults == ()
    library.undo(decision.id)
    assert groups(library) == {frozenset(names)}


@pytest.mark.usefixtures("few_speak")
def test_a_report_rejected_from_a_large_story_leaves_alone(library: Library) -> None:
    names = many(library, 10)
    library.reject(library.article(names[0]).story, names[8])
    assert groups(library) == {frozenset(names) - {names[8]}, frozenset([names[8]])}


def test_a_near_copy_of_what_was_split_off_does_not_bring_it_back(filled: Library) -> None:
    bridge = story_of(filled, "bridge_en")
    leaving = next(one.id for one in filled.articles(story=bridge) if one.languages == ("en",))
    filled.split(bridge, [leaving])
    copy = BRIDGE_EN.replace("Tidewatch Courier", "Harbour Post")
    (name,) = filled.add_pages([page(copy, "post.txt")]).articles
    assert filled.article(leaving).story != bridge
    assert filled.article(name).story == filled.article(leaving).story
    filled.reindex(anew=True)
    assert filled.article(leaving).story != bridge
    assert filled.article(name).story == filled.article(leaving).story


def test_what_an_older_khabar_made_is_made_again_and_decisions_hold(filled: Library) -> None:
    bridge = story_of(filled, "bridge_en")
    leaving = next(one.id for one in filled.articles(story=bridge) if one.languages == ("fa",))
    filled.split(bridge, [leaving])
    before = groups(filled)
    current = filled.article(leaving).made_by.version
    with filled.store.writing():
        filled.store.run("UPDATE made SET version = '0.0.1'")
    assert filled.article(leaving).made_by.version == "0.0.1"
    filled.reindex(anew=True)
    assert {filled.article(one.id).made_by.version for one in filled.articles(limit=100)} == {current}
    assert groups(filled) == before
    assert filled.check().faults == ()
