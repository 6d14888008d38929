"""Everything that a user may name - files, folders, archives, addresses, standard input - to pages."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from khabar.model.outcome import Dropped, Kept, Outcome
from khabar.model.page import Page, PageKind
from khabar.read.archives import read_packed, read_tar, read_zip
from khabar.read.documents import read_docx
from khabar.read.faults import PACKING_FAULTS, Unreadable, reason_of
from khabar.read.fields import FieldMap
from khabar.read.found import Each, Found, Reading, stream_of
from khabar.read.kinds import ACCEPTED, Kind, kind_of, not_read
from khabar.read.limits import LARGEST_BYTES, Budget, Limits, read_all, too_large
from khabar.read.mail import read_mail, read_mhtml
from khabar.read.pages import page_of_bytes
from khabar.read.pdf import read_pdf
from khabar.read.records import read_json, read_json_lines
from khabar.read.warc import read_warc
from khabar.read.web.policy import Policy

STANDARD_INPUT = "-"
_SCHEMES = ("http://", "https://")
_CONTAINERS = (Kind.ZIP, Kind.TAR, Kind.GZIP, Kind.BZIP2, Kind.XZ)
# Read a piece at a time, so the size of the file does not matter.
_STREAMED = (*_CONTAINERS, Kind.WARC, Kind.JSON_LINES)
_Reader = Callable[[Found, Reading], Iterator[Outcome[Page]]]


def read_sources(
    sources: Sequence[str | Path],
    limits: Limits | None = None,
    fields: FieldMap | None = None,
    policy: Policy | None = None,
    standard_input: BinaryIO | None = None,
) -> Iterator[Outcome[Page]]:
    """A page, or the reason why there is none, for each report in the sources, in their order.

    A source is a file, a folder (read with all below it, in the order of names, hidden entries passed over),
    `-` for standard input, or an address, fetched as `policy` says. Archives are read with all in them.
    `fields` tells which fields of JSON records hold what. Nothing is written.
    """
    limits, fields = limits or Limits(), fields or FieldMap()
    for are_addresses, some in groupby(sources, _is_address):
        if are_addresses:  # together, so that several hosts are asked at once
            yield from _read_addresses([str(address) for address in some], policy, _reading(limits, fields))
        else:
            yield from _read_places(some, limits, fields, standard_input)


def _read_places(
    sources: Iterable[str | Path], limits: Limits, fields: FieldMap, standard_input: BinaryIO | None
) -> Iterator[Outcome[Page]]:
    for source in sources:
        reading = _reading(limits, fields)
        if source == STANDARD_INPUT:
            stream = standard_input or sys.stdin.buffer
            yield from reading.each(Found(STANDARD_INPUT, "", stream_of(stream), named=True))
        else:
            yield from _read_path(Path(source), reading)


def read_paths(paths: Sequence[Path], limit_bytes: int = LARGEST_BYTES) -> Iterator[Outcome[Page]]:
    """The same for files and folders alone; no address is fetched, whatever a path is called."""
    return read_sources([Path(path) for path in paths], Limits(item_bytes=limit_bytes))


def read_bytes(
    name: str,
    data: bytes,
    limits: Limits | None = None,
    fields: FieldMap | None = None,
    media: str = "",
    address: str | None = None,
) -> Iterator[Outcome[Page]]:
    """The same for what somebody sent under this name: a report, or an archive of them. No disk is read.

    `media` is the kind that the sender declares, `address` where it stands on the web.
    """
    yield from reader(limits, fields)(
        Found(name, PurePosixPath(name).name, stream_of(data), named=True, media=media, address=address)
    )


def reader(limits: Limits | None = None, fields: FieldMap | None = None) -> Each:
    """What gives the reports in one input that somebody found."""
    return _reading(limits or Limits(), fields or FieldMap()).each


def _reading(limits: Limits, fields: FieldMap) -> Reading:
    def each(found: Found) -> Iterator[Outcome[Page]]:
        return _read_found(found, reading)

    reading = Reading(Budget(limits), each, fields)
    return reading


def _is_address(source: str | Path) -> bool:
    return isinstance(source, str) and source.lower().startswith(_SCHEMES)


def _read_addresses(
    addresses: Sequence[str], policy: Policy | None, reading: Reading
) -> Iterator[Outcome[Page]]:
    if policy is None:
        for address in addresses:
            yield Dropped(address, "read", "addresses are not fetched here; save the page and name the file")
        return
    from khabar.read.web.reading import read_addresses  # noqa: PLC0415  (only who names addresses needs it)

    yield from read_addresses(addresses, policy, reading.each)


def _read_path(path: Path, reading: Reading) -> Iterator[Outcome[Page]]:
    if not _is_folder(path):
        yield from _read_file(path, reading, named=True)
        return
    reports = 0
    for found in _walk(path):
        if isinstance(found, Dropped):
            yield found
            continue
        for outcome in _read_file(found, reading, named=False):
            reports += not (isinstance(outcome, Dropped) and outcome.reason.startswith("not a report"))
            yield outcome
    if not reports:
        yield Dropped(str(path), "read", f"there is no report in this folder; accepted are {ACCEPTED}")


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name too long, a chain of links: reading it says what is wrong
        return False


def _walk(folder: Path) -> Iterator[Path | Dropped]:
    """The files below a folder in order, and the folders that cannot be read; each real folder once."""
    ahead, seen = [folder], set[str]()
    while ahead:
        path = ahead.pop()
        if not _is_folder(path):
            yield path
        elif (real := os.path.realpath(path)) in seen:
            yield Dropped(str(path), "read", "this link leads to a folder that is read already")
        else:
            seen.add(real)
            try:
                ahead += sorted((e for e in path.iterdir() if not e.name.startswith(".")), reverse=True)
            except OSError as error:
                yield Dropped(str(path), "read", f"this folder cannot be read: {error.strerror}")


def _read_file(path: Path, reading: Reading, named: bool) -> Iterator[Outcome[Page]]:
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise Unreadable("this is not a file but a device or pipe")
        with path.open("rb") as file:
            found = Found(str(path), path.name, file, named=named, seekable=True)
            limit = reading.item_bytes
            if facts.st_size > limit and kind_of(found) not in _STREAMED:
                raise Unreadable(too_large(facts.st_size, limit))
            yield from reading.each(found)
    except FileNotFoundError:
        yield Dropped(str(path), "read", "there is no file or folder of this name")
    except Unreadable as error:
        yield Dropped(str(path), "read", error.reason)
    except (OSError, ValueError) as error:
        yield Dropped(str(path), "read", f"it cannot be read: {reason_of(error)}")


def _read_found(found: Found, reading: Reading) -> Iterator[Outcome[Page]]:
    """What an input holds; whatever is wrong with it ends here, except what stops the archive around it."""
    kind = None
    try:
        head = found.head()
        kind = kind_of(found)
        if kind in _CONTAINERS and found.depth >= reading.budget.limits.depth:
            yield found.drop(
                f"archives within archives are read {reading.budget.limits.depth} deep, not deeper"
            )
        elif kind is not None:
            yield from _READERS[kind](found, reading)
        else:
            yield from _read_unknown(found, reading, head)
    except Unreadable as error:
        if error.whole and found.depth:
            raise
        yield found.drop(error.reason)
    except PACKING_FAULTS as error:
        yield found.drop(f"this {kind or 'file'} cannot be read: {reason_of(error)}")


def _read_unknown(found: Found, reading: Reading, head: bytes) -> Iterator[Outcome[Page]]:
    """An input whose kind neither name nor content tell: text where nothing speaks against it."""
    binary = not_read(head)
    if binary:
        yield found.drop(f"not a report but {binary}")
    elif found.suffix and not found.media.startswith("text/"):
        shown = "" if not found.named else f"; accepted are {ACCEPTED}"
        yield found.drop(f"not a report: {found.suffix}{shown}")
    elif not found.suffix and not found.named and not found.depth:
        yield found.drop("not a report: no suffix")
    else:
        yield from _read_text(found, reading, PageKind.TEXT)


def _read_text(found: Found, reading: Reading, kind: PageKind) -> Iterator[Outcome[Page]]:
    yield page_of_bytes(found, read_all(found.stream, reading.item_bytes), kind)


def _read_feed(found: Found, reading: Reading) -> Iterator[Outcome[Page]]:
    """What a feed that was saved carries itself: nothing is fetched for it."""
    from khabar.read.web.feeds import MOST_ENTRIES, parse_feed  # noqa: PLC0415
    from khabar.read.web.targets import pages_of_feed  # noqa: PLC0415

    feed = parse_feed(read_all(found.stream, reading.item_bytes), found.address or "", found.media)
    if feed.parts and not feed.entries:
        yield found.drop(
            "an index of sitemaps, which carries no text; name the address of one to fetch its pages"
        )
        return
    for outcome in pages_of_feed(found, feed, MOST_ENTRIES):
        yield _named_within(found, outcome)


def _named_within(found: Found, outcome: Outcome[Page]) -> Outcome[Page]:
    """The outcome of an entry under the name of the file that it was read from."""
    entry = outcome.path if isinstance(outcome, Dropped) else outcome.item.path
    path = entry if entry.startswith(found.path) else f"{found.path}#{entry}"
    if isinstance(outcome, Dropped):
        return replace(outcome, path=path)
    return Kept(replace(outcome.item, path=path))


def _packed(kind: Kind) -> _Reader:
    return lambda found, reading: read_packed(found, reading, kind)


_READERS: Mapping[Kind, _Reader] = {
    Kind.TEXT: partial(_read_text, kind=PageKind.TEXT),
    Kind.HTML: partial(_read_text, kind=PageKind.HTML),
    Kind.MAIL: read_mail,
    Kind.MHTML: read_mhtml,
    Kind.JSON: read_json,
    Kind.JSON_LINES: read_json_lines,
    Kind.FEED: _read_feed,
    Kind.PDF: read_pdf,
    Kind.DOCX: read_docx,
    Kind.ZIP: read_zip,
    Kind.TAR: read_tar,
    Kind.GZIP: _packed(Kind.GZIP),
    Kind.BZIP2: _packed(Kind.BZIP2),
    Kind.XZ: _packed(Kind.XZ),
    Kind.WARC: read_warc,
}
