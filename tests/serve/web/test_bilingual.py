"""A page that carries its own original: sentences beside each other, and the words without a partner."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from khabar.encode.types import Encoder
from khabar.library import Library
from khabar.model.article import Article
from khabar.model.outcome import Kept
from khabar.model.page import Page, PageKind
from khabar.pipeline import numbers_of, take_articles
from khabar.progress import Silent
from khabar.serve.web.bilingual import Bit, Pair, pair_sentences, sentences_of, twins

PAGE = Path(__file__).resolve().parents[3] / "examples" / "naval-agreement" / "04_sada_en_ar.txt"
WRITTEN = PAGE.read_text(encoding="utf-8")


def article_of(text: str) -> Article:
    (article,), _ = take_articles([Kept(Page("page.txt", PageKind.TEXT, text, "utf-8", "assumed"))], Silent())
    return article


def pairs_of(article: Article, encoder: Encoder) -> tuple[Pair, ...]:
    blocks = twins(article)
    assert blocks is not None
    sentences = [one for block in blocks for one in sentences_of(article, block)]
    encoded = encoder.encode([one.span.of(article.text) for one in sentences])
    known = {one.id: vectors for one, vectors in zip(sentences, encoded, strict=True)}
    return pair_sentences(article, blocks, known, numbers_of(article))


def words(bits: tuple[Bit, ...]) -> str:
    return "".join(bit.text for bit in bits)


def loose(bits: tuple[Bit, ...]) -> set[str]:
    return {bit.text for bit in bits if bit.loose}


def beside(pairs: tuple[Pair, ...], english: str) -> Pair:
    (found,) = [one for one in pairs if english in words(one.left)]
    return found


def test_sentences_of_one_meaning_stand_beside_each_other(passes: Encoder) -> None:
    pairs = pairs_of(article_of(WRITTEN), passes)
    for english, arabic in (
        ("not directed against any state", "غير موجهة ضد أي دولة"),
        ("dry dock", "حوض رأس النخيل الجاف"),
        ("smuggling networks", "شبكات التهريب"),
        ("search and rescue", "للبحث والإنقاذ"),
        ("two joint exercises", "تمرينين مشتركين"),
        ("Gulf of Aden", "خليج عدن"),
    ):
        assert arabic in words(beside(pairs, english).right)


def test_every_sentence_of_both_sides_stands_there_once_and_in_order(passes: Encoder) -> None:
    article = article_of(WRITTEN)
    pairs, blocks = pairs_of(article, passes), twins(article)
    assert blocks is not None
    for side, block in (("left", blocks[0]), ("right", blocks[1])):
        told = " ".join(words(getattr(one, side)) for one in pairs if getattr(one, side))
        own = " ".join(one.span.of(article.text) for one in sentences_of(article, block))
        assert told.split() == own.split()


def test_a_sentence_that_only_one_side_has_stands_alone(passes: Encoder) -> None:
    arabic = next(line for line in WRITTEN.split("\n") if "شبكات التهريب" in line)
    pairs = pairs_of(article_of(WRITTEN.replace(arabic + "\n", "")), passes)
    assert beside(pairs, "smuggling networks").right == ()
    assert "للبحث والإنقاذ" in words(beside(pairs, "search and rescue").right)


def test_a_number_that_the_other_side_does_not_have_is_marked_on_both(passes: Encoder) -> None:
    same = beside(pairs_of(article_of(WRITTEN), passes), "rescued 4,300 people")
    assert not loose(same.left) & {"4,300"}
    other = beside(pairs_of(article_of(WRITTEN.replace("٤٣٠٠", "٣٤٠٠")), passes), "rescued 4,300 people")
    assert "4,300" in loose(other.left)
    assert "٣٤٠٠" in loose(other.right)


def test_most_words_of_a_translation_have_partners(passes: Encoder) -> None:
    pairs = pairs_of(article_of(WRITTEN), passes)
    marked = sum(len(loose(one.left)) for one in pairs)
    assert marked < 0.15 * sum(len(words(one.left).split()) for one in pairs)


def test_a_page_in_one_language_has_no_such_view() -> None:
    article = article_of(WRITTEN)
    assert twins(replace(article, blocks=article.blocks[:1])) is None


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_page_of_the_report_shows_it(web: TestClient, kept: Library, language: str) -> None:
    web.cookies.set("khabar_language", language)
    (name,) = kept.add([PAGE]).articles
    shown = html.fromstring(web.get(f"/articles/{name}").text)
    rows = shown.xpath("//section[@id='pair']//div[@role='row']")
    assert len(rows) > 6
    cells = rows[1].xpath("./div[@role='cell']")
    assert [(cell.get("lang"), cell.get("dir")) for cell in cells] == [("en", "ltr"), ("ar", "rtl")]
