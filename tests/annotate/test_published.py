"""When a page came out: what it prints, what contradicts it, and what it does not say."""

from __future__ import annotations

import pytest
from built_pages import page

from khabar.annotate.article import annotate
from khabar.lang.loader import load_languages
from khabar.model.article import BoilerplateKind, Extract
from khabar.model.mentions import Calendar, DateStatus, Precision, Published

LINE, FILE, COPYRIGHT = BoilerplateKind.DATE_LINE, BoilerplateKind.FILE_NAME, BoilerplateKind.COPYRIGHT
AR = "أعلنت وزارة النقل أن الجسر الجديد سيفتح أمام السيارات بعد انتهاء الأعمال فيه."
EN = "The ministry of transport said that the new bridge will be opened to traffic when work is done."
FA = "وزارت راه اعلام کرد که پل جدید پس از پایان کار به روی خودروها گشوده خواهد شد."


def published(extract: Extract) -> Published:
    return annotate(extract, "a", load_languages()).published


def conflicts(extract: Extract) -> list[str]:
    return [span.of(extract.text) for span in published(extract).conflicts]


def test_a_full_date_line_is_printed_with_its_calendar_and_place() -> None:
    extract = page(FA, title="پل جدید", lines=[(LINE, "چهارشنبه ۱۸ تیر ۱۳۹۹ - ۱۷:۴۰")])
    found = published(extract)
    assert (found.value, found.precision, found.calendar) == (
        "2020-07-08T17:40",
        Precision.MINUTE,
        Calendar.JALALI,
    )
    assert found.status is DateStatus.PRINTED
    assert found.span is not None
    assert found.text == found.span.of(extract.text) == "چهارشنبه ۱۸ تیر ۱۳۹۹ - ۱۷:۴۰"


def test_a_printed_date_stays_and_the_words_against_it_are_told() -> None:
    extract = page("قال الوزير اليوم الأربعاء إن الجسر جاهز. " + AR, lines=[(LINE, "2020-07-07")])
    found = published(extract)
    assert (found.value, found.status) == ("2020-07-07", DateStatus.CONFLICT)
    assert conflicts(extract) == ["اليوم الأربعاء"]
    assert "a Tuesday" in found.note
    assert "2020-07-08 would fit" in found.note


def test_a_weekday_that_does_not_fit_its_own_date_is_a_conflict() -> None:
    extract = page(EN, lines=[(LINE, "Tuesday 8 July 2020")])
    assert published(extract).status is DateStatus.CONFLICT
    assert conflicts(extract) == ["Tuesday"]
    assert published(extract).value == "2020-07-08"


@pytest.mark.parametrize(
    "words", ["اليوم الأربعاء", "أمس الثلاثاء", "يوم أمس، الثلاثاء", "اليوم، 8 يوليو 2020", "غدا الخميس"]
)
def test_words_that_agree_are_no_conflict(words: str) -> None:
    found = published(page(f"قال الوزير {words} إن الجسر جاهز. {AR}", lines=[(LINE, "8 يوليو 2020")]))
    assert (found.value, found.status) == ("2020-07-08", DateStatus.PRINTED)


def test_a_quotation_of_another_day_does_not_outvote_the_text() -> None:
    body = "قال الوزير اليوم الأربعاء إن الجسر جاهز.", 'وكان قد كتب: "نلتقي اليوم الأحد".' + AR
    assert published(page(*body, lines=[(LINE, "8 يوليو 2020")])).status is DateStatus.PRINTED


def test_an_exchangeable_date_is_decided_by_the_texts_weekday() -> None:
    extract = page("The minister said today, Wednesday, that it is done. " + EN, lines=[(LINE, "07/08/2020")])
    found = published(extract)
    assert (found.value, found.status) == ("2020-07-08", DateStatus.RESOLVED)


def test_an_exchangeable_date_stays_open_without_evidence() -> None:
    found = published(page(EN, lines=[(LINE, "07/08/2020")]))
    assert (found.value, found.status, found.text) == (None, DateStatus.UNKNOWN, "07/08/2020")
    assert "2020-08-07 or 2020-07-08" in found.note


def test_a_missing_year_is_completed_from_another_full_date() -> None:
    body = f"DAMASCUS, July 8 (Wire) - {EN}", "Work on it began on June 2, 2020, the ministry said."
    found = published(page(*body))
    assert (found.value, found.status, found.text) == ("2020-07-08", DateStatus.RESOLVED, "July 8")


def test_a_missing_year_stays_missing_where_nothing_tells_it() -> None:
    found = published(page(f"DAMASCUS, July 8 (Wire) - {EN}"))
    assert (found.value, found.status) == (None, DateStatus.UNKNOWN)
    assert "without a year" in found.note


def test_metadata_counts_where_nothing_is_printed() -> None:
    claims = [
        ("meta article:modified_time", "2020-07-09T08:00:00Z"),
        ("json-ld datePublished", "2020-07-08T14:37:00+03:00"),
    ]
    found = published(page(EN, claims=claims))
    assert (found.value, found.status, found.span) == ("2020-07-08T14:37+03:00", DateStatus.PRINTED, None)
    assert "json-ld datePublished" in found.note


def test_metadata_more_than_a_day_from_the_printed_date_is_a_conflict() -> None:
    def status(claim: str) -> DateStatus:
        claims = [("json-ld datePublished", claim)]
        return published(page(EN, lines=[(LINE, "8 July 2020")], claims=claims)).status

    assert status("2020-07-09T01:00:00Z") is DateStatus.PRINTED
    assert status("2020-07-10") is DateStatus.CONFLICT


def test_a_later_update_is_no_conflict_and_an_earlier_one_is() -> None:
    lines = [(LINE, "Published: 8 July 2020"), (LINE, "Updated: 11 July 2020")]
    assert published(page(EN, lines=lines)).value == "2020-07-08"
    assert published(page(EN, lines=lines)).status is DateStatus.PRINTED
    lines = [(LINE, "Published: 8 July 2020"), (LINE, "Updated: 1 July 2020")]
    assert published(page(EN, lines=lines)).status is DateStatus.CONFLICT


def test_only_an_update_is_no_more_than_a_hint() -> None:
    found = published(page(EN, lines=[(LINE, "Updated: 11 July 2020")]))
    assert (found.value, found.status) == ("2020-07-11", DateStatus.INFERRED)


@pytest.mark.parametrize("day", [16, 17], ids=["sighted a day later", "as Umm al-Qura has it"])
def test_of_two_calendars_the_one_that_is_sure_to_the_day_counts(day: int) -> None:
    extract = page(AR, lines=[(LINE, f"الأربعاء {day} ذو القعدة 1441 الموافق 8 يوليو 2020")])
    found = published(extract)
    assert (found.value, found.calendar) == ("2020-07-08", Calendar.GREGORIAN)
    assert found.status is DateStatus.PRINTED


def test_a_lone_hijri_date_counts_by_umm_al_qura() -> None:
    found = published(page(AR, lines=[(LINE, "الأربعاء 17 ذو القعدة 1441 هـ")]))
    assert (found.value, found.calendar, found.status) == ("2020-07-08", Calendar.HIJRI, DateStatus.PRINTED)


def test_a_stretch_of_days_dates_nothing() -> None:
    assert published(page(EN, lines=[(LINE, "8-10 July 2020")])).value is None


def test_a_law_in_the_copyright_notice_never_dates_the_page() -> None:
    extract = page(FA, lines=[(COPYRIGHT, "ماده ۷۴ قانون مصوب ۱۳۸۲/۱۰/۱۷ مجلس")])
    article = annotate(extract, "a", load_languages())
    assert article.published.value is None
    assert [mention.value for mention in article.dates] == ["2004-01-07"]


def test_a_pictures_name_counts_only_beside_today() -> None:
    files = [(FILE, "photo_2020-07-08_16-47-46")]
    found = published(page("اجتمع الطرفان اليوم في العاصمة. " + AR, lines=files))
    assert (found.value, found.status) == ("2020-07-08", DateStatus.INFERRED)
    found = published(page("اجتمع الطرفان في العاصمة. " + AR, lines=files))
    assert (found.value, found.status) == (None, DateStatus.UNKNOWN)
    assert "2020-07-08" in found.note


def test_a_pictures_name_yields_to_a_weekday_that_contradicts() -> None:
    extract = page("اجتمعا اليوم الاثنين في العاصمة. " + AR, lines=[(FILE, "IMG_20200708_164746")])
    assert published(extract).value is None


def test_yesterdays_weekday_alone_tells_only_the_weekday() -> None:
    found = published(page("وصل الوفد يوم أمس، الأحد، إلى العاصمة. " + AR))
    assert (found.value, found.status) == (None, DateStatus.UNKNOWN)
    assert "on a Monday" in found.note


def test_a_text_that_names_its_own_day_is_resolved() -> None:
    found = published(page("وقع الطرفان اليوم الأربعاء 8 يوليو 2020 اتفاقا. " + AR))
    assert (found.value, found.status) == ("2020-07-08", DateStatus.RESOLVED)


def test_a_date_of_the_past_in_the_body_dates_nothing() -> None:
    found = published(page("بدأ العمل في 3 مارس 2011 في العاصمة. " + AR))
    assert (found.value, found.status) == (None, DateStatus.UNKNOWN)


def test_a_page_without_any_date_says_so() -> None:
    assert published(page(EN)) == Published()
