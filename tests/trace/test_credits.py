"""Outlets credited, in whatever script."""

from __future__ import annotations

import pytest
from traced_reports import OTHER, REPORT, report

from khabar.model.mentions import Entity, NameKind
from khabar.trace.credits import are_one_outlet, find_credits


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("IRNA", "ایرنا"),
        ("قناة المنار", "المنار"),
        ("خبرگزاری شراع ساحل", "وكالة شراع الساحل للأنباء"),
        ("Negindasht", "خبرگزاری نگین\u200cدشت"),
        ("Plateau Post", "The Plateau Post"),
    ],
)
def test_one_outlet_in_two_spellings(one: str, other: str) -> None:
    assert are_one_outlet(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("المیادین", "قناة المنار"), ("Delta Wire", "Delta Post"), ("Reuters", "Xinhua")]
)
def test_two_outlets(one: str, other: str) -> None:
    assert not are_one_outlet(one, other)


def test_credits_for_pictures_are_none() -> None:
    text = f"{OTHER} Photo: Arrandel Herald"
    taker = report("b", text, "Coast Post", credit=("Photo: Arrandel Herald", "e1"))
    herald = report("a", REPORT, "Arrandel Herald")
    entity = Entity("e1", NameKind.ORGANISATION, "Arrandel Herald", ("Arrandel Herald",))
    assert find_credits([herald, taker], [entity]) == ()
