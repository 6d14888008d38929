"""Stories formed of half documents of translated news, one language each, mixed with look-alike reports.

    python -m evaluations.group.mixed SHARED_FOLDER

Each document of NTREX is cut into halves of alternate sentences, and each half is given in one of Arabic,
Persian and English, so that its halves must be put together across languages, and no half repeats a sentence
of the other. They are mixed with every other topic of ECB+, up to four (two events a topic that look alike).
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

from evaluations.group.bcubed import bcubed
from evaluations.group.measure import Pile, form_clusters
from khabar.encode.types import Encoder, Vectors
from khabar.group import load_weights
from khabar.linkage import join
from khabar.pipeline import open_encoder, prepare, read_articles
from khabar.progress import Silent
from khabar.settings import Settings

LANGUAGES = ("ar", "fa", "en")
LEAST_SENTENCES = 8  # shorter documents have too little in a half
ECB_TOPICS = 4
PEERS = ("TF-IDF", "raw vectors", "centred vectors", "BERTopic recipe")
Texts = Mapping[str, tuple[str, str]]  # name of the file -> its text and its event


def half_documents(ntrex: Path, turn: int = 0) -> dict[str, tuple[str, str]]:
    """Each document as two halves in two languages, the pairs of languages in turn, beginning at `turn`."""
    documents: dict[str, list[dict[str, str]]] = {}
    with (ntrex / "sentences.tsv").open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE):
            documents.setdefault(row["document"], []).append(row)
    pairs = [*combinations(LANGUAGES[turn:] + LANGUAGES[:turn], 2)]
    halves = {}
    for number, (name, rows) in enumerate(documents.items()):
        if len(rows) >= LEAST_SENTENCES:
            for at, language in enumerate(pairs[number % len(pairs)]):
                text = "\n".join(row[language] for row in rows[at::2])
                halves[f"{name}-{language}.txt"] = (text + "\n", name)
    return halves


def lookalike_reports(ecb: Path) -> dict[str, tuple[str, str]]:
    """The reports of some topics of ECB+."""
    rows = [json.loads(line) for line in ecb.read_text("utf-8").splitlines()]
    topics = sorted({row["topic"] for row in rows})[::2][:ECB_TOPICS]
    return {f"{row['id']}.txt": (row["text"], row["story"]) for row in rows if row["topic"] in topics}


def read_texts(texts: Texts, encoder: Encoder) -> tuple[Pile, dict[str, str]]:
    """The texts as a pile, and the text of each report."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in texts]
        for path in paths:
            path.write_text(texts[path.name][0], "utf-8")
        articles, _ = read_articles(paths, 10**8, Silent())
    prepared = prepare(articles, encoder, Silent())
    events = {article.id: texts[Path(article.path).name][1] for article in articles}
    names = {entity.id: entity.name for entity in prepared.entities}
    return Pile("mixed", prepared.profiles, events, events, names), {one.id: one.text for one in articles}


def peers(pile: Pile, texts: Mapping[str, str], encoder: Encoder) -> dict[str, float]:
    """BCubed F1 of what others would do, each threshold the best for this pile: they flatter."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415  (only here)

    order = [profile.article for profile in pile.profiles]
    raw = np.stack([encoder.sentences(texts[name].split("\n")).mean(axis=0) for name in order])
    centred = np.stack([profile.report for profile in pile.profiles])
    words = TfidfVectorizer(sublinear_tf=True).fit_transform([texts[name] for name in order])
    likenesses = (np.asarray((words @ words.T).todense()), _cosines(raw), _cosines(centred))
    figures = [*(_best(pile, order, likeness) for likeness in likenesses), _topics(pile, order, raw)]
    return dict(zip(PEERS, figures, strict=True))


def _cosines(vectors: Vectors) -> Vectors:
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return np.asarray(unit @ unit.T)


def _best(pile: Pile, order: Sequence[str], likeness: Vectors) -> float:
    """Average linkage at the best of fourteen thresholds."""
    upper = likeness[np.triu_indices(len(order), 1)]
    pairs = {(order[i], order[j]): float(likeness[i, j]) for i, j in combinations(range(len(order)), 2)}
    return max(
        _f1(pile, join(order, pairs, float(limit)))
        for limit in np.quantile(upper, np.linspace(0.8, 0.999, 14))
    )


def _topics(pile: Pile, order: Sequence[str], vectors: Vectors) -> float:
    """Vectors of few dimensions, then clusters by density (Grootendorst 2022), PCA in the place of UMAP."""
    from sklearn.cluster import HDBSCAN  # noqa: PLC0415
    from sklearn.decomposition import PCA  # noqa: PLC0415

    few = PCA(n_components=min(15, len(order) - 1), random_state=0).fit_transform(vectors)
    labels = HDBSCAN(min_cluster_size=2, copy=True).fit_predict(few)
    groups: dict[object, list[str]] = {}
    for name, label in zip(order, labels.tolist(), strict=True):
        groups.setdefault(label if label >= 0 else name, []).append(name)
    return _f1(pile, [*groups.values()])


def _f1(pile: Pile, groups: Sequence[Sequence[str]]) -> float:
    return bcubed({name: at for at, group in enumerate(groups) for name in group}, pile.events).f1


def mixed_texts(shared: Path, turn: int = 0) -> dict[str, tuple[str, str]]:
    """The half documents and the look-alike reports."""
    data = shared / "data"
    return {
        **half_documents(data / "ntrex", turn),
        **lookalike_reports(data / "ecbplus" / "documents.jsonl"),
    }


def measure(shared: Path, encoder: Encoder, with_peers: bool = False) -> dict[str, float]:
    """The figures of the mixed pile."""
    pile, words = read_texts(mixed_texts(shared), encoder)
    found = bcubed(form_clusters(pile, load_weights()), pile.events)
    figures = {"bcubed_precision": found.precision, "bcubed_recall": found.recall, "bcubed_f1": found.f1}
    if with_peers:
        figures |= peers(pile, words, encoder)
    return {name: round(value, 3) for name, value in figures.items()}


def main(say: Callable[[str], None] = print) -> None:
    for name, value in measure(Path(sys.argv[1]), open_encoder(Settings()), with_peers=True).items():
        say(f"{name:18} {value:.3f}")


if __name__ == "__main__":
    main()
