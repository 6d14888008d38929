"""Scripts that put no space between words: a clause is no name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.annotate.names import find_names
from khabar.annotate.names.unspaced import bounded
from khabar.encode.types import Encoder
from khabar.lang.loader import load_languages
from khabar.model.mentions import NameKind
from khabar.model.span import Span


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("zh", "海岸警卫队司令卡里姆·哈达德上将对记者说，船只已经离开港口。", []),
        ("zh", "国防部长李明在北京会见了法国外长让·杜邦。", []),
        ("zh", "“安娜·施密特”，德国总理，昨天抵达东京。", ["安娜·施密特"]),
        ("ja", "沿岸警備隊司令官カリム・ハダド大将は記者団に語った。", ["カリム・ハダド"]),
        ("ja", "東京で田中太郎首相がフランスの外相と会談した。", []),
        ("th", "พลเรือเอก คาริม ผู้บัญชาการกองเรือ กล่าวกับผู้สื่อข่าวในเบรุต", []),
    ],
)
def test_only_what_bounds_itself_is_a_name(
    encoder: Encoder, language: str, text: str, names: list[str]
) -> None:
    found = find_names(text, encoder.words([text])[0], load_languages().pack(language))
    assert [mention.text for mention in found] == names


@given(st.text(alphabet="海岸警卡里姆·・カリムハ,。 aกา", max_size=30), st.data())
def test_what_is_kept_lies_in_the_text_and_holds_a_dot(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = Span(start, end)
    kept = bounded(text, span, NameKind.PERSON)
    if kept is not None and kept != span:
        assert kept.overlap(span)
        assert any(dot in kept.of(text) for dot in "·・")


def test_a_name_in_letters_with_spaces_stays_whole() -> None:
    text = "met Karim Haddad today"
    assert bounded(text, Span(4, 16), NameKind.PERSON) == Span(4, 16)
    assert bounded(text, Span(4, 16), NameKind.PLACE) == Span(4, 16)
