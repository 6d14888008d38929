"""Addresses on the web: what is asked for, one form for all spellings of it, and a form for readers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit

import idna

PORTS = {"http": 80, "https": 443}
_UNRESERVED = "-._~"
_IN_PATH = _UNRESERVED + "!$&'()*+,;=:@/%"
_IN_QUERY = _IN_PATH + "?"
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_SPACE_OR_CONTROL = re.compile(r"[\x00-\x20\x7f]")
_LONGEST = 8_000  # characters; servers refuse longer ones
# What campaigns and social sites add to an address; the page is the same without.
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|twclid|igshid|igsh|mc_[ce]id|_ga|_gl|ref_src|wt_mc|cmpid|"
    r"ocid|ito|at_(?:campaign|medium|custom\d|link_\w+|ptr_name|format|bbc_team))(?:=|$)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Address:
    """An address that can be fetched. `host` is in ASCII, `target` is path and query as they are sent."""

    scheme: str
    host: str
    port: int
    target: str

    def __str__(self) -> str:
        return self.origin + self.target

    @property
    def origin(self) -> str:
        """Scheme and host, with the port where it is not the usual one."""
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.named}{port}"

    @property
    def named(self) -> str:
        """The host as it stands in an address: IPv6 in brackets."""
        return f"[{self.host}]" if ":" in self.host else self.host


class BadAddress(Exception):  # noqa: N818  (it is a finding about an input, told to the user as it stands)
    """An address that cannot be fetched; the message says why, and never repeats a password."""


def is_address(text: str) -> bool:
    """Whether the user means a place on the web rather than a file."""
    return re.match(r"https?://", text, re.I) is not None


def parse_address(text: str) -> Address:
    """What to ask for. Errors: BadAddress.

    Source: RFC 3986 (percent-encoding, dot segments), WHATWG URL (hosts written as numbers), UTS 46 (names).
    """
    text = text.strip()
    if len(text) > _LONGEST:
        raise BadAddress(f"this address is too long: {len(text):,} characters, the limit is {_LONGEST:,}")
    try:
        parts = urlsplit(re.sub(r"[\t\r\n]", "", text))
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise BadAddress(f"this is no address: {error}") from error
    if parts.scheme not in PORTS:
        raise BadAddress(f"only http and https are fetched, not {parts.scheme or 'what has no scheme'}")
    if "@" in parts.netloc:
        raise BadAddress("this address holds a user name or password; name it without")
    query = f"?{_encoded(parts.query, _IN_QUERY)}" if parts.query else ""
    path = _without_dots(_encoded(parts.path, _IN_PATH))
    return Address(parts.scheme, _ascii_host(host), port or PORTS[parts.scheme], path + query)


def join_address(base: str, link: str) -> str:
    """Where a link leads that stands on the page at `base`; the link itself where that is no address."""
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return link.strip()


def canonical_address(text: str) -> str:
    """One form for all spellings of an address: no fragment, no tracking parameters, encoded, lower host.

    The order of the parameters stays: it can matter. Errors: BadAddress.
    """
    address = parse_address(text)
    path, _, query = address.target.partition("?")
    parameters = [one for one in query.split("&") if one and not _TRACKING.match(one)]
    return address.origin + path + ("?" + "&".join(parameters) if parameters else "")


def display_address(text: str) -> str:
    """The address for readers: host and path in their own script, nothing that hides or reorders letters.

    Its canonical form is that of `text`. What is no address comes back without its user name and password.
    """
    try:
        address = parse_address(text)
    except BadAddress:
        return without_credentials(text)
    shown = "".join(_shown_label(label) + dot for label, dot in re.findall(r"([^.]*)(\.|$)", address.named))
    origin = address.origin.replace(address.named, shown, 1)
    return origin + _ESCAPES.sub(_readable, address.target)


def without_credentials(text: str) -> str:
    """The words without a user name and password before a host."""
    return re.sub(r"(//)[^/?#\s]*@", r"\1", text)


def _encoded(text: str, safe: str) -> str:
    """Every escape in upper case, none for letters that need none, one for each that does. Twice is once."""
    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    text = quote(text.encode("utf-8", "surrogatepass"), safe=safe)
    return _ESCAPE.sub(lambda found: _plain(int(found[1], 16)), text)


def _plain(code: int) -> str:
    letter = chr(code)
    return letter if code < 128 and (letter.isalnum() or letter in _UNRESERVED) else f"%{code:02X}"


def _without_dots(path: str) -> str:
    kept: list[str] = []
    parts = path.split("/")[1:] if path.startswith("/") else path.split("/")
    for part in parts:
        if part == "..":
            kept = kept[:-1]
        elif part != ".":
            kept.append(part)
    if parts[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _ascii_host(host: str) -> str:
    host = host.removesuffix(".")
    if ":" in host:
        return host.lower()  # IPv6; urlsplit has checked it
    if _SPACE_OR_CONTROL.search(host) or not host:
        raise BadAddress("this address names no host")
    try:
        plain = unicodedata.normalize("NFKC", host).lower()
        name = plain if plain.isascii() else idna.encode(plain, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError) as error:
        raise BadAddress(f"{host!r} cannot be the name of a host") from error
    if not re.fullmatch(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*", name) or len(name) > 253:
        raise BadAddress(f"{host!r} cannot be the name of a host")
    return _dotted(name) if re.fullmatch(r"(?:.*\.)?(?:0x[0-9a-f]*|\d+)", name) else name


def _dotted(host: str) -> str:
    """Four numbers for an IPv4 address in one of its odd forms: 2130706433, 0x7f.1, 0177.0.0.1."""
    try:
        numbers = [_number(part) for part in host.split(".")]
        last, value = numbers[-1], 0
        if len(numbers) > 4 or any(one > 255 for one in numbers[:-1]) or last >= 256 ** (5 - len(numbers)):
            raise ValueError(host)
    except ValueError as error:
        raise BadAddress(f"{host!r} is no host: its numbers are no IPv4 address") from error
    for place, one in enumerate(numbers[:-1]):
        value += one << (8 * (3 - place))
    return ".".join(str((value + last) >> shift & 255) for shift in (24, 16, 8, 0))


def _number(part: str) -> int:
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    return int(part, 8) if len(part) > 1 and part.startswith("0") else int(part)


def _shown_label(label: str) -> str:
    try:
        return idna.decode(label) if label.startswith("xn--") else label
    except idna.IDNAError:
        return label


def _readable(escapes: re.Match[str]) -> str:
    """Letters, marks and digits beyond ASCII as themselves; all else, and broken UTF-8, stays escaped."""
    try:
        text = unquote_to_bytes(escapes[0]).decode("utf-8")
    except UnicodeDecodeError:
        return escapes[0]
    return "".join(one if _is_shown(one) else quote(one, safe="") for one in text)


def _is_shown(letter: str) -> bool:
    # Persian words need the zero-width non-joiner, which moves no letter and hides none.
    return letter == "\u200c" or (ord(letter) > 127 and unicodedata.category(letter)[0] in "LMN")
