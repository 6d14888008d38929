"""Who took from whom, drawn and in words."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from jsonschema import validate
from lxml import html as markup
from rich.console import Console

from khabar.model.story import Comparison, Relation
from khabar.show.html import to_html
from khabar.show.json import to_json
from khabar.show.schema import schema
from khabar.show.terminal import show_terminal


def with_relations(made: Comparison, *relations: Relation) -> Comparison:
    return replace(made, stories=(replace(made.stories[0], relations=relations), *made.stories[1:]))


@pytest.fixture
def traced(comparison: Comparison) -> Comparison:
    first, second, *_ = comparison.stories[0].articles
    return with_relations(comparison, Relation(first, second, "copies", "the same words", (), 0.97))


def drawing(page: str) -> markup.HtmlElement:
    [found] = markup.document_fromstring(page).iter("svg")
    return found


def centres(page: str) -> list[float]:
    return [float(one.get("cx")) for one in drawing(page).iter("circle")]


def test_an_arrow_leads_from_the_origin_and_the_words_say_the_same(traced: Comparison) -> None:
    found = drawing(to_html(traced))
    assert (found.get("role"), len(list(found.iter("polygon")))) == ("img", 1)
    assert "copies" in found.findtext("desc")
    assert [one for one in found.iter("line") if one.get("stroke-dasharray")] == []


def test_what_has_no_direction_has_no_arrow_and_a_broken_line(traced: Comparison) -> None:
    (relation,) = traced.stories[0].relations
    made = with_relations(traced, replace(relation, kind="shares_source", certainty=0.3))
    found = drawing(to_html(made))
    assert list(found.iter("polygon")) == []
    assert all(one.get("stroke-dasharray") for one in found.iter("line"))


def test_origins_stand_where_the_reader_begins(traced: Comparison) -> None:
    left, right = centres(to_html(traced, interface="en")), centres(to_html(traced, interface="ar"))
    assert left[0] < left[1]
    assert right[0] > right[1]


def test_no_drawing_without_relations(comparison: Comparison) -> None:
    assert "<svg" not in to_html(with_relations(comparison))


def test_the_names_in_the_drawing_are_escaped(traced: Comparison) -> None:
    first = traced.stories[0].articles[0]
    articles = tuple(
        replace(one, outlet="<script>x</script>") if one.id == first else one for one in traced.articles
    )
    assert "<script>x" not in to_html(replace(traced, articles=articles))


def test_the_terminal_and_the_json_say_how_sure(traced: Comparison) -> None:
    stream = io.StringIO()
    show_terminal(traced, Console(file=stream, width=200))
    assert "(firm): the same words" in stream.getvalue()
    made = to_json(traced)
    validate(made, schema())
    (relation,) = made["stories"][0]["relations"]
    assert (relation["certainty"], relation["held"]) == (0.97, "firm")


def test_two_that_credit_each_other_can_be_drawn(traced: Comparison) -> None:
    (relation,) = traced.stories[0].relations
    back = replace(relation, origin=relation.taker, taker=relation.origin, kind="cites")
    assert len(list(drawing(to_html(with_relations(traced, relation, back))).iter("polygon"))) == 2
