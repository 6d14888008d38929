"""What programs read: complete, valid, and every place points at its own words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from khabar.model.story import Comparison
from khabar.show.json import to_json
from khabar.show.schema import schema
from show import sample

Data = dict[str, Any]

VALIDATOR = jsonschema.Draft202012Validator(schema())


def places(data: Any, article: str | None = None) -> Iterator[tuple[str, Data]]:
    """Every object that has words and offsets, with the id of its article."""
    if isinstance(data, list):
        for item in data:
            yield from places(item, article)
    elif isinstance(data, dict):
        article = data.get("article", article)
        if article is not None and data.get("start") is not None and "text" in data:
            yield article, data
        for value in data.values():
            yield from places(value, article)


def all_places(result: Data) -> list[tuple[str, Data]]:
    own = [found for article in result["articles"] for found in places(article, article["id"])]
    return own + list(places(result["stories"]))


@pytest.mark.parametrize(
    "made",
    [sample.comparison(), sample.hostile(1000), sample.many(50), sample.alone()],
    ids=["full", "hostile", "fifty copies", "one alone"],
)
def test_result_follows_the_schema(made: Comparison) -> None:
    VALIDATOR.validate(json.loads(json.dumps(to_json(made))))


def test_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("missing", ["made_by", "dropped", "entities"])
def test_schema_refuses_a_result_with_a_field_missing(comparison: Comparison, missing: str) -> None:
    result = to_json(comparison)
    del result[missing]
    assert [error.validator for error in VALIDATOR.iter_errors(result)] == ["required"]


def test_every_place_points_at_its_own_words(comparison: Comparison) -> None:
    result = to_json(comparison)
    texts = {article["id"]: article["text"] for article in result["articles"]}
    found = all_places(result)
    assert len(found) > 60
    for article, place in found:
        assert place["text"] == texts[article][place["start"] : place["end"]]


def test_every_id_that_is_used_is_defined(comparison: Comparison) -> None:
    result = to_json(comparison)
    articles = {article["id"] for article in result["articles"]}
    entities = {entity["id"] for entity in result["entities"]}
    for story in result["stories"]:
        assert set(story["articles"]) <= articles
        assert {*story["who"], *filter(None, [story["where"]])} <= entities
        statements = {statement["id"] for statement in story["statements"]} | {None}
        assert {difference["statement"] for difference in story["differences"]} <= statements


def test_contract_of_the_named_fields(comparison: Comparison) -> None:
    result = to_json(comparison)
    first, _, third, *_ = result["articles"]
    assert first["published"]["value"] == "2023-03-07"
    assert first["published"]["status"] == "conflict"
    assert [words["text"] for words in first["published"]["conflicts"]] == ["اليوم الأربعاء"]
    assert third["published"] == {
        "value": None,
        "precision": None,
        "calendar": None,
        "text": None,
        "start": None,
        "end": None,
        "status": "unknown",
        "note": "The page names no date.",
        "conflicts": [],
        "earliest": None,
        "latest": None,
        "claims": [],
        "constraints": [],
    }
    story = result["stories"][0]
    assert story["relations"] == [
        {
            "from": "a1",
            "to": "a3",
            "kind": "cites",
            "certainty": None,
            "held": "",
            "reason": "its last line credits جريدة المرفأ",
            "evidence": [],
        }
    ]
    assert story["lookalikes"][0]["article"] == "a5"
    assert all(isinstance(reason, str) for reason in story["lookalikes"][0]["reasons"])
    assert result["made_by"]["settings"] == {"threads": "2", "same_at": "0.5"}


def test_an_omission_has_one_side(comparison: Comparison) -> None:
    found = to_json(comparison)["stories"][0]["differences"]
    assert [difference["b"] for difference in found if difference["kind"] == "omission"] == [None]
