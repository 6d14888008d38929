"""What kind of thing a name names: laws and agreements, outlets, places, and what is no name at all."""

import pytest

from khabar.annotate.names import find_names, link_names
from khabar.encode.types import Encoder
from khabar.lang.loader import load_languages
from khabar.model.mentions import NameKind

from .conftest import Report


def kinds(encoder: Encoder, text: str, language: str) -> dict[str, NameKind]:
    found = find_names(text, encoder.words([text])[0], load_languages().pack(language))
    assert all(name.span.of(text) == name.text for name in found)
    return {name.text: name.kind for name in found}


@pytest.mark.parametrize(
    ("language", "text", "law"),
    [
        ("ar", "أقر المجلس قانون قيصر بعد نقاش طويل.", "قانون قيصر"),
        ("ar", "طالبت اللجنة بتنفيذ القرار 4711 فورا.", "القرار 4711"),
        ("ar", "صوت الأعضاء على قرار مجلس الأمن رقم 4711 أمس.", "قرار مجلس الأمن رقم 4711"),
        ("ar", "وقع الوزراء اتفاقية بيروت لحماية البحر.", "اتفاقية بيروت"),
        ("fa", "وزیر از توافقنامه برجام سخن گفت.", "توافقنامه برجام"),
        ("fa", "مجلس قانون «حمایت از دریانوردان» را تصویب کرد.", "قانون «حمایت از دریانوردان»"),
        ("fa", "شورا به قطعنامه شماره ۴۷۱۱ رأی داد.", "قطعنامه شماره ۴۷۱۱"),
        ("en", "The Senate passed the Harbour Safety Act on Monday.", "Harbour Safety Act"),
        ("en", "They signed the Treaty of Westhaven last year.", "Treaty of Westhaven"),
        (
            "en",
            "It broke the Convention on the Rights of Seafarers.",
            "Convention on the Rights of Seafarers",
        ),
        ("en", "The council adopted Resolution 4711 on Monday.", "Resolution 4711"),
        ("en", "Exporters fear the Caesar Act.", "Caesar Act"),
    ],
)
def test_a_law_is_found_by_the_words_it_is_named_with(
    encoder: Encoder, language: str, text: str, law: str
) -> None:
    found = kinds(encoder, text, language)
    assert found.get(law) is NameKind.LAW


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "رحب الوزير بالاتفاق بين تركيا وسوريا."),
        ("ar", "قال إن القانون واضح وإن الاتفاقية ستوقع غدا."),
        ("fa", "وزیر از توافق ایران و عمان استقبال کرد."),
        ("fa", "او گفت که قانون باید اجرا شود."),
        ("en", "The law was clear, and the agreement on fishing will be signed."),
        ("en", "This Act is short. The Treaty was signed by 12 states."),
    ],
)
def test_an_agreement_without_a_name_is_none(encoder: Encoder, language: str, text: str) -> None:
    assert NameKind.LAW not in kinds(encoder, text, language).values()


@pytest.mark.parametrize(
    ("language", "text", "outlet"),
    [
        ("ar", "ونقلت رويترز عن مسؤول أن السفينة غرقت.", "رويترز"),
        ("fa", "خبرگزاری تسنیم نوشت که کشتی غرق شد.", "خبرگزاری تسنیم"),
        ("en", "The ship sank, Reuters reported on Monday.", "Reuters"),
        ("ar", "وقالت قناة الميادين إن السفينة غرقت.", "الميادين"),
    ],
)
def test_an_agency_or_broadcaster_is_an_outlet(
    encoder: Encoder, language: str, text: str, outlet: str
) -> None:
    found = kinds(encoder, text, language)
    assert any(outlet in name and kind is NameKind.OUTLET for name, kind in found.items())


def test_an_agency_of_another_kind_is_no_outlet(encoder: Encoder) -> None:
    found = kinds(encoder, "The International Atomic Energy Agency sent inspectors.", "en")
    assert found == {"International Atomic Energy Agency": NameKind.ORGANISATION}


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("ar", "وصل قطار الركاب إلى محطة المدينة متأخرا.", "قطار"),
        ("fa", "قطار مسافری در میانه راه ایستاد.", "قطار"),
        ("ar", "يبلغ قطر الدائرة عشرة أمتار.", "قطر"),
        ("fa", "وزیر پس از شام به هتل رفت.", "شام"),
        ("fa", "بانک گزارش مالی سال گذشته را داد.", "مالی"),
        ("en", "Reading the letter took an hour.", "Reading"),
        ("en", "Nice weather is expected at noon.", "Nice"),
    ],
)
def test_a_common_word_is_no_place(encoder: Encoder, language: str, text: str, word: str) -> None:
    assert word not in kinds(encoder, text, language)


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("ar", "وصل أمير قطر إلى الدوحة أمس.", "قطر"),
        ("fa", "وزیر خارجه قطر وارد تهران شد.", "قطر"),
        ("fa", "رئیس جمهور مالی از پاریس دیدار کرد.", "مالی"),
    ],
)
def test_the_same_word_is_a_place_where_it_means_one(
    encoder: Encoder, language: str, text: str, place: str
) -> None:
    assert kinds(encoder, text, language).get(place) is NameKind.PLACE


def test_one_law_in_three_languages_is_one(report: Report) -> None:
    one = report("a", "ar", "قانون قيصر .", names="w:قانون قيصر")
    two = report("b", "fa", "قانون سزار .", names="w:قانون سزار")
    three = report("c", "en", "Caesar Act .", names="w:Caesar Act")
    assert len(link_names([one, two, three])[1]) == 1


def test_a_numbered_decision_is_one_by_its_number(report: Report) -> None:
    one = report("a", "ar", "القرار 4711 .", names="w:القرار 4711")
    two = report("b", "fa", "قطعنامه ۴۷۱۱ .", names="w:قطعنامه ۴۷۱۱")
    three = report("c", "en", "Resolution 4712 .", names="w:Resolution 4712")
    assert len(link_names([one, two, three])[1]) == 2


def test_an_outlet_in_one_report_is_one_in_all(report: Report) -> None:
    one = report("a", "en", "the Daily Lantern .", names="t:Daily Lantern")
    two = report("b", "en", "Daily Lantern .", names="o:Daily Lantern")
    _, entities = link_names([one, two])
    assert [entity.kind for entity in entities] == [NameKind.OUTLET]
