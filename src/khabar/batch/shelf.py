"""Where a run keeps what it made: a folder, object storage or memory, whatever fsspec opens."""

from __future__ import annotations

import hashlib
import io
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq

from khabar.errors import LibraryError

_LOCAL = ("file", "local")
_ROWS_HELD = 500


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder of files that appear whole or not at all. Errors: LibraryError where it cannot be used."""

    where: str

    def write(self, name: str, data: bytes) -> None:
        """Keeps the bytes under this name in place of what was there."""
        files, root = self._open()
        path = f"{root}/{name}"
        files.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
        protocols = (files.protocol,) if isinstance(files.protocol, str) else files.protocol
        if set(_LOCAL) & set(protocols):
            # A put to object storage is atomic; on a disk only a rename is.
            fresh = f"{path}.{uuid.uuid4().hex}.new"
            with files.open(fresh, "wb") as file:
                file.write(data)
            Path(fresh).replace(path)
        else:
            files.pipe_file(path, data)

    def read(self, name: str) -> bytes:
        """The bytes under this name."""
        files, root = self._open()
        try:
            data: bytes = files.cat_file(f"{root}/{name}")
        except FileNotFoundError as error:
            raise LibraryError(f"{self.where} holds no {name}. Is it the folder of a batch run?") from error
        return data

    def holds(self, name: str) -> bool:
        """Whether there is such a file."""
        files, root = self._open()
        return bool(files.exists(f"{root}/{name}"))

    def write_json(self, name: str, plain: Any) -> None:
        """Keeps the value as JSON."""
        self.write(name, json.dumps(plain, ensure_ascii=False, indent=1).encode())

    def read_json(self, name: str) -> Any:
        """The value that was kept as JSON."""
        return json.loads(self.read(name))

    def write_rows(self, name: str, rows: Sequence[dict[str, Any]], schema: pa.Schema) -> dict[str, Any]:
        """Keeps the rows as Parquet; what tells the file apart comes back: digest, bytes and rows."""
        growing = Growing(self, name, schema)
        for row in rows:
            growing.add(row)
        return growing.close()

    def read_rows(self, name: str, columns: Sequence[str] | None = None) -> list[dict[str, Any]]:
        """The rows of a Parquet file."""
        wanted = list(columns) if columns else None
        rows: list[dict[str, Any]] = pq.read_table(io.BytesIO(self.read(name)), columns=wanted).to_pylist()
        return rows

    def is_whole(self, kept: dict[str, Any]) -> bool:
        """Whether the file is there with the digest that was noted."""
        name = kept["file"]
        return self.holds(name) and hashlib.sha256(self.read(name)).hexdigest() == kept["sha256"]

    def _open(self) -> tuple[Any, str]:
        try:
            files, root = fsspec.core.url_to_fs(self.where)
        except (ImportError, ValueError) as error:
            raise LibraryError(f"{self.where} cannot be opened: {error}") from error
        return files, root.rstrip("/")


class Growing:
    """A Parquet file that grows row by row; only its packed bytes and the latest rows are held."""

    def __init__(self, shelf: Shelf, name: str, schema: pa.Schema) -> None:
        self._shelf, self._name, self._schema = shelf, name, schema
        self._out = io.BytesIO()
        self._writer = pq.ParquetWriter(self._out, schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []
        self.count = 0

    def add(self, row: dict[str, Any]) -> None:
        """One more row."""
        self._rows.append(row)
        self.count += 1
        if len(self._rows) == _ROWS_HELD:
            self._flush()

    def _flush(self) -> None:
        self._writer.write_table(pa.Table.from_pylist(self._rows, self._schema))
        self._rows = []

    def close(self) -> dict[str, Any]:
        """What tells the file apart, which is now on the shelf: digest, bytes and rows."""
        self._flush()
        self._writer.close()
        data = self._out.getvalue()
        self._shelf.write(self._name, data)
        digest = hashlib.sha256(data).hexdigest()
        return {"file": self._name, "rows": self.count, "bytes": len(data), "sha256": digest}
