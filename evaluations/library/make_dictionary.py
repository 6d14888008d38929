"""Writes the words that kept texts and facts are squeezed with: python -m evaluations.library.make_dictionary

They come from the constructed reports of `examples/`. A file that was shipped is never written again
(libraries need it to be read): raise its number here and in library/squeeze.py instead.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from khabar.library.codec import to_plain
from khabar.pipeline import open_encoder, prepare, read_articles
from khabar.progress import Silent
from khabar.settings import load_settings

CHECKOUT = Path(__file__).resolve().parents[2]
TABLES = CHECKOUT / "src/khabar/library/tables"
MOST_BYTES = 32_000  # deflate looks no farther back
LIMIT_BYTES = 10**7


def main() -> None:
    articles, _ = read_articles([CHECKOUT / "examples"], LIMIT_BYTES, Silent())
    prepared = prepare(articles, open_encoder(load_settings()), Silent())
    texts = [article.text for article in prepared.articles]
    plain = [
        to_plain(article, article.text) | {"text": "", "path": Path(article.path).name}
        for article in prepared.articles[::3]
    ]
    facts = [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in plain]
    for name, pieces in (("words.1.txt", texts), ("notes.1.txt", facts)):
        path = TABLES / name
        if path.exists():
            sys.exit(f"{path} is there already: libraries are read with it. Give the new one another number.")
        path.write_bytes(joined(pieces))
        print(path, path.stat().st_size, "bytes")


def joined(pieces: Sequence[str]) -> bytes:
    """The last pieces, as many as deflate looks at; what it meets most should stand last."""
    last = "\n".join(pieces).encode("utf-8")[-MOST_BYTES:]
    return last.decode("utf-8", "ignore").encode("utf-8")


if __name__ == "__main__":
    main()
