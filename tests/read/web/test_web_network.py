"""Whom we really talk to: certificates, and names that lead elsewhere on a second look."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import anyio
import pytest
from certificates import make_certificates
from readers import read_one, reason
from servers import PAGE, Reply, Site

from khabar.read.web.policy import Policy


def test_a_trusted_certificate_is_accepted_and_no_other(tmp_path: Path, quick: Policy) -> None:
    context, trusted = make_certificates(tmp_path)
    site = Site(context)
    try:
        site.routes["/"] = Reply()
        assert read_one(replace(quick, ca_file=trusted), site.at("/", "localhost")).text == PAGE
        told = reason(quick, site.at("/", "localhost"))
        assert told.startswith("the certificate of localhost cannot be trusted: self")
        told = reason(replace(quick, ca_file=trusted), site.at("/", "127.0.0.1"))
        assert told.startswith("the certificate of 127.0.0.1 cannot be trusted: IP address mismatch")
    finally:
        site.close()


def test_a_certificate_that_has_run_out_is_refused(tmp_path: Path, quick: Policy) -> None:
    context, trusted = make_certificates(tmp_path, days=-1)
    site = Site(context)
    try:
        told = reason(replace(quick, ca_file=trusted), site.at("/", "localhost"))
        assert told == "the certificate of localhost cannot be trusted: certificate has expired"
    finally:
        site.close()


def test_a_server_without_tls_says_so(site: Site, quick: Policy) -> None:
    told = reason(quick, site.at("/").replace("http:", "https:"))
    assert told.startswith("no secure connection to 127.0.0.1")


def look_up(*answers: list[str]) -> tuple[Callable[..., object], list[str]]:
    """A name service that answers otherwise each time, as an attacker's does."""
    asked: list[str] = []

    async def answer(host: str, port: int, **_: object) -> list[object]:
        numbers = answers[min(len(asked), len(answers) - 1)]
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port)) for number in numbers]

    return answer, asked


def test_a_name_that_leads_into_the_house_is_refused(
    site: Site, quick: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer, _ = look_up(["127.0.0.1"])
    monkeypatch.setattr(anyio, "getaddrinfo", answer)
    told = reason(quick, f"http://news.example:{site.port}/", allow_private=False)
    assert told.startswith("news.example is at 127.0.0.1, this machine;")
    assert site.asked == []


def test_every_connection_is_checked_with_the_number_that_it_uses(
    site: Site, quick: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    from khabar.read.web import network

    monkeypatch.setattr(network, "refusal_of", lambda number: "" if number == "127.0.0.1" else "ours")
    answer, asked = look_up(["127.0.0.1"], ["127.0.0.9"])
    monkeypatch.setattr(anyio, "getaddrinfo", answer)
    site.routes["/robots.txt"] = Reply("", 404, {"Connection": "close"})
    site.routes["/"] = Reply()
    told = reason(quick, f"http://news.example:{site.port}/", allow_private=False)
    assert told.startswith("news.example is at 127.0.0.9, ours;")
    assert asked == ["news.example", "news.example"]
    assert [path for path, _ in site.asked] == ["/robots.txt"]


def test_of_several_numbers_only_the_allowed_are_tried(
    site: Site, quick: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    from khabar.read.web import network

    monkeypatch.setattr(network, "refusal_of", lambda number: "" if number == "127.0.0.1" else "ours")
    answer, _ = look_up(["127.0.0.9", "10.0.0.1", "127.0.0.1"])
    monkeypatch.setattr(anyio, "getaddrinfo", answer)
    site.routes["/"] = Reply()
    assert read_one(quick, f"http://news.example:{site.port}/", allow_private=False).text == PAGE
    assert {headers["host"] for _, headers in site.asked} == {f"news.example:{site.port}"}


def test_a_redirect_into_the_house_is_refused(
    site: Site, quick: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    from khabar.read.web import network

    monkeypatch.setattr(network, "refusal_of", lambda number: "" if number == "127.0.0.1" else "ours")
    site.routes["/a"] = Reply("", 302, {"Location": "http://169.254.169.254:8080/latest/meta-data/"})
    told = reason(quick, site.at("/a"), allow_private=False)
    assert told.startswith("169.254.169.254 is ours;")
