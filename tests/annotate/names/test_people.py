import pytest

from khabar.annotate.names.people import Verdict, compare_people, name_words

SAME = [
    ("سامر عبد الله حداد", "سامر حداد"),
    ("سامر حداد", "Sāmir Ḥaddād"),
    ("عبد الرحمن الكرمي", "Abdul Rahman al-Karmi"),
    ("عبدالرحمن کرمی", "عبد الرحمن الكرمي"),
    ("علي يوسف", "علی یوسف"),
    ("جون كارتر", "Джон Картер"),
    ("قاسم الخطيب", "Kasım Hatib"),
    ("محمد بن سالم", "Mohammed bin Salem"),
    ("سامر حداد", "Самер Хаддад"),
    ("סאמר חדאד", "Samer Haddad"),
    ("جمشید رضایی", "Jamshid Rezaei"),
    ("جمشید رضایی", "Djamchid Rezaï"),
    ("رضا کاویان‌نیا", "رضا كاويان نيا"),
    ("سالم كرمي", "Sālim Karmī"),
    ("آنتونیو کارتر", "أنطونيو كارتر"),
    ("مەسعود کەریم", "Masoud Karim"),
]
PART = [
    ("حداد", "سامر حداد"),
    ("بن سالم", "محمد بن سالم"),
    ("Ḥaddād", "سامر حداد"),
    ("رضایی", "Jamshid Rezaei"),
    ("الكرمي", "علي كرمي"),
]
CLASH = [("سامر حداد", "وليد حداد"), ("Samer Haddad", "وليد حداد"), ("حسن کرمی", "Hossein Karmi")]
OTHER = [
    ("محمد", "محمود"),
    ("سامر حداد", "علي كرمي"),
    ("حاتم", "حاتمي"),
    ("Smith", "Schmidt"),
    ("علی حسن", "علي حسين"),
]


@pytest.mark.parametrize(
    ("verdict", "a", "b"),
    [
        *((Verdict.SAME, *pair) for pair in SAME),
        *((Verdict.PART, *pair) for pair in PART),
        *((Verdict.CLASH, *pair) for pair in CLASH),
        *((Verdict.OTHER, *pair) for pair in OTHER),
    ],
)
def test_names_are_compared_across_scripts_in_both_orders(verdict: Verdict, a: str, b: str) -> None:
    assert compare_people(a, b).verdict is verdict
    assert compare_people(b, a).verdict is verdict


def test_one_letter_mistyped_beside_a_matching_first_name_is_the_same_person() -> None:
    found = compare_people("سامر حدّاض", "سامر حداد")
    assert found.verdict is Verdict.SAME
    assert "one letter" in found.reason


def test_a_clash_says_which_first_names_differ() -> None:
    reason = compare_people("سامر حداد", "وليد حداد").reason
    assert "سامر" in reason
    assert "وليد" in reason


def test_articles_and_patronymic_links_are_left_out_and_abd_is_joined() -> None:
    assert name_words("عبد الله بن سالم الكرمي") == ("عبدالله", "سالم", "كرمي")
    assert name_words("Ben Carter") == ("Ben", "Carter")


def test_a_name_without_letters_says_nothing() -> None:
    assert compare_people("", "سامر").verdict is Verdict.OTHER
    assert compare_people("‘’", "123").verdict is Verdict.OTHER
