from hypothesis import given
from hypothesis import strategies as st

from khabar.annotate.names import link_names
from khabar.model.article import Article
from khabar.model.mentions import NameKind

from .conftest import Report, make_report


def entity_of(article: Article, text: str) -> str | None:
    return next(mention.entity for mention in article.names if mention.text == text)


def test_one_person_in_three_scripts_is_one_entity_with_all_forms(report: Report) -> None:
    one = report("a", "ar", "وصل سامر عبد الله حداد إلى صور", names="p:سامر عبد الله حداد")
    two = report("b", "fa", "سامر حداد وارد صور شد", names="p:سامر حداد")
    three = report("c", "en", "Sāmir Ḥaddād arrived in Tyre", names="p:Sāmir Ḥaddād|l:Tyre")
    _, entities = link_names([one, two, three])
    people = [entity for entity in entities if entity.kind is NameKind.PERSON]
    assert [entity.forms for entity in people] == [("سامر عبد الله حداد", "سامر حداد", "Sāmir Ḥaddād")]
    assert people[0].name == "سامر عبد الله حداد"


def test_a_surname_goes_to_the_person_of_its_own_report(report: Report) -> None:
    one = report("a", "ar", "قال سامر حداد كلمة", "وأضاف حداد", names="p:سامر حداد")
    two = report("b", "ar", "قال وليد حداد كلمة", "وأضاف حداد", names="p:وليد حداد")
    (first, second), entities = link_names([one, two])
    assert entity_of(first, "حداد") == entity_of(first, "سامر حداد")
    assert entity_of(second, "حداد") == entity_of(second, "وليد حداد")
    assert len(entities) == 2


def test_a_surname_in_one_word_or_two_is_one(report: Report) -> None:
    one = report("a", "ar", "قال رضا كاويان نيا كلمة", names="p:رضا كاويان نيا")
    two = report("b", "en", "Reza Kaviannia spoke", names="p:Reza Kaviannia")
    three = report("c", "fa", "رضا کاویان‌نیا گفت", names="p:رضا کاویان‌نیا")
    assert len(link_names([one, two, three])[1]) == 1


def test_two_romanisations_are_joined_by_the_name_that_both_spell(report: Report) -> None:
    one = report("a", "tr", "Leys el-Acarime konuştu", names="p:Leys el-Acarime")
    two = report("b", "en", "Laith Ajarmeh spoke", names="p:Laith Ajarmeh")
    three = report("c", "ar", "قال ليث العجارمة", names="p:ليث العجارمة")
    assert len(link_names([one, two, three])[1]) == 1


def test_two_people_of_one_surname_stay_apart_and_the_reason_is_kept(report: Report) -> None:
    one = report("a", "ar", "قال سامر حداد كلمة", names="p:سامر حداد")
    two = report("b", "en", "Walid Haddad spoke", names="p:Walid Haddad")
    (_, second), entities = link_names([one, two])
    assert len(entities) == 2
    assert "kept apart" in second.names[0].reason


def test_a_surname_alone_links_over_reports_only_with_support(report: Report) -> None:
    names = "p:Samer Haddad|l:Tyre|l:Lebanon"
    full = report("a", "en", "Minister Samer Haddad left Tyre in Lebanon", names=names)
    near = report("b", "ar", "قال حداد في صور في لبنان", names="p:حداد|l:صور|l:لبنان")
    far = report("c", "en", "Haddad won the race in Oslo", names="p:Haddad|l:Oslo")
    (one, two, three), _ = link_names([full, near, far])
    assert entity_of(two, "حداد") == entity_of(one, "Samer Haddad")
    assert entity_of(three, "Haddad") != entity_of(one, "Samer Haddad")


def test_a_rank_read_as_a_first_name_becomes_the_title(report: Report) -> None:
    one = report("a", "fa", "سپهبد سامر حداد آمد", "عماد حداد گفت", names="p:سامر حداد|p:عماد حداد")
    (linked,), entities = link_names([one])
    mention = linked.names[1]
    assert mention.text == "حداد"
    assert mention.title is not None
    assert mention.title.of(linked.text) == "عماد"
    assert len(entities) == 1


def test_a_given_name_that_is_also_a_title_stays_where_nobody_else_has_the_surname(report: Report) -> None:
    one = report("a", "ar", "وصل أمير كرمي", "وقال كرمي", names="p:أمير كرمي")
    (linked,), entities = link_names([one])
    assert linked.names[0].text == "أمير كرمي"
    assert len(entities) == 1


def test_places_and_agencies_are_one_in_every_language(report: Report) -> None:
    one = report("a", "ar", "قالت سانا من سورية", names="o:سانا|l:سورية")
    two = report("b", "fa", "خبرگزاری سوریه و سوریه", names="o:خبرگزاری سوریه")
    three = report("c", "en", "SANA said in Syria", names="o:SANA|l:Syria")
    (first, second, third), entities = link_names([one, two, three])
    assert entity_of(first, "سورية") == entity_of(second, "سوریه") == entity_of(third, "Syria")
    assert entity_of(first, "سانا") == entity_of(second, "خبرگزاری سوریه") == entity_of(third, "SANA")
    assert len(entities) == 2


def test_agencies_that_sound_alike_are_three(report: Report) -> None:
    one = report("a", "fa", "ایسنا و ایرنا و سانا", names="o:ایسنا|o:ایرنا|o:سانا")
    _, entities = link_names([one])
    assert len(entities) == 3


def test_a_name_found_in_one_report_is_found_in_the_others(report: Report) -> None:
    one = report("a", "ar", "وصل سامر حداد", names="p:سامر حداد")
    two = report("b", "ar", "وقال مصدر إن لسامر حداد رأيا")
    linked, _ = link_names([one, two])
    assert [mention.text for mention in linked[1].names] == ["سامر حداد"]


def test_a_surname_is_found_again_with_its_article(report: Report) -> None:
    one = report("a", "en", "Samer al-Karmi spoke", "Al-Karmi left", names="p:Samer al-Karmi")
    assert [mention.text for mention in link_names([one])[0][0].names] == ["Samer al-Karmi", "Al-Karmi"]


def test_no_reports_and_reports_without_names_link_to_nothing(report: Report) -> None:
    assert link_names([]) == ([], [])
    assert link_names([report("a", "xx", "...")])[1] == []


ANY_NAME = st.text(st.characters(codec="utf-8", exclude_characters="|+:\n"), min_size=1, max_size=30)


@given(st.lists(ANY_NAME, max_size=6))
def test_any_text_as_a_name_links_without_loss(texts: list[str]) -> None:
    articles = [make_report(str(n), "ar", text, names=f"p:{text}") for n, text in enumerate(texts)]
    linked, entities = link_names(articles)
    ids = {entity.id for entity in entities}
    for before, after in zip(articles, linked, strict=True):
        assert len(after.names) >= len(before.names)
        assert all(mention.entity in ids for mention in after.names)
        assert all(mention.span.of(after.text) == mention.text for mention in after.names)
