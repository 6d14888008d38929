"""What was found for a search, as the page shows it."""

from __future__ import annotations

from collections.abc import Mapping

from khabar.errors import SettingError
from khabar.library import Library
from khabar.library.search.types import Results


def find(
    library: Library, query: str, asked: Mapping[str, str | None], after: str | None
) -> tuple[Results | None, str]:
    """What the library finds for words, or why it cannot be looked for."""
    try:
        found = library.search(
            query,
            language=asked.get("language"),
            outlet=asked.get("outlet"),
            since=asked.get("since"),
            until=asked.get("until"),
            after=after,
        )
    except SettingError as error:
        return None, str(error)
    return found, ""
