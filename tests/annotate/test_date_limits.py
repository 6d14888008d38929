"""What is claimed about the day of publication, between which instants it lies, and what limits it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from built_pages import page
from hypothesis import given
from hypothesis import strategies as st

from khabar.annotate.article import annotate
from khabar.annotate.date_bounds import bounds, read_instant
from khabar.lang.loader import load_languages
from khabar.model.article import BoilerplateKind, Extract
from khabar.model.claims import Claim, ClaimField
from khabar.model.mentions import Calendar, DateStatus, Precision, Published, TimeConstraint

LINE = BoilerplateKind.DATE_LINE
EN = "The ministry of transport said that the new bridge will be opened to traffic when work is done."
AR = "أعلنت وزارة النقل أن الجسر الجديد سيفتح أمام السيارات بعد انتهاء الأعمال فيه."
SEEN = "2020-07-09T10:00:00Z"


def published(extract: Extract, captured: str | None = None, outlet: str | None = None) -> Published:
    claims = (Claim(ClaimField.CAPTURED, captured, "WARC-Date"),) if captured else ()
    extract = replace(extract, outlet=outlet, facts=replace(extract.facts, claims=claims))
    return annotate(extract, "a", load_languages()).published


def dated(words: str, body: str = EN, **told: str) -> Published:
    return published(page(body, lines=[(LINE, words)]), **told)


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        ("8 July 2020, 09:15 GMT", "2020-07-08T09:15:00Z", "2020-07-08T09:15:59Z"),
        ("8 July 2020, 09:15 Tehran time", "2020-07-08T04:45:00Z", "2020-07-08T04:45:59Z"),
        ("8 July 2020, 09:15", "2020-07-07T19:15:00Z", "2020-07-08T21:15:59Z"),
        ("8 July 2020", "2020-07-07T10:00:00Z", "2020-07-09T11:59:59Z"),
        ("17 Dhu al-Qadah 1441", "2020-07-06T10:00:00Z", "2020-07-10T11:59:59Z"),
    ],
    ids=["known zone", "named zone", "unknown zone", "a day", "a sighted day"],
)
def test_the_bounds_are_as_wide_as_what_is_not_told(words: str, earliest: str, latest: str) -> None:
    found = dated(words)
    assert (found.earliest, found.latest) == (earliest, latest)


@pytest.mark.parametrize("claim", ["2020-07-08T09:15:00+04:00", "2020-07-08T05:15:00Z"])
def test_a_claim_with_a_zone_tells_that_of_the_printed_minute(claim: str) -> None:
    lines, claims = [(LINE, "8 July 2020, 09:15")], [("json-ld datePublished", claim)]
    found = published(page(EN, lines=lines, claims=claims))
    assert (found.value, found.earliest) == ("2020-07-08T09:15", "2020-07-08T05:15:00Z")


def test_a_change_tells_no_zone_of_the_publication() -> None:
    claims = [("json-ld dateModified", "2020-07-08T06:15:00Z")]
    found = published(page(EN, lines=[(LINE, "8 July 2020, 09:15")], claims=claims))
    assert found.earliest == "2020-07-07T19:15:00Z"


def test_nothing_came_out_after_it_was_captured() -> None:
    assert dated("8 July 2020", captured="2020-07-08T12:00:00Z").latest == "2020-07-08T12:00:00Z"


def test_a_date_after_the_capture_is_a_conflict() -> None:
    found = dated("8 August 2020", captured=SEEN)
    assert (found.value, found.status) == ("2020-08-08", DateStatus.CONFLICT)
    assert "already captured" in found.note
    assert TimeConstraint("not_after", "2020-07-09", f"It was captured at {SEEN}.") in found.constraints


def test_a_date_that_may_be_before_the_capture_in_some_zone_is_none() -> None:
    assert dated("10 July 2020", captured="2020-07-09T12:00:00Z").status is DateStatus.PRINTED


def test_a_date_before_the_outlet_began_is_a_conflict() -> None:
    assert dated("8 July 2020", outlet="Al Jazeera").status is DateStatus.PRINTED
    found = dated("8 July 1985", outlet="Al Jazeera")
    assert (found.value, found.status) == ("1985-07-08", DateStatus.CONFLICT)
    assert "1996" in found.note


def test_the_capture_decides_between_day_and_month() -> None:
    found = dated("07/08/2020", captured="2020-07-20T10:00:00Z")
    assert (found.value, found.status) == ("2020-07-08", DateStatus.RESOLVED)


@pytest.mark.parametrize(
    ("words", "value"),
    [("منذ 3 ساعات", "2020-07-09T07:00+00:00"), ("قبل 3 أيام", "2020-07-06"), ("أمس", "2020-07-08")],
)
def test_a_line_that_counts_is_counted_from_the_capture(words: str, value: str) -> None:
    found = dated(words, AR, captured=SEEN)
    assert (found.value, found.status, found.text) == (value, DateStatus.RESOLVED, words)
    assert dated(words, AR).value is None


def test_hours_ago_are_known_to_the_hour() -> None:
    found = dated("منذ 3 ساعات", AR, captured=SEEN)
    assert (found.earliest, found.latest) == ("2020-07-09T06:00:00Z", "2020-07-09T07:00:00Z")


def test_a_year_of_two_calendars_stays_open_without_evidence_and_is_never_gregorian() -> None:
    found = dated("1399/04/18")
    assert (found.value, found.status) == (None, DateStatus.UNKNOWN)


@pytest.mark.parametrize("words", ["1399/04/18 - 2020-07-08", "1399/04/18 | 8 July 2020"])
def test_a_second_date_decides_the_calendar_of_the_first(words: str) -> None:
    extract = page(EN, lines=[(LINE, words)])
    article = annotate(extract, "a", load_languages())
    assert article.published.value == "2020-07-08"
    assert (article.dates[0].value, article.dates[0].calendar) == ("2020-07-08", Calendar.JALALI)


def test_every_claim_is_kept_with_its_origin_and_whether_it_agrees() -> None:
    claims = [("json-ld datePublished", "2020-07-08T14:37:00+03:00"), ("feed entry", "2020-07-12T00:00:00Z")]
    found = published(page(EN, lines=[(LINE, "8 July 2020")], claims=claims), captured="2020-07-20T00:00:00Z")
    told = {claim.origin: (claim.text, claim.agrees) for claim in found.claims}
    assert told == {
        "date line": ("8 July 2020", True),
        "json-ld datePublished": ("2020-07-08T14:37:00+03:00", True),
        "feed entry": ("2020-07-12T00:00:00Z", False),
        "WARC-Date": ("2020-07-20T00:00:00Z", True),
    }


def test_claims_that_contradict_each_other_are_a_conflict() -> None:
    claims = [("json-ld datePublished", "2020-07-08"), ("feed entry", "2020-07-12")]
    found = published(page(EN, claims=claims))
    assert (found.value, found.status) == ("2020-07-08", DateStatus.CONFLICT)
    assert "feed entry says 2020-07-12" in found.note


def test_a_page_without_a_date_has_constraints_and_no_date() -> None:
    body = "The two sides met on 2 June 2020 in the port. He spoke today, Monday, of the work. " + EN
    found = published(page(body), captured=SEEN)
    assert (found.value, found.status) == (None, DateStatus.UNKNOWN)
    assert {one.kind: one.value for one in found.constraints} == {
        "weekday": "1",
        "not_after": "2020-07-09",
        "not_before": "2020-06-02",
    }
    assert (found.earliest, found.latest) == ("2020-06-01T10:00:00Z", SEEN)
    assert "tells of “2 June 2020” as past" in found.note


def test_what_lies_ahead_of_the_text_limits_nothing() -> None:
    found = published(page("The hall will be opened on 2 June 2020. " + EN))
    assert found.constraints == ()


@given(
    st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1)),  # noqa: DTZ001  (the zone is added)
    st.integers(-14 * 60, 14 * 60),
)
def test_the_instant_lies_within_its_bounds_however_little_is_told(plain: datetime, minutes: int) -> None:
    offset = timedelta(minutes=max(-12 * 60, minutes))
    true = plain.replace(tzinfo=UTC, second=0, microsecond=0) - offset
    whole = plain.replace(second=0, microsecond=0)
    for value, precision in (
        (whole.isoformat(timespec="minutes"), Precision.MINUTE),
        (whole.date().isoformat(), Precision.DAY),
        (whole.strftime("%Y-%m"), Precision.MONTH),
        (whole.strftime("%Y"), Precision.YEAR),
    ):
        found = bounds(value, precision, Calendar.GREGORIAN)
        assert found is not None
        assert found[0] <= true <= found[1]


@pytest.mark.parametrize("text", ["2020-07-09T10:00:00Z", "20200709100000", "2020-07-09T13:30:00+03:30"])
def test_the_moments_of_machines_are_read(text: str) -> None:
    assert read_instant(text) == datetime(2020, 7, 9, 10, tzinfo=UTC)


def test_what_is_no_moment_is_none() -> None:
    assert read_instant("yesterday") is None
