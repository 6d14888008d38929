"""What was fetched, kept as WARC: request and response as they went over the line, each record by itself."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import os
import time
from pathlib import Path

from fastwarc.warc import WarcRecord, WarcRecordType

from khabar.errors import ReadError
from khabar.read.web.fetched import Answer

LARGEST_BYTES = 500_000_000  # of one file, before the next is begun
# The body is kept as it was after the transfer, so these no longer say what lies in the record.
_OF_TRANSFER = {"transfer-encoding", "content-length"}


class Evidence:
    """Writes answers to numbered files in a folder; a file is begun with its first record.

    Each pair of records is written whole, packed by itself: after a kill all that was written before can be
    read. A file is never continued by another process, so that nothing stands behind a record cut short.
    """

    def __init__(self, folder: Path, largest_bytes: int = LARGEST_BYTES) -> None:
        self._folder = folder
        self._largest = largest_bytes
        self._stem = f"khabar-{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{os.getpid()}"
        self._number = 0
        self._file: io.FileIO | None = None

    def keep(self, answer: Answer) -> None:
        """Adds one answer. Errors: ReadError when the folder takes no more."""
        data = pack_records(answer)
        try:
            if self._file is None or self._file.tell() + len(data) > self._largest:
                self._begin()
            self._write(data)
        except OSError as error:
            raise ReadError(
                f"what was fetched cannot be kept in {self._folder} ({error.strerror}). "
                "Make room there, or name another folder by the setting evidence."
            ) from error

    def close(self) -> None:
        """Ends the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _begin(self) -> None:
        self.close()
        self._folder.mkdir(parents=True, exist_ok=True)
        while self._file is None:
            self._number += 1
            path = self._folder / f"{self._stem}-{self._number:05}.warc.gz"
            try:
                self._file = path.open("xb", buffering=0)
            except FileExistsError:
                continue
        self._write(_pack(_info(path.name)))

    def _write(self, data: bytes) -> None:
        assert self._file is not None
        view = memoryview(data)
        while view:
            view = view[self._file.write(view) :]


def pack_records(answer: Answer) -> bytes:
    """The response and its request as two gzip members."""
    response = _record(answer, WarcRecordType.response, _head(answer) + answer.raw)
    request = _record(answer, WarcRecordType.request, answer.sent)
    request.headers["WARC-Concurrent-To"] = response.headers["WARC-Record-ID"]
    return _pack(response, request)


def _record(answer: Answer, kind: WarcRecordType, block: bytes) -> WarcRecord:
    record = WarcRecord()
    record.init_headers(kind)
    record.headers["WARC-Target-URI"] = answer.address
    record.headers["WARC-Date"] = answer.moment
    role = "request" if kind is WarcRecordType.request else "response"
    record.headers["Content-Type"] = f"application/http; msgtype={role}"
    if kind is WarcRecordType.response:
        digest = base64.b32encode(hashlib.sha1(answer.raw).digest()).decode()
        record.headers["WARC-Payload-Digest"] = f"sha1:{digest}"
    record.is_http = True
    record.set_bytes_content(block)
    return record


def _info(name: str) -> WarcRecord:
    block = b"software: khabar\r\nformat: WARC File Format 1.1\r\n"
    record = WarcRecord()
    record.init_headers(WarcRecordType.warcinfo)
    record.headers["WARC-Filename"] = name
    record.headers["Content-Type"] = "application/warc-fields"
    record.set_bytes_content(block)
    return record


def _pack(*records: WarcRecord) -> bytes:
    members = []
    for record in records:
        plain = io.BytesIO()
        record.write(plain, checksum_data=True)
        members.append(gzip.compress(plain.getvalue(), mtime=0))
    return b"".join(members)


def _head(answer: Answer) -> bytes:
    lines = [f"HTTP/1.1 {answer.status} {answer.reason}".rstrip()]
    for name, value in answer.headers:
        kept = f"X-Archive-Orig-{name}" if name.lower() in _OF_TRANSFER else name
        lines.append(f"{kept}: {value}")
    lines.append(f"Content-Length: {len(answer.raw)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")
