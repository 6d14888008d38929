"""What comes out of the command when what goes in is no handful of good reports, with the real encoder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HARBOUR = """Harbour Gazette
Ministers sign lighthouse agreement in Nilan
8 March 2023
Ports minister Salem al-Darwish and Admiral Behrouz Tavana signed an agreement to repair the lighthouses in Nilan on Wednesday.
"The two countries will send 12 ships to the island before winter," the minister said.
Admiral Tavana said that his country would strengthen the coastal radar network.
The shipping company was a little late in paying, and the only way out is negotiation, he added.
"""  # noqa: E501
MARFA = """جريدة المرفأ
توقيع اتفاقية المنارات في نيلان
8 آذار 2023
وقّع وزير الموانئ سالم الدرويش والأميرال بهروز توانا، اليوم الأربعاء، اتفاقية لإصلاح المنارات في نيلان.
وقال الدرويش إن "البلدين سيرسلان 12 سفينة إلى الجزيرة قبل الشتاء".
وأكد توانا أن بلاده ستقوي شبكة الرادار الساحلية.
وأضاف أن شركة النقل تأخرت قليلاً في دفع ما عليها، وأن الحل لا يكون إلا بالتفاوض.
"""
GEORGIAN = """საზღვაო შეთანხმება ხელმოწერილია ნავსადგურში
მინისტრმა განაცხადა, რომ ხელშეკრულებას ხელი ხუთშაბათს მოეწერა. ორივე ქვეყანა გაგზავნის 12 გემს კუნძულზე.
მინისტრმა დასძინა, რომ თანამშრომლობა ზამთრამდე გაგრძელდება. შეხვედრას ასი სტუმარი ესწრებოდა.
"""
AMHARIC = """የባህር ስምምነት ተፈረመ
ሚኒስትሩ ስምምነቱ ሐሙስ ዕለት መፈረሙን ተናግረዋል። ሁለቱ አገሮች 12 መርከቦችን ወደ ደሴቱ ይልካሉ።
ሚኒስትሩ ትብብሩ እስከ ክረምት እንደሚቀጥል አክለዋል። በስብሰባው ላይ መቶ እንግዶች ተገኝተዋል።
"""
HOSTILE = """<html><head><title>Weather</title><script>alert("</p>\u202e")</script></head><body>
<h1>Storm \u202egnp.exe\u202c closes the valley school</h1><script>document.write("<p>written</p>")</script>
<p onclick="alert(1)">Teachers in \u2066Karvin\u2069 said &lt;script&gt;alert(2)&lt;/script&gt; the school
would stay closed after the storm tore its roof away during the night.</p>
<p>Builders will need three weeks, the head of the school told parents in a letter.</p>
<img src=x onerror="alert(3)"></body></html>"""


@dataclass(frozen=True)
class Ran:
    """How the command ended, what it said, and its result by file name."""

    code: int
    said: str
    data: dict[str, Any]

    @property
    def articles(self) -> dict[str, dict[str, Any]]:
        return {Path(article["path"]).name: article for article in self.data["articles"]}

    @property
    def dropped(self) -> dict[str, str]:
        return {Path(item["path"]).name: item["reason"] for item in self.data["dropped"]}

    @property
    def stories(self) -> set[frozenset[str]]:
        name = {article["id"]: file for file, article in self.articles.items()}
        return {frozenset(name[one] for one in story["articles"]) for story in self.data["stories"]}


def khabar(folder: Path, *paths: str, more: tuple[str, ...] = ()) -> Ran:
    result = folder / "result.json"
    result.unlink(missing_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", "from khabar.cli import main; main()",
         "compare", *paths, "--json", "result.json", *more],
        cwd=folder, capture_output=True, encoding="utf-8", timeout=120, check=False,
        env=os.environ | {"PYTHONWARNINGS": "error"},
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    data = json.loads(result.read_text(encoding="utf-8")) if result.exists() else {}
    return Ran(done.returncode, done.stdout + done.stderr, data)


def fill(folder: Path) -> dict[str, str]:
    """One of every kind of input that holds no report, and a word of the reason to be given for it."""
    (folder / "empty.txt").touch()
    (folder / "blank.txt").write_text(" \n\n\t \u200f\n", encoding="utf-8")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 100)
    (folder / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(1000))
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(200_000_000)  # sparse: it takes no room on the disk
    (folder / "numbers.txt").write_text("\n".join(f"{n} {n * 7},{n % 1000:03d}.{n}" for n in range(300)))
    (folder / "line.txt").write_text(" ".join(f"Ship {n} came in late." for n in range(50_000))[:1_000_000])
    (folder / "notes").mkdir()
    (folder / "notes" / "table.csv").write_text("day,ships")
    return {
        "empty.txt": "empty",
        "blank.txt": "empty",
        "binary.txt": "binary",
        "picture.html": "PNG",
        "huge.txt": "too large: 200,000,000 bytes",
        "numbers.txt": "no running text",
        "line.txt": "too long",
        "table.csv": "not a report",
        "notes": "no report in this folder",
        "missing.txt": "no file or folder",
    }


@pytest.fixture(scope="module")
def messy(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ran, dict[str, str]]:
    """Two good reports, odd ones and bad ones, in one call."""
    folder = tmp_path_factory.mktemp("messy")
    bad = fill(folder)
    plain = MARFA.encode()
    (folder / "good_en.txt").write_text(HARBOUR, encoding="utf-8")
    (folder / "good_ar.txt").write_text(MARFA, encoding="utf-8")
    (folder / "broken.txt").write_bytes(plain[:301] + b"\xff\xfe\xc3" + plain[301:])
    (folder / "nul.txt").write_bytes(HARBOUR.encode().replace(b"island", b"is\0\0land"))
    (folder / "georgian.txt").write_text(GEORGIAN, encoding="utf-8")
    (folder / "amharic.txt").write_text(AMHARIC, encoding="utf-8")
    (folder / "hostile.html").write_text(HOSTILE, encoding="utf-8")
    files = sorted(path.name for path in folder.iterdir())
    ran = khabar(folder, *files, "missing.txt", more=("--html", "report.html"))
    page = (folder / "report.html").read_text(encoding="utf-8")
    return Ran(ran.code, ran.said, ran.data | {"page": page}), bad


def test_every_bad_input_is_dropped_with_its_reason_and_no_good_one_is(
    messy: tuple[Ran, dict[str, str]],
) -> None:
    ran, bad = messy
    assert ran.code == 0
    assert set(ran.dropped) == set(bad)
    wrong = {name: ran.dropped[name] for name, word in bad.items() if word not in ran.dropped[name]}
    assert wrong == {}


def test_the_totals_add_up_and_are_shown(messy: tuple[Ran, dict[str, str]]) -> None:
    ran, bad = messy
    kept = len(ran.articles)
    assert kept == 7
    assert f"{kept + len(bad)} inputs = {kept} compared + {len(bad)} dropped" in ran.said


def test_the_others_are_compared_all_the_same(messy: tuple[Ran, dict[str, str]]) -> None:
    ran, _ = messy
    together = next(story for story in ran.stories if "good_en.txt" in story)
    assert {"good_ar.txt", "nul.txt", "broken.txt"} <= together
    assert "hostile.html" not in together
    story = next(story for story in ran.data["stories"] if len(story["articles"]) > 1)
    assert any(len({at["article"] for at in row["attestations"]}) > 1 for row in story["statements"])


def test_every_bad_byte_stays_visible_and_places_count_it(messy: tuple[Ran, dict[str, str]]) -> None:
    ran, _ = messy
    assert ran.articles["broken.txt"]["text"].count("\ufffd") >= 3
    assert "is\0\0land" in ran.articles["nul.txt"]["text"]
    for article in ran.articles.values():
        ends = [sentence["end"] for sentence in article["sentences"]]
        assert ends
        assert max(ends) <= len(article["text"])


@pytest.mark.parametrize(("file", "language"), [("georgian.txt", "ka"), ("amharic.txt", "am")])
def test_a_language_without_a_pack_passes_through(
    messy: tuple[Ran, dict[str, str]], file: str, language: str
) -> None:
    article = messy[0].articles[file]
    assert article["languages"] == [language]
    assert len(article["sentences"]) == 5


def test_scripts_are_no_text_and_nothing_of_a_page_runs_in_the_report(
    messy: tuple[Ran, dict[str, str]],
) -> None:
    ran, _ = messy
    text = ran.articles["hostile.html"]["text"]
    assert "written" not in text
    assert "<script>alert(2)</script>" in text
    assert "alert(2)</script>" not in ran.data["page"]
    assert 'onerror="alert' not in ran.data["page"]
    assert "\u202egnp" not in ran.said


def test_where_nothing_can_be_read_the_command_fails_and_says_why_for_each(tmp_path: Path) -> None:
    bad = fill(tmp_path)
    ran = khabar(tmp_path, *sorted(path.name for path in tmp_path.iterdir()), "missing.txt")
    assert ran.code == 4
    assert "no report could be read" in ran.said
    for name, word in bad.items():
        line = next(line for line in ran.said.splitlines() if f"{name}:" in line)
        assert word in line
    assert ran.data["articles"] == []
    assert len(ran.data["dropped"]) == len(bad)


def test_one_report_alone_is_a_story_of_its_own_and_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "alone.txt").write_text(MARFA, encoding="utf-8")
    ran = khabar(tmp_path, "alone.txt")
    assert ran.code == 0
    assert ran.stories == {frozenset(["alone.txt"])}
    assert "name another" in ran.said
    assert ran.data["stories"][0]["statements"]


def test_fifty_copies_are_one_story_that_tells_every_copy(tmp_path: Path) -> None:
    for number in range(50):
        (tmp_path / f"copy{number:02}.txt").write_text(HARBOUR, encoding="utf-8")
    ran = khabar(tmp_path, ".")
    assert ran.code == 0
    assert len(ran.articles) == 50
    assert len({article["id"] for article in ran.articles.values()}) == 50
    (story,) = ran.data["stories"]
    assert all(len({at["article"] for at in row["attestations"]}) == 50 for row in story["statements"])
    assert story["differences"] == []
