from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from khabar.model.outcome import Dropped, Kept
from khabar.model.page import PageKind
from read.places import ARABIC, PAGE, PERSIAN, pages, read, said, zipped


def message() -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = "خبر عاجل من الميناء"
    made["From"] = "Harbour Gazette <desk@gazette.example>"
    made["Date"] = "Wed, 08 Mar 2023 10:15:00 +0300"
    made["Message-ID"] = "<1@gazette.example>"
    return made


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256", "iso-8859-6"])
def test_a_message_is_its_text_with_its_headers(tmp_path: Path, charset: str) -> None:
    made = message()
    made.set_content(ARABIC + "\n", charset=charset)
    (tmp_path / "a.eml").write_bytes(bytes(made))
    [page] = pages(tmp_path / "a.eml")
    assert page.text.strip() == ARABIC
    claims = said(page)
    assert claims["title"] == "خبر عاجل من الميناء"
    assert claims["published"] == "Wed, 08 Mar 2023 10:15:00 +0300"
    assert "Harbour Gazette" in claims["byline"]


def test_a_message_is_known_without_a_name(tmp_path: Path) -> None:
    made = message()
    made.set_content(ARABIC)
    (tmp_path / "noname").write_bytes(bytes(made))
    assert pages(tmp_path / "noname")[0].text.strip() == ARABIC


def test_of_two_forms_of_one_text_one_is_taken(tmp_path: Path) -> None:
    made = message()
    made.set_content(ARABIC)
    made.add_alternative(PAGE, subtype="html")
    (tmp_path / "a.eml").write_bytes(bytes(made))
    assert [page.kind for page in pages(tmp_path / "a.eml")] == [PageKind.TEXT]


def test_a_stub_beside_the_page_is_not_taken_for_the_text(tmp_path: Path) -> None:
    made = message()
    made.set_content("View in your browser.")
    made.add_alternative(PAGE.replace(ARABIC, ARABIC * 5), subtype="html")
    (tmp_path / "a.eml").write_bytes(bytes(made))
    [page] = pages(tmp_path / "a.eml")
    assert (page.kind, page.text.count(ARABIC)) == (PageKind.HTML, 5)


def test_attachments_are_inputs_of_their_own(tmp_path: Path) -> None:
    made = message()
    made.set_content("See the attached.")
    made.add_attachment(PERSIAN.encode(), maintype="text", subtype="plain", filename="گزارش.txt")
    made.add_attachment(
        zipped({"b.html": PAGE.encode()}), maintype="application", subtype="zip", filename="b.zip"
    )
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    inner = message()
    inner.set_content(ARABIC)
    made.add_attachment(inner)
    (tmp_path / "a.eml").write_bytes(bytes(made))
    outcomes = read(tmp_path / "a.eml")
    assert [one.item.text.strip() for one in outcomes if isinstance(one, Kept)] == [
        "See the attached.",
        PERSIAN,
        PAGE,
        ARABIC,
    ]
    [gone] = [one for one in outcomes if isinstance(one, Dropped)]
    assert gone.path.endswith("a.eml!logo.png")


def test_a_saved_page_has_its_address_and_the_moment_of_saving(tmp_path: Path) -> None:
    made = EmailMessage()
    made["From"] = "<Saved by Blink>"
    made["Snapshot-Content-Location"] = "https://news.example/report"
    made["Subject"] = "خبر"
    made["Date"] = "Wed, 08 Mar 2023 10:15:00 +0300"
    made.set_content(PAGE, subtype="html")
    made.make_related()
    made.add_related(b"\x89PNG", maintype="image", subtype="png")
    for name in ("a.mhtml", "b.mht", "wrong.html"):
        (tmp_path / name).write_bytes(bytes(made))
        [page] = pages(tmp_path / name)
        assert (page.kind, page.text.strip()) == (PageKind.HTML, PAGE)
        assert (page.address, page.captured) == ("https://news.example/report", "2023-03-08T07:15:00Z")
        assert said(page)["title"] == "خبر"


def test_what_browsers_write_into_a_saved_page_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        f"<!DOCTYPE html>\n<!-- saved from url=(0027)https://news.example/report -->\n{PAGE}",
        encoding="utf-8",
    )
    (tmp_path / "b.html").write_text(
        "<!DOCTYPE html><html><!--\n Page saved with SingleFile \n url: https://news.example/b \n"
        f" saved date: Wed Mar 08 2023 10:15:00 GMT+0300 (Arabian Standard Time)\n-->{PAGE}",
        encoding="utf-8",
    )
    first, second = pages(tmp_path)
    assert first.address == "https://news.example/report"
    assert second.address == "https://news.example/b"
    assert said(second)["captured"].startswith("Wed Mar 08 2023")


def test_a_message_without_text_is_dropped(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(bytes(message()))
    [gone] = read(tmp_path / "a.eml")
    assert isinstance(gone, Dropped)
