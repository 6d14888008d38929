"""Where a run keeps what it made: a folder, object storage or memory, whatever fsspec opens."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import uuid
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq

from khabar.errors import LibraryError

_LOCAL = ("file", "local")
_ROWS_HELD = 500
_LETTERS_HELD = 32_000_000  # of one long page there may be as many
_ROWS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder of files that appear whole or not at all. Errors: LibraryError where it cannot be used."""

    where: str

    def write(self, name: str, data: bytes) -> None:
        """Keeps the bytes under this name in place of what was there."""
        files, root = self._open()
        path = f"{root}/{name}"
        files.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
        if _is_local(files):
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

    def write_rows(self, name: str, rows: Iterable[dict[str, Any]], schema: pa.Schema) -> dict[str, Any]:
        """Keeps the rows as Parquet; what tells the file apart comes back: digest, bytes and rows."""
        with Growing(self, name, schema) as growing:
            for row in rows:
                growing.add(row)
        return growing.close()

    def write_tables(self, name: str, tables: Iterable[pa.Table], schema: pa.Schema) -> dict[str, Any]:
        """The same for columns."""
        with Growing(self, name, schema) as growing:
            for table in tables:
                growing.add_table(table)
        return growing.close()

    def read_rows(self, name: str, columns: Sequence[str] | None = None) -> list[dict[str, Any]]:
        """The rows of a Parquet file."""
        return list(self.each_row(name, columns))

    def each_row(self, name: str, columns: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
        """The rows of a Parquet file one by one; some are held at a time."""
        with self._opened(name) as file:
            batches = pq.ParquetFile(file).iter_batches(
                _ROWS_AT_ONCE, columns=list(columns) if columns else None
            )
            for batch in batches:
                yield from batch.to_pylist()

    def read_chosen(self, name: str, columns: Sequence[str], ids: Container[str]) -> list[dict[str, Any]]:
        """The rows of these ids; the others are never held all at once."""
        return [row for row in self.each_row(name, columns) if row["id"] in ids]

    def read_column(self, name: str, column: str) -> pa.ChunkedArray:
        """One column of a Parquet file."""
        with self._opened(name) as file:
            return pq.read_table(file, columns=[column]).column(column)

    def _opened(self, name: str) -> Any:
        files, root = self._open()
        try:
            return files.open(f"{root}/{name}", "rb")
        except FileNotFoundError as error:
            raise LibraryError(f"{self.where} holds no {name}. Is it the folder of a batch run?") from error

    def is_whole(self, kept: dict[str, Any]) -> bool:
        """Whether the file is there with the digest that was noted."""
        if not self.holds(kept["file"]):
            return False
        with self._opened(kept["file"]) as file:
            return _digest(file) == str(kept["sha256"])

    def take_in(self, path: Path, name: str) -> None:
        """Keeps a local file under this name; it is gone from where it was."""
        files, root = self._open()
        target = f"{root}/{name}"
        files.makedirs(target.rsplit("/", 1)[0], exist_ok=True)
        if _is_local(files):
            fresh = f"{target}.{uuid.uuid4().hex}.new"
            shutil.copyfile(path, fresh)  # the other may lie on another disk, and only a rename is atomic
            Path(fresh).replace(target)
        else:
            files.put_file(str(path), target)
        path.unlink()

    def _open(self) -> tuple[Any, str]:
        try:
            files, root = fsspec.core.url_to_fs(self.where)
        except (ImportError, ValueError) as error:
            raise LibraryError(f"{self.where} cannot be opened: {error}") from error
        return files, root.rstrip("/")


def _is_local(files: Any) -> bool:
    protocols = (files.protocol,) if isinstance(files.protocol, str) else files.protocol
    return bool(set(_LOCAL) & set(protocols))


def _digest(file: Any) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()


class Growing:
    """A Parquet file that grows row by row on the worker's disk; only the latest rows are held."""

    def __init__(self, shelf: Shelf, name: str, schema: pa.Schema) -> None:
        self._shelf, self._name, self._schema = shelf, name, schema
        handle, path = tempfile.mkstemp(suffix=".parquet")
        os.close(handle)
        self._path = Path(path)
        self._writer = pq.ParquetWriter(path, schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []
        self._letters = 0
        self.count = 0

    def __enter__(self) -> Growing:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._writer.close()
            self._path.unlink(missing_ok=True)

    def add(self, row: dict[str, Any]) -> None:
        """One more row."""
        self._rows.append(row)
        self._letters += sum(len(value) for value in row.values() if isinstance(value, str | bytes))
        self.count += 1
        if len(self._rows) == _ROWS_HELD or self._letters > _LETTERS_HELD:
            self._flush()

    def add_table(self, table: pa.Table) -> None:
        """More rows as columns."""
        self._flush()
        self._writer.write_table(table)
        self.count += len(table)

    def _flush(self) -> None:
        self._writer.write_table(pa.Table.from_pylist(self._rows, self._schema))
        self._rows, self._letters = [], 0

    def close(self) -> dict[str, Any]:
        """What tells the file apart, which is now on the shelf: digest, bytes and rows."""
        self._flush()
        self._writer.close()
        size = self._path.stat().st_size
        with self._path.open("rb") as file:
            digest = _digest(file)
        self._shelf.take_in(self._path, self._name)
        return {"file": self._name, "rows": self.count, "bytes": size, "sha256": digest}
