"""Whom a report credits, in reports whose names are given."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.annotate.quote_reports import entities, report

from khabar.annotate.citations import find_citations
from khabar.annotate.outlets import outlet_id, outlets
from khabar.model.article import Boilerplate, BoilerplateKind
from khabar.model.span import Span


def credited(
    text: str, language: str, names: dict[str, str] | None = None, outlet: str | None = None
) -> list[str | None]:
    articles, known = find_citations([report(text, language, names, outlet)], entities(names or {}))
    by_id = {one.id: one.name for one in known}
    return [by_id[one.source] if one.source else None for one in articles[0].citations]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("ar", "نقلا عن وكالة الكرمة، وصل الوفد صباحا.", "وكالة الكرمة"),
        ("ar", "وقالت وكالة الكرمة إن الوفد وصل.", "وكالة الكرمة"),
        ("fa", "به گزارش خبرگزاری کرمه، هیئت صبح رسید.", "خبرگزاری کرمه"),
        ("fa", "به نقل از روزنامه کرمه، هیئت صبح رسید.", "روزنامه کرمه"),
        ("en", "The delegation arrived, Reuters reported.", "Reuters"),
        ("en", "According to Reuters, the delegation arrived.", "Reuters"),
        ("en", "LONDON (Reuters) - The delegation arrived on Monday.", "Reuters"),
        ("en", "The delegation arrived on Monday. (AFP)", "AFP"),
    ],
)
def test_an_outlet_that_is_credited_is_the_source(language: str, text: str, name: str) -> None:
    assert credited(text, language, {name: "o1"}) == [name]


def test_a_persian_dateline_credits_the_agency_between_the_dashes() -> None:
    assert credited("تهران-ایرنا- هیئت صبح وارد شهر شد.", "fa", {"تهران": "t1", "ایرنا": "o1"}) == ["ایرنا"]


def test_the_articles_own_outlet_is_no_source_of_itself() -> None:
    names = {"خبرگزاری کرمه": "o1", "روزنامه بندر": "o2"}
    text = "به گزارش خبرگزاری کرمه به نقل از روزنامه بندر، هیئت رسید."
    assert credited(text, "fa", names, outlet="کرمه") == ["روزنامه بندر"]


def test_a_person_is_no_source() -> None:
    assert credited("نقل عن سامي راشد أن الوفد وصل.", "ar", {"سامي راشد": "p1"}) == []


def test_agencies_without_a_name_are_a_source_without_an_entity() -> None:
    assert credited("نقلا عن وسائل إعلام محلية أن الوفد وصل.", "ar") == [None]


def test_an_outlet_that_is_no_entity_yet_becomes_one() -> None:
    article = report("The delegation arrived.\nSource: Coast Wire", "en")
    line = Span(article.text.index("Source"), len(article.text))
    article = replace(
        article, body=article.body[:1], boilerplate=(Boilerplate(line, BoilerplateKind.SOURCE_LINE),)
    )
    articles, known = find_citations([article, article], [])
    assert [one.name for one in known] == ["Coast Wire"]
    assert [one.citations[0].source for one in articles] == [known[0].id, known[0].id]


def test_two_outlets_in_one_credit_are_two_sources() -> None:
    names = {"المیادین": "o1", "المنار": "o2"}
    assert credited("به نقل از المیادین و المنار، هیئت رسید.", "fa", names) == [
        "المیادین",
        "المنار",
    ]


def test_three_agencies_with_alike_names_are_three() -> None:
    assert len({outlet_id("سانا"), outlet_id("إسنا"), outlet_id("ایرنا")}) == 3
    assert outlet_id("ISNA") == outlet_id("إسنا") == outlet_id("خبرگزاری ایسنا")


def test_no_form_belongs_to_two_outlets() -> None:
    owners: dict[str, set[str]] = {}
    for one in outlets().values():
        for form in one.forms:
            owners.setdefault(form, set()).add(one.id)
    assert [form for form, ids in owners.items() if len(ids) > 1] == []
