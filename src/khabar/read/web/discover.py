"""The feeds that a page names."""

from __future__ import annotations

from resiliparse.parse.html import HTMLTree

from khabar.read.web.addresses import join_address

_KINDS = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")


def discover_feeds(html: str, address: str = "") -> tuple[str, ...]:
    """The addresses of the feeds in a page's head, in order, each once."""
    page = HTMLTree.parse(html).document
    if page is None:
        return ()
    base = next((one.getattr("href") for one in page.query_selector_all("base[href]")), "")
    base = join_address(address, base or "")
    found = [
        join_address(base, link.getattr("href") or "")
        for link in page.query_selector_all("link[rel~='alternate'][href]")
        if (link.getattr("type") or "").partition(";")[0].strip().lower() in _KINDS
    ]
    return tuple(dict.fromkeys(found))
