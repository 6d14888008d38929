"""Whether two reports give one saying to different speakers."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from khabar.lang.fold import Fold, folded_text
from khabar.model.mentions import Entity, NameKind
from khabar.model.story import Telling


class Names:
    """The entities of a result by their ids."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._by_id = {entity.id: entity for entity in entities}

    def of(self, entity: str) -> str:
        """The usual name, the id where none is known."""
        return self._by_id[entity].name if entity in self._by_id else entity

    def differ(self, one: str, other: str) -> bool:
        """Whether the two are surely not one: persons, or bodies that one script names without a common word.

        A ministry and its minister may both be given one saying; so may a body and the name of it that no
        table links across scripts. Neither is a conflict.
        """
        first, second = self._by_id.get(one), self._by_id.get(other)
        if first is None or second is None or one == other or first.kind is not second.kind:
            return False
        return _unlike(first, second) if first.kind is not NameKind.PERSON else not _part_of(first, second)


def _part_of(one: Entity, other: Entity) -> bool:
    """Whether one name may be the short form of the other: "Saber" of "Saber Abd al-Ghani"."""
    first, second = _words(one), _words(other)
    return first <= second or second <= first


def _unlike(one: Entity, other: Entity) -> bool:
    common = {_script(form) for form in one.forms} & {_script(form) for form in other.forms}
    return bool(common) and not _words(one) & _words(other)


def _script(form: str) -> str:
    return next((unicodedata.name(char, "?").split()[0] for char in form if char.isalpha()), "")


def _words(entity: Entity) -> set[str]:
    return {word for form in entity.forms for word in folded_text(form, Fold.SEARCH).split()}


def disagree(
    tellings: Sequence[Telling], speaker: str | None, names: Names, outlets: Mapping[str, str]
) -> str:
    """A sentence that names who is given the saying where; empty where no two reports disagree.

    A report that gives it to the usual speaker too, in another place, does not disagree.
    """
    if speaker is None:
        return ""
    agreeing = {telling.excerpt.article for telling in tellings if telling.speaker == speaker}
    found = {
        (telling.speaker, telling.excerpt.article)
        for telling in tellings
        if telling.speaker
        and telling.excerpt.article not in agreeing
        and names.differ(speaker, telling.speaker)
    }
    if not found:
        return ""
    sides = [f"{names.of(speaker)} ({_listed(agreeing, outlets)})"]
    for other in dict.fromkeys(one for one, _ in sorted(found)):
        sides.append(f"{names.of(other)} ({_listed({at for one, at in found if one == other}, outlets)})")
    return f"Given to {' and to '.join(sides)}."


def _listed(articles: set[str], outlets: Mapping[str, str]) -> str:
    return ", ".join(name for article, name in outlets.items() if article in articles)
