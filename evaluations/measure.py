"""Measures what can be measured per language, for `khabar languages` to show.

    python -m evaluations.measure SHARED_FOLDER [TASK...]    prints the figures
    python -m evaluations.measure SHARED_FOLDER --write      also writes src/khabar/lang/measured.json

SHARED_FOLDER is the folder of evaluation data. Tasks: language, sentences, dates, clutter, names, stories,
translations; without one, all. "share wrong" runs from 0 (none) to 1, F1 from 0 to 1 (all right).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evaluations.dates import score as dates_score
from evaluations.encode.make_means import read_ntrex
from evaluations.encode.retrieval import share_found
from evaluations.extract import score as extract_score
from evaluations.group.measure import HERE as PILES_FOLDER
from evaluations.group.measure import Pile, form_clusters, read_pile
from evaluations.names import measure_names as names_measure
from evaluations.names.corpora import CORPORA
from evaluations.sentences import score as sentences_score
from khabar.encode.centre import Background, background_from_means
from khabar.encode.types import Encoder, Vectors
from khabar.group import load_weights
from khabar.lang.identify import identify
from khabar.pipeline import open_encoder
from khabar.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "src" / "khabar" / "lang" / "measured.json"
WRONG = "share wrong"
NAMED_SENTENCES = 300
# Fewer cases of a language than this say nothing about it.
FEWEST = 5
# From this share of mistakes on it is said which language was taken for it.
MANY_WRONG = 0.05

Figure = dict[str, Any]
Found = Iterator[tuple[str, Figure]]


def figure(task: str, metric: str, value: float, data: str) -> Figure:
    """One figure as it stands in measured.json."""
    command = f"python -m evaluations.measure SHARED_FOLDER {task}"
    return {"task": task, "metric": metric, "value": round(value, 3), "data": data, "command": command}


def measure_language(shared: Path) -> Found:
    """How often a sentence of news is taken for another language."""
    _, texts = read_ntrex(shared / "data/ntrex")
    for code, sentences in texts.items():
        taken_for = Counter(identify(sentence).language for sentence in sentences)
        wrong = 1 - taken_for.pop(code, 0) / len(sentences)
        data = f"{len(sentences):,} sentences of translated news, NTREX-128"
        if wrong > MANY_WRONG:
            data += f"; most often taken for {taken_for.most_common(1)[0][0]}"
        yield code, figure("language", WRONG, wrong, data)


def measure_sentences(_: Path) -> Found:
    """How often a hard string is not split as expected."""
    shares, _wrong = sentences_score.measure()
    counts = Counter(case.language for case in sentences_score.read_cases())
    for code, share in _told_of(shares, counts):
        yield code, figure("sentences", WRONG, 1 - share, f"{counts[code]} hard strings, constructed")


def measure_dates(_: Path) -> Found:
    """How often a line with dates is not read exactly."""
    shares, _wrong = dates_score.measure()
    counts = Counter(case.language for case in dates_score.read_cases())
    for code, share in _told_of(shares, counts):
        yield code, figure("dates", WRONG, 1 - share, f"{counts[code]} lines, constructed")


def measure_clutter(_: Path) -> Found:
    """How well the characters of the body are told from the rest of the page."""
    cases = extract_score.load_cases()
    for code in sorted({case.name[:2] for case in cases}):
        own = [case for case in cases if case.name.startswith(code)]
        f1 = extract_score.score_all(own)["all"]["body_f1"]
        yield code, figure("clutter", "F1 of the body's characters", f1, f"{len(own)} pages, constructed")


def measure_names(shared: Path) -> Found:
    """How well names are found, in sentences that the tagger has not seen."""
    encoder = open_encoder(Settings())
    for corpus in CORPORA:
        if corpus.name in names_measure.MEASURED:
            texts = names_measure.held_out(corpus, shared / "data/ner")[-NAMED_SENTENCES:]
            f1 = names_measure.measure(encoder, corpus, texts)["all"]
            data = f"{len(texts)} sentences of {corpus.name}"
            yield corpus.language, figure("names", "F1 of exact spans", f1, data)


def measure_stories(_: Path) -> Found:
    """How well the reports of a language find the others of their event, in a pile of many languages."""
    folder = PILES_FOLDER / "pile_b"
    pile = read_pile(folder, open_encoder(Settings()))
    clusters = form_clusters(pile, load_weights())
    spoken = {profile.article: profile.languages[0] for profile in pile.profiles}
    for code, count in sorted(Counter(spoken.values()).items()):
        if count >= FEWEST:
            own = [article for article, language in spoken.items() if language == code]
            f1 = _bcubed_of(own, clusters, pile)
            yield code, figure("stories", "BCubed F1", f1, f"{count} of {len(spoken)} reports, constructed")


def _bcubed_of(articles: Sequence[str], clusters: Mapping[str, int], pile: Pile) -> float:
    """BCubed F1 averaged over these reports, each against all reports of the pile."""
    precision = recall = 0.0
    for article in articles:
        found = {other for other, cluster in clusters.items() if cluster == clusters[article]}
        true = {other for other, event in pile.events.items() if event == pile.events[article]}
        precision += len(found & true) / len(found) / len(articles)
        recall += len(found & true) / len(true) / len(articles)
    return 2 * precision * recall / (precision + recall)


def measure_translations(shared: Path) -> Found:
    """How often a sentence's nearest English sentence of its document is not its translation.

    The background is made from one half of the documents and tried on the other, both ways round.
    """
    names, texts = read_ntrex(shared / "data/ntrex")
    documents = np.array(names)
    encoder: Encoder = open_encoder(Settings())
    vectors = {code: encoder.sentences(sentences) for code, sentences in texts.items()}
    first = np.isin(documents, list(dict.fromkeys(names))[::2])
    found = {code: 0.0 for code in vectors if code != "en"}
    for made, seen in ((first, ~first), (~first, first)):
        background = _background(vectors, made)
        english = background.centre(vectors["en"][seen], ["en"] * int(seen.sum()))
        for code in found:
            own = background.centre(vectors[code][seen], [code] * int(seen.sum()))
            found[code] += share_found(own, english, same_document(documents[seen])) * seen.sum() / len(seen)
    data = f"{len(names):,} sentences in {len(set(names))} documents against English, NTREX-128"
    for code, share in found.items():
        yield code, figure("translations", WRONG, 1 - share, data)


def same_document(documents: np.ndarray) -> np.ndarray:
    """Which pairs of sentences stand in one document."""
    same: np.ndarray = documents[:, None] == documents[None, :]
    return same


def _background(vectors: Mapping[str, Vectors], rows: np.ndarray) -> Background:
    means = np.array([side[rows].mean(axis=0) for side in vectors.values()])
    return background_from_means(tuple(vectors), means)


def _told_of(shares: Mapping[str, float], counts: Mapping[str, int]) -> Iterator[tuple[str, float]]:
    """The shares of languages with enough cases; the sum over all is none."""
    return ((code, share) for code, share in shares.items() if counts.get(code, 0) >= FEWEST)


TASKS: Mapping[str, Callable[[Path], Found]] = {
    "language": measure_language,
    "sentences": measure_sentences,
    "dates": measure_dates,
    "clutter": measure_clutter,
    "names": measure_names,
    "stories": measure_stories,
    "translations": measure_translations,
}


def measure_all(shared: Path, tasks: Sequence[str]) -> dict[str, list[Figure]]:
    """The figures of these tasks by language."""
    figures: dict[str, list[Figure]] = {}
    for task in tasks:
        for code, one in TASKS[task](shared):
            told = f"{one['task']:12} {one['metric']:28} {one['value']:.3f}  {one['data']}"
            print(f"{code:4} {told}", flush=True)
            figures.setdefault(code, []).append(one)
    return dict(sorted(figures.items()))


def main() -> None:
    shared, *wanted = sys.argv[1:]
    chosen = [task for task in wanted if task != "--write"]
    if "--write" in wanted and chosen:
        sys.exit("--write writes all figures: name no task with it.")
    figures = measure_all(Path(shared), chosen or list(TASKS))
    if "--write" in wanted:
        FILE.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
