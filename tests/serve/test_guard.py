"""What stands before every request: who may ask, from where, how much and how often."""

from __future__ import annotations

import http.client
import socket
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.serve.conftest import Serve

from khabar.errors import SettingError
from khabar.library import Library
from khabar.library.tokens import Scope, create_token, find_token, list_tokens, revoke_token
from khabar.serve.app import make_app
from khabar.serve.guard.access import needed_right
from khabar.serve.guard.hosts import host_of, is_loopback
from khabar.serve.guard.limits import Rates
from khabar.serve.listen import listen
from khabar.settings import Settings

NOTE = {"kind": "note", "story": "s1", "note": "seen"}


@pytest.mark.parametrize(
    "path", ["/v1/health", "/v1/stories", "/v1/stories/s99", "/v1/exports?story=s1&to=html", "/login"]
)
def test_nothing_in_an_answer_may_run_or_be_framed(serve: Serve, path: str) -> None:
    headers = httpx.get(serve() + path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'unsafe-inline'" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    # pages tell themselves where a form was sent from; to others neither tells anything
    assert headers["referrer-policy"] in {"no-referrer", "same-origin"}
    assert headers["x-frame-options"] == "DENY"
    assert "access-control-allow-origin" not in headers


def test_an_exported_page_is_a_file_that_cannot_run_here(http: httpx.Client) -> None:
    answer = http.get("/exports", params={"story": "s1", "to": "html"})
    assert answer.headers["content-disposition"] == 'attachment; filename="s1.html"'
    assert answer.headers["content-security-policy"].startswith("sandbox;")


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "", "127.0.0.1@evil.example", "evil.example:80"]
)
def test_a_name_that_is_not_ours_gets_nothing(http: httpx.Client, host: str) -> None:
    answer = http.get("/stories", headers={"host": host})
    assert answer.status_code in (400, 421)
    assert "title" not in answer.text or "Misdirected" in answer.text


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:99", "127.0.0.1", "[::1]:8420", "192.0.2.7", "news.example"]
)
def test_our_own_names_are_let_through(serve: Serve, host: str) -> None:
    address = serve(server_names="News.example, other.example")
    assert httpx.get(address + "/v1/stories", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "https://127.0.0.1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"cookie": "khabar_token=x"},
    ],
)
def test_a_page_of_others_changes_nothing(
    http: httpx.Client, library: Library, headers: dict[str, str]
) -> None:
    answer = http.post("/decisions", json=NOTE, headers=headers)
    assert answer.status_code in (401, 403)
    assert answer.headers["content-type"] == "application/problem+json"
    assert library.decisions() == []


def test_our_own_pages_and_programs_may_change_things(http: httpx.Client, library: Library) -> None:
    own = str(http.base_url.copy_with(path="")).rstrip("/")
    assert http.post("/decisions", json=NOTE).status_code == 201
    assert http.post("/decisions", json=NOTE, headers={"origin": own}).status_code == 201
    assert len(library.decisions()) == 2


def test_a_large_request_is_refused_however_it_comes(serve: Serve) -> None:
    address = serve(largest_request_mb=1)
    large = b"x" * 1_100_000
    told = httpx.post(address + "/v1/compare", content=large)
    untold = httpx.post(address + "/v1/compare", content=iter([large[:600_000], large[600_000:]]))
    assert (told.status_code, untold.status_code) == (413, 413)
    assert "largest_request_mb" in untold.json()["detail"]


def test_a_length_that_is_no_number_is_refused(serve: Serve) -> None:
    parts = urlsplit(serve())
    raw = http.client.HTTPConnection(parts.hostname or "", parts.port)
    raw.putrequest("POST", "/v1/compare")
    raw.putheader("Content-Length", "-1")
    raw.endheaders()
    assert raw.getresponse().status == 400
    raw.close()


def test_who_asks_too_often_is_told_when_to_come_back(serve: Serve) -> None:
    address = serve(requests_a_minute=30)
    answers = [httpx.get(address + "/v1/health") for _ in range(12)]
    refused = [one for one in answers if one.status_code == 429]
    assert answers[0].status_code == 200
    assert refused
    assert int(refused[0].headers["retry-after"]) >= 1


@given(st.lists(st.floats(0, 5), min_size=20, max_size=60))
def test_no_client_gets_more_than_its_rate(pauses: list[float]) -> None:
    now = 0.0
    rates = Rates(60, clock=lambda: now)
    let_in = 0
    for pause in pauses:
        now += pause
        let_in += rates.wait_s("one") == 0.0
    assert let_in <= 10 + now + 1e-6


def test_beyond_this_machine_it_starts_only_with_a_token(library: Library) -> None:
    with pytest.raises(SettingError, match="khabar token create"):
        make_app(library, Settings(host="0.0.0.0"), web=False)
    create_token(library.store, "me", Scope.READ)
    make_app(library, Settings(host="0.0.0.0"), web=False)


def test_tokens_open_what_their_scope_says(serve: Serve, library: Library) -> None:
    reads = create_token(library.store, "reader", Scope.READ)
    writes = create_token(library.store, "writer", Scope.WRITE)
    address = serve(local_tokens="on")

    def ask(token: str | None, method: str = "GET", path: str = "/v1/stories", data: object = None) -> int:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return httpx.request(method, address + path, headers=headers, json=data, timeout=60).status_code

    assert ask(None, path="/v1/health") == 200
    assert ask(None) == 401
    assert ask("khabar_wrong") == 401
    assert ask(reads) == 200
    assert ask(reads, "POST", "/v1/decisions", NOTE) == 403
    assert ask(writes, "POST", "/v1/decisions", NOTE) == 201
    two = {"reports": [{"text": "One\n\nRain fell."}, {"text": "Two\n\nSnow fell."}]}
    assert ask(reads, "POST", "/v1/compare", two) == 200
    assert ask(reads, "POST", "/v1/articles", two) == 403
    revoke_token(library.store, "reader")
    assert ask(reads) == 401


@pytest.mark.parametrize(
    ("method", "path", "right"),
    [
        ("GET", "/v1/health", None),
        ("GET", "/v1/healthy", Scope.READ),
        ("POST", "/logout", None),
        ("GET", "/static/app.css", None),
        ("GET", "/staticky", Scope.READ),
        ("POST", "/v1/compare", Scope.READ),
        ("POST", "/v1/compare/x", Scope.WRITE),
        ("POST", "/compare/x1/cancel", Scope.READ),
        ("POST", "/compare/x1/keep", Scope.WRITE),
        ("POST", "/v1/articles", Scope.WRITE),
        ("DELETE", "/v1/sources/f1", Scope.WRITE),
        ("PROPFIND", "/v1/stories", Scope.WRITE),
    ],
)
def test_whatever_is_not_known_to_read_only_needs_the_right_to_write(
    method: str, path: str, right: Scope | None
) -> None:
    assert needed_right(method, path) == right


def test_behind_a_proxy_this_machine_is_not_trusted(serve: Serve) -> None:
    answer = httpx.get(serve() + "/v1/stories", headers={"x-forwarded-for": "192.0.2.9"})
    assert answer.status_code == 401


def test_the_token_itself_is_nowhere_in_the_library(library: Library) -> None:
    token = create_token(library.store, "me", Scope.READ)
    rows = library.store.rows("SELECT * FROM tokens")
    assert not any(token in repr(row) or token.removeprefix("khabar_") in repr(row) for row in rows)
    assert find_token(library.store, token) is not None
    assert find_token(library.store, token[:-1] + ("a" if token[-1] != "a" else "b")) is None
    assert [one.last_used is not None for one in list_tokens(library.store)] == [True]


def test_a_browser_logs_in_with_a_token_that_no_script_reads(serve: Serve, library: Library) -> None:
    token = create_token(library.store, "me", Scope.READ)
    with httpx.Client(base_url=serve(local_tokens="on")) as browser:
        asked = browser.get("/", headers={"accept": "text/html"})
        assert (asked.status_code, asked.headers["location"]) == (303, "/login")
        assert browser.post("/login", data={"token": "khabar_no"}).status_code == 401
        answer = browser.post("/login", data={"token": token})
        cookie = answer.headers["set-cookie"].lower()
        assert answer.status_code == 303
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert browser.get("/v1/stories").status_code == 200


@given(st.text(max_size=40))
def test_any_text_as_a_host_is_read(text: str) -> None:
    found = host_of(text)
    assert found == found.lower()
    assert "@" not in found
    assert is_loopback("127.0.0.1")


def test_answers_do_not_wait_for_acknowledgements() -> None:
    listening = listen("127.0.0.1", 0)
    listening.listen()
    with socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert accepted.proto == socket.IPPROTO_TCP  # asyncio asks for this
        with pytest.raises(SettingError, match="nothing can listen at"):
            listen("127.0.0.1", listening.getsockname()[1])
        accepted.close()
    listening.close()


def test_a_name_that_is_no_host_is_refused_in_words() -> None:
    with pytest.raises(SettingError, match="nothing can listen"):
        listen("no such host", 0)
