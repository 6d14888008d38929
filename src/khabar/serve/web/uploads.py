"""What a reader gives to compare: pasted text, files, addresses, constructed examples; as pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from khabar.model.outcome import Dropped, Kept, Outcome
from khabar.model.page import Page, PageKind
from khabar.read import Limits, parse_fields, read_bytes, read_sources
from khabar.read.web.policy import make_policy
from khabar.serve.web.wording import say
from khabar.settings import Settings

EXAMPLES = ("naval-agreement", "mehravand-earthquake", "delta-derailment", "cement-ruling")
_REPORTS = (".txt", ".html")
_HERE = Path(__file__).resolve().parent
_MARKUP = re.compile(r"\s*<(?:!doctype|html|\?xml|head|body)\b", re.I)
_BYTES_A_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody gave: texts as pasted, files with their names, addresses, names of examples."""

    texts: tuple[str, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()
    addresses: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return not (self.texts or self.files or self.addresses or self.examples)

    @property
    def asked(self) -> str:
        """What was given, in a line."""
        return ", ".join([*self.examples, *(name for name, _ in self.files), *self.addresses][:8]) or say(
            "start.pasted.texts", count=len(self.texts)
        )


def read_given(given: Given, settings: Settings) -> list[Outcome[Page]]:
    """A page, or why there is none, for each report in what was given."""
    pages: list[Outcome[Page]] = [Kept(pasted(text, at)) for at, text in enumerate(given.texts, 1)]
    pages += _read_files(given.files, settings)
    for name in given.examples:
        pages += _read_example(name)
    return pages + _read_addresses(given.addresses, settings)


def pasted(text: str, number: int) -> Page:
    """A pasted text as a page; markup is taken for a page of the web."""
    kind = PageKind.HTML if _MARKUP.match(text) else PageKind.TEXT
    suffix = "html" if kind is PageKind.HTML else "txt"
    return Page(f"pasted-{number}.{suffix}", kind, text.replace("\r\n", "\n"), "utf-8", "declared")


def _read_files(given: Sequence[tuple[str, bytes]], settings: Settings) -> list[Outcome[Page]]:
    limits, fields = Limits(item_bytes=settings.largest_file_mb * _BYTES_A_MB), parse_fields(settings.fields)
    return [outcome for name, data in given for outcome in read_bytes(_plain(name), data, limits, fields)]


def _plain(name: str) -> str:
    """The last part of a file's name."""
    return PurePosixPath(name.replace("\\", "/")).name[-200:] or "report.txt"


def examples_folder() -> Path:
    """Where the constructed examples lie: in the package or, where it is used from a checkout, beside it."""
    packed = _HERE / "examples"
    return packed if packed.is_dir() else _HERE.parents[3] / "examples"


def _read_example(name: str) -> list[Outcome[Page]]:
    if name not in EXAMPLES:
        return [Dropped(name, "read", "there is no example of this name")]
    reports = [one for one in sorted(examples_folder().joinpath(name).iterdir()) if one.suffix in _REPORTS]
    return [outcome for one in reports for outcome in read_bytes(f"{name}/{one.name}", one.read_bytes())]


def _read_addresses(addresses: Sequence[str], settings: Settings) -> list[Outcome[Page]]:
    if not addresses:
        return []
    if settings.fetch_for_clients != "on":
        reason = "this server fetches no addresses for its readers; save the page and drop the file"
        return [Dropped(address, "read", reason) for address in addresses]
    wrong = [one for one in addresses if not one.lower().startswith(("http://", "https://"))]
    right = [one for one in addresses if one not in wrong]
    told: list[Outcome[Page]] = [Dropped(one, "read", "this is no http or https address") for one in wrong]
    return told + list(read_sources(right, policy=make_policy(settings)))
