"""The user's own list of names: what it says goes before what the stage would find or link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from khabar.annotate.names.gazetteer import name_key
from khabar.model.mentions import NameKind

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnName:
    """A name as the user wants it shown, what it names, and the ways it is written."""

    name: str
    kind: NameKind
    aliases: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[Key, ...]:
        """The words of each way it is written, as names are looked up."""
        return tuple(key for key in map(name_key, (self.name, *self.aliases)) if key)


def own_by_key(own: Sequence[OwnName]) -> Mapping[Key, OwnName]:
    """Every way of writing to the user's name; the first of two that share one has it."""
    table: dict[Key, OwnName] = {}
    for one in own:
        for key in one.keys:
            table.setdefault(key, one)
    return table
