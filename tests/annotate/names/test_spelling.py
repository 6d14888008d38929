from hypothesis import given
from hypothesis import strategies as st

from khabar.annotate.names.spelling import read_spelling, spelling_weight


def test_letters_of_one_sound_are_read_alike_over_keyboards() -> None:
    assert read_spelling("علي") == read_spelling("علی") == read_spelling("عَلِىّ")
    assert read_spelling("كرمي") == read_spelling("کرمی")
    assert read_spelling("Ḥāfiẓ") == read_spelling("Hafiz")
    assert read_spelling("İbrahim") == read_spelling("Ibrahim")


def test_a_true_spelling_outweighs_another_name() -> None:
    assert spelling_weight("سامر", "Samer") > 3 > spelling_weight("سامر", "Walid")
    assert spelling_weight("ظافر", "Zafer") > 0


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_words_compare_without_error_and_order_does_not_matter_across_alphabets(
    a: str, b: str
) -> None:
    one, two = read_spelling(a), read_spelling(b)
    weight = spelling_weight(a, b)
    assert -1000 < weight < 1000
    if one.alphabet != two.alphabet:
        assert spelling_weight(b, a) == weight
