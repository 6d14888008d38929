"""What a run is to do: its inputs in parts of bounded size, and the settings that shape the result."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import fsspec

from khabar.errors import ReadError
from khabar.read import parse_fields
from khabar.read.own_names import read_own_names
from khabar.read.own_outlets import read_own_outlets
from khabar.settings import Settings

# An archive above this is shared out in stripes of records: the packed rows of a part are held at once.
SPLIT_BYTES = 250_000_000
WINDOW_DAYS, OVERLAP_DAYS = 30, 45  # the library, too, looks 45 days back


@dataclass(frozen=True, slots=True)
class Part:
    """Every `of`-th outcome of one archive, from the `stripe`-th on."""

    number: int
    source: str
    stripe: int = 0
    of: int = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """The parts of a run and what shapes its result; kept with the run, so that it goes on as it began."""

    parts: tuple[Part, ...]
    split_bytes: int = SPLIT_BYTES
    statements: bool = False
    same_at: float = 0.5
    match_names: bool = True
    precision: str = "int8"
    model: str | None = None
    cache: str | None = None
    item_bytes: int = 0
    names: str | None = None
    outlets: str | None = None
    fields: str | None = None

    def to_plain(self) -> dict[str, Any]:
        """The plan as JSON takes it."""
        return asdict(self)


def from_plain(plain: dict[str, Any]) -> Plan:
    """The plan that was kept."""
    return Plan(**{**plain, "parts": tuple(Part(**part) for part in plain["parts"])})


def digest_of_tables(plan: Plan) -> str:
    """What tells the user's own names and outlets apart from others: who changes them has work done again.

    Errors: SettingError where one of them cannot be read; better here than on every worker.
    """
    names = read_own_names(Path(plan.names)) if plan.names else ()
    outlets = read_own_outlets(Path(plan.outlets)) if plan.outlets else ()
    return hashlib.sha256(repr((names, outlets)).encode()).hexdigest()


def settings_of(plan: Plan) -> Settings:
    """The settings by which a worker goes."""
    return Settings(
        model=Path(plan.model) if plan.model else None,
        precision=plan.precision,
        threads=1,
        keep_mb=0,
        same_at=plan.same_at,
        match_names="on" if plan.match_names else "off",
        names=Path(plan.names) if plan.names else None,
        outlets=Path(plan.outlets) if plan.outlets else None,
        **({"cache": Path(plan.cache)} if plan.cache else {}),  # type: ignore[arg-type]
    )


def make_plan(
    inputs: Sequence[str], settings: Settings, split_bytes: int = SPLIT_BYTES, statements: bool = False
) -> Plan:
    """The plan for these inputs; a pattern (*.warc.gz) or folder is all that it holds, in order.

    Errors: ReadError where there is nothing; SettingError where the fields are not understood.
    """
    parse_fields(settings.fields)  # better here than on every worker
    parts: list[Part] = []
    for source, size in _expand(inputs):
        stripes = max(1, -(-size // split_bytes))
        parts += [Part(len(parts) + stripe, source, stripe, stripes) for stripe in range(stripes)]
    if not parts:
        raise ReadError(f"nothing was found under {', '.join(inputs)}. Name archives, folders or patterns.")
    return Plan(
        tuple(parts),
        split_bytes,
        statements,
        settings.same_at,
        settings.match_names == "on",
        settings.precision,
        str(settings.model) if settings.model else None,
        str(settings.cache),
        settings.largest_file_mb * 1_000_000,
        str(settings.names) if settings.names else None,
        str(settings.outlets) if settings.outlets else None,
        settings.fields,
    )


def _expand(inputs: Sequence[str]) -> list[tuple[str, int]]:
    """The files that the inputs name, each once, with their sizes. Errors: ReadError."""
    found: dict[str, int] = {}
    for given in inputs:
        try:
            for name, size in _files_of(given):
                found.setdefault(name, size)
        except Exception as error:  # stores raise what they like
            raise ReadError(f"{given} cannot be opened: {error}") from error
    return list(found.items())


def _files_of(given: str) -> Iterator[tuple[str, int]]:
    files, path = fsspec.core.url_to_fs(given)
    if any(sign in path for sign in "*?["):
        names = files.glob(path)
    else:
        names = files.find(path) if files.isdir(path) else [path]
    for name in sorted(names):
        if files.exists(name) and not files.isdir(name):
            yield files.unstrip_protocol(name), int(files.size(name) or 0)
        elif name == path:
            yield given, 0  # it is dropped with its reason where it is read
