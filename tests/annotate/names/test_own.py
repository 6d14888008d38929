"""What the user's list says goes before what is found, and matching can be switched off."""

from khabar.annotate.names import link_names
from khabar.annotate.names.own import OwnName
from khabar.model.mentions import NameKind

from .conftest import Report

HADDAD = OwnName("Samer Haddad", NameKind.PERSON, ("سامر حداد", "أبو وليد"))


def test_every_way_that_the_list_writes_a_name_is_one_entity(report: Report) -> None:
    one = report("a", "ar", "وصل سامر حداد", names="p:سامر حداد")
    two = report("b", "ar", "وقال أبو وليد كلمة")
    linked, entities = link_names([one, two], [HADDAD])
    assert [(entity.name, entity.forms) for entity in entities] == [
        ("Samer Haddad", ("سامر حداد", "أبو وليد"))
    ]
    assert linked[1].names[0].text == "أبو وليد"
    assert "the user's list" in linked[1].names[0].reason


def test_other_spellings_still_join_the_listed_name(report: Report) -> None:
    one = report("a", "ar", "وصل سامر حداد وأضاف حداد", names="p:سامر حداد")
    two = report("b", "fa", "سامر حدّاد گفت", names="p:سامر حدّاد")
    assert [entity.name for entity in link_names([one, two], [HADDAD])[1]] == ["Samer Haddad"]


def test_names_that_would_be_one_stay_two_where_the_list_says_so(report: Report) -> None:
    one = report("a", "ar", "وصل سامر حداد", names="p:سامر حداد")
    two = report("b", "en", "Samer Haddad spoke", names="p:Samer Haddad")
    own = [OwnName("The judge", NameKind.PERSON, ("سامر حداد",)), OwnName("Samer Haddad", NameKind.PERSON)]
    assert len(link_names([one, two])[1]) == 1
    assert [entity.name for entity in link_names([one, two], own)[1]] == ["The judge", "Samer Haddad"]


def test_the_list_decides_the_kind_and_takes_the_place_of_a_part(report: Report) -> None:
    one = report("a", "en", "Tyre Lantern wrote so", names="l:Tyre")
    (linked,), entities = link_names([one], [OwnName("Tyre Lantern", NameKind.ORGANISATION)])
    assert [(entity.name, entity.kind) for entity in entities] == [("Tyre Lantern", NameKind.ORGANISATION)]
    assert [mention.text for mention in linked.names] == ["Tyre Lantern"]


def test_a_longer_name_that_was_found_is_not_cut(report: Report) -> None:
    one = report("a", "en", "The Tyre Harbour Board wrote", names="o:Tyre Harbour Board")
    (linked,), _ = link_names([one], [OwnName("Tyre", NameKind.PLACE)])
    assert [mention.text for mention in linked.names] == ["Tyre Harbour Board"]


def test_without_matching_only_the_same_words_are_one(report: Report) -> None:
    one = report("a", "ar", "وصل سامر حداد", names="p:سامر حداد")
    two = report("b", "en", "Samer Haddad spoke", names="p:Samer Haddad")
    three = report("c", "ar", "قال سامر حداد", names="p:سامر حداد")
    _, entities = link_names([one, two, three], match=False)
    assert [entity.name for entity in entities] == ["سامر حداد", "Samer Haddad"]
    assert len(link_names([one, two, three], [HADDAD], match=False)[1]) == 1


def test_a_name_in_no_latin_letters_gets_a_reading(report: Report) -> None:
    one = report("a", "fa", "محمد باقری در لبنان گفت", names="p:محمد باقری|l:لبنان")
    _, (person, place) = link_names([one])
    assert (person.name, person.romanised, person.romanised_certain) == (
        "محمد باقری",
        "Mohammad Bagheri",
        True,
    )
    assert place.romanised == "Lebanon"


def test_a_name_met_in_latin_letters_needs_no_reading(report: Report) -> None:
    one = report("a", "ar", "وصل سامر حداد", names="p:سامر حداد")
    two = report("b", "en", "Samer Haddad spoke", names="p:Samer Haddad")
    assert [entity.romanised for entity in link_names([one, two])[1]] == [None]


def test_the_consonants_of_an_organisation_are_no_reading(report: Report) -> None:
    _, (board,) = link_names([report("a", "ar", "قال برزنتخ", names="o:برزنتخ")])
    assert (board.romanised, board.romanised_certain) == (None, True)


def test_a_reading_without_its_vowels_says_so(report: Report) -> None:
    _, (person,) = link_names([report("a", "ar", "قال سامر برزنتخ", names="p:سامر برزنتخ")])
    assert (person.romanised, person.romanised_certain) == ("Samir Brzntkh", False)
