"""What the tests read addresses with: the same as the command line does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from khabar.model.outcome import Dropped, Kept, Outcome
from khabar.model.page import Page, PageKind
from khabar.read.found import Found
from khabar.read.kinds import Kind, kind_of
from khabar.read.pages import page_of_bytes
from khabar.read.web.policy import Policy
from khabar.read.web.reading import Known, read_addresses


def each(found: Found) -> Iterator[Outcome[Page]]:
    kind = PageKind.HTML if kind_of(found) is Kind.HTML else PageKind.TEXT
    yield page_of_bytes(found, found.stream.read(), kind)


def read(
    policy: Policy, *addresses: str, known: Known | None = None, **changed: object
) -> list[Outcome[Page]]:
    return list(read_addresses(addresses, replace(policy, **changed), each, known))  # type: ignore[arg-type]


def read_one(policy: Policy, address: str, known: Known | None = None, **changed: object) -> Page:
    (outcome,) = read(policy, address, known=known, **changed)
    assert isinstance(outcome, Kept), outcome
    return outcome.item


def reason(policy: Policy, address: str, known: Known | None = None, **changed: object) -> str:
    (outcome,) = read(policy, address, known=known, **changed)
    assert isinstance(outcome, Dropped), outcome
    return outcome.reason
