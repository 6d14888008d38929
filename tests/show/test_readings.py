"""Readings of names in Latin letters stand beside the name, never in its place."""

from __future__ import annotations

from dataclasses import replace

from lxml import html as markup

from khabar.model.story import Comparison
from khabar.show.html import to_html
from khabar.show.json import to_json
from show import sample


def with_reading(text: str, certain: bool) -> Comparison:
    made = sample.comparison()
    who = made.stories[0].who[0]
    read = [
        replace(entity, romanised=text, romanised_certain=certain) if entity.id == who else entity
        for entity in made.entities
    ]
    return replace(made, entities=tuple(read))


def test_the_page_shows_the_name_as_written_and_its_reading_on_hover_and_focus() -> None:
    made = with_reading('Salim "al-Darwish" <b>', True)
    name = next(entity.name for entity in made.entities if entity.romanised)
    readings = markup.document_fromstring(to_html(made)).cssselect(".facts .reading")
    assert [(one.text_content(), one.get("title"), one.get("tabindex")) for one in readings] == [
        (name, 'Salim "al-Darwish" <b>', "0")
    ]


def test_a_reading_without_vowels_says_so_on_the_page() -> None:
    readings = markup.document_fromstring(to_html(with_reading("Brzntkh", False))).cssselect(
        ".facts .reading"
    )
    assert readings[0].get("title") == "Brzntkh (vowels that nobody wrote are left out)"


def test_a_name_without_a_reading_is_shown_alone() -> None:
    assert not markup.document_fromstring(to_html(sample.comparison())).cssselect(".reading")


def test_the_reading_is_in_the_data() -> None:
    first, *others = to_json(with_reading("Brzntkh", False))["entities"]
    assert (first["romanised"], first["romanised_certain"]) == ("Brzntkh", False)
    assert {one["romanised"] for one in others} == {None}
