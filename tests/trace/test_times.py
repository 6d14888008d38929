"""Which report came out first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from traced_reports import report

from khabar.model.article import Article
from khabar.model.mentions import DateStatus
from khabar.trace.times import earlier_of


def at(name: str, time: str | None) -> Article:
    return report(name, "Words.", published=time)


@pytest.mark.parametrize(
    ("one", "other", "first"),
    [
        ("2026-05-01", "2026-05-02", "a"),
        ("2026-05-01T10:00", "2026-05-01T09:00", "b"),
        ("2026-05-01T10:00+03:00", "2026-05-01T08:00+00:00", "a"),
        ("2026-05-01T10:00+03:00", "2026-05-01T08:00", None),  # no zone, so the hour may be any
        ("2026-05-01T10:00", "2026-05-01", None),
        ("2026-05", "2026-06-01", None),
        (None, "2026-06-01", None),
    ],
)
def test_the_earlier(one: str | None, other: str, first: str | None) -> None:
    assert earlier_of(at("a", one), at("b", other)) == first


def test_a_date_in_conflict_says_nothing() -> None:
    doubtful = at("a", "2026-05-01")
    doubtful = replace(doubtful, published=replace(doubtful.published, status=DateStatus.CONFLICT))
    assert earlier_of(doubtful, at("b", "2026-05-02")) is None
