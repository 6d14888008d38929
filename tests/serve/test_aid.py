"""The translation aid: off by default, a real small model, a real server on loopback, errors in words."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from khabar.errors import SettingError
from khabar.serve.aid import Aid, AidError, Line, open_aid
from khabar.settings import Settings

WORDS = {"زلزله": "earthquake", "وزیر": "minister", "کشتی": "ship"}


def aid_of(folder: Path, **settings: Any) -> Aid:
    found = open_aid(Settings(cache=folder / "cache", **settings))
    assert found is not None
    return found


class Asked:
    """A server that speaks as OpenAI's does; `answer` says what it answers with."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.answer: Callable[[BaseHTTPRequestHandler], None] = lambda handler: _say(
            handler, "A quake struck."
        )
        asked = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["content-length"])
                asked.bodies.append({"path": self.path} | json.loads(self.rfile.read(length)))
                asked.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/v1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def _say(handler: BaseHTTPRequestHandler, told: str) -> None:
    _send(handler, json.dumps({"choices": [{"message": {"role": "assistant", "content": told}}]}).encode())


def _send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("content-length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@pytest.fixture
def asked() -> Iterator[Asked]:
    server = Asked()
    yield server
    server.server.shutdown()
    server.server.server_close()


def test_it_is_off_by_default() -> None:
    assert open_aid(Settings()) is None


def test_a_service_is_asked_once_for_the_same_words(asked: Asked, tmp_path: Path) -> None:
    aid = aid_of(tmp_path, translate_endpoint=asked.address, translate_ask="small")
    assert aid.translate([Line("زلزله شد.", "fa")], "en") == ["A quake struck."]
    again = aid_of(tmp_path, translate_endpoint=asked.address, translate_ask="small")
    assert again.translate([Line("زلزله شد.", "fa")], "en") == ["A quake struck."]
    assert len(asked.bodies) == 1
    body = asked.bodies[0]
    assert (body["path"], body["model"], body["stream"]) == ("/v1/chat/completions", "small", False)
    assert "from Persian to English" in body["messages"][0]["content"]
    assert body["messages"][1]["content"] == "زلزله شد."


def test_other_words_languages_and_models_are_asked_anew(asked: Asked, tmp_path: Path) -> None:
    aid = aid_of(tmp_path, translate_endpoint=asked.address, translate_ask="one")
    aid.translate([Line("a", "fa"), Line("b", "fa")], "en")
    aid.translate([Line("a", "ar")], "en")
    aid.translate([Line("a", "fa")], "ar")
    aid_of(tmp_path, translate_endpoint=asked.address, translate_ask="two").translate([Line("a", "fa")], "en")
    assert len(asked.bodies) == 5


def test_what_a_model_thinks_aloud_is_no_translation(asked: Asked, tmp_path: Path) -> None:
    asked.answer = lambda handler: _say(handler, "<think>Hm.\nPersian.</think>\n\nA quake.")
    assert aid_of(tmp_path, translate_endpoint=asked.address).translate([Line("x", "fa")], "en") == [
        "A quake."
    ]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (lambda handler: _send(handler, b"no", 500), "answered 500"),
        (lambda handler: _send(handler, b"<html>"), "did not answer in JSON"),
        (lambda handler: _send(handler, b"{}"), "answered without a translation"),
        (lambda handler: _send(handler, b'{"choices": [{"message": {"content": " "}}]}'), "gave an empty"),
        (lambda handler: _send(handler, b"x" * 1_100_000), "more than 1,000,000 bytes"),
        (lambda handler: _send(handler, b"", 302, location="http://192.0.2.1/"), "answered 302"),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_told_and_not_kept(
    asked: Asked, tmp_path: Path, answer: Callable[[BaseHTTPRequestHandler], None], message: str
) -> None:
    good, asked.answer = asked.answer, answer
    aid = aid_of(tmp_path, translate_endpoint=asked.address)
    with pytest.raises(AidError, match=message):
        aid.translate([Line("x", "fa")], "en")
    asked.answer = good
    assert aid.translate([Line("x", "fa")], "en") == ["A quake struck."]


def test_a_slow_service_is_not_waited_for(asked: Asked, tmp_path: Path) -> None:
    asked.answer = lambda handler: time.sleep(3)
    aid = aid_of(tmp_path, translate_endpoint=asked.address, translate_timeout_s=1)
    begun = time.monotonic()
    with pytest.raises(AidError, match="took longer than 1 s"):
        aid.translate([Line("x", "fa")], "en")
    assert time.monotonic() - begun < 2.5


def test_a_service_that_is_not_there_is_told(tmp_path: Path) -> None:
    aid = aid_of(tmp_path, translate_endpoint="http://127.0.0.1:9/v1")
    with pytest.raises(AidError, match="cannot be reached"):
        aid.translate([Line("x", "fa")], "en")


@pytest.mark.parametrize("address", ["http://192.0.2.7/v1", "https://models.example/v1"])
def test_other_machines_are_asked_only_with_leave(address: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="translate_outside"):
        open_aid(Settings(translate_endpoint=address))
    assert aid_of(tmp_path, translate_endpoint=address, translate_outside="on").name.startswith("default at")


@pytest.mark.parametrize("address", ["127.0.0.1:80", "file:///etc/passwd", "http:///v1"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(SettingError, match="must be like"):
        open_aid(Settings(translate_endpoint=address))


def test_a_text_may_not_be_endless(asked: Asked, tmp_path: Path) -> None:
    with pytest.raises(AidError, match="5,000 characters; at most 4,000"):
        aid_of(tmp_path, translate_endpoint=asked.address).translate([Line("x" * 5000, "fa")], "en")
    assert asked.bodies == []


@pytest.fixture(scope="module")
def opus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("ctranslate2", reason="ctranslate2 is missing (khabar[translate])")
    pytest.importorskip("sentencepiece", reason="sentencepiece is missing (khabar[translate])")
    from serve.toy_model import make_model

    return make_model(tmp_path_factory.mktemp("models") / "opus-mt-fa-en", WORDS)


def test_a_model_of_opus_translates(opus: Path, tmp_path: Path) -> None:
    aid = aid_of(tmp_path, translate_model=opus)
    found = aid.translate([Line("زلزله", "fa"), Line("وزیر\nکشتی", "fa"), Line("ship", "en")], "en")
    assert found == ["earthquake", "minister ship", "ship"]


@pytest.mark.usefixtures("opus")
def test_a_package_of_argos_translates(tmp_path: Path) -> None:
    from serve.toy_model import make_package

    make_package(tmp_path / "packages" / "translate-fa_en-1_0", WORDS, "fa", "en")
    aid = aid_of(tmp_path, translate_model=tmp_path / "packages")
    assert aid.translate([Line("وزیر\nکشتی", "fa")], "en") == ["minister ship"]


@pytest.mark.usefixtures("opus")
def test_a_model_of_many_languages_is_told_from_which_to_which(tmp_path: Path) -> None:
    from serve.toy_model import make_many

    words = {"وزیر": {"eng_Latn": "minister", "arb_Arab": "الوزير"}, "کشتی": {"eng_Latn": "ship"}}
    aid = aid_of(tmp_path, translate_model=make_many(tmp_path / "nllb-200", words, "pes_Arab"))
    assert aid.translate([Line("وزیر", "fa"), Line("کشتی", "fa")], "en") == ["minister", "ship"]
    assert aid.translate([Line("وزیر", "fa")], "ar") == ["الوزير"]


def test_two_models_go_by_way_of_english(opus: Path, tmp_path: Path) -> None:
    from serve.toy_model import make_model

    shutil.copytree(opus, tmp_path / "opus-mt-fa-en")
    make_model(tmp_path / "opus-mt-en-ar", {"minister": "وزير", "ship": "سفينة"})
    assert aid_of(tmp_path, translate_model=tmp_path).translate([Line("وزیر", "fa")], "ar") == ["وزير"]


def test_a_pair_without_a_model_is_told(opus: Path, tmp_path: Path) -> None:
    with pytest.raises(AidError, match="no model from tr to en; it has: fa to en"):
        aid_of(tmp_path, translate_model=opus).translate([Line("deprem", "tr")], "en")


def test_folders_that_hold_no_model_are_told(opus: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"holds no model\.bin"):
        open_aid(Settings(translate_model=tmp_path))
    broken = tmp_path / "opus-mt-fa-en"
    broken.mkdir()
    (broken / "model.bin").write_bytes(b"nothing")
    with pytest.raises(SettingError, match="cannot be opened"):
        open_aid(Settings(translate_model=broken))
    shutil.copytree(opus, tmp_path / "unnamed" / "best")
    with pytest.raises(SettingError, match="From which language"):
        open_aid(Settings(translate_model=tmp_path / "unnamed" / "best"))


def test_two_translators_are_one_too_many(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="both set"):
        open_aid(Settings(translate_model=tmp_path, translate_endpoint="http://127.0.0.1/v1"))
