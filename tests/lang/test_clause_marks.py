"""Clause marks of the packs cut sentences where a new assertion begins, and leave lists of nouns whole."""

from __future__ import annotations

import pytest

from khabar.align.clauses import split_clauses
from khabar.model.article import Sentence
from khabar.model.span import Span

ASSERTIONS = {
    "fr": [
        "Le ministre a dit que l'accord renforcerait la défense du pays, | ajoutant que les deux "
        "armées coopéreraient davantage.",
        "Il a précisé que la ville était en retard | et qu'elle devait négocier, | mais qu'un accord "
        "restait possible.",
    ],
    "de": [
        "Der Minister sagte am Mittwoch, dass das Abkommen das Land stärke, | und fügte hinzu, dass sie "
        "enger zusammenarbeiten würden.",
        "Die Armee hat die Stadt zurückerobert, | während die Bewohner nach zwei Jahren zurückkehrten.",
    ],
    "es": [
        "El ministro declaró que el acuerdo reforzaría la defensa del país | y añadió que ambos ejércitos "
        "cooperarían más.",
        "El ejército recuperó la ciudad, | pero los vecinos no volvieron a casa hasta dos años después.",
    ],
    "ru": [
        "Министр заявил, что соглашение укрепит оборону страны, | добавив, что армии будут сотрудничать.",
        "Армия вернула город под контроль, | а жители вернулись домой через два года.",
    ],
    "tr": [
        "Bakan, anlaşmanın ülkeyi güçlendireceğini belirterek, | orduların yakın çalışacağını söyledi.",
        "Heyet çarşamba günü kente geldi | ve bakanlık ile askeri bir anlaşma imzaladı.",
    ],
    "ur": [
        "وزیر نے کہا کہ معاہدہ ملک کا دفاع مضبوط کرے گا | اور مزید کہا کہ دونوں فوجیں مل کر کام کریں گی۔",
        "وفد بدھ کو شہر پہنچ گیا | اور وزارت کے ساتھ فوجی معاہدے پر دستخط کیے۔",
    ],
    "he": [
        "השר אמר ביום רביעי כי ההסכם יחזק את הגנת המדינה, | והוסיף כי שני הצבאות ישתפו פעולה.",
        "הצבא כבש מחדש את העיר כולה, | אך התושבים טרם שבו לבתיהם.",
    ],
    "ckb": ["سوپا شارەکەی گرتەوە دوای دوو ساڵ، | بەڵام خەڵکەکە هێشتا نەگەڕاونەتەوە ماڵ."],
    "ps": ["پوځ ښار بېرته ونیو له دوو کلونو وروسته، | خو خلک لا کورونو ته نه دي ستانه شوي."],
}
LISTS = {
    "fr": "Les ministres de la France, de l'Allemagne, de l'Italie et de l'Espagne ont signé un accord.",
    "de": "Die Minister aus Frankreich, Deutschland, Norditalien und Spanien haben ein Abkommen signiert.",
    "es": "Los ministros de Francia, de Alemania, del norte de Italia y de España firmaron un acuerdo.",
    "ru": "Министры Франции, Германии, северной части Италии и Испании подписали общее соглашение.",
    "tr": "Fransa, Almanya, İtalya'nın kuzeyi ve İspanya bakanları bugün ortak bir anlaşma imzaladı.",
    "ur": "فرانس، جرمنی، شمالی اٹلی اور اسپین کے وزیروں نے شہر میں ایک معاہدے پر دستخط کیے۔",
    "he": "שרי החוץ של צרפת, גרמניה, צפון איטליה וספרד חתמו על הסכם משותף בעיר.",
    "ckb": "وەزیرانی فەرەنسا، ئەڵمانیا، باکووری ئیتاڵیا و ئیسپانیا لە شارەکە ڕێککەوتنێکیان واژۆ کرد.",
    "ps": "د فرانسې، جرمني، شمالي ایټالیا او هسپانیې وزیرانو په ښار کې یو تړون لاسلیک کړ.",
}


def clauses(language: str, text: str) -> list[str]:
    parts = split_clauses(text, Sentence("s1", Span(0, len(text)), language))
    return [part.span.of(text) for part in parts]


@pytest.mark.parametrize(
    ("language", "marked"), [(code, text) for code, texts in ASSERTIONS.items() for text in texts]
)
def test_a_sentence_is_cut_where_a_new_assertion_begins(language: str, marked: str) -> None:
    wanted = [part.strip(" ,،.") for part in marked.split("|")]
    assert [part.strip(" ,،.") for part in clauses(language, marked.replace("| ", ""))] == wanted


@pytest.mark.parametrize(("language", "text"), LISTS.items())
def test_a_list_of_nouns_stays_whole(language: str, text: str) -> None:
    assert len(clauses(language, text)) == 1
