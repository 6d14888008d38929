"""False differences: professional translations of one text, compared as if they were three reports.

    python -m evaluations.compare.controls ../shared/data/ntrex [DOCUMENTS]

Whatever is said to shift the meaning between an English text and its Arabic and Persian translations is
taken for false here. That is strict: translators convert miles and err now and then.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from khabar.align import align_story
from khabar.compare.story import compare_story
from khabar.encode.types import Encoder
from khabar.encode.word_means import load_word_means
from khabar.model.story import Difference, Statement, Weight
from khabar.pipeline import facts_of, nearness_by, numbers_of, open_encoder, prepare, read_articles, words_of
from khabar.progress import Silent
from khabar.settings import load_settings

LANGUAGES = ("en", "ar", "fa")
DOCUMENTS = 16


@dataclass(frozen=True, slots=True)
class Alarms:
    """How many pairs of tellings were compared, and how many false differences of each kind came of it."""

    pairs: int
    false: Mapping[str, int]

    @property
    def rate(self) -> float:
        """False differences that shift the meaning, a pair of tellings."""
        return sum(self.false.values()) / self.pairs if self.pairs else 0.0


def count_alarms(folder: Path, encoder: Encoder, documents: int = DOCUMENTS) -> Alarms:
    """The false alarms on the first documents of the translated news in `folder`."""
    pairs, false = 0, Counter[str]()
    for texts in _documents(folder, documents):
        statements, differences = _compare(texts, encoder)
        pairs += sum(_pairs(statement) for statement in statements)
        false.update(str(one.kind) for one in differences if one.weight is Weight.MEANING)
    return Alarms(pairs, false)


def _documents(folder: Path, count: int) -> Iterator[dict[str, str]]:
    """The texts of each document by language, a sentence a paragraph."""
    rows = [line.split("\t") for line in (folder / "sentences.tsv").read_text("utf-8").splitlines()[1:]]
    for name in list(dict.fromkeys(row[0] for row in rows))[:count]:
        own = [row[1:] for row in rows if row[0] == name]
        yield {code: "\n\n".join(row[n] for row in own) for n, code in enumerate(LANGUAGES)}


def _compare(
    texts: Mapping[str, str], encoder: Encoder
) -> tuple[tuple[Statement, ...], tuple[Difference, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{language}.txt" for language in texts]
        for path, text in zip(paths, texts.values(), strict=True):
            path.write_text(text, "utf-8")
        articles, _ = read_articles(paths, 10**8, Silent())
    prepared = prepare(articles, encoder, Silent())
    aligned = align_story(
        "s1",
        prepared.articles,
        lambda article: words_of(article, encoder),
        load_word_means(encoder),
        facts_of,
    )
    numbers = {article.id: numbers_of(article) for article in prepared.articles}
    found = compare_story(aligned, prepared.articles, numbers, prepared.entities, nearness_by(encoder))
    return aligned.statements, found


def _pairs(statement: Statement) -> int:
    reports = {attestation.excerpt.article for attestation in statement.attestations}
    return len(list(combinations(reports, 2)))


def main() -> None:
    documents = int(sys.argv[2]) if len(sys.argv) > 2 else DOCUMENTS
    alarms = count_alarms(Path(sys.argv[1]), open_encoder(load_settings()), documents)
    print(f"{documents} documents, {alarms.pairs} pairs of tellings that say the same")
    for kind, count in sorted(alarms.false.items(), key=lambda item: -item[1]):
        print(f"  {kind:12} {count:4}  {count / alarms.pairs:.3f} a pair")
    print(f"  {'all':12} {sum(alarms.false.values()):4}  {alarms.rate:.3f} a pair")


if __name__ == "__main__":
    main()
