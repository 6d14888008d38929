"""Who said what: one saying over reports, conflicts of attribution, direct against indirect speech."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tests.annotate.quote_reports import entities, report

from khabar.annotate.quotes import find_quotes
from khabar.compare.sayings import gather_sayings
from khabar.model.article import Article
from khabar.model.mentions import Entity, NameKind
from khabar.model.span import Excerpt, Span
from khabar.model.story import Attestation, Saying, Statement

NAMES = {
    "سامي راشد": "p1",
    "سامی راشد": "p1",
    "Sami Rashid": "p1",
    "Rashid": "p1",
    "Karim Farah": "p2",
    "Harbour Office": "o1",
    "Pier Authority": "o2",
}


def quoted(name: str, text: str, language: str) -> Article:
    """A report with its quotations, called by its outlet."""
    article = replace(report(text, language, NAMES, outlet=f"Outlet {name}"), id=name)
    return replace(article, quotes=find_quotes(article))


def alike(pairs: Sequence[tuple[str, str]], near: float = 0.7) -> object:
    """A nearness by which just these words, and equal ones, lie near."""

    def nearness(one: tuple[str, str], other: tuple[str, str]) -> float:
        known = {one[0], other[0]} in [{a, b} for a, b in pairs]
        return 1.0 if one[0] == other[0] else near if known else 0.0

    return nearness


def gathered(
    articles: Sequence[Article], pairs: Sequence[tuple[str, str]] = (), statements: Sequence[Statement] = ()
) -> tuple[Saying, ...]:
    return gather_sayings("s1", articles, statements, entities(NAMES), alike(pairs))  # type: ignore[arg-type]


def told_in(saying: Saying) -> list[str]:
    return [telling.excerpt.article for telling in saying.tellings]


def stated(name: str, places: Mapping[Article, str]) -> Statement:
    """A statement made in these words of these reports."""
    attestations = []
    for article, words in places.items():
        start = article.text.index(words)
        excerpt = Excerpt(article.id, Span(start, start + len(words)), words)
        attestations.append(Attestation(excerpt, article.languages[0] if article.languages else ""))
    return Statement(name, attestations[0].excerpt.text, tuple(attestations))


def test_one_saying_in_three_languages_is_one_with_all_its_words() -> None:
    ar = quoted("a", "قال سامي راشد إن الجسر أغلق أمس.", "ar")
    fa = quoted("b", "سامی راشد گفت که پل دیروز بسته شد.", "fa")
    en = quoted("c", "Sami Rashid said the bridge was closed yesterday.", "en")
    near = [
        ("الجسر أغلق أمس", "پل دیروز بسته شد"),
        ("الجسر أغلق أمس", "the bridge was closed yesterday"),
    ]
    [saying] = gathered([ar, fa, en], near)
    assert saying.speaker == "p1"
    assert told_in(saying) == ["a", "b", "c"]
    assert [telling.language for telling in saying.tellings] == ["ar", "fa", "en"]
    assert saying.conflict == saying.forms == ""
    for telling, article in zip(saying.tellings, (ar, fa, en), strict=True):
        assert telling.excerpt.span.of(article.text) == telling.excerpt.text


def test_a_sentence_given_to_another_speaker_is_a_conflict_that_names_both() -> None:
    one = quoted("a", "“The pier is safe for everybody,” Sami Rashid said.", "en")
    other = quoted("b", "“The pier is safe for everybody,” Karim Farah said.", "en")
    [saying] = gathered([one, other])
    assert saying.conflict == "Given to سامي راشد (Outlet a) and to Karim Farah (Outlet b)."


def test_who_is_not_named_is_no_conflict_and_no_speaker() -> None:
    one = quoted("a", "“The pier is safe for everybody,” Sami Rashid said.", "en")
    other = quoted("b", "“The pier is safe for everybody,” a fisherman said.", "en")
    [saying] = gathered([one, other])
    assert (saying.speaker, saying.conflict) == ("p1", "")
    named = saying.tellings[1].named
    assert saying.tellings[1].speaker is None
    assert named is not None
    assert named.text == "a fisherman"


def test_two_persons_who_say_the_same_in_one_report_are_two_sayings() -> None:
    text = "Sami Rashid said the pier was safe. Karim Farah said the pier was safe."
    sayings = gathered([quoted("a", text, "en")])
    assert [saying.speaker for saying in sayings] == ["p1", "p2"]


def test_a_short_form_of_a_name_that_is_not_linked_is_no_conflict() -> None:
    known = [
        Entity("p1", NameKind.PERSON, "Saber", ("Saber",)),
        Entity("p2", NameKind.PERSON, "Saber Ghani", ("Saber Ghani",)),
    ]
    words = "“We heard a sound like thunder,” {} said."
    made = [
        replace(report(words.format(name), "en", {name: entity}, outlet=name), id=name)
        for name, entity in (("Saber", "p1"), ("Saber Ghani", "p2"))
    ]
    articles = [replace(article, quotes=find_quotes(article)) for article in made]
    [saying] = gather_sayings("s1", articles, (), known, alike([]))  # type: ignore[arg-type]
    assert saying.conflict == ""


def test_direct_speech_here_and_indirect_there_is_said() -> None:
    direct = quoted("a", "“The pier is safe for everybody,” Sami Rashid said.", "en")
    indirect = quoted("b", "Sami Rashid said that the pier was safe.", "en")
    [saying] = gathered([direct, indirect], [("The pier is safe for everybody", "the pier was safe")])
    assert saying.forms == "In quotation marks in Outlet a; in the report's own words in Outlet b."


def test_a_quotation_of_two_statements_takes_part_in_two_sayings_and_loses_no_word() -> None:
    both = quoted("a", "Sami Rashid said that the pier was safe and that the tower had burnt down.", "en")
    first = quoted("b", "Sami Rashid said that the pier was safe.", "en")
    second = quoted("c", "Sami Rashid said that the tower had burnt down.", "en")
    statements = [
        stated("s1-1", {both: "the pier was safe", first: "the pier was safe"}),
        stated("s1-2", {both: "the tower had burnt down", second: "the tower had burnt down"}),
    ]
    near = [("the pier was safe and that", "the pier was safe")]
    sayings = gathered([both, first, second], near, statements)
    assert [told_in(saying) for saying in sayings] == [["a", "b"], ["a", "c"]]
    assert [saying.statements for saying in sayings] == [("s1-1",), ("s1-2",)]
    parts = " ".join(saying.tellings[0].excerpt.text for saying in sayings)
    assert parts == "the pier was safe and that the tower had burnt down"


def test_two_quotations_of_one_report_are_not_drawn_together_by_a_third() -> None:
    one = quoted("a", "Sami Rashid said the pier was safe. Rashid said the tower was safe.", "en")
    other = quoted("b", "Sami Rashid said all of it was safe.", "en")
    near = [("the pier was safe", "all of it was safe"), ("the tower was safe", "all of it was safe")]
    sayings = gathered([one, other], near)
    assert sorted(len(saying.tellings) for saying in sayings) == [1, 2]


def test_every_quotation_is_told_once() -> None:
    text = "Sami Rashid said the pier was safe. “Nobody was hurt,” he added. Witnesses said a shed burnt."
    articles = [quoted(name, text, "en") for name in "abc"]
    sayings = gathered(articles)
    assert sum(len(saying.tellings) for saying in sayings) == sum(len(one.quotes) for one in articles) == 9
    assert [len(saying.tellings) for saying in sayings] == [3, 3, 3]


def test_a_story_of_thousands_of_quotations_takes_bounded_time() -> None:
    text = " ".join(f"Sami Rashid said the pier {number} was safe." for number in range(300))
    articles = [quoted(str(number), text, "en") for number in range(8)]
    began = time.perf_counter()
    sayings = gathered(articles)
    assert time.perf_counter() - began < 10  # seconds; all pairs with their vectors take minutes
    assert sum(len(saying.tellings) for saying in sayings) == sum(len(one.quotes) for one in articles)
