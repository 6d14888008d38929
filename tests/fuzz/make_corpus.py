"""Writes the inputs that fuzzing starts from: one of every kind that is read, all constructed.

python tests/fuzz/make_corpus.py
"""

from __future__ import annotations

import gzip
import io
import json
import lzma
import sys
from email.message import EmailMessage
from pathlib import Path

from docx import Document  # type: ignore[import-untyped]

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from read.places import ARABIC, PAGE, PERSIAN, packed, record, tarred, zipped

CORPUS = Path(__file__).with_name("corpus")
RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>G</title><item><title>خبر</title>
<link>https://news.example/1</link><pubDate>Wed, 08 Mar 2023 10:15:00 +0300</pubDate>
<description>{ARABIC}</description></item></channel></rss>"""
EXPORT = {
    "name": "شبكة", "type": "public_channel", "id": 1,
    "messages": [
        {"id": 1, "type": "message", "date_unixtime": "1709287200", "text": [ARABIC, {"text": "!"}]},
        {"id": 2, "type": "service", "action": "pin_message", "text": ""},
    ],
}  # fmt: skip


def mail(html: bool) -> bytes:
    made = EmailMessage()
    made["Subject"], made["Date"], made["Message-ID"] = (
        "خبر",
        "Wed, 08 Mar 2023 10:15:00 +0300",
        "<1@x.example>",
    )
    made.set_content(ARABIC)
    if html:
        made.add_alternative(PAGE, subtype="html")
        made.add_attachment(
            PERSIAN.encode("cp1256", "replace"), maintype="text", subtype="plain", filename="a.txt"
        )
    return bytes(made)


def saved_page() -> bytes:
    made = EmailMessage()
    made["Snapshot-Content-Location"], made["Date"] = (
        "https://news.example/1",
        "Wed, 08 Mar 2023 10:15:00 +0300",
    )
    made.set_content(PAGE, subtype="html")
    made.make_related()
    return bytes(made)


def document() -> bytes:
    made, file = Document(), io.BytesIO()
    made.add_paragraph(ARABIC)
    made.save(file)
    return file.getvalue()


def main() -> None:
    CORPUS.mkdir(exist_ok=True)
    answers = [
        record(PAGE.encode(), 1),
        record(gzip.compress(PAGE.encode()), 2, "Content-Type: text/html\r\nContent-Encoding: gzip"),
        record(
            b"6\r\n<p>a</\r\n2\r\np>\r\n0\r\n\r\n", 3, "Content-Type: text/html\r\nTransfer-Encoding: chunked"
        ),
    ]
    files = {
        "page.html": PAGE.encode(),
        "mixed.html": f"<p>{ARABIC}</p>".encode() + f"<p>{ARABIC}</p>".encode("cp1256"),
        "wide.txt": ARABIC.encode("utf-16"),
        "front.md": f"---\ntitle: خبر\n---\n{PERSIAN}".encode(),
        "mail.eml": mail(html=False),
        "parts.eml": mail(html=True),
        "saved.mhtml": saved_page(),
        "feed.rss": RSS.encode(),
        "list.json": json.dumps([{"title": "خبر", "text": ARABIC, "date": "2024-03-01"}]).encode(),
        "lines.jsonl": b'{"body": "words"}\n{"body": 3}\n{broken',
        "result.json": json.dumps(EXPORT).encode(),
        "files.zip": zipped({"a.txt": ARABIC.encode(), "in/b.zip": zipped({"c.html": PAGE.encode()})}),
        "files.tar": tarred({"a.txt": ARABIC.encode(), "b.html": PAGE.encode()}),
        "files.tar.gz": tarred({"a.txt": ARABIC.encode()}, "gz"),
        "page.html.xz": lzma.compress(PAGE.encode()),
        "crawl.warc": b"".join(answers),
        "crawl.warc.gz": packed(answers),
        "crawl.wacz": zipped({"datapackage.json": b"{}", "archive/a.warc.gz": packed(answers)}),
        "report.docx": document(),
    }
    for name, data in files.items():
        (CORPUS / name).write_bytes(data)
    print(f"{len(files)} files, {sum(map(len, files.values())):,} bytes")


if __name__ == "__main__":
    main()
