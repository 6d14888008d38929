"""Every way of writing a name otherwise joins; every way in which two names look alike does not."""

import pytest

from khabar.annotate.names import link_names
from khabar.annotate.names.people import Verdict, compare_people
from khabar.annotate.names.spelling import read_spelling

from .conftest import Report

ONE_PERSON = {
    "diacritics": [
        ("سَامِر حَدّاد", "سامر حداد"),
        ("مُنير العَطّار", "منير العطار"),
        ("رَشيد كَنعان", "Rashid Kanaan"),
    ],
    "hamza": [
        ("أسعد البنا", "اسعد البنا"),
        ("رؤوف إسحاق", "رووف اسحاق"),
        ("لؤي مؤمن", "لوي مومن"),
        ("آمال رائد", "امال رائد"),
    ],
    "yeh and alef maqsura": [
        ("هادي مصطفى", "هادی مصطفی"),
        ("ليلى نجفي", "لیلی نجفی"),
        ("مرتضى كريمي", "مرتضی کریمی"),
    ],
    "kaf": [("كمال زكريا", "کمال زکریا"), ("مبارك شاكر", "مبارک شاکر")],
    "article": [
        ("سامر الحداد", "سامر حداد"),
        ("Samer Al-Haddad", "Samer Haddad"),
        ("Samer Alhaddad", "سامر الحداد"),
        ("Munir el Attar", "منير العطار"),
    ],
    "Abd": [
        ("عبد الرحمن كنعان", "عبدالرحمن كنعان"),
        ("عبد الله العطار", "Abdallah al-Attar"),
        ("عبد الكريم نصار", "Abdul Karim Nassar"),
        ("عبدالکریم نصار", "عبد الكريم نصار"),
        ("Abd al-Karim Nassar", "Abdulkarim Nassar"),
    ],
    "ayn and hamza marks": [
        ("ʿAlī Ḥaddād", "علي حداد"),
        ("‘Alī Haddād", "Ali Haddad"),
        ("Raʾūf Isḥāq", "رؤوف إسحاق"),
        ("Sa'id Mu'min", "سعيد مؤمن"),
        ("ʻImād Nāṣir", "عماد ناصر"),
    ],
    "Turkish": [
        ("Cemal Haddad", "جمال حداد"),
        ("Kasım Şakir", "قاسم شاكر"),
        ("Muhammed Attar", "محمد العطار"),
        ("Hüseyin Nasır", "حسين ناصر"),
    ],
    "French": [
        ("Djamal Haddad", "جمال حداد"),
        ("Rachid Kanaan", "رشيد كنعان"),
        ("Youssef Chaker", "يوسف شاكر"),
        ("Mounir Attar", "منير العطار"),
    ],
    "English": [
        ("Jamal Haddad", "جمال حداد"),
        ("Yusuf Shaker", "يوسف شاكر"),
        ("Hussein Nasser", "حسين ناصر"),
        ("Hossein Naseri", "حسین ناصری"),
    ],
    "patronymic": [
        ("سامر عبد الله حداد", "سامر حداد"),
        ("منير بن سالم العطار", "منير العطار"),
        ("Munir bin Salem al-Attar", "منير العطار"),
        ("Rashid Ahmad Kanaan", "رشيد كنعان"),
    ],
    "typing slip": [
        ("سامر كنعاان", "سامر كنعان"),
        ("رشيد برزنجى", "رشيد برزنجي"),
        ("Samer Kanaann", "Samer Kanaan"),
        ("منير بركاوي", "منير بركاوى"),
    ],
}
PAIRS = [pytest.param(a, b, id=f"{what}: {a} - {b}") for what, pairs in ONE_PERSON.items() for a, b in pairs]
TWO_PEOPLE = [
    ("سامر حداد", "وليد حداد"),
    ("علي كنعان", "عالية كنعان"),
    ("حسن كرمي", "حسين كرمي"),
    ("Hasan Karmi", "Hussein Karmi"),
    ("محمد نصار", "محمود نصار"),
    ("Samer Haddad", "Samir Hamad"),
    ("سعيد العطار", "سعد العطار"),
    ("رضا کریمی", "رضا کریمیان"),
]


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_two_ways_of_writing_a_name_are_one_person(a: str, b: str) -> None:
    assert compare_people(a, b).verdict is Verdict.SAME


@pytest.mark.parametrize(("a", "b"), TWO_PEOPLE)
def test_names_that_look_alike_are_two_people(report: Report, a: str, b: str) -> None:
    assert compare_people(a, b).verdict is not Verdict.SAME
    one, two = (report(n, "ar", f"{name} .", names=f"p:{name}") for n, name in (("a", a), ("b", b)))
    assert len(link_names([one, two])[1]) == 2


@pytest.mark.parametrize(
    ("language", "rank"), [("fa", "عماد"), ("ar", "العماد"), ("fa", "سردار"), ("en", "General")]
)
def test_a_rank_before_a_surname_is_still_rank_and_surname(report: Report, language: str, rank: str) -> None:
    surname, full = ("Kanaan", "Rashid Kanaan") if language == "en" else ("كنعان", "رشيد كنعان")
    one = report("a", language, f"{full} .", f"{rank} {surname} .", names=f"p:{full}|p:{rank} {surname}")
    (linked,), entities = link_names([one])
    assert len(entities) == 1
    assert linked.names[1].text == surname
    assert linked.names[1].title is not None
    assert linked.names[1].title.of(linked.text) == rank


def test_two_holders_of_one_office_stay_apart(report: Report) -> None:
    one = report("a", "ar", "وزير الدفاع سامر حداد .", names="p:وزير الدفاع +سامر حداد")
    two = report("b", "ar", "وزير الدفاع رشيد كنعان .", names="p:وزير الدفاع +رشيد كنعان")
    assert len(link_names([one, two])[1]) == 2


def test_namesakes_in_one_family_stay_apart_and_say_why(report: Report) -> None:
    one = report("a", "ar", "سامر حداد .", names="p:سامر حداد")
    two = report("b", "fa", "ولید حداد .", names="p:ولید حداد")
    (_, second), entities = link_names([one, two])
    assert len(entities) == 2
    assert "kept apart from سامر حداد: same surname" in second.names[0].reason


@pytest.mark.parametrize(("a", "b"), [("قوي", "قوى"), ("علي", "على"), ("الي", "الى")])
def test_matching_leaves_the_words_as_they_are(report: Report, a: str, b: str) -> None:
    one = report("a", "ar", f"{a} {b}", names=f"p:{a}")
    (linked,), _ = link_names([one])
    assert linked.text == f"{a} {b}"
    assert [name.text for name in linked.names] == [a]
    assert read_spelling(a).letters  # matching looks at a copy, the text itself is never folded


@pytest.mark.parametrize(
    ("language", "a", "b"),
    [
        ("ar", "محافظة نيلان", "نيلان"),
        ("fa", "استان نیلان", "نیلان"),
        ("en", "Nilan province", "Nilan"),
        ("en", "city of Nilan", "Nilan"),
        ("ar", "مدينة حلب", "حلب"),
        ("fa", "استان تهران", "تهران"),
    ],
)
def test_the_word_for_a_kind_of_place_makes_no_other_place(
    report: Report, language: str, a: str, b: str
) -> None:
    one = report("a", language, f"{a} .", names=f"l:{a}")
    two = report("b", language, f"{b} .", names=f"l:{b}")
    assert len(link_names([one, two])[1]) == 1


def test_a_province_is_its_namesake_in_another_script(report: Report) -> None:
    one = report("a", "en", "Aleppo Governorate .", names="l:Aleppo Governorate")
    two = report("b", "ar", "محافظة حلب .", names="l:محافظة حلب")
    assert len(link_names([one, two])[1]) == 1


def test_a_train_is_not_the_country_that_sounds_like_it(report: Report) -> None:
    one = report("a", "en", "Qatar .", names="l:Qatar")
    two = report("b", "ar", "قطار .", names="l:قطار")
    assert len(link_names([one, two])[1]) == 2
