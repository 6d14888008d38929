"""A library of stories grows by one report at a time, and keeps to what persons decide."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from khabar.errors import LibraryError
from khabar.group import load_weights
from khabar.group.decide import decide
from khabar.group.grouping import Grouping
from khabar.group.growing import ChangeKind, Rules
from khabar.group.keeping import from_bytes, to_bytes
from khabar.group.likeness import similarity
from khabar.group.profile import Profile
from khabar.group.reasons import explain
from khabar.group.rulings import Ruling
from khabar.group.sentences import interface_languages, sentences_in

RULES = Rules(load_weights(), 0.5, str)


def report(name: str, event: int, day: int = 8) -> Profile:
    """A report whose sentences are near those of its event and far from all others."""
    noise = np.random.default_rng(sum(map(ord, name))).normal(0, 0.1, (4, 32))
    vectors = (np.eye(32)[4 * event : 4 * event + 4] + noise * 0.3).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return Profile(
        name, f"outlet {name}", ("en",), vectors, {f"p{event}": 2}, {}, {f"x{event}": 1},
        {(40.0 + event, "kilometre"): 1}, frozenset({date(2020, 7, day)}), date(2020, 7, day),
        words={f"valley{event}": 2, "marsa": 1}, word_pairs=frozenset({f"valley{event} marsa"}),
        years=frozenset({2020}), quoted=(2,),
    )  # fmt: skip


def grown(*profiles: Profile) -> Grouping:
    grouping = Grouping()
    for profile in profiles:
        grouping = grouping.add(profile, RULES).grouping
    return grouping


def partition(grouping: Grouping) -> set[frozenset[str]]:
    return {frozenset(members) for members in grouping.members.values()}


def test_reports_of_one_event_join_whatever_their_order() -> None:
    reports = [report("a", 0), report("b", 1), report("c", 0), report("d", 1), report("e", 0)]
    expected = {frozenset("ace"), frozenset("bd")}
    assert partition(grown(*reports)) == partition(grown(*reports[::-1])) == expected


def test_the_history_says_what_opened_and_who_joined_with_reasons() -> None:
    opened, joined = grown(report("a", 0), report("c", 0)).history
    assert (opened.kind, joined.kind) == (ChangeKind.OPENED, ChangeKind.JOINED)
    assert joined.story == opened.story
    assert any("Both are of 2020-07-08" in reason.sentence for reason in joined.reasons)


def test_adding_leaves_the_grouping_before_as_it_was() -> None:
    before = grown(report("a", 0))
    one, other = before.add(report("b", 0), RULES).grouping, before.add(report("c", 1), RULES).grouping
    assert partition(before) == {frozenset("a")}
    assert partition(one) == {frozenset("ab")}
    assert partition(other) == {frozenset("a"), frozenset("c")}


def test_a_report_that_is_there_already_changes_nothing() -> None:
    grouping = grown(report("a", 0))
    assert grouping.add(report("a", 0), RULES).grouping is grouping


@pytest.mark.parametrize("later", [0, 1])
def test_what_a_person_decides_outlives_later_reports(later: int) -> None:
    grouping = grown(report("a", 0), report("b", 0), report("c", 1))
    story = grouping.reports["a"].story
    apart = grouping.rule(Ruling("a", "b", same=False), RULES).grouping
    both = apart.rule(Ruling("a", "c", same=True), RULES).grouping
    after = both.add(report("d", later), RULES).grouping
    assert after.reports["a"].story != after.reports["b"].story
    assert after.reports["a"].story == after.reports["c"].story
    assert story in after.members


def test_a_report_that_is_parted_again_takes_no_id_of_a_story_that_went_on_without_it() -> None:
    grouping = grown(*(report(name, event) for name, event in zip("abcde", (0, 0, 0, 1, 1), strict=True)))
    for ruling in (Ruling("a", "b", same=False), Ruling("a", "d", same=True), Ruling("a", "d", same=False)):
        grouping = grouping.rule(ruling, RULES).grouping
    assert partition(grouping) == {frozenset("a"), frozenset("bc"), frozenset("de")}


def test_the_last_word_of_a_person_counts() -> None:
    grouping = grown(report("a", 0), report("b", 0))
    for same in (False, True):
        grouping = grouping.rule(Ruling("b", "a", same=same), RULES).grouping
    assert partition(grouping) == {frozenset("ab")}
    assert [change.kind for change in grouping.history[-2:]] == [ChangeKind.SPLIT, ChangeKind.MERGED]


def test_a_kept_profile_decides_as_the_one_it_was_made_of() -> None:
    one, other = report("a", 0), report("c", 0)
    kept = from_bytes(to_bytes(one))
    assert (kept.words, kept.days, kept.quoted) == (one.words, one.days, one.quoted)
    assert decide(kept, other, RULES.weights).log_odds == pytest.approx(
        decide(one, other, RULES.weights).log_odds, abs=0.05
    )


@pytest.mark.parametrize("stored", [b"", b"\x09" + bytes(20), to_bytes(report("a", 0))[:-3]])
def test_damaged_bytes_are_refused_in_words(stored: bytes) -> None:
    with pytest.raises(LibraryError, match="kept profile"):
        from_bytes(stored)


@pytest.mark.parametrize("language", interface_languages())
def test_reasons_come_in_the_readers_language(language: str) -> None:
    one, other = report("a", 0), report("c", 0)
    told = explain(decide(one, other, RULES.weights), one, other, str, language)
    said = sentences_in(language)["day.same"].format(here="2020-07-08")
    assert said in [reason.sentence for reason in told]


def test_similarity_is_higher_for_one_event_and_its_parts_speak_for_it() -> None:
    near = similarity(report("a", 0), report("c", 0), RULES.weights, str)
    far = similarity(report("a", 0), report("b", 1, day=28), RULES.weights, str)
    assert 0 <= far.score < 0.5 < near.score <= 1
    assert sum(near.parts.values()) > sum(far.parts.values())
