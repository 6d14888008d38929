"""The command line as a user meets it. The stages are tried elsewhere: a constructed result stands in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import types
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from khabar import cli
from khabar.errors import ModelError
from khabar.model.story import Comparison
from khabar.show.files import check_writable, json_text, write_file
from khabar.show.schema import schema
from show import sample

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What the pipeline was asked; `gives` is what it answers."""
    seen: dict[str, object] = {"gives": sample.comparison()}

    def compare_paths(
        paths: object, settings: object, progress: object, say: Callable[[str], None]
    ) -> object:
        seen.update(paths=paths, settings=settings, progress=progress)
        say("Building the encoder once.")
        progress.stage("reading", 3)  # type: ignore[attr-defined]
        progress.advance()  # type: ignore[attr-defined]
        if isinstance(seen["gives"], BaseException):
            raise seen["gives"]
        return seen["gives"]

    pipeline = types.ModuleType("khabar.pipeline")
    pipeline.compare_paths = compare_paths  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "khabar.pipeline", pipeline)
    return seen


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    asked: dict[str, object],
) -> Run:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("KHABAR_")]:
        monkeypatch.delenv(name)

    def go(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["khabar", *arguments])
        code = 0
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
        told = capsys.readouterr()
        return code, told.out, told.err

    return go


def test_table_goes_to_standard_output_and_the_rest_to_standard_error(run: Run) -> None:
    code, out, err = run("compare", "reports")
    assert code == 0
    assert "Kept apart: Report 5 The Tidewater Post" in out
    assert "≠ differs" in out
    assert err == "Building the encoder once.\n"


def test_quiet_shows_nothing(run: Run) -> None:
    assert run("compare", "reports", "--quiet") == (0, "", "")


def test_json_to_standard_output_is_all_that_stands_there(run: Run) -> None:
    code, out, _ = run("compare", "reports", "--json", "-")
    assert code == 0
    jsonschema.validate(json.loads(out), schema())


def test_files_are_written_whole_and_replace_what_was_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text("old")
    code, out, _ = run("compare", "reports", "--html", "report.html", "--json", "report.json")
    assert code == 0
    assert "Statement" in out
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["dropped"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.html", "report.json"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--html", "not/there.html"], "the folder not is not there. Make it first."),
        (["--json", "."], ". is a folder. Name a file in it"),
        (["--html", "same", "--json", "same"], "name same twice"),
        (["--threads", "0"], "--threads is 0; it must be a whole number from 1 to 256."),
        (["--bidi", "left"], "--bidi is 'left'; it must be one of auto, logical, visual."),
        (["--same-at", "2"], "--same-at is 2.0; it must be a number from 0 to 1."),
    ],
)
def test_what_cannot_work_is_said_before_the_work(
    run: Run, asked: dict[str, object], arguments: list[str], message: str
) -> None:
    code, _, err = run("compare", "reports", *arguments)
    assert code == 2
    assert message in err
    assert "paths" not in asked


def test_flags_reach_the_settings(run: Run, asked: dict[str, object]) -> None:
    run("compare", "a.txt", "b", "--threads", "3", "--same-at", "0.25", "--keep-mb", "0", "--cache", "kept")
    settings = asked["settings"]
    assert asked["paths"] == ("a.txt", "b")
    assert (settings.threads, settings.same_at, settings.keep_mb) == (3, 0.25, 0)  # type: ignore[attr-defined]
    assert settings.cache == Path("kept")  # type: ignore[attr-defined]


def test_nothing_readable_ends_with_four_and_says_why(
    run: Run, asked: dict[str, object], tmp_path: Path
) -> None:
    asked["gives"] = sample.nothing()
    code, out, err = run("compare", "reports", "--json", "r.json")
    assert code == 4
    assert out == ""
    assert "Error: no report could be read. Name files, folders or addresses" in err
    assert "reports/empty.txt: The file is empty." in err
    assert len(json.loads((tmp_path / "r.json").read_text())["dropped"]) == 2


def test_one_report_alone_is_no_error(run: Run, asked: dict[str, object]) -> None:
    asked["gives"] = sample.alone()
    code, out, _ = run("compare", "one.txt")
    assert code == 0
    assert "Only one report could be read" in out


def test_an_error_of_the_set_up_has_its_code_and_no_traceback(run: Run, asked: dict[str, object]) -> None:
    asked["gives"] = ModelError("The folder x holds no encoder. Name another.")
    assert run("compare", "a")[::2] == (
        5,
        "Building the encoder once.\nError: The folder x holds no encoder. Name another.\n",
    )


def test_an_interrupt_says_so(run: Run, asked: dict[str, object]) -> None:
    asked["gives"] = KeyboardInterrupt()
    code, _, err = run("compare", "a")
    assert code == 130
    assert "Stopped." in err


def test_no_path_is_a_usage_error(run: Run) -> None:
    code, _, err = run("compare")
    assert code == 2
    assert "PATHS" in err


def test_hostile_paths_cannot_steer_the_terminal(run: Run, asked: dict[str, object]) -> None:
    made = sample.hostile(10)
    asked["gives"] = Comparison((), (), (), made.dropped, made.made_by)
    _, _, err = run("compare", "a")
    assert "\x1b" not in err
    assert "⟨ESC⟩" in err


def test_schema_is_printed(run: Run) -> None:
    code, out, _ = run("schema")
    assert code == 0
    assert json.loads(out) == schema()


def test_languages_say_what_is_there_and_what_was_not_measured(run: Run) -> None:
    code, out, _ = run("languages")
    assert code == 0
    assert "fa Persian" in out
    assert "Any other language passes through" in out
    code, out, _ = run("languages", "--json")
    found = {one["code"]: one for one in json.loads(out)["languages"]}
    assert found["fa"]["direction"] == "rtl"
    assert found["fa"]["abilities"]["dates"] is True
    for one in found.values():
        measured = {figure["task"] for figure in one["measured"]}
        assert measured.isdisjoint(one["not_measured"])


def test_settings_name_their_origin(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHABAR_THREADS", "3")
    code, out, _ = run("settings")
    assert code == 0
    assert "3 threads  (KHABAR_THREADS)" in out
    assert json.loads(run("settings", "--json")[1])["threads"] == {"value": 3, "from": "KHABAR_THREADS"}


def test_version_and_help(run: Run) -> None:
    assert run("--version")[1].startswith("khabar ")
    code, out, _ = run("--help")
    assert code == 0
    for command in ("compare", "languages", "model", "schema", "settings"):
        assert f"\n  {command} " in out
    assert "khabar compare reports/" in out


def test_help_loads_nothing_heavy() -> None:
    heavy = ["numpy", "onnxruntime", "rich", "jinja2", "lxml", "tokenizers"]
    program = (
        "import sys, khabar.cli\n"
        "sys.argv = ['khabar', '--help']\n"
        "khabar.cli.main()\n"
        f"print('LOADED', [name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("LOADED []\n")


def test_a_reader_that_leaves_early_gets_no_traceback() -> None:
    command = f"{{ sleep 0.3; {sys.executable} -c 'import khabar.cli; khabar.cli.main()' schema; }} | true"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("command", ["schema", "languages"])
def test_an_output_that_takes_no_more_is_said_without_a_traceback(command: str) -> None:
    program = [sys.executable, "-c", "import khabar.cli; khabar.cli.main()", command]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(program, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("Error: the output cannot be written")
    assert done.stderr.count("\n") == 1


def test_a_closed_output_is_no_error() -> None:
    command = f"{sys.executable} -c 'import khabar.cli; khabar.cli.main()' languages >&-"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_failed_write_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.json"
    target.write_text("old")

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full_disk)
    with pytest.raises(Exception, match="No space left on device"):
        write_file(target, "new")
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


def test_new_files_are_readable_as_others_are(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("")
    write_file(tmp_path / "ours", "")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_file(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_devices_can_be_written() -> None:
    check_writable(Path("/dev/null"))
    write_file(Path("/dev/null"), "away")


def test_broken_characters_of_a_file_name_survive_as_json() -> None:
    text = json_text({"path": "a\udcffb", "words": "سلام"})
    assert json.loads(text.encode("utf-8")) == {"path": "a\udcffb", "words": "سلام"}
    assert "سلام" in text
