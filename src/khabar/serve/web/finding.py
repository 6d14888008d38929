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
        return library.search(query, **{name: one for name, one in asked.items() if one}, after=after), ""
    except SettingError as error:
        return None, str(error)
