"""Spellings of addresses, and the machines that may be reached."""

from __future__ import annotations

from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.read.web.addresses import (
    BadAddress,
    canonical_address,
    display_address,
    is_address,
    parse_address,
)
from khabar.read.web.guard import refusal_of


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("HTTPS://News.Example:443/a/../b/./c#part", "https://news.example/b/c"),
        ("http://news.example", "http://news.example/"),
        ("http://news.example:8080/?", "http://news.example:8080/"),
        ("https://news.example./a?utm_source=x&id=7&fbclid=abc&utm_medium=y", "https://news.example/a?id=7"),
        ("https://news.example/a?b=2&a=1", "https://news.example/a?b=2&a=1"),
        ("https://news.example/خبر/١", "https://news.example/%D8%AE%D8%A8%D8%B1/%D9%A1"),
        ("https://news.example/%d8%ae%D8%A8%d8%b1/%7euser", "https://news.example/%D8%AE%D8%A8%D8%B1/~user"),
        ("https://خبر.example/", "https://xn--ngblk.example/"),
        ("https://BÜCHER.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://news.example/100%/a b", "https://news.example/100%25/a%20b"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://０x7f000001/", "http://127.0.0.1/"),
        ("http://[2001:DB8::1]:80/", "http://[2001:db8::1]/"),
        ("https://news.example/a//b", "https://news.example/a//b"),
    ],
)
def test_spellings_of_one_address_become_one(written: str, canonical: str) -> None:
    assert canonical_address(written) == canonical


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("https://news.example/%D8%AE%D8%A8%D8%B1/12", "https://news.example/خبر/12"),
        ("https://xn--ngblk.example/", "https://خبر.example/"),
        (
            "https://news.example/%DA%A9%D8%B4%D8%AA%DB%8C%E2%80%8C%D9%87%D8%A7",
            "https://news.example/کشتی\u200cها",
        ),
        ("https://news.example/%E2%80%AEfdp.exe", "https://news.example/%E2%80%AEfdp.exe"),
        ("https://news.example/a%2Fb%20c%C3", "https://news.example/a%2Fb%20c%C3"),
        ("https://user:hush@news.example/a", "https://news.example/a"),
    ],
)
def test_addresses_are_shown_readable_and_nothing_hidden(written: str, shown: str) -> None:
    assert display_address(written) == shown


@pytest.mark.parametrize(
    "written",
    ["", "news.example", "file:///etc/passwd", "ftp://news.example", "javascript:alert(1)", "http:///a", "http://a..b/",
     "http://a b/", "http://1.2.3.4.5/", "http://256.1.1.1/", "http://0x/1.2.3.999999999999/", "https://\u202e/",
     "http://a:b@c/", "http://x:port/", "http://" + "a" * 300 + "/"],
)  # fmt: skip
def test_what_cannot_be_fetched_is_refused(written: str) -> None:
    if written == "http://0x/1.2.3.999999999999/":
        assert canonical_address(written).startswith("http://0.0.0.0/")
        return
    with pytest.raises(BadAddress):
        parse_address(written)


def test_a_path_is_no_address() -> None:
    assert is_address("HTTPS://news.example")
    assert not is_address("news.example/a.html")
    assert not is_address("https/a.html")


PATHS = st.text(
    st.one_of(
        st.sampled_from("/abcXYZ019-._~%!$&'()*+,;=:@ کشتیخبر١۲\u200c\u202e\u00a0é漢😀"),
        st.characters(exclude_categories=("Cs",), exclude_characters="\t\r\n"),
    ),
    max_size=40,
)
LABELS = st.text(st.sampled_from("abcxyz09خبرنیوزéü漢"), min_size=1, max_size=10)
ADDRESSES = st.builds(
    "{}://{}.{}{}/{}?{}#{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    LABELS,
    LABELS,
    st.sampled_from(["", ":80", ":8080", "."]),
    PATHS.map(lambda path: path.replace("?", "").replace("#", "")),
    PATHS.map(lambda path: path.replace("#", "")),
    PATHS,
)


@given(ADDRESSES)
def test_the_canonical_form_is_its_own(address: str) -> None:
    try:
        canonical = canonical_address(address)
    except BadAddress:
        return
    assert canonical.isascii()
    assert not set(canonical) & set(' \t\r\n"<>#')
    assert canonical_address(canonical) == canonical
    assert parse_address(canonical) == parse_address(str(parse_address(canonical)))


@given(ADDRESSES)
def test_what_is_shown_leads_to_the_same_place(address: str) -> None:
    try:
        canonical = canonical_address(address)
    except BadAddress:
        return
    shown = display_address(address)
    assert canonical_address(shown) == canonical
    assert display_address(shown) == shown
    assert not any(
        letter in shown for letter in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\n"
    )


@given(st.text(max_size=60))
def test_any_words_are_an_address_or_refused(words: str) -> None:
    for text in (words, "http://" + words, "http://news.example/" + words):
        with suppress(BadAddress):
            assert parse_address(text).scheme in {"http", "https"}
        assert "\n" not in display_address(text) or "\n" in words


@given(st.ip_addresses(v=4))
def test_every_spelling_of_a_number_is_guarded_alike(number: IPv4Address) -> None:
    value, parts = int(number), number.packed
    spellings = [
        str(number), str(value), hex(value), f"0{value:o}", ".".join(map(hex, parts)),
        ".".join(f"0{part:o}" for part in parts), f"{parts[0]}.{value & 0xFFFFFF}",
    ]  # fmt: skip
    hosts = {parse_address(f"http://{spelling}/").host for spelling in spellings}
    assert hosts == {str(number)}


@given(st.ip_addresses(v=4))
def test_a_number_wrapped_in_another_is_looked_at_by_itself(number: IPv4Address) -> None:
    plain = bool(refusal_of(str(number)))
    assert bool(refusal_of(str(IPv6Address((0xFFFF << 32) | int(number))))) == plain
    assert bool(refusal_of(str(IPv6Address((0x64FF9B << 96) | int(number))))) == plain
    if plain:
        assert refusal_of(str(IPv6Address((0x2002 << 112) | (int(number) << 80) | 1)))


@given(st.ip_addresses())
def test_only_public_numbers_may_be_reached(number: IPv4Address | IPv6Address) -> None:
    if not refusal_of(str(number)):
        wrapped = isinstance(number, IPv6Address) and (number.ipv4_mapped or int(number) >> 96 == 0x64FF9B)
        assert wrapped or (number.is_global and not number.is_multicast)


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "127.8.9.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.100.100.200",
        "192.0.0.192",
        "168.63.129.16",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::127.0.0.1",
        "2001:db8::1",
        "fec0::1",
        "what",
    ],
)
def test_machines_of_the_house_are_refused(number: str) -> None:
    assert refusal_of(number)


@pytest.mark.parametrize(
    "number", ["8.8.8.8", "193.0.6.139", "2001:67c:2e8::1", "2606:4700::1111", "::ffff:8.8.8.8"]
)
def test_public_machines_may_be_reached(number: str) -> None:
    assert ip_address(number)
    assert refusal_of(number) == ""
