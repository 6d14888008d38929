"""The words of the web pages in the reader's language; what the report says too is khabar.show's."""

from __future__ import annotations

from khabar.show import wording

OURS = "khabar.serve.web"


def say(key: str, /, **values: object) -> str:
    """The words for `key`, with the values put in."""
    return wording.say(key, source=OURS, **values)


def count(key: str, amount: int, /) -> str:
    """A number with its noun: "1 report", "4 reports"."""
    return wording.count(key, amount, source=OURS)


def named_in(kind: str, name: str) -> str:
    """What a task, measure or feature is called; its own English name where there are no words for it."""
    try:
        return say(f"{kind}.{name}")
    except KeyError:
        return name.replace("_", " ")
