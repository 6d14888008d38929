"""One score for two reports: one event in two languages, then a look-alike, then what has nothing to do."""

from __future__ import annotations

from pathlib import Path

import pytest

import khabar
from khabar import Similarity
from khabar.errors import ReadError

REPORTS = {
    "en": """Ministers sign northern dam accord in Marsa
8 July 2020
Water minister Salem al-Kandari and energy minister Nadine Shahin signed the northern dam accord in Marsa.
The dam will irrigate 40,000 hectares of land, Kandari said.
Shahin announced that the plant would make electricity for both countries.
Work on the northern dam is to begin in two years, the ministers said.""",
    "fa": """امضای توافق سد شمالی در مرسی
۱۸ تیر ۱۳۹۹
سالم کندری وزیر آب و نادین شاهین وزیر انرژی در مرسی توافق ساخت سد شمالی را امضا کردند.
شاهین گفت که نیروگاه برای دو کشور برق تولید خواهد کرد.
به گفته کندری این سد ۴۰ هزار هکتار زمین را آبیاری می‌کند.
وزیران گفتند که کار ساخت سد دو سال دیگر آغاز می‌شود.""",
    "lookalike": """Water minister signs bridge accord in Marsa
21 July 2020
Water minister Salem al-Kandari and transport minister Rami Zaydan signed the river bridge accord in Marsa.
The bridge will carry 12,000 cars a day, Zaydan said.
Kandari announced that the work would begin in autumn.
The bridge is paid for by a loan of 30 million dollars.""",
    "unrelated": """Harbour City win the cup final
9 March 2021
Harbour City beat Valley United in the cup final after a late goal by the captain.
The crowd sang until midnight.
The coach thanked the supporters and said that the team had earned it.
Valley United had won the cup three times before.""",
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pairs")
    paths = {name: folder / f"{name}.txt" for name in REPORTS}
    for name, path in paths.items():
        path.write_text(REPORTS[name] + "\n", encoding="utf-8")
    return paths


def between(files: dict[str, Path], a: str, b: str, language: str = "en") -> Similarity:
    return khabar.similarity(files[a], files[b], language=language)


def test_one_event_in_two_languages_is_surer_than_a_lookalike_and_that_than_the_unrelated(
    files: dict[str, Path],
) -> None:
    same, alike, far = (between(files, "en", other) for other in ("fa", "lookalike", "unrelated"))
    assert 1 >= same.score > 0.95 > alike.score > far.score >= 0
    assert (same.verdict, far.verdict) == ("same", "different")
    assert between(files, "fa", "en").score == pytest.approx(same.score, abs=1e-3)


def test_a_report_is_its_own_event(files: dict[str, Path]) -> None:
    assert between(files, "en", "en").score > 0.95


def test_the_reasons_are_in_the_readers_language(files: dict[str, Path]) -> None:
    assert any("40,000" in reason.sentence for reason in between(files, "en", "fa").reasons)
    assert any("هر دو" in reason.sentence for reason in between(files, "en", "fa", "fa").reasons)


def test_what_holds_no_report_is_named(files: dict[str, Path], tmp_path: Path) -> None:
    nothing = tmp_path / "nothing.txt"
    nothing.write_text("", encoding="utf-8")
    with pytest.raises(ReadError, match=r"nothing\.txt holds 0 reports"):
        khabar.similarity(files["en"], nothing)
