"""A day in common makes no story: unrelated reports of one day stay apart, accounts of one event do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from khabar.encode.types import Encoder
from khabar.group import form_stories, load_weights
from khabar.group.decide import decide, doubt_of_matter
from khabar.group.profile import Profile
from khabar.pipeline import prepare, read_articles
from khabar.progress import Silent
from khabar.settings import Settings

UNRELATED = {
    "bridge": """Council closes the old bridge of Talmara for repairs
The town council of Talmara closed the old bridge to lorries on Monday.
Engineer Hadi Selman said that two of its seven arches had cracked in the frost.
Lorries must take the road through Beshir until the end of May.
Shopkeepers near the bridge fear for their trade and ask for lower rents.
The repairs will cost three million and are paid for by the province.""",
    "choir": """Children's choir wins prize at the festival of Orlen
A choir of forty children from the village of Miras won the first prize in Orlen on Monday.
The jury praised the clear voices and the bold choice of songs.
Its leader, Runa Tavel, founded the choir nine years ago in an empty school.
Next year the children will sing at the opening of the new concert hall.
The prize is worth five thousand and a week of lessons.""",
    "trout": """Trout die in the river Sarn after a leak from a dairy
Hundreds of trout were found dead in the river Sarn on Monday.
The water authority traced the foam to a broken tank of a dairy upstream.
The dairy's manager, Olek Brandt, apologised and promised to restock the river.
Anglers measured hardly any oxygen below the weir.
Bathing is forbidden until new samples have been tested.""",
    "bank": """Northern Savings Bank raises the interest on deposits
The Northern Savings Bank raised the interest on deposits by a quarter of a point on Monday.
Its director, Mona Kessar, said that the bank wants to win back savers.
Analysts expect that other banks will follow within weeks.
Shares of the bank rose by two percent before noon.
Borrowers will pay more for new loans from July.""",
    "marathon": """Runner from Hadra wins the desert marathon
Samir Odeh of Hadra won the desert marathon on Monday in two hours and nineteen minutes.
The heat forced a third of the runners to give up before the last dune.
Second came last year's winner, who had cramps near the finish.
Odeh trained for months at night, after his work in a bakery.
The organisers plan to start an hour earlier next time.""",
    "vaccine": """Clinic begins to vaccinate camels against pox
Vets began to vaccinate two thousand camels against pox on Monday.
The disease had broken out at a market in the south.
Doctor Leila Nasser said that one dose protects the animals for six years.
Herders bring their camels to four stations along the highway.
Trade in milk remains forbidden in two districts.""",
}
AGAIN = """Lorries barred from Talmara's cracked bridge
Frost has split two arches of the bridge in Talmara, and no lorry may cross it from Monday on.
The closure holds until the end of May, engineer Hadi Selman said.
Drivers are sent round by way of Beshir.
The province pays the three million that the work will cost.
Traders beside the bridge want their rents cut."""


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory, passes: Encoder) -> dict[str, Profile]:
    """The reports by name, all published on one day."""
    folder = tmp_path_factory.mktemp("day")
    for name, text in {**UNRELATED, "again": AGAIN}.items():
        title, _, body = text.partition("\n")
        (folder / f"{name}.txt").write_text(f"{title}\n5 May 2031\n{body}\n", "utf-8")
    articles, _ = read_articles([folder], 10**6, Silent())
    profiles = prepare(articles, passes, Silent()).profiles
    return {Path(one.path).stem: profile for one, profile in zip(articles, profiles, strict=True)}


def test_unrelated_reports_of_one_day_are_stories_of_their_own(day: dict[str, Profile]) -> None:
    drafts = form_stories(list(day.values()), load_weights(), str, Settings().same_at)
    names = {profile.article: name for name, profile in day.items()}
    together = [{names[article] for article in draft.articles} for draft in drafts]
    assert {"bridge", "again"} in together
    assert len(together) == len(UNRELATED)


def test_no_two_unrelated_reports_of_one_day_are_likelier_one_event_than_two(day: dict[str, Profile]) -> None:
    names = list(UNRELATED)
    chances = [decide(day[a], day[b], load_weights()).score for n, a in enumerate(names) for b in names[:n]]
    assert max(chances) < 0.5


def test_what_is_surely_of_one_matter_loses_nothing(day: dict[str, Profile]) -> None:
    weights = load_weights()
    near, far = (decide(day["bridge"], day[other], weights) for other in ("again", "choir"))
    assert doubt_of_matter(near.features, weights) < 0.05
    assert doubt_of_matter(far.features, weights) > 1
