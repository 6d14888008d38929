"""Readings of names in Latin letters stand beside the name, never in its place."""

from __future__ import annotations

from dataclasses import replace

from lxml import html as markup

from khabar.model.story import Comparison
from khabar.show.html import to_html
from khabar.show.json import to_json
from show import sample


def with_reading(text: str, certain: bool) -> Comparison:
    """The sample, as if nobody spelled the first name in Latin letters."""
    made = sample.comparison()
    who = made.stories[0].who[0]
    read = [
        replace(entity, romanised=text, romanised_certain=certain, forms=(entity.name,))
        if entity.id == who
        else entity
        for entity in made.entities
    ]
    articles = [
        replace(article, names=tuple(name for name in article.names if name.entity != who))
        for article in made.articles
    ]
    return replace(made, entities=tuple(read), articles=tuple(articles))


def shown(made: Comparison, kind: str, interface: str = "en") -> list[markup.HtmlElement]:
    return markup.document_fromstring(to_html(made, interface=interface)).cssselect(f".facts .{kind}")


def test_a_reader_of_latin_letters_sees_the_reading_beside_the_name() -> None:
    made = with_reading('Salim "al-Darwish" <b>', True)
    name = next(entity.name for entity in made.entities if entity.romanised)
    (one,) = shown(made, "reads")
    assert (one.text, one.get("lang"), one.get("dir")) == ('Salim "al-Darwish" <b>', "und-Latn", "ltr")
    assert one.get("title") == "as khabar reads the letters; no report spells it so"
    assert one.getprevious().text == name


def test_others_see_it_on_hover_and_focus() -> None:
    (one,) = shown(with_reading("Salim al-Darwish", True), "reading", "fa")
    assert (one.get("title"), one.get("tabindex")) == ("Salim al-Darwish", "0")
    assert one.text_content() == "سالم الدرويش"


def test_a_reading_without_vowels_says_so_on_the_page() -> None:
    (one,) = shown(with_reading("Brzntkh", False), "reads")
    assert one.text == "Brzntkh (vowels that nobody wrote are left out)"


def test_what_a_report_spells_comes_before_our_reading() -> None:
    (one,) = shown(sample.comparison(), "reads")
    assert (one.text, one.get("title")) == ("Salem al-Darwish", None)


def test_the_reading_is_in_the_data() -> None:
    first, *others = to_json(with_reading("Brzntkh", False))["entities"]
    assert (first["romanised"], first["romanised_certain"]) == ("Brzntkh", False)
    assert {one["romanised"] for one in others} == {None}
