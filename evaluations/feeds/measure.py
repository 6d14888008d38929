"""Prints how many fields of the constructed feeds' first entries each reader gives as they are written.

python -m evaluations.feeds.measure    (feedparser and fastfeedparser are shown where they are installed)
"""

from __future__ import annotations

import importlib
import io
import time
import warnings
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from evaluations.feeds.cases import AT, FIRST_ENTRIES, RSS_FA
from khabar.read.web.feeds import parse_feed

FIELDS = ("title", "address", "date", "byline", "section")
ENTRIES = 5_000


def by_khabar(data: bytes) -> list[str]:
    entry = parse_feed(data, AT).entries[0]
    return [entry.title, entry.address, entry.published, entry.byline, next(iter(entry.sections), "")]


def by_package(name: str) -> Callable[[bytes], list[str]] | None:
    try:
        package = importlib.import_module(name)
    except ImportError:
        return None

    def read(data: bytes) -> list[str]:
        if name == "feedparser":
            found = package.parse(io.BytesIO(data), response_headers={"content-location": AT})
        else:
            found = package.parse(data)
        entry: Any = found.entries[0]
        date = dict.get(entry, "published") or dict.get(entry, "updated") or ""
        tags = entry.get("tags") or [{}]
        return [
            entry.get("title", ""),
            entry.get("link", ""),
            date,
            entry.get("author", ""),
            tags[0].get("term") or "",
        ]

    return read


def right(read: Callable[[bytes], list[str]], data: bytes, expected: tuple[str, ...]) -> list[bool]:
    try:
        found = read(data)
    except Exception:  # a reader that gives up gets nothing right
        return [False] * len(FIELDS)
    return [unquote(one or "") == wanted for one, wanted in zip(found, expected, strict=True)]


def seconds(read: Callable[[bytes], list[str]]) -> float:
    head, item = RSS_FA.split("<item>")
    feed = head + ("<item>" + item.split("</channel>")[0]) * ENTRIES + "</channel></rss>"
    start = time.perf_counter()
    read(feed.encode())
    return time.perf_counter() - start


def main() -> None:
    warnings.simplefilter("ignore")
    readers = {"khabar": by_khabar} | {
        name: read for name in ("feedparser", "fastfeedparser") if (read := by_package(name))
    }
    print(
        f"{'reader':16}{'feeds right':>14}" + "".join(f"{field:>10}" for field in FIELDS) + f"{'seconds':>10}"
    )
    for name, read in readers.items():
        rows = [right(read, data, tuple(expected)) for data, *expected in FIRST_ENTRIES.values()]
        fields = "".join(f"{sum(column):>7}/{len(rows)}" for column in zip(*rows, strict=True))
        print(f"{name:16}{sum(map(all, rows)):>11}/{len(rows)}{fields}{seconds(read):>10.2f}")
    print(f"seconds: one feed of {ENTRIES:,} entries")


if __name__ == "__main__":
    main()
