"""A constructed event is told from its look-alike, and the reader is told why."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest

from constructed import Read, read
from khabar.annotate.article import annotate
from khabar.encode.types import Encoder
from khabar.extract import extract
from khabar.group import Draft, form_stories, load_weights
from khabar.group.decide import decide
from khabar.group.features import FEATURES, measure
from khabar.group.header import describe_story
from khabar.lang.loader import load_languages
from khabar.model.article import Article
from khabar.model.outcome import Kept
from khabar.model.page import Page, PageKind
from khabar.settings import Settings

DAM = {
    "ar": """وزير المياه سالم الكندري يوقع في المرسى اتفاق السد
8 تموز 2020
وقع وزير المياه سالم الكندري ووزيرة الطاقة نادين شاهين في المرسى اتفاقا لبناء السد الشمالي.
وقال الكندري إن السد سيروي 40000 هكتار من الأراضي.
وأعلنت شاهين أن المحطة ستنتج الكهرباء للبلدين.""",
    "fa": """امضای توافق سد شمالی در مرسی
۱۸ تیر ۱۳۹۹
سالم کندری وزیر آب و نادین شاهین وزیر انرژی در مرسی توافق ساخت سد شمالی را امضا کردند.
شاهین گفت که نیروگاه برای دو کشور برق تولید خواهد کرد.
به گفته کندری این سد ۴۰ هزار هکتار زمین را آبیاری می‌کند.""",
    "en": """Ministers sign northern dam accord in Marsa
8 July 2020
Water minister Salem al-Kandari and energy minister Nadine Shahin signed the northern dam accord in Marsa.
The dam will irrigate 40,000 hectares of land, Kandari said.
Shahin announced that the plant would make electricity for both countries.""",
}
# The same minister in the same town, another signatory, another work, another day.
BRIDGE = """Water minister signs bridge accord in Marsa
21 July 2020
Water minister Salem al-Kandari and transport minister Rami Zaydan signed the river bridge accord in Marsa.
The bridge will carry 12,000 cars a day, Zaydan said.
Kandari announced that the work would begin in autumn."""
MATCH = """Harbour City win the cup final
9 July 2020
Harbour City beat Valley United in the cup final after a late goal by the captain.
The crowd sang until midnight.
The coach thanked the supporters and said that the team had earned it."""
EVERY = {**DAM, "bridge": BRIDGE, "match": MATCH}


def page(name: str, text: str) -> Article:
    outcome = extract(Page(f"{name}.txt", PageKind.TEXT, f"{text}\n", "utf-8", "detected"), load_languages())
    assert isinstance(outcome, Kept)
    return annotate(outcome.item, name, load_languages())


@pytest.fixture(scope="module")
def told(passes: Encoder) -> Read:
    return read(passes, *(page(name, text) for name, text in EVERY.items()))


def form(told: Read, names: Sequence[str] = tuple(EVERY)) -> tuple[Draft, ...]:
    by_name = {profile.article: profile for profile in told.profiles}
    chosen = [by_name[name] for name in names]
    return form_stories(chosen, load_weights(), told.names.__getitem__, Settings().same_at)


def sentences(draft: Draft, stranger: str) -> str:
    (kept_out,) = [one for one in draft.lookalikes if one.article == stranger]
    return "\n".join(reason.sentence for reason in kept_out.reasons)


def test_one_event_is_one_story_in_three_languages_and_others_stay_apart(told: Read) -> None:
    assert [set(draft.articles) for draft in form(told)] == [set(DAM), {"bridge"}, {"match"}]


def test_the_order_of_reports_changes_no_story(told: Read) -> None:
    turned = form(told, tuple(EVERY)[::-1])
    assert {frozenset(draft.articles) for draft in turned} == {
        frozenset(draft.articles) for draft in form(told)
    }


def test_a_look_alike_is_named_with_who_and_when(told: Read) -> None:
    dam, bridge, match = form(told)
    why = sentences(dam, "bridge")
    assert "Both name Salem al-Kandari" in why
    assert "Rami Zaydan" in why
    assert any(name in why for name in ("Nadine Shahin", "نادين شاهين", "نادین شاهین"))
    assert "2020-07-21" in why
    assert "2020-07-08" in why
    assert "13 days apart" in why
    assert {one.article for one in bridge.lookalikes} == set(DAM)
    assert match.lookalikes == ()


def test_reasons_score_for_what_is_shared_and_against_what_is_not(told: Read) -> None:
    (kept_out,) = form(told)[0].lookalikes
    scores = {(reason.name, "Both" in reason.sentence): reason.score for reason in kept_out.reasons}
    assert scores["persons", True] == 1
    assert scores["persons", False] == 0
    assert scores["days", False] == 0
    assert all(0 <= reason.score <= 1 for draft in form(told) for reason in draft.reasons)


def test_what_is_called_closely_alike_speaks_for_one_story(told: Read) -> None:
    drafts = form(told)
    reasons = [reason for draft in drafts for reason in draft.reasons]
    reasons += [reason for draft in drafts for one in draft.lookalikes for reason in one.reasons]
    near = [reason for reason in reasons if reason.name == "sentences"]
    assert near
    assert all(("closely" in reason.sentence) is (reason.score >= 0.5) for reason in near)


def test_a_story_says_what_holds_it_together(told: Read) -> None:
    why = "\n".join(reason.sentence for reason in form(told)[0].reasons)
    assert "Both name" in why
    assert "40,000" in why
    assert "2020-07-08" in why
    assert form(told)[2].reasons == ()  # a report alone needs no reason


def test_every_feature_lies_between_nothing_and_all(told: Read) -> None:
    for a, b in combinations(told.profiles, 2):
        values = measure(a, b)
        assert values.keys() == FEATURES.keys()
        assert all(0 <= value <= 1 for value in values.values()), values


def test_a_decision_is_the_same_from_both_sides(told: Read) -> None:
    for a, b in combinations(told.profiles, 2):
        there, back = decide(a, b, load_weights()), decide(b, a, load_weights())
        assert there.log_odds == pytest.approx(back.log_odds, abs=1e-4)
        assert there.features == pytest.approx(back.features, abs=1e-4)
        assert 0 <= there.score <= 1


def test_a_report_and_its_copy_are_one_event_without_doubt(passes: Encoder) -> None:
    for text in EVERY.values():
        one, copy = read(passes, page("one", text), page("copy", text)).profiles
        assert decide(one, copy, load_weights()).score > 0.9


def test_fifty_copies_are_one_story(passes: Encoder) -> None:
    copies = read(passes, *(page(f"copy{n}", DAM["fa"]) for n in range(50)))
    (draft,) = form(copies, [f"copy{n}" for n in range(50)])
    assert len(draft.articles) == 50
    assert draft.lookalikes == ()


@pytest.mark.parametrize("names", [(), ("match",)])
def test_none_and_one_report(told: Read, names: tuple[str, ...]) -> None:
    assert [draft.articles for draft in form(told, names)] == [(name,) for name in names]


def test_the_header_says_when_where_and_who(told: Read) -> None:
    reports = [article for article in told.articles if article.id in DAM]
    header = describe_story(reports, told.entities)
    assert header.title == DAM["ar"].split("\n")[0]
    assert header.when == "2020-07-08"
    assert header.where is not None
    assert told.names[header.where] in ("Marsa", "المرسى", "مرسی")
    who = {told.names[person] for person in header.who}
    assert len(header.who) == 2
    assert who & {"Salem al-Kandari", "سالم الكندري", "سالم کندری"}


def test_a_header_without_day_place_and_persons_leaves_them_open(passes: Encoder) -> None:
    bare = read(
        passes, page("bare", "Rain falls again\nIt rained all day and nobody went out.\nIt may rain again.")
    )
    header = describe_story(bare.articles, bare.entities)
    assert (header.when, header.where, header.who) == (None, None, ())
    assert header.title == "Rain falls again"
