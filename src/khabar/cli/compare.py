"""`khabar compare`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from khabar.cli.shared import PathType, open_console, open_progress
from khabar.errors import ReadError

if TYPE_CHECKING:
    from khabar.model.story import Comparison
    from khabar.progress import Progress
    from khabar.settings import Settings

EXPORTS = "Also write .docx, .xlsx, .csv, .parquet, .jsonld or .ftm; may be repeated."
COMPARE = """\b
Examples:
  khabar compare reports/
  khabar compare reports/*.txt --html report.html --json report.json
  khabar compare a.txt b.txt --json - --quiet > result.json
  khabar compare archive.warc.gz channel/result.json https://news.example/report
  khabar compare dump.jsonl --fields text=body,title=headline,published=date

Every input is compared or dropped with a reason. The terminal shows which reports tell
the same story, what was kept apart and why, and the statements side by side:
● stated, ◐ stated in part, ≠ differs, “ stated by a speaker, – not mentioned."""


@click.command(epilog=COMPARE)
@click.argument("paths", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option("--html", type=PathType, metavar="FILE", help="Write one self-contained HTML page.")
@click.option("--json", "json_path", metavar="FILE", help="Write the result as JSON; - for standard output.")
@click.option("--to", "exports", type=PathType, multiple=True, metavar="FILE", help=EXPORTS)
@click.option("--quiet", "-q", is_flag=True, help="No table and no progress; errors are still told.")
@click.option("--threads", type=int, metavar="N", help="Texts encoded at once (default: one for each core).")
@click.option("--cache", metavar="FOLDER", help="Where the built model and kept vectors lie.")
@click.option("--model", metavar="FOLDER", help="Use the encoder in this folder.")
@click.option("--keep-mb", type=int, metavar="MB", help="Room for kept sentence vectors; 0 keeps none.")
@click.option("--fields", metavar="MAP", help="Fields of JSON records: text=body,title=headline.")
@click.option("--largest-file-mb", type=int, metavar="MB", help="Drop larger files.")
@click.option(
    "--same-at", type=float, metavar="P", help="From how likely on two reports tell the same event."
)
@click.option("--names", metavar="FILE", help="Your own names: name, kind, aliases, parted by tabs.")
@click.option("--outlets", metavar="FILE", help="Your own outlets: name, kind, country and more, by tabs.")
@click.option("--match-names", metavar="on|off", help="Match names over scripts and spellings.")
@click.option("--bidi", metavar="auto|logical|visual", help="Right-to-left words in the terminal.")
@click.option("--colour", metavar="auto|always|never", help="Colour in the terminal.")
@click.option("--theme", metavar="auto|light|dark", help="Colours of the HTML page.")
@click.option("--interface", metavar="en|ar|fa", help="Language of the HTML page's own words.")
@click.option("--calendar", metavar="gregorian|jalali|hijri", help="Calendar of the HTML page.")
def compare(
    paths: tuple[str, ...],
    html: Path | None,
    json_path: str | None,
    exports: tuple[Path, ...],
    quiet: bool,
    **flags: Any,
) -> None:
    """Compares the reports in PATHS: files, folders, archives, feeds, addresses, or - for standard input."""
    from khabar.settings import load_settings  # noqa: PLC0415

    settings = load_settings(flags)
    _check_outputs(html, json_path, exports)
    with open_progress(quiet) as (progress, say):
        comparison = _compare(paths, settings, progress, say)
    _write(comparison, settings, html, json_path)
    _export(comparison, exports)
    if not comparison.articles:
        raise ReadError(_nothing_read(comparison))
    if not quiet and json_path != "-":
        _show(comparison, settings)


def _check_outputs(html: Path | None, json_path: str | None, exports: tuple[Path, ...]) -> None:
    from khabar.show.exports import check_form  # noqa: PLC0415
    from khabar.show.files import check_writable  # noqa: PLC0415

    json_file = Path(json_path) if json_path not in {None, "-"} else None
    written = [path for path in (html, json_file, *exports) if path]
    for path in exports:
        check_form(_form(path), "statements")
    seen: set[Path] = set()
    for path in written:
        check_writable(path)
        if path.resolve() in seen:
            raise click.UsageError(f"--html, --json or --to name {path} twice. Name a file for each.")
        seen.add(path.resolve())


def _form(path: Path) -> str:
    return path.suffix.removeprefix(".").lower()


def _export(comparison: Comparison, exports: tuple[Path, ...]) -> None:
    from khabar.show.exports import export  # noqa: PLC0415
    from khabar.show.files import write_bytes  # noqa: PLC0415

    for path in exports:
        write_bytes(path, export(comparison, _form(path)))


def _compare(
    paths: tuple[str, ...], settings: Settings, progress: Progress, say: Callable[[str], None]
) -> Comparison:
    from khabar.pipeline import compare_paths  # noqa: PLC0415

    return compare_paths(paths, settings, progress, say)


def _write(comparison: Comparison, settings: Settings, html: Path | None, json_path: str | None) -> None:
    from khabar.show.files import json_text, write_file  # noqa: PLC0415
    from khabar.show.json import to_json  # noqa: PLC0415

    if json_path == "-":
        click.echo(json_text(to_json(comparison)), nl=False)
    elif json_path is not None:
        write_file(Path(json_path), json_text(to_json(comparison)))
    if html is not None:
        from khabar.show.html import to_html  # noqa: PLC0415

        write_file(html, to_html(comparison, settings.theme, settings.interface, settings.calendar))


def _nothing_read(comparison: Comparison) -> str:
    from khabar.show.marks import one_line  # noqa: PLC0415

    lines = [f"  {one_line(item.path)}: {one_line(item.reason)}" for item in comparison.dropped]
    return "\n".join(["no report could be read. Name files, folders or addresses of reports.", *lines])


def _show(comparison: Comparison, settings: Settings) -> None:
    from khabar.show.terminal import show_terminal  # noqa: PLC0415

    show_terminal(comparison, open_console(settings.colour), settings.bidi)
