"""How well stories form on a day with many unrelated reports, as in an archive of the news.

    python -m evaluations.group.dense SHARED_FOLDER

Documents of NTREX, all given one day of publication: whole, in three languages at once and in one alone; as
halves of alternate sentences, which repeat nothing of one another, in two languages and in one. Translations
of one document are easier to put together than two accounts of an event, so recall is told by the halves.
Weights are trained on Arabic, Persian and English (`evaluations.group.train`, which prints these figures with
the documents held out too); the other languages here are not seen in training.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from evaluations.group.arrival import grow
from evaluations.group.bcubed import BCubed, bcubed
from evaluations.group.measure import LARGEST_BYTES, Pile, form_clusters
from evaluations.group.mixed import LEAST_SENTENCES
from khabar.encode.types import Encoder
from khabar.group import load_weights
from khabar.group.growing import Rules
from khabar.group.portable import make_portable
from khabar.group.profile import Profile
from khabar.pipeline import open_encoder, prepare, read_articles
from khabar.progress import Silent
from khabar.settings import Settings

KEPT = (
    "whole_f1",
    "whole_in_order_f1",
    "whole_one_language_f1",
    "unseen_halves_f1",
    "unseen_halves_one_language_f1",
)
TAUGHT = ("ar", "fa", "en")
UNSEEN = ("de", "ru", "ur")
DAY = "2019-03-12"
# Read and found to tell of one event: a football match, an earthquake, one day of a golf tournament. Others
# are of one matter (a hearing, talks, a family), and stay what they are here: different reports.
ONE_EVENT = {
    "scotsman.133791": "bbc.381746",
    "telegraph.405422": "nytimes.184860",
    "scotsman.133758": "independent.226301",
}
Documents = Mapping[str, Sequence[Mapping[str, str]]]  # name -> its sentences, each by language


@dataclass(frozen=True, slots=True)
class Report:
    """A text of one language, and the event that it tells."""

    text: str
    language: str
    event: str


@dataclass(frozen=True, slots=True)
class Day:
    """The reports of one day with their languages, by article; `kept` are their profiles in a library."""

    pile: Pile
    languages: Mapping[str, str]
    kept: tuple[Profile, ...]

    def only(self, language: str) -> Pile:
        """The reports in one language."""
        chosen = tuple(one for one in self.pile.profiles if self.languages[one.article] == language)
        events = {one.article: self.pile.events[one.article] for one in chosen}
        return replace(self.pile, profiles=chosen, events=events, topics=events)


def read_documents(ntrex: Path, languages: Iterable[str]) -> Documents:
    """The documents of NTREX in these languages."""
    with (ntrex / "sentences.tsv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE))
    for language in set(languages) - set(TAUGHT):
        lines = (ntrex / "more" / f"{language}.txt").read_text("utf-8").split("\n")
        for row, line in zip(rows, lines, strict=False):
            row[language] = line
    documents: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        documents.setdefault(row["document"], []).append(row)
    return documents


def event_of(document: str) -> str:
    """The event that a document tells, by the name of its first document."""
    return ONE_EVENT.get(document, document)


def whole(documents: Documents, languages: Sequence[str]) -> list[Report]:
    """Each document in each language."""
    return [_report(name, rows, language) for name, rows in documents.items() for language in languages]


def halves_across(documents: Documents, languages: Sequence[str], turn: int = 0) -> list[Report]:
    """Each document as two halves in two languages, the pairs of languages in turn."""
    pairs = [*combinations([*languages[turn:], *languages[:turn]], 2)]
    return [
        _report(name, rows[at::2], language)
        for number, (name, rows) in enumerate(_long(documents).items())
        for at, language in enumerate(pairs[number % len(pairs)])
    ]


def halves_within(documents: Documents, languages: Sequence[str]) -> list[Report]:
    """Each document as two halves in one language, for each language."""
    return [
        _report(name, rows[at::2], language)
        for name, rows in _long(documents).items()
        for language in languages
        for at in (0, 1)
    ]


def _report(name: str, rows: Sequence[Mapping[str, str]], language: str) -> Report:
    return Report("\n".join(row[language] for row in rows) + "\n", language, event_of(name))


def _long(documents: Documents) -> Documents:
    return {name: rows for name, rows in documents.items() if len(rows) >= LEAST_SENTENCES}


def read_day(reports: Sequence[Report], encoder: Encoder) -> Day:
    """The reports as a pile, all published on one day."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "day.jsonl"
        rows = ({"id": str(n), "text": one.text, "published": DAY} for n, one in enumerate(reports))
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        articles, dropped = read_articles([path], LARGEST_BYTES, Silent())
    assert not dropped, dropped
    told = {article.id: reports[int(article.path.rpartition("#")[2])] for article in articles}
    prepared = prepare(articles, encoder, Silent())
    events = {name: report.event for name, report in told.items()}
    names = {entity.id: entity.name for entity in prepared.entities}
    languages = {name: report.language for name, report in told.items()}
    kept = tuple(make_portable(profile, prepared.entities) for profile in prepared.profiles)
    return Day(Pile("day", prepared.profiles, events, events, names), languages, kept)


def at_once(pile: Pile) -> BCubed:
    """How well the stories agree with the events when all reports are compared together."""
    return bcubed(form_clusters(pile, load_weights()), pile.events)


def in_order(day: Day) -> BCubed:
    """The same when the reports come one by one, as a library takes them in."""
    rules = Rules(load_weights(), Settings().same_at, lambda entity: entity)
    return bcubed(grow(day.kept, rules), day.pile.events)


def measure(shared: Path, encoder: Encoder) -> dict[str, float]:
    """The figures that have floors."""
    ntrex = shared / "data" / "ntrex"
    documents = read_documents(ntrex, (*TAUGHT, *UNSEEN))
    everything = read_day(whole(documents, TAUGHT), encoder)
    unseen = read_day(halves_within(documents, UNSEEN), encoder)
    across = read_day(halves_across(documents, UNSEEN), encoder)
    values = (
        at_once(everything.pile).f1,
        in_order(everything).f1,
        _mean(everything, TAUGHT),
        at_once(across.pile).f1,
        _mean(unseen, UNSEEN),
    )
    return {name: round(value, 3) for name, value in zip(KEPT, values, strict=True)}


def _mean(day: Day, languages: Sequence[str]) -> float:
    return sum(at_once(day.only(language)).f1 for language in languages) / len(languages)


def main(say: Callable[[str], None] = print) -> None:
    encoder, ntrex = open_encoder(Settings()), Path(sys.argv[1]) / "data" / "ntrex"
    documents = read_documents(ntrex, (*TAUGHT, *UNSEEN))
    for languages in (TAUGHT, UNSEEN):
        named = " ".join(languages)
        day = read_day(whole(documents, languages), encoder)
        say(_line(f"whole, {named}", day.pile, at_once(day.pile)))
        say(_line(f"whole, {named}, in order of arrival", day.pile, in_order(day)))
        for turn in range(len(languages)):
            halves = read_day(halves_across(documents, languages, turn), encoder).pile
            say(_line(f"halves, {named}, turn {turn}", halves, at_once(halves)))
        one = read_day(halves_within(documents, languages), encoder)
        for language in languages:
            say(_line(f"whole, {language} alone", day.only(language), at_once(day.only(language))))
            say(_line(f"halves, {language} alone", one.only(language), at_once(one.only(language))))


def _line(name: str, pile: Pile, found: BCubed) -> str:
    stories = len(set(form_clusters(pile, load_weights()).values()))
    events = len(set(pile.events.values()))
    figures = f"precision {found.precision:.3f}  recall {found.recall:.3f}  F1 {found.f1:.3f}"
    return f"{name:40} {len(pile.events):3} reports  {stories:3} stories of {events:3}  {figures}"


if __name__ == "__main__":
    main()
