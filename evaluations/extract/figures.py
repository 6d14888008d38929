"""How well the body is told from the rest of a page, for `khabar eval`."""

from __future__ import annotations

import json
from pathlib import Path

from evaluations.extract import pages, score
from evaluations.registry import ALL, Figure

FLOORS = score.HERE / "floors.json"
METRICS = {"body_f1": "F1 of the body's characters", "title": "titles exact", "joiners": "joiners kept"}


PAGE_METRICS = {
    "body_f1": "F1 of the body's characters",
    "joiners": "joiners kept",
    "title": "titles exact",
    "date": "days of publication exact",
    "outlet": "outlets exact",
    "byline": "bylines exact",
    "section": "sections exact",
    "captions": "captions exact",
    "form": "forms told",
    "dropped": "pages without a report told",
    "entries": "live pages parted",
}
PEER_METRICS = ("body_f1", "joiners", "title", "date")


def measure(_: Path | None) -> list[Figure]:
    """Body, title and joiners by language and kind of page; then the pages in the layouts of news sites."""
    return [*_measure_cases(), *_measure_pages(), *_measure_peers()]


def _measure_pages() -> list[Figure]:
    floors = json.loads(FLOORS.read_text("utf-8")).get("pages", {})
    expected = pages.load_pages()
    found = []
    for name, row in pages.measure_khabar(expected).items():
        count = sum(name in (ALL, page.name[:2]) for page in expected)
        data = f"{count} pages in {len({page.name[3:] for page in expected})} layouts, constructed"
        for key, value in row.items():
            floor = floors.get(name, {}).get(key)
            found.append(Figure("extract", name, PAGE_METRICS[key], data, value, floor))
    return found


def _measure_peers() -> list[Figure]:
    """The pages that hold one report, beside what other extractors make of them."""
    single = [page for page in pages.load_pages() if len(page.reports) == 1]
    own = pages.measure_khabar(single)[ALL]
    data = f"{len(single)} of them that hold one report"
    return [
        Figure("extract", ALL, PAGE_METRICS[key], data, own[key], None, peer, other[key])
        for peer in pages.PEERS
        if (other := pages.measure_peer(peer, single))
        for key in PEER_METRICS
        if key in other
    ]


def _measure_cases() -> list[Figure]:
    floors = json.loads(FLOORS.read_text("utf-8"))["floors"]
    cases = score.load_cases()
    found = []
    for name, row in score.score_all(cases).items():
        code, kind = name.split() if name != ALL else (ALL, "")
        count = sum(name in (ALL, f"{case.name[:2]} {case.page.kind}") for case in cases)
        data = " ".join(filter(None, (str(count), kind, "pages, constructed")))
        for key, metric in METRICS.items():
            floor = floors.get(name, {}).get(key)
            found.append(Figure("extract", code, metric, data, row[key], floor))
    return found
