"""The description of the API holds: requests made up from it get the answers that it names."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from tests.serve.conftest import Running

from khabar.encode.types import Encoder
from khabar.library import Library, restore
from khabar.serve.api.schema import describe
from khabar.serve.app import make_app
from khabar.settings import Settings

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is missing")
METHODS = ("get", "post", "delete")
EXAMPLES = 12


@pytest.fixture(scope="module")
def address(template: Path, tmp_path_factory: pytest.TempPathFactory, passes: Encoder) -> Iterator[str]:
    """One server for all that is made up: what was asked before must not matter."""
    place = tmp_path_factory.mktemp("schema") / "khabar.db"
    restore(template, place)
    with Library.open(place, Settings(), encoder=passes) as library:
        running = Running(library, Settings(requests_a_minute=1_000_000))
        yield running.address
        running.close()


@pytest.fixture(scope="module")
def description(address: str) -> dict[str, Any]:
    found: dict[str, Any] = httpx.get(address + "/v1/openapi.json").json()
    return found


def test_it_is_openapi_3_1_and_names_every_part(description: dict[str, Any]) -> None:
    assert description["openapi"].startswith("3.1")
    parts = {path.split("/")[2] for path in description["paths"]}
    assert parts == {
        "health", "totals", "metrics", "compare", "articles", "stories", "people", "quotes", "search",
        "decisions", "sources", "alerts", "exports", "jobs",
    }  # fmt: skip
    operations = [
        path[method] for path in description["paths"].values() for method in METHODS if method in path
    ]
    assert all(one["summary"] and one["description"] for one in operations)
    assert all("4XX" in one["responses"] for one in operations)


def test_pages_are_no_part_of_it(template: Path, tmp_path: Path, passes: Encoder) -> None:
    restore(template, tmp_path / "pages.db")
    with Library.open(tmp_path / "pages.db", Settings(), encoder=passes) as library:
        app = make_app(library, Settings(), web=True)
    assert all(path.startswith("/v1/") for path in describe(app)["paths"])


def test_every_reference_leads_somewhere(description: dict[str, Any]) -> None:
    def references(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            if isinstance(value.get("$ref"), str):
                yield value["$ref"]
            for one in value.values():
                yield from references(one)
        elif isinstance(value, list):
            for one in value:
                yield from references(one)

    parts = {f"#/components/schemas/{name}" for name in description["components"]["schemas"]}
    assert set(references(description)) <= parts


def test_made_up_requests_get_what_the_description_says(address: str, description: dict[str, Any]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the tester warns of in itself
        made = schemathesis.openapi.from_dict(description)
    operations = [result.ok() for result in made.get_all_operations()]
    assert len(operations) >= 30
    for operation in operations:
        _try(operation, address)


def _try(operation: Any, address: str) -> None:
    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy())
    def holds(case: Any) -> None:
        answer = case.call(base_url=address)
        assert answer.status_code < 500, f"{case.as_curl_command()}: {answer.text[:500]}"
        case.validate_response(answer, checks=_checks())

    holds()


def _checks() -> list[Any]:
    """All but one: what was given out before (`after`), and what a library holds, cannot be described."""
    checks = schemathesis.checks.load_all_checks() or schemathesis.checks.CHECKS
    return [checks.get_one(name) for name in checks.get_all_names() if name != "positive_data_acceptance"]
