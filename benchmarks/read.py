"""How fast pages are read: records of web archives, and pages through read, extract and their dates.

    python benchmarks/read.py [RECORDS] [PAGES]

All pages are constructed and differ. Each figure is the best of three turns, the engines taking turns, so
that other work on the machine meets all of them alike; seconds are of the processor. Peers: warcio and
fastwarc alone for archives, the extractor of resiliparse alone for pages. Compare the ratios.
"""

from __future__ import annotations

import gzip
import random
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from khabar.annotate.article import annotate
from khabar.extract import extract
from khabar.lang.loader import load_languages
from khabar.model.outcome import Kept
from khabar.read import read_sources

TURNS = 3
WORDS = {
    "ar": "أعلن وزير النقل اليوم أن الجسر الجديد سيفتح أمام السيارات بعد أسبوع من الأمطار",
    "fa": "وزیر راه امروز گفت که پل تازه پس از یک هفته باران به روی خودروها باز می‌شود",
    "en": "The transport minister said today that the new bridge opens after a week of rain",
}
DATES = {"ar": "8 آذار 2023", "fa": "۱۷ اسفند ۱۴۰۱", "en": "8 March 2023"}


def make_page(number: int) -> str:
    """A page of a news site: menu, title, date, eight paragraphs, related links."""
    chance = random.Random(number)
    language = ("ar", "fa", "en")[number % 3]
    words = WORDS[language].split()

    def sentence(length: int) -> str:
        return " ".join(chance.choices(words, k=length))

    body = "".join(f"<p>{sentence(25)}. {sentence(20)}.</p>" for _ in range(8))
    menu = "".join(f"<li><a href='/{n}'>{sentence(2)}</a></li>" for n in range(30))
    return (
        f"<!doctype html><html lang={language}><head><meta charset=utf-8>"
        f"<title>{sentence(6)} | Gazette</title>"
        "<meta property='article:published_time' content='2023-03-08T10:00:00Z'></head>"
        f"<body><nav><ul>{menu}</ul></nav>"
        f"<article><h1>{sentence(6)}</h1><time>{DATES[language]}</time>{body}</article>"
        f"<aside><ul>{menu}</ul></aside><footer>© 2023 Gazette</footer></body></html>"
    )


def make_archive(path: Path, records: int) -> None:
    """A web archive, each record packed by itself as crawlers do."""
    bodies = [make_page(number).encode() for number in range(200)]
    with path.open("wb") as file:
        for number in range(records):
            block = (
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + bodies[number % 200]
            )
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{number}\r\n"
                f"WARC-Date: 2023-03-08T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + block + b"\r\n\r\n", 1))


def count_ours(path: Path) -> int:
    return sum(isinstance(one, Kept) for one in read_sources([path]))


def count_warcio(path: Path) -> int:
    from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]  # noqa: PLC0415

    with path.open("rb") as file:
        return sum(
            len(one.content_stream().read()) > 0
            for one in ArchiveIterator(file)
            if one.rec_type == "response"
        )


def count_fastwarc(path: Path) -> int:
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415

    with path.open("rb") as file:
        records = ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=True)
        return sum(len(one.reader.read()) > 0 for one in records)


def best_of(engines: dict[str, Callable[[], int]]) -> dict[str, float]:
    """Items a second of each engine."""
    best: dict[str, float] = defaultdict(float)
    for _ in range(TURNS):
        for name, run in engines.items():
            start = time.process_time()
            count = run()
            best[name] = max(best[name], count / (time.process_time() - start))
    return best


def report_records(folder: Path) -> None:
    path = folder / "speed.warc.gz"
    make_archive(path, 5_000)
    speeds = best_of(
        {
            "khabar, to pages": lambda: count_ours(path),
            "warcio, contents": lambda: count_warcio(path),
            "fastwarc, contents": lambda: count_fastwarc(path),
        }
    )
    print(f"Web archive of 5,000 records, {path.stat().st_size / 5_000:,.0f} bytes each, packed")
    for name, speed in speeds.items():
        print(f"  {name:22}{speed:10,.0f} records/s{speed / speeds['warcio, contents']:8.2f} x warcio")


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1 << 20 if sys.platform == "darwin" else 1 << 10
    )


def report_memory(folder: Path, records: int) -> None:
    path = folder / "memory.warc.gz"
    make_archive(path, records)
    print(f"\nMemory over {records:,} records ({path.stat().st_size / 1e6:,.0f} MB packed)")
    start = time.process_time()
    for number, _ in enumerate(read_sources([path]), 1):
        if number in (1, records // 10, records):
            print(f"  after {number:8,}: peak {peak_mb():6.1f} MB, {time.process_time() - start:6.1f} s")


def stages(count: int, folder: Path) -> Iterator[tuple[str, float]]:
    """Seconds of each stage for so many pages, one after the other."""
    spent: dict[str, float] = defaultdict(float)
    paths = []
    for number in range(count):
        paths.append(folder / f"{number}.html")
        paths[-1].write_text(make_page(number), encoding="utf-8")
    languages, now = load_languages(), time.process_time
    for path in paths:
        start = now()
        [page] = read_sources([path])
        assert isinstance(page, Kept)
        read = now()
        taken = extract(page.item, languages)
        assert isinstance(taken, Kept)
        extracted = now()
        annotate(taken.item, path.stem, languages)
        spent["read"] += read - start
        spent["extract"] += extracted - read
        spent["sentences, dates"] += now() - extracted
    yield from spent.items()


def resiliparse_alone(count: int) -> float:
    """Seconds that the extractor of resiliparse takes for the same pages."""
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415

    made = [make_page(number) for number in range(count)]
    start = time.process_time()
    for page in made:
        extract_plain_text(page, main_content=True)
    return time.process_time() - start


def report_pages(folder: Path, count: int) -> None:
    turns = [dict(stages(count, folder)) for _ in range(TURNS)]
    best = min(turns, key=lambda one: sum(one.values()))
    peer = min(resiliparse_alone(count) for _ in range(TURNS))
    whole = sum(best.values())
    print(f"\n{count:,} pages, one core")
    for name, seconds in [*best.items(), ("whole", whole)]:
        speed, share = count / seconds, seconds / whole
        print(f"  {name:22}{speed:10,.0f} pages/s{share:8.0%}{seconds / peer:8.2f} x resiliparse")
    print(f"  {'resiliparse alone':22}{count / peer:10,.0f} pages/s")


def main(records: int, pages: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        report_memory(folder, records)  # first: the peak of memory never falls
        report_records(folder)
        report_pages(folder, pages)


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(given[0] if given else 100_000, given[1] if len(given) > 1 else 300)
