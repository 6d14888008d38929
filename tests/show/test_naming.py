"""What stands beside a name: a spelling that its reader can read, and the rank or office given with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from khabar.model.article import Article
from khabar.model.mentions import Entity, NameKind, NameMention
from khabar.model.span import Span
from khabar.show.naming import held_titles, latin_reading, reading, spellings
from khabar.show.retell import title_words
from khabar.show.tongues import known_tongues, tongue
from khabar.show.wording import count, day, interfaces, number, say, speaking
from show import sample

WHO = Entity("e1", NameKind.PERSON, "سامي الحداد", ("سامي الحداد", "سامی حداد", "Sami Haddad"))


def report(name: str, language: str, text: str, title: str, who: str) -> Article:
    plain = sample.comparison().articles[0]
    mention = NameMention(place(text, who), who, NameKind.PERSON, "e1", place(text, title))
    return replace(plain, id=name, text=text, languages=(language,), sentences=(), names=(mention,))


def place(text: str, part: str) -> Span:
    at = text.index(part)
    return Span(at, at + len(part))


REPORTS = (
    report("a", "ar", "وصل اللواء سامي الحداد إلى ترسال.", "اللواء", "سامي الحداد"),
    report("b", "en", "Major General Sami Haddad came to Tarsal.", "Major General", "Sami Haddad"),
    report("c", "fa", "سپهبد سامی حداد به ترسال آمد.", "سپهبد", "سامی حداد"),
)


@pytest.mark.parametrize(
    ("language", "ranks"),
    [
        ("en", ["major general", "lieutenant general"]),
        ("ar", ["لواء", "فريق"]),
        ("fa", ["سرلشکر", "سپهبد"]),
    ],
)
def test_ranks_are_told_in_the_readers_language_those_of_most_reports_first(
    language: str, ranks: list[str]
) -> None:
    held = held_titles(REPORTS)["e1"]
    with speaking(language):
        assert [title_words(one.meaning) for one in held] == ranks
    assert held[0].wordings == (("اللواء", "ar", ("a",)), ("Major General", "en", ("b",)))
    assert [one.reports for one in held] == [2, 1]


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "Sami Haddad"), ("fa", "سامی حداد"), ("ar", None)], ids=["en", "fa", "ar"]
)
def test_a_reader_gets_the_spelling_of_their_own_language(language: str, shown: str | None) -> None:
    with speaking(language):
        found = reading(WHO, spellings(REPORTS)["e1"])
    assert (found and found.text) == shown


def test_what_nobody_can_read_is_not_made_up() -> None:
    alone = replace(WHO, forms=("سامي الحداد",))
    with speaking("en"):
        assert reading(alone, {}) is None
        assert reading(replace(alone, name="Sami", forms=("Sami",)), {}) is None
        ours = reading(replace(alone, romanised="Sami al-Haddad", romanised_certain=False), {})
    assert ours is not None
    assert (ours.text, ours.ours, ours.certain) == ("Sami al-Haddad", True, False)
    assert latin_reading(alone) is None


@pytest.mark.parametrize("language", interfaces())
def test_every_language_has_a_name_in_each_interface(language: str) -> None:
    with speaking(language):
        named = dict(known_tongues())
        assert len(set(named.values())) == len(named)
        assert tongue("ar-EG") == named["ar"]
        assert tongue("qqq") == "qqq"


def test_a_reader_may_have_western_digits() -> None:
    with speaking("ar", "hijri", "western"):
        assert number(1234.5) == "1234.5"
        assert number(12345) == "12,345"
        assert count("reports", 12).startswith("12 ")
        assert "1447" in day("2026-02-20")
        assert say("page.shortened", count=12).isascii() is False
    with speaking("ar", "hijri"):
        assert "١٤٤٧" in day("2026-02-20")
