"""The command line. Everything heavy is imported where it is used, so that help comes at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from khabar.errors import KhabarError, ReadError

if TYPE_CHECKING:
    from rich.console import Console

    from khabar.model.story import Comparison
    from khabar.progress import Progress
    from khabar.settings import Settings

INTERRUPTED = 130
UNWRITABLE = 2
WIDE = 120  # columns where nobody says how many there are
EPILOG = """\b
Examples:
  khabar compare reports/                         table in the terminal
  khabar compare a.txt b.html --html report.html  a page to pass on
  khabar compare reports/ --json - | jq .stories  for programs
  khabar languages                                what is supported, with measured error
  khabar settings                                 every setting and where its value comes from

Exit codes: 0 done, 2 a setting or argument is wrong, 3 a language pack is broken,
4 nothing could be read, 5 the encoder cannot be used, 130 interrupted."""
COMPARE = """\b
Examples:
  khabar compare reports/
  khabar compare reports/*.txt --html report.html --json report.json
  khabar compare a.txt b.txt --json - --quiet > result.json

Every input is compared or dropped with a reason. The terminal shows which reports tell
the same story, what was kept apart and why, and the statements side by side:
● stated, ◐ stated in part, ≠ differs, “ stated by a speaker, – not mentioned."""
FORMATS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
PathType = click.Path(path_type=Path)


def main() -> None:
    """Runs the command line; ends the process with the exit code of what went wrong."""
    _speak_utf8()
    # Our products of small matrices are sixty times slower when BLAS hands each to threads on a busy
    # machine; the encoder has threads of its own. It must be set before numpy is loaded.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        khabar.main(standalone_mode=False)
    except KhabarError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        sys.exit(INTERRUPTED)
    except OSError as error:
        if error.filename is not None:
            raise
        _leave_output(error)


def _leave_output(error: OSError) -> None:
    """Says that the standard output took no more, and writes no further to it: not at the end either."""
    click.echo(f"Error: the output cannot be written ({error.strerror}). Name another place.", err=True)
    sys.stdout = _nowhere()
    sys.exit(UNWRITABLE)


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _speak_utf8() -> None:
    # A process that was started with its output closed has none.
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and "utf" not in (stream.encoding or "").lower():
            stream.reconfigure(encoding="utf-8")


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    try:
        return version("khabar")
    except PackageNotFoundError:
        return "unknown (not installed)"


def _print_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"khabar {_version()}")
        context.exit()


@click.group(context_settings=FORMATS, epilog=EPILOG)
@click.option(
    "--version", is_flag=True, callback=_print_version, expose_value=False, is_eager=True,
    help="Show the version.",
)  # fmt: skip
def khabar() -> None:
    """Finds which news reports tell the same story, and lays their statements side by side."""


@khabar.command(epilog=COMPARE)
@click.argument("paths", nargs=-1, required=True, type=PathType)
@click.option("--html", type=PathType, metavar="FILE", help="Write one self-contained HTML page.")
@click.option("--json", "json_path", metavar="FILE", help="Write the result as JSON; - for standard output.")
@click.option("--quiet", "-q", is_flag=True, help="No table and no progress; errors are still told.")
@click.option("--threads", type=int, metavar="N", help="Texts encoded at once (default: one for each core).")
@click.option("--cache", metavar="FOLDER", help="Where the built model and kept vectors lie.")
@click.option("--model", metavar="FOLDER", help="Use the encoder in this folder.")
@click.option("--keep-mb", type=int, metavar="MB", help="Room for kept sentence vectors; 0 keeps none.")
@click.option("--largest-file-mb", type=int, metavar="MB", help="Drop larger files.")
@click.option(
    "--same-at", type=float, metavar="P", help="From how likely on two reports tell the same event."
)
@click.option("--names", metavar="FILE", help="Your own names: name, kind, aliases, parted by tabs.")
@click.option("--match-names", metavar="on|off", help="Match names over scripts and spellings.")
@click.option("--bidi", metavar="auto|logical|visual", help="Right-to-left words in the terminal.")
@click.option("--colour", metavar="auto|always|never", help="Colour in the terminal.")
@click.option("--theme", metavar="auto|light|dark", help="Colours of the HTML page.")
def compare(
    paths: tuple[Path, ...], html: Path | None, json_path: str | None, quiet: bool, **flags: Any
) -> None:
    """Compares the reports in PATHS: .txt, .html and .htm files, and folders of them."""
    from khabar.settings import load_settings  # noqa: PLC0415

    settings = load_settings(flags)
    _check_outputs(html, json_path)
    with _progress(quiet) as (progress, say):
        comparison = _compare(paths, settings, progress, say)
    _write(comparison, settings, html, json_path)
    if not comparison.articles:
        raise ReadError(_nothing_read(comparison))
    if not quiet and json_path != "-":
        _show(comparison, settings)


def _check_outputs(html: Path | None, json_path: str | None) -> None:
    from khabar.show.files import check_writable  # noqa: PLC0415

    written = [path for path in (html, Path(json_path) if json_path not in {None, "-"} else None) if path]
    for path in written:
        check_writable(path)
    if len({path.resolve() for path in written}) < len(written):
        raise click.UsageError(f"--html and --json both name {written[0]}. Name two files.")


def _compare(
    paths: tuple[Path, ...], settings: Settings, progress: Progress, say: Callable[[str], None]
) -> Comparison:
    from khabar.pipeline import compare_paths  # noqa: PLC0415

    return compare_paths(paths, settings, progress, say)


def _progress(quiet: bool) -> AbstractContextManager[tuple[Progress, Callable[[str], None]]]:
    from khabar.show.bars import bars, silence  # noqa: PLC0415

    return silence() if quiet else bars(sys.stderr)


def _write(comparison: Comparison, settings: Settings, html: Path | None, json_path: str | None) -> None:
    from khabar.show.files import json_text, write_file  # noqa: PLC0415
    from khabar.show.json import to_json  # noqa: PLC0415

    if json_path == "-":
        click.echo(json_text(to_json(comparison)), nl=False)
    elif json_path is not None:
        write_file(Path(json_path), json_text(to_json(comparison)))
    if html is not None:
        from khabar.show.html import to_html  # noqa: PLC0415

        write_file(html, to_html(comparison, settings.theme))


def _nothing_read(comparison: Comparison) -> str:
    from khabar.show.marks import one_line  # noqa: PLC0415

    lines = [f"  {one_line(item.path)}: {one_line(item.reason)}" for item in comparison.dropped]
    return "\n".join(["no report could be read. Name .txt or .html files, or folders of them.", *lines])


def _console(colour: str) -> Console:
    from rich.console import Console  # noqa: PLC0415

    plain = not sys.stdout.isatty() and "COLUMNS" not in os.environ
    return Console(
        force_terminal=True if colour == "always" else None,
        no_color=True if colour == "never" else None,
        width=WIDE if plain else None,
    )


def _show(comparison: Comparison, settings: Settings) -> None:
    from khabar.show.terminal import show_terminal  # noqa: PLC0415

    show_terminal(comparison, _console(settings.colour), settings.bidi)


@khabar.command()
def schema() -> None:
    """Prints the JSON Schema of the result."""
    from khabar.show.files import json_text  # noqa: PLC0415
    from khabar.show.schema import schema as result_schema  # noqa: PLC0415

    click.echo(json_text(result_schema()), nl=False)


@khabar.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def languages(as_json: bool) -> None:
    """Shows what is supported in each language, with the error that was measured."""
    from khabar.show.abilities import abilities, show_abilities  # noqa: PLC0415
    from khabar.show.files import json_text  # noqa: PLC0415

    found = abilities()
    if as_json:
        click.echo(json_text({"languages": found}), nl=False)
    else:
        show_abilities(found, _console("auto"))


@khabar.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def settings(as_json: bool) -> None:
    """Shows every setting, its value and where the value comes from."""
    from khabar.settings import ROWS, find_settings  # noqa: PLC0415
    from khabar.show.files import json_text  # noqa: PLC0415

    found = find_settings()
    if as_json:
        values = {name: {"value": _plain(one.value), "from": one.origin} for name, one in found.items()}
        click.echo(json_text(values), nl=False)
        return
    for row in ROWS:
        one = found[row.name]
        value = "none" if one.value is None else f"{one.value} {row.unit if row.kind in {int, float} else ''}"
        click.echo(f"{row.name:<16} {value.strip()}  ({one.origin})\n{'':<16} {row.help}")
    click.echo("\nOrder: flag, KHABAR_<NAME> variable, khabar.toml in this folder, default.")


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Path) else value


@khabar.group()
def model() -> None:
    """Builds the encoder, or writes it out for another machine."""


@model.command()
@click.option("--threads", type=int, metavar="N", help="Threads for the check after building.")
@click.option("--cache", metavar="FOLDER", help="Where the built model lies.")
def build(**flags: Any) -> None:
    """Builds the built-in encoder into the cache now, instead of at the first comparison."""
    from khabar.encode.load import load_encoder  # noqa: PLC0415
    from khabar.settings import load_settings  # noqa: PLC0415

    chosen = load_settings(flags)
    encoder = load_encoder(
        cache=chosen.cache, precision=chosen.precision, threads=chosen.threads, keep_mb=0, say=_tell
    )
    click.echo(f"{encoder.name} is ready in {chosen.cache}")


@model.command()
@click.argument("folder", type=PathType)
def export(folder: Path) -> None:
    """Writes the built-in encoder to FOLDER, for machines without a package registry.

    There: khabar compare PATHS --model FOLDER
    """
    from khabar.encode.load import export_model  # noqa: PLC0415
    from khabar.settings import load_settings  # noqa: PLC0415

    click.echo(f"Written: {export_model(folder, precision=load_settings().precision)}")


def _tell(sentence: str) -> None:
    click.echo(sentence, err=True)
