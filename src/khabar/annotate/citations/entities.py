"""The outlets among the entities, and those that become entities because they are cited."""

from __future__ import annotations

from dataclasses import dataclass, field

from khabar.annotate.citations.credit import BODIES
from khabar.annotate.outlets import Outlets, bare_key
from khabar.model.mentions import Entity, NameKind


@dataclass(slots=True)
class Entities:
    """The entities known so far, by the ways an outlet may be recognised in them."""

    all: list[Entity]
    outlets: Outlets
    by_outlet: dict[str, str] = field(default_factory=dict)
    by_key: dict[tuple[str, ...], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entity in self.all:
            self._index(entity)

    def of(self, name: str) -> str:
        """The id of the outlet of that name; one that is no entity yet becomes one."""
        known = self.outlets.id_of(name)
        found = self.by_outlet.get(known) if known else self.by_key.get(bare_key(name))
        if found is None:
            entity = Entity(self._free_id(), NameKind.OUTLET, name, (name,))
            self.all.append(entity)
            self._index(entity)
            found = entity.id
        return found

    def _free_id(self) -> str:
        taken = {entity.id for entity in self.all}
        return next(name for n in range(len(taken) + 1, 2 * len(taken) + 3) if (name := f"e{n}") not in taken)

    def _index(self, entity: Entity) -> None:
        if entity.kind is NameKind.PERSON:
            return
        for form in entity.forms:
            known = self.outlets.id_of(form, surely=entity.kind is NameKind.OUTLET)
            if known:
                self.by_outlet.setdefault(known, entity.id)
            if entity.kind in BODIES:
                self.by_key.setdefault(bare_key(form), entity.id)
