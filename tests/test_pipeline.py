"""The whole way with the real encoder: the seed reports, the shipped examples, and both in one pile."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from khabar import compare
from khabar.settings import load_settings
from khabar.show.json import to_json
from khabar.show.schema import schema

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT))

from evaluations.align.expectations import Expectation, find_stories, load_expectation  # noqa: E402

Data = dict[str, Any]
EXAMPLES = [load_expectation(folder) for folder in find_stories(CHECKOUT / "examples")]


def run(paths: Sequence[Path]) -> Data:
    return json.loads(json.dumps(to_json(compare(paths, load_settings())), ensure_ascii=False))


def pages(expected: Expectation) -> list[Path]:
    return [expected.folder / report.file for report in expected.reports]


def stories_of(result: Data) -> set[frozenset[str]]:
    """Each story as the paths of its reports."""
    path_of = {article["id"]: article["path"] for article in result["articles"]}
    return {frozenset(path_of[name] for name in story["articles"]) for story in result["stories"]}


def statements_of(result: Data) -> set[frozenset[tuple[str, str]]]:
    """Each statement as the reports that state it and their words."""
    path_of = {article["id"]: article["path"] for article in result["articles"]}
    return {
        frozenset((path_of[one["article"]], one["text"]) for one in statement["attestations"])
        for story in result["stories"]
        for statement in story["statements"]
    }


def places(data: Any, article: str | None = None) -> Iterator[tuple[str, Data]]:
    """Every object that has words and offsets, with the id of its article."""
    for item in data if isinstance(data, list) else ():
        yield from places(item, article)
    if isinstance(data, dict):
        article = data.get("article", article)
        if article is not None and data.get("start") is not None and isinstance(data.get("text"), str):
            yield article, data
        for value in data.values():
            yield from places(value, article)


def assert_sound(result: Data, inputs: int) -> None:
    """Valid, complete, and every place holds the words that it is said to hold."""
    jsonschema.Draft202012Validator(schema()).validate(result)
    assert len(result["articles"]) + len(result["dropped"]) == inputs
    told = [name for story in result["stories"] for name in story["articles"]]
    assert sorted(told) == sorted(article["id"] for article in result["articles"])
    texts = {article["id"]: article["text"] for article in result["articles"]}
    own = [found for article in result["articles"] for found in places(article, article["id"])]
    found = own + list(places(result["stories"]))
    assert len(found) > 10 * inputs
    wrong = [(name, at) for name, at in found if texts[name][at["start"] : at["end"]] != at["text"]]
    assert wrong == []


@pytest.fixture(scope="module")
def seen(seeds: list[Path]) -> Data:
    return run(seeds)


@pytest.fixture(scope="module")
def by_seed(seen: Data, seeds: list[Path]) -> list[Data]:
    """The articles of the seeds, in their order."""
    by_path = {article["path"]: article for article in seen["articles"]}
    return [by_path[str(path)] for path in seeds]


@pytest.fixture(scope="module")
def apart() -> dict[str, Data]:
    """The examples, each compared by itself."""
    return {expected.folder.name: run(pages(expected)) for expected in EXAMPLES}


def test_the_seeds_are_sound(seen: Data) -> None:
    assert_sound(seen, 5)


def test_four_seeds_are_one_story_and_the_fifth_is_named_beside_it_with_reasons(
    seen: Data, seeds: list[Path], by_seed: list[Data]
) -> None:
    four = frozenset(map(str, seeds[:4]))
    assert stories_of(seen) == {four, frozenset([str(seeds[4])])}
    story = next(story for story in seen["stories"] if len(story["articles"]) == 4)
    named = {item["article"]: item["reasons"] for item in story["lookalikes"]}
    assert set(named) == {by_seed[4]["id"]}
    assert len(named[by_seed[4]["id"]]) >= 2


@pytest.mark.parametrize(
    ("number", "day", "status"),
    [
        (0, "2020-07-07", "conflict"),
        (1, "2020-07-08", "printed"),
        (2, "2020-07-08", "inferred"),
        (3, "2020-07-08", "printed"),
        (4, None, "unknown"),
    ],
)
def test_the_seeds_say_when_they_came_out_or_that_they_do_not(
    by_seed: list[Data], number: int, day: str | None, status: str
) -> None:
    published = by_seed[number]["published"]
    assert (published["value"] or "")[:10] == (day or "")
    assert published["status"] == status


def test_a_translation_above_its_original_is_one_witness_in_two_languages(
    seen: Data, by_seed: list[Data]
) -> None:
    both = by_seed[3]
    assert sorted(both["languages"]) == ["ar", "en"]
    assert sum(both["id"] in story["articles"] for story in seen["stories"]) == 1
    language_at = {sentence["id"]: sentence["language"] for sentence in both["sentences"]}
    assert set(language_at.values()) == {"ar", "en"}
    rows = [statement for story in seen["stories"] for statement in story["statements"]]
    own = [[at for at in row["attestations"] if at["article"] == both["id"]] for row in rows]
    blocks = [{language_of(both, at) for at in found} for found in own]
    assert {"ar", "en"} in blocks


def language_of(article: Data, place: Data) -> str:
    return next(
        str(sentence["language"])
        for sentence in article["sentences"]
        if sentence["start"] <= place["start"] < sentence["end"]
    )


def test_most_of_what_the_four_tell_is_laid_side_by_side(seen: Data) -> None:
    story = next(story for story in seen["stories"] if len(story["articles"]) == 4)
    shared = [row for row in story["statements"] if len({at["article"] for at in row["attestations"]}) > 1]
    assert len(shared) >= 8
    assert any(len({at["article"] for at in row["attestations"]}) == 4 for row in shared)
    kinds = {item["kind"] for item in story["differences"]}
    assert {"date", "strength", "omission"} <= kinds
    assert "title" not in kinds  # the armies' names for one rank differ, the rank does not


def test_the_same_input_gives_the_same_result(seen: Data, seeds: list[Path]) -> None:
    assert run(seeds) == seen


def test_the_order_of_the_input_changes_neither_stories_nor_statements(seen: Data, seeds: list[Path]) -> None:
    turned = run(seeds[::-1])
    assert stories_of(turned) == stories_of(seen)
    assert statements_of(turned) == statements_of(seen)


@pytest.mark.parametrize("expected", EXAMPLES, ids=lambda expected: expected.folder.name)
def test_an_example_comes_out_as_one_story_with_its_look_alike_beside_it(
    expected: Expectation, apart: dict[str, Data]
) -> None:
    result = apart[expected.folder.name]
    assert_sound(result, len(expected.reports))
    id_of = {Path(article["path"]).name: article["id"] for article in result["articles"]}
    together = {id_of[file] for file in expected.files("story")}
    story = next((story for story in result["stories"] if set(story["articles"]) == together), None)
    assert story is not None, stories_of(result)
    named = {item["article"] for item in story["lookalikes"] if item["reasons"]}
    assert named >= {id_of[file] for file in expected.files("lookalike")}


def test_the_examples_in_one_pile_are_the_stories_that_they_are_apart(apart: dict[str, Data]) -> None:
    every = [path for expected in EXAMPLES for path in pages(expected)]
    pile = run(every)
    assert_sound(pile, len(every))
    assert stories_of(pile) == set().union(*map(stories_of, apart.values()))


def test_seeds_and_examples_in_one_pile_are_the_stories_that_they_are_apart(
    seen: Data, seeds: list[Path], apart: dict[str, Data]
) -> None:
    every = [*seeds, *(path for expected in EXAMPLES for path in pages(expected))]
    assert stories_of(run(every)) == stories_of(seen).union(*map(stories_of, apart.values()))
