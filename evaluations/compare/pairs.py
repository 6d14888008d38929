"""Constructed pairs of tellings: which differences are found in the marked words, which are false.

    python -m evaluations.compare.pairs [tuned | held | second | third] [--list]

Each pair stands first in two short reports that go on with the same other news, and goes the whole way from
annotation to comparison. README.md beside this file says which rows were written when.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from khabar.align import align_story
from khabar.annotate.article import annotate
from khabar.compare.story import compare_story
from khabar.encode.types import Encoder
from khabar.encode.word_means import load_word_means
from khabar.lang.loader import load_languages
from khabar.model.article import Article, DateClaim, Extract
from khabar.model.span import Excerpt, Span
from khabar.model.story import Difference, Weight
from khabar.pipeline import facts_of, nearness_by, numbers_of, open_encoder, prepare, words_of
from khabar.progress import Silent
from khabar.settings import load_settings

FILES = tuple(
    Path(__file__).resolve().parent / f"{name}.tsv" for name in ("pairs", "pairs_second", "pairs_third")
)
PARTS = ("tuned", "held", "second", "third")
# What a difference may be called where the row's kind is finer than the kinds that readers see.
CALLED = {
    "range": {"number"},
    "approximation": {"strength", "number"},
    "scope": {"strength", "detail", "number"},
    "added": {"omission", "detail"},
}
AROUND = {
    "en": (
        "The library of the upper quarter bought a shelf of atlases.",
        "A choir of pensioners sang in the station hall.",
        "Gardeners planted lime trees along the canal.",
    ),
    "ar": (
        "اشترت مكتبة الحي الأعلى رفا من الأطالس.",
        "غنت جوقة من المتقاعدين في قاعة المحطة.",
        "زرع البستانيون أشجار الزيزفون على طول القناة.",
    ),
    "fa": (
        "کتابخانه محله بالا قفسه‌ای از اطلس‌ها خرید.",
        "گروه کری از بازنشستگان در سالن ایستگاه آواز خواند.",
        "باغبانان در امتداد آبراه درخت زیرفون کاشتند.",
    ),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tellings; `words_a` and `words_b` are those that differ, empty where there are none.

    `days` are those on which the reports came out, empty where their pages do not say.
    """

    part: str
    differs: bool
    kind: str
    languages: tuple[str, str]
    texts: tuple[str, str]
    words_a: str
    words_b: str
    days: tuple[str, str] = ("", "")

    @property
    def called(self) -> set[str]:
        """The kinds of difference that are right for it."""
        return CALLED.get(self.kind, {self.kind})


@dataclass(frozen=True, slots=True)
class Finding:
    """A pair with the differences found in it; `joined`: both were taken for tellings of one statement."""

    pair: Pair
    joined: bool
    found: tuple[Difference, ...]
    starts: tuple[str, str]

    @property
    def met(self) -> tuple[Difference, ...]:
        """The differences that lie in the marked words of both sides."""
        return tuple(one for one in self.found if self._meets(one))

    @property
    def of_meaning(self) -> tuple[Difference, ...]:
        """The differences that are said to shift the meaning."""
        return tuple(one for one in self.found if one.weight is Weight.MEANING)

    @property
    def hit(self) -> bool:
        """Whether the marked words are said to differ in meaning, in the kind that is expected."""
        return any(one.weight is Weight.MEANING and str(one.kind) in self.pair.called for one in self.met)

    def _meets(self, one: Difference) -> bool:
        given = [one.a] if one.b is None else [one.a, one.b]
        wanted = [words for words in (self.pair.words_a, self.pair.words_b) if words]
        return len(given) == len(wanted) and all(
            any(self._overlap(excerpt, words, side) for excerpt in given) for side, words in enumerate(wanted)
        )

    def _overlap(self, excerpt: Excerpt, words: str, side: int) -> bool:
        if excerpt.article != self.starts[side]:
            return False
        at = self.pair.texts[side].index(words)
        return excerpt.span.overlap(Span(at, at + len(words))) > 0


def read_pairs(part: str | None = None) -> list[Pair]:
    """The pairs of one part, all of them without one."""
    pairs = [_pair(row) for file in FILES for row in _rows(file)]
    return [pair for pair in pairs if part in (None, pair.part)]


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]


def _pair(row: Sequence[str]) -> Pair:
    days = (row[9], row[10]) if len(row) > 10 else ("", "")
    return Pair(row[0], row[1] == "differ", row[2], (row[3], row[4]), (row[5], row[6]), row[7], row[8], days)


def examine(pairs: Iterable[Pair], encoder: Encoder) -> Iterator[Finding]:
    """Each pair with what is found in it."""
    for pair in pairs:
        sides = zip(pair.texts, pair.languages, pair.days, strict=True)
        reports = [_report(f"r{n}", *side) for n, side in enumerate(sides)]
        yield _compare(pair, reports, encoder)


def _report(name: str, text: str, language: str, day: str) -> Article:
    lines = (text, *AROUND[language])
    spans, at = [], 0
    for line in lines:
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    claims = (DateClaim(day, "meta article:published_time"),) if day else ()
    text = "\n".join(lines)
    extract = Extract(path=f"{name}.txt", text=text, body=tuple(spans), boilerplate=(), date_claims=claims)
    return annotate(extract, name, load_languages())


def _compare(pair: Pair, reports: Sequence[Article], encoder: Encoder) -> Finding:
    prepared = prepare(reports, encoder, Silent())
    aligned = align_story(
        "s1",
        prepared.articles,
        lambda article: words_of(article, encoder),
        load_word_means(encoder),
        facts_of,
    )
    numbers = {article.id: numbers_of(article) for article in prepared.articles}
    found = compare_story(aligned, prepared.articles, numbers, prepared.entities, nearness_by(encoder))
    ends = {article.id: len(text) for article, text in zip(prepared.articles, pair.texts, strict=True)}
    here = [one for one in found if one.a.span.start < ends[one.a.article]]
    joined = any(_is_joined(group.tellings, ends) for group in aligned.groups)
    ids = tuple(article.id for article in prepared.articles)
    return Finding(pair, joined, tuple(here), (ids[0], ids[1]))


def _is_joined(tellings: Iterable[object], ends: dict[str, int]) -> bool:
    return len({t.unit.article for t in tellings if t.span.start < ends[t.unit.article]}) > 1  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Score:
    """Figures of one kind: `right` of `expected` were found; `met` of `said` differences lie where one is."""

    expected: int
    right: int
    said: int
    met: int

    @property
    def recall(self) -> float:
        """The share of the expected differences that were found, of the expected kind."""
        return self.right / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        """The share of the differences of meaning in differing pairs that lie in the marked words."""
        return self.met / self.said if self.said else 1.0


def score(findings: Iterable[Finding]) -> dict[str, Score]:
    """The figures by kind, and of "all", over the pairs that differ."""
    by_kind: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.pair.differs:
            by_kind[finding.pair.kind].append(finding)
            by_kind["all"].append(finding)
    return {kind: _score(found) for kind, found in by_kind.items()}


def _score(found: Sequence[Finding]) -> Score:
    said = [len(one.of_meaning) for one in found]
    met = [sum(each in one.met for each in one.of_meaning) for one in found]
    return Score(len(found), sum(one.hit for one in found), sum(said), sum(met))


def alarm_rate(findings: Iterable[Finding]) -> float:
    """The share of the pairs that say the same of which some difference of meaning is said."""
    same = [finding for finding in findings if not finding.pair.differs]
    return sum(bool(finding.of_meaning) for finding in same) / len(same) if same else 0.0


def main() -> None:
    parts = [name for name in PARTS if name in sys.argv] or list(PARTS)
    encoder = open_encoder(load_settings())
    for part in parts:
        findings = list(examine(read_pairs(part), encoder))
        if "--list" in sys.argv:
            _print_faults(findings)
        _print_scores(part, findings)


def _print_faults(findings: Iterable[Finding]) -> None:
    for one in findings:
        if one.hit if one.pair.differs else not one.of_meaning:
            continue
        state = "" if one.joined else " (not joined)"
        fault = "missed" if one.pair.differs else "FALSE"
        print(f"{fault} {one.pair.kind}{state}: {' | '.join(one.pair.texts)}")
        for each in one.found if one.pair.differs else one.of_meaning:
            print(f"      {each.kind} {each.weight}: {each.a.text} | {each.b.text if each.b else '-'}")


def _print_scores(part: str, findings: Sequence[Finding]) -> None:
    scores = score(findings)
    for kind, one in scores.items():
        print(f"{part:6} {kind:12} recall {one.right}/{one.expected} {one.recall:.3f}", end="")
        print(f"   precision {one.met}/{one.said} {one.precision:.3f}")
    print(f"{part:6} false alarms {alarm_rate(findings):.3f} of the pairs that say the same")


if __name__ == "__main__":
    main()
