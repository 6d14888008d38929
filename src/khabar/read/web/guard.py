"""Which machines may be reached: none of this house, unless the user allows it."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from khabar.read.web.addresses import PORTS, Address

# Public by their number, but they answer for the cloud that a machine runs in.
_METADATA = {ip_address("168.63.129.16")}
# Set apart by later standards than some versions of Python know.
_SET_APART = [ip_network(one) for one in ("192.0.0.0/24", "fec0::/10", "5f00::/16", "3fff::/20")]
_NAT64 = ip_network("64:ff9b::/96")
_IPV4_COMPATIBLE = ip_network("::/96")
_LEAST_FREE_PORT = 1024


def refusal_of(ip: str) -> str:
    """What a machine with this number is that may not be reached; empty when it may.

    An IPv4 number inside an IPv6 one (mapped, 6to4, Teredo, NAT64) is looked at by itself.
    """
    try:
        number = ip_address(ip.partition("%")[0])
    except ValueError:
        return "no number of a machine"
    for one in _stands_for(number):
        kind = _kind(one)
        if kind:
            return kind
    return ""


def refuse_port(address: Address) -> str:
    """Why this port may not be asked; empty when it may. Low ports belong to mail, files and the like."""
    if address.port in PORTS.values() or address.port >= _LEAST_FREE_PORT:
        return ""
    return f"port {address.port} is none on which pages are served"


def _kind(number: IPv4Address | IPv6Address) -> str:
    if number.is_loopback:
        return "this machine"
    if number.is_link_local:
        return "link-local, where clouds keep their metadata"
    if number in _METADATA:
        return "a cloud's metadata service"
    if number.is_multicast or number.is_unspecified:
        return "no single machine"
    is_public = number.is_global and not number.is_reserved and not any(number in one for one in _SET_APART)
    return "" if is_public else "in a private or reserved network"


def _stands_for(number: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """The numbers that are reached by this one: where it only wraps an IPv4 number, that."""
    if isinstance(number, IPv4Address):
        return [number]
    last = IPv4Address(int(number) & 0xFFFFFFFF)
    if number.ipv4_mapped or number in _NAT64:
        return [last]
    compatible = [last] if number in _IPV4_COMPATIBLE else []
    sixtofour = [number.sixtofour] if number.sixtofour else []
    return [number, *compatible, *sixtofour, *(number.teredo or ())]
