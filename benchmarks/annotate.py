"""How many reports a second the stages that annotate take, and what share of a comparison that is.

    python benchmarks/annotate.py [PATHS...]

Without paths: the five seed reports where they are beside the checkout, else the reports of one example. The
fastest of five rounds counts. Sentences, dates and quotations need no encoder; names start after encoding.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from compare import choose_paths
from khabar.annotate.citations import find_citations
from khabar.annotate.names.find import name_article
from khabar.annotate.names.link import link_names
from khabar.annotate.quotes import find_quotes
from khabar.lang.loader import load_languages
from khabar.model.article import Article
from khabar.pipeline import compare_paths, encode_article, open_encoder, read_articles
from khabar.progress import Silent
from khabar.settings import Settings

ROUNDS = 5
LARGEST_BYTES = 50_000_000


def fastest(step: Callable[[], object]) -> float:
    """The least of the seconds that a step took."""
    seconds = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - begun)
    return min(seconds)


def measure(paths: Sequence[Path]) -> dict[str, float]:
    """Seconds of each stage over all reports, and how many reports there are."""
    settings, languages = Settings(keep_mb=0), load_languages()
    encoder = open_encoder(settings)
    articles, _ = read_articles(paths, LARGEST_BYTES, Silent())
    words = [[one.words for one in encode_article(article, encoder)] for article in articles]

    def name() -> list[Article]:
        return [name_article(article, own, languages) for article, own in zip(articles, words, strict=True)]

    named = name()
    linked, entities = link_names(named)
    cited, _ = find_citations(linked, entities)
    return {
        "reports": float(len(articles)),
        "read, sentences, dates": fastest(lambda: read_articles(paths, LARGEST_BYTES, Silent())),
        "find names": fastest(name),
        "link names": fastest(lambda: link_names(named)),
        "citations": fastest(lambda: find_citations(linked, entities)),
        "quotations": fastest(lambda: [find_quotes(article) for article in cited]),
        "whole comparison": fastest(lambda: compare_paths(paths, settings)),
    }


def main(named: Sequence[str]) -> None:
    seconds = measure(choose_paths(named))
    reports, whole = seconds.pop("reports"), seconds.pop("whole comparison")
    annotated = sum(seconds.values())
    print(f"{'stage':<26}{'seconds':>9}{'reports/s':>11}{'share':>8}")
    for stage, spent in (*seconds.items(), ("annotate, all of it", annotated), ("whole comparison", whole)):
        print(f"{stage:<26}{spent:>9.3f}{reports / spent:>11.1f}{spent / whole:>8.0%}")


if __name__ == "__main__":
    main(sys.argv[1:])
