from __future__ import annotations

import json
from pathlib import Path

import pytest

from khabar.errors import SettingError
from khabar.model.outcome import Dropped, Kept
from khabar.model.page import PageKind
from khabar.read import parse_fields, read_sources
from read.places import ARABIC, PAGE, PERSIAN, pages, read, said


def write(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return path


RECORDS = [
    {
        "id": 7,
        "headline": "خبر",
        "body": ARABIC,
        "publishDate": "x",
        "date": "2024-03-01",
        "source": {"name": "Gazette"},
    },
    {
        "id": 8,
        "title": "گزارش",
        "body": PERSIAN,
        "url": "https://news.example/8",
        "authors": ["A. One", "B. Two"],
    },
]


@pytest.mark.parametrize(
    "value",
    [RECORDS, {"articles": RECORDS, "total": 2}, {"hits": {"hits": [{"_source": r} for r in RECORDS]}}],
)
def test_records_are_pages_whose_fields_are_found_by_name(tmp_path: Path, value: object) -> None:
    first, second = pages(write(tmp_path / "a.json", value))
    assert (first.text, second.text) == (f"خبر\n\n{ARABIC}", f"گزارش\n\n{PERSIAN}")
    assert said(first) == {"title": "خبر", "published": "2024-03-01", "outlet": "Gazette"}
    assert (second.address, said(second)["byline"]) == ("https://news.example/8", "A. One, B. Two")
    assert first.path.endswith("a.json#7")
    assert first.claims[0].origin == 'json field "headline", found by its name'


def test_the_users_map_goes_first(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", {"items": [{"text": "Menu", "data": {"full": ARABIC}, "kopf": "خبر"}]})
    fields = parse_fields("text=data.full, title=kopf")
    [outcome] = read_sources([path], fields=fields)
    assert isinstance(outcome, Kept)
    assert outcome.item.text == f"خبر\n\n{ARABIC}"
    assert outcome.item.claims[0].origin == 'json field "kopf"'


@pytest.mark.parametrize("written", ["text", "words=body", "text="])
def test_a_map_that_cannot_be_read_is_told(written: str) -> None:
    with pytest.raises(SettingError, match="WANTED=FIELD"):
        parse_fields(written)


def test_lines_are_read_one_by_one_and_a_broken_one_costs_only_itself(tmp_path: Path) -> None:
    lines = [json.dumps(RECORDS[0]), "{broken", "", "[1]", json.dumps({"views": 3}), json.dumps(RECORDS[1])]
    for name in ("a.jsonl", "b.ndjson", "c.json", "noname"):
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
        outcomes = read(tmp_path / name)
        assert [isinstance(one, Kept) for one in outcomes] == [True, False, False, False, True]
        told = [one.reason for one in outcomes if isinstance(one, Dropped)]
        assert [part in reason for part, reason in zip(("not JSON", "a list", "--fields"), told, strict=True)]
        assert outcomes[1].path.endswith(f"{name}#2")  # type: ignore[union-attr]


def test_html_in_a_record_is_read_as_html(tmp_path: Path) -> None:
    [page] = pages(write(tmp_path / "a.json", [{"content": PAGE}]))
    assert page.kind is PageKind.HTML


def test_json_that_is_too_deep_or_broken_is_dropped(tmp_path: Path) -> None:
    for data in ("[" * 100_000, '{"a":' * 100_000, "[}", "", '"words"', "3", "[]", "{}"):
        (tmp_path / "a.json").write_text(data)
        assert all(isinstance(one, Dropped) for one in read(tmp_path / "a.json"))


def test_each_message_of_a_telegram_channel_is_a_page(tmp_path: Path) -> None:
    parts = ["عاجل: ", {"type": "bold", "text": "انفجار"}, " في الميناء"]
    export = {
        "name": "شبكة الساحل",
        "type": "public_channel",
        "id": 12,
        "messages": [
            {
                "id": 1,
                "type": "service",
                "action": "create_channel",
                "date": "2024-03-01T10:00:00",
                "text": "",
            },
            {
                "id": 2,
                "type": "message",
                "date": "2024-03-01T13:00:00",
                "date_unixtime": "1709287200",
                "text": parts,
            },
            {"id": 3, "type": "message", "date": "2024-03-01T14:00:00", "photo": "photos/1.jpg", "text": ""},
            {
                "id": 4,
                "type": "message",
                "date": "2024-03-01T15:00:00",
                "forwarded_from": "ميناء",
                "text": ARABIC,
            },
        ],
    }
    outcomes = read(write(tmp_path / "result.json", export))
    assert [isinstance(one, Kept) for one in outcomes] == [False, True, False, True]
    first = outcomes[1].item  # type: ignore[union-attr]
    assert first.path.endswith("result.json#2")
    assert first.text == "عاجل: انفجار في الميناء"
    assert (said(first)["outlet"], said(first)["published"]) == ("شبكة الساحل", "2024-03-01T10:00:00Z")
    assert [one.reason for one in outcomes if isinstance(one, Dropped)] == [
        "no text: a note of Telegram's own (create_channel)",
        "no text: only photo",
    ]


def test_an_export_of_a_whole_account_is_read_chat_by_chat(tmp_path: Path) -> None:
    chats = [
        {
            "name": name,
            "type": "public_channel",
            "id": n,
            "messages": [{"id": 1, "type": "message", "text": ARABIC}],
        }
        for n, name in enumerate(("One", "Two"))
    ]
    found = pages(write(tmp_path / "result.json", {"about": "", "chats": {"list": chats}}))
    assert [said(page)["outlet"] for page in found] == ["One", "Two"]
    assert found[1].path.endswith("result.json#1/1")


def test_the_title_of_a_record_stands_before_its_text(tmp_path: Path) -> None:
    records = [
        {"title": "The bridge is open", "text": "The governor of Sarvan opened it on Wednesday."},
        {"title": "The bridge is open", "text": "Sarvan. The bridge is open\nThe governor came."},
        {"title": "Dams & bridges", "text": "<p>The governor came.</p><p>He left.</p>"},
    ]
    (tmp_path / "dump.jsonl").write_text("\n".join(json.dumps(one) for one in records), "utf-8")
    first, second, third = pages(tmp_path / "dump.jsonl")
    assert first.text == "The bridge is open\n\nThe governor of Sarvan opened it on Wednesday."
    assert second.text == records[1]["text"]
    assert third.text.startswith("<h1>Dams &amp; bridges</h1>\n<p>The governor")
