"""An extract with its annotations: languages, sentences, dates."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.annotate.languages import find_blocks, main_script, paragraph_languages, sentence_language
from khabar.annotate.rules import stop_rules
from khabar.annotate.sentences import split_sentences
from khabar.lang.loader import Languages
from khabar.model.article import Article, Extract, Sentence
from khabar.model.mentions import Published
from khabar.model.span import Span


def identify(text: str, hint: str | None = None) -> str:
    """A stand-in until language identification is there: by script and telling letters only."""
    if main_script(text) == "ARABIC":
        return "fa" if any(letter in text for letter in "پچژگیک") else "ar"
    return "en" if main_script(text) else hint or "und"


def annotate(extract: Extract, article_id: str, languages: Languages) -> Article:
    """The article that an extract holds, with the places of all that could be read in it.

    `languages` of the article stand in the order in which their blocks begin; a page without a body
    has the language of its title. Names, quotations and citations are found by their own modules.
    """
    text = extract.text
    codes = paragraph_languages(text, extract.body, identify)
    blocks = find_blocks(text, extract.body, codes)
    sentences = (
        *_title_sentence(extract, article_id, codes),
        *_body_sentences(extract, article_id, codes, languages),
    )
    spoken = [block.language for block in blocks] or [sentence.language for sentence in sentences]
    return Article(
        id=article_id,
        path=extract.path,
        text=text,
        outlet=extract.outlet,
        outlet_from=extract.outlet_from,
        title=extract.title,
        languages=tuple(dict.fromkeys(spoken)),
        published=Published(),
        body=extract.body,
        boilerplate=extract.boilerplate,
        blocks=blocks,
        sentences=sentences,
    )


def _title_sentence(extract: Extract, article_id: str, codes: Sequence[str]) -> tuple[Sentence, ...]:
    """The title as one sentence, read with the language in mind that it stands above."""
    title = extract.title
    if title is None or not title.of(extract.text).strip():
        return ()
    after = [code for span, code in zip(extract.body, codes, strict=True) if span.start > title.start]
    hint = after[0] if after else codes[0] if codes else None
    return (Sentence(f"{article_id}:t", title, identify(title.of(extract.text), hint)),)


def _body_sentences(
    extract: Extract, article_id: str, codes: Sequence[str], languages: Languages
) -> list[Sentence]:
    found: list[tuple[Span, str]] = []
    for paragraph, code in zip(extract.body, codes, strict=True):
        whole = paragraph.of(extract.text)
        for span in split_sentences(extract.text, paragraph, stop_rules(languages, code)):
            found.append((span, sentence_language(span.of(extract.text), whole, code, identify)))
    return [Sentence(f"{article_id}:s{n}", span, code) for n, (span, code) in enumerate(found, 1)]
