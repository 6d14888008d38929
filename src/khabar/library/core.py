"""What every part of a library holds: the database, the encoder, and what was read of both."""

from __future__ import annotations

import threading
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from khabar.annotate.names.own import OwnName
from khabar.annotate.outlets import Outlet
from khabar.encode.types import Encoder
from khabar.group import load_weights
from khabar.group.growing import Rules
from khabar.library.columns import ENTITY, to_number
from khabar.library.growth import StoryShelf
from khabar.library.nearest import Nearest, open_nearest
from khabar.library.open import open_store
from khabar.library.profiles import Profiles
from khabar.library.shelves import Reading
from khabar.library.store import Store, row
from khabar.model.story import MadeBy
from khabar.pipeline import made_by, open_encoder
from khabar.read.own_names import read_own_names
from khabar.read.own_outlets import read_own_outlets
from khabar.settings import Settings, load_settings


class Core:
    """An open library without anything that is done with it."""

    def __init__(self, store: Store, settings: Settings, encoder: Encoder | None = None) -> None:
        self.store, self.settings, self._encoder = store, settings, encoder
        self.nearest: Nearest = open_nearest(store)
        self.reading = Reading(store)
        self.profiles = Profiles(store, self.reading)
        self._adding = threading.Lock()

    @classmethod
    def open(
        cls,
        where: str | Path,
        settings: Settings | None = None,
        create: bool = False,
        encoder: Encoder | None = None,
    ) -> Self:
        """The library in this file or behind this postgresql:// connection string.

        `encoder` takes the place of the one that the settings name. Errors: LibraryError.
        """
        return cls(open_store(where, create), settings or load_settings(), encoder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connections."""
        self.store.close()

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder, loaded when it is first needed. Errors: ModelError."""
        return self._encoder or open_encoder(self.settings)

    @cached_property
    def made(self) -> MadeBy:
        """What makes articles and tellings now."""
        return made_by(self.encoder.name, self.settings, *self._lists)

    @cached_property
    def _lists(self) -> tuple[tuple[OwnName, ...], tuple[Outlet, ...]]:
        """The user's own names and outlets."""
        names, outlets = self.settings.names, self.settings.outlets
        return (
            tuple(read_own_names(names)) if names else (),
            tuple(read_own_outlets(outlets)) if outlets else (),
        )

    @cached_property
    def rules(self) -> Rules:
        """What decides about stories."""
        return Rules(load_weights(), self.settings.same_at, self._name)

    @property
    def shelf(self) -> StoryShelf:
        """What stands in the library, as grouping looks at it."""
        return StoryShelf(self.store, self.nearest, self.profiles)

    def _name(self, entity: str) -> str:
        found = row(self.store, "SELECT name FROM entities WHERE number = ?", (to_number(ENTITY, entity),))
        return str(found[0]) if found else entity
