"""Every setting in one list. A flag comes before a KHABAR_* variable, then khabar.toml, then the default."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from khabar.errors import SettingError

FILE = "khabar.toml"
PREFIX = "KHABAR_"


@dataclass(frozen=True, slots=True)
class Row:
    """One setting: its type is that of `kind`; `least` and `most` or `choices` limit it."""

    name: str
    kind: type[int] | type[float] | type[str] | type[Path]
    default: int | float | str | Path | None
    unit: str
    help: str
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()
    shapes_result: bool = False  # whether `made_by` must name it to make a result again


def count_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


CORES = count_cores()
CACHE = Path(platformdirs.user_cache_dir("khabar", appauthor=False))


def cache_folder(named: str | Path | None = None) -> Path:
    """Where khabar keeps what it can make again: `named`, else KHABAR_CACHE, else the user's cache folder."""
    folder = named or os.environ.get(PREFIX + "CACHE")
    return Path(folder).expanduser() if folder else CACHE


ROWS: tuple[Row, ...] = (
    Row("cache", Path, CACHE, "folder", "Where the built model and kept vectors lie."),
    Row(
        "model",
        Path,
        None,
        "folder",
        "A model folder to use instead of the built-in encoder (see: khabar model export).",
    ),
    Row(
        "precision",
        str,
        "int8",
        "",
        "Arithmetic of the built-in encoder: int8 is faster, fp32 is exact.",
        choices=("int8", "fp32"),
        shapes_result=True,
    ),
    Row(
        "library",
        str,
        "khabar.db",
        "",
        "The library: a file, or a postgresql:// connection string.",
    ),
    Row("threads", int, CORES, "threads", "How many texts are encoded at once.", least=1, most=256),
    Row(
        "keep_mb",
        int,
        256,
        "MB",
        "Room for sentence vectors kept from one run to the next; 0 keeps none.",
        least=0,
        most=1_000_000,
    ),
    Row(
        "largest_file_mb", int, 50, "MB", "Larger files are dropped, with a reason.", least=1, most=1_000_000
    ),
    Row(
        "fields",
        str,
        None,
        "",
        "Which fields of JSON records hold what: text=body,title=headline; others are found by names.",
    ),
    Row(
        "same_at",
        float,
        0.5,
        "probability",
        "From how likely on two reports are taken to tell the same event.",
        least=0,
        most=1,
        shapes_result=True,
    ),
    Row(
        "names",
        Path,
        None,
        "file",
        "Your own names, which go before all that is found: name, kind, aliases, by tabs or as TOML.",
    ),
    Row(
        "outlets",
        Path,
        None,
        "file",
        "Your own outlets and agencies, which go before those that khabar knows: by tabs or as TOML.",
    ),
    Row(
        "match_names",
        str,
        "on",
        "",
        "Whether names in other scripts and spellings are taken for one; off compares their words only.",
        choices=("on", "off"),
        shapes_result=True,
    ),
    Row(
        "user_agent",
        str,
        "khabar/0.1",
        "",
        "How khabar names itself to web servers; add an address at which you can be reached.",
    ),
    Row(
        "fetch_timeout_s",
        float,
        30.0,
        "seconds",
        "How long one request to a web server may take, from look-up to last byte.",
        least=0.1,
        most=600,
    ),
    Row(
        "largest_fetch_mb",
        int,
        10,
        "MB",
        "Larger answers of web servers, packed or unpacked, are dropped, with a reason.",
        least=1,
        most=1_000,
    ),
    Row(
        "host_pause_s",
        float,
        1.0,
        "seconds",
        "Least pause between two requests to one host; a longer one in its robots.txt is kept.",
        least=0,
        most=600,
    ),
    Row("redirects", int, 5, "", "How many redirects are followed for one address.", least=0, most=20),
    Row(
        "retries",
        int,
        2,
        "",
        "How often a failed request is tried again, with growing pauses.",
        least=0,
        most=10,
    ),
    Row(
        "allow_private",
        str,
        "off",
        "",
        "Whether addresses of this machine and of private networks may be fetched.",
        choices=("on", "off"),
    ),
    Row("feed_entries", int, 20, "entries", "How many entries of a feed are read.", least=1, most=10_000),
    Row(
        "feed_pages",
        str,
        "on",
        "",
        "Whether the pages of a feed's entries are fetched; off reads what the feed itself carries.",
        choices=("on", "off"),
    ),
    Row(
        "evidence",
        Path,
        None,
        "folder",
        "Where what was fetched is kept, as WARC files; nothing is kept when it is not set.",
    ),
    Row("host", str, "127.0.0.1", "", "Where `khabar serve` listens; beyond this machine a token is needed."),
    Row(
        "port",
        int,
        8420,
        "",
        "The port that `khabar serve` listens at; 0 takes a free one.",
        least=0,
        most=65_535,
    ),
    Row(
        "server_names",
        str,
        None,
        "",
        "Names under which the server is reached, parted by commas; numbers and localhost always hold.",
    ),
    Row(
        "local_tokens",
        str,
        "off",
        "",
        "Whether the server asks for a token on this machine too.",
        choices=("on", "off"),
    ),
    Row(
        "fetch_for_clients",
        str,
        "off",
        "",
        "Whether the server fetches addresses that its clients name.",
        choices=("on", "off"),
    ),
    Row("largest_request_mb", int, 20, "MB", "Larger requests are refused.", least=1, most=10_000),
    Row(
        "requests_a_minute",
        int,
        1200,
        "requests",
        "How many requests one client may make in a minute.",
        least=1,
        most=1_000_000,
    ),
    Row(
        "requests_at_once",
        int,
        64,
        "requests",
        "How many requests may be under way at once.",
        least=1,
        most=10_000,
    ),
    Row(
        "works_at_once",
        int,
        2,
        "",
        "How many comparisons and additions the server does at once.",
        least=1,
        most=256,
    ),
    Row(
        "bidi",
        str,
        "auto",
        "",
        "Right-to-left words in the terminal: logical where it orders them itself, visual where not.",
        choices=("auto", "logical", "visual"),
    ),
    Row("colour", str, "auto", "", "Colour in the terminal.", choices=("auto", "always", "never")),
    Row(
        "translate_model",
        Path,
        None,
        "folder",
        "A folder with CTranslate2 models (OPUS-MT, NLLB, Argos) as an aid in the web app; off without.",
    ),
    Row(
        "translate_endpoint",
        str,
        None,
        "",
        "An OpenAI-compatible address that helps readers instead, as http://127.0.0.1:8080/v1.",
    ),
    Row("translate_ask", str, "default", "", "Which model to ask for at translate_endpoint."),
    Row(
        "translate_outside",
        str,
        "off",
        "",
        "Whether translate_endpoint may be another machine; sentences that readers want translated go there.",
        choices=("on", "off"),
    ),
    Row(
        "translate_timeout_s",
        float,
        30.0,
        "seconds",
        "How long a translation may take.",
        least=1,
        most=600,
    ),
    Row(
        "interface",
        str,
        "en",
        "",
        "Language of the HTML report's own words: en, ar or fa; readers of the web app choose their own.",
        choices=("en", "ar", "fa"),
    ),
    Row(
        "calendar",
        str,
        "gregorian",
        "",
        "Calendar in which the HTML report names days; what a page prints stands beside it.",
        choices=("gregorian", "jalali", "hijri"),
    ),
    Row(
        "theme",
        str,
        "auto",
        "",
        "Colours of the HTML report; auto follows the reader's system.",
        choices=("auto", "light", "dark"),
    ),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The values that one run goes by; a field for each row."""

    cache: Path = CACHE
    model: Path | None = None
    precision: str = "int8"
    library: str = "khabar.db"
    threads: int = CORES
    keep_mb: int = 256
    largest_file_mb: int = 50
    fields: str | None = None
    same_at: float = 0.5
    names: Path | None = None
    outlets: Path | None = None
    match_names: str = "on"
    user_agent: str = "khabar/0.1"
    fetch_timeout_s: float = 30.0
    largest_fetch_mb: int = 10
    host_pause_s: float = 1.0
    redirects: int = 5
    retries: int = 2
    allow_private: str = "off"
    feed_entries: int = 20
    feed_pages: str = "on"
    evidence: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8420
    server_names: str | None = None
    local_tokens: str = "off"
    fetch_for_clients: str = "off"
    largest_request_mb: int = 20
    requests_a_minute: int = 1200
    requests_at_once: int = 64
    works_at_once: int = 2
    bidi: str = "auto"
    colour: str = "auto"
    translate_model: Path | None = None
    translate_endpoint: str | None = None
    translate_ask: str = "default"
    translate_outside: str = "off"
    translate_timeout_s: float = 30.0
    interface: str = "en"
    calendar: str = "gregorian"
    theme: str = "auto"

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The settings that shape a result, as `MadeBy` keeps them."""
        return tuple((row.name, str(getattr(self, row.name))) for row in ROWS if row.shapes_result)


@dataclass(frozen=True, slots=True)
class Found:
    """A value and where it comes from: "--threads", "KHABAR_THREADS", the file's path or "default"."""

    value: Any
    origin: str


def load_settings(
    flags: Mapping[str, object] | None = None,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Settings:
    """The settings for this run. Errors: SettingError names value, limit and next step."""
    found = find_settings(flags, environment, folder)
    return Settings(**{name: one.value for name, one in found.items()})


def find_settings(
    flags: Mapping[str, object] | None = None,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> dict[str, Found]:
    """Every setting with its checked value and its origin. Errors: SettingError."""
    environment = os.environ if environment is None else environment
    path = (folder or Path.cwd()) / FILE
    written = _read(path)
    return {row.name: _find(row, flags or {}, environment, path, written) for row in ROWS}


def _find(
    row: Row,
    flags: Mapping[str, object],
    environment: Mapping[str, str],
    path: Path,
    written: Mapping[str, object],
) -> Found:
    variable = PREFIX + row.name.upper()
    if flags.get(row.name) is not None:
        flag = "--" + row.name.replace("_", "-")
        return Found(_checked(row, flags[row.name], flag), flag)
    if environment.get(variable):
        return Found(_checked(row, environment[variable], variable), variable)
    if row.name in written:
        return Found(_checked(row, written[row.name], f"{row.name} in {path}"), str(path))
    return Found(row.default, "default")


def _read(path: Path) -> Mapping[str, object]:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingError(f"{path} cannot be read as TOML ({error}). Mend or remove it.") from error
    for name in values:
        if name not in {row.name for row in ROWS}:
            raise SettingError(f"{path} sets {name!r}, which is no setting. {_nearest(name)}")
    return values


def _nearest(name: str) -> str:
    near = difflib.get_close_matches(name, [row.name for row in ROWS], n=1)
    return f"Did you mean {near[0]!r}?" if near else "`khabar settings` lists them all."


def _checked(row: Row, value: object, origin: str) -> int | float | str | Path:
    if row.kind is int or row.kind is float:
        return _number(row, value, origin)
    if not isinstance(value, str | Path) or not str(value):
        raise SettingError(f"{origin} is {value!r}; it must be words in quotation marks.")
    if row.choices and value not in row.choices:
        raise SettingError(f"{origin} is {str(value)!r}; it must be one of {', '.join(row.choices)}.")
    return Path(value).expanduser() if row.kind is Path else str(value)


def _number(row: Row, value: object, origin: str) -> int | float:
    whole = row.kind is int
    wanted = f"a {'whole ' if whole else ''}number from {row.least:,} to {row.most:,}"
    try:
        if isinstance(value, bool) or (whole and isinstance(value, float)):
            raise ValueError(value)
        number: int | float = int(str(value)) if whole else float(str(value))
    except ValueError as error:
        raise SettingError(f"{origin} is {value!r}; it must be {wanted}.") from error
    if not (row.least or 0) <= number <= (row.most or 0):
        raise SettingError(f"{origin} is {value!r}; it must be {wanted}.")
    return number
