"""Names of a new report and whom the library knows by them: the same ids for the same people, for good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from khabar.annotate.citations import find_citations
from khabar.annotate.names.known import KnownEntity, Met, link_to_known
from khabar.annotate.names.own import OwnName
from khabar.annotate.names.people import name_words
from khabar.annotate.names.spread import spread_names
from khabar.annotate.outlets import Outlets
from khabar.annotate.quotes import find_quotes
from khabar.encode.types import Vectors
from khabar.library.columns import ENTITY
from khabar.library.entities import find_near, keep_met, read_entities, read_known
from khabar.library.nearest import Nearest
from khabar.library.profiles import Profiles
from khabar.library.shelves import Reading
from khabar.library.store import Store
from khabar.model.article import Article
from khabar.model.mentions import Entity, NameKind

_NEIGHBOURS = 4  # nearest reports whose names are looked for in a new one
_LIKE = 0.35  # so near they must be
_VOUCHED = 6  # known persons that a surname alone may mean
_BESIDE = 8  # reports of a person whose places and organisations may vouch for a surname that stands alone


class Linking:
    """Gives the names of a report the library's entities; new ones are kept, inside `writing`."""

    def __init__(
        self, store: Store, nearest: Nearest, reading: Reading, profiles: Profiles, own: Sequence[OwnName],
        match_names: bool, outlets: Outlets | None,
    ) -> None:  # fmt: skip
        self.store, self.nearest, self.reading, self.profiles = store, nearest, reading, profiles
        self.own, self.match_names, self.outlets = own, match_names, outlets

    def link(self, article: Article, report: Vectors) -> Article:
        """The article with the library's entities, its citations and quotations.

        Shapes: `report` float32[dim], the vector of the whole report.
        """
        neighbours = self._neighbours(report)
        spread = spread_names([article, *neighbours], self.own)[0]
        around = self._around(spread, neighbours)
        named, met = link_to_known(spread, around, self.own, self.match_names)
        lasting = keep_met(self.store, met)
        named = _renamed(named, lasting)
        cited = self._with_citations(named, [lasting[each.entity.id] for each in met])
        return replace(cited, quotes=find_quotes(cited))

    def _neighbours(self, report: Vectors) -> list[Article]:
        """The nearest reports, for the names in them; their sentences are of no use here."""
        found = self.nearest.near(report, _NEIGHBOURS)
        near = self.reading.articles([number for number, cosine in found if cosine >= _LIKE])
        return [replace(article, sentences=()) for article in near]

    def _around(self, article: Article, neighbours: Sequence[Article]) -> list[KnownEntity]:
        """The known entities whose names come near to those of the article."""
        forms = dict.fromkeys((name.kind, " ".join(name.text.split())) for name in article.names)
        numbers = dict.fromkeys(
            number for kind, form in forms for number in find_near(self.store, kind, form)
        )
        alone = [form for kind, form in forms if kind is NameKind.PERSON and len(name_words(form)) < 2]
        vouched = dict.fromkeys(
            number for form in alone for number in find_near(self.store, NameKind.PERSON, form)[:_VOUCHED]
        )
        beside = self._beside(list(vouched))
        return read_known(self.store, list(numbers), beside)

    def _beside(self, numbers: Sequence[int]) -> Mapping[int, tuple[frozenset[str], ...]]:
        """The places and organisations that stand in the newest reports of each person."""
        newest = {}
        for number in numbers:
            sql = (
                "SELECT a.id FROM mentions AS m JOIN articles AS a ON a.number = m.article "
                "WHERE m.entity = ? ORDER BY m.article DESC LIMIT ?"
            )
            newest[number] = [name for (name,) in self.store.rows(sql, (number, _BESIDE))]
        profiles = self.profiles.read([name for names in newest.values() for name in names])
        return {
            number: tuple(
                frozenset({*profiles[name].places, *profiles[name].organisations})
                for name in names
                if name in profiles
            )
            for number, names in newest.items()
        }

    def _with_citations(self, article: Article, ids: Sequence[str]) -> Article:
        """The article with its citations; an outlet that it only credits is found or becomes an entity."""
        entities = read_entities(self.store, ids)
        (cited,), all_of = find_citations([article], entities, self.outlets)
        new = [entity for entity in all_of if entity.id not in set(ids)]
        if not new:
            return cited
        lasting = {entity.id: self._outlet(entity, article) for entity in new}
        citations = tuple(
            replace(one, source=lasting.get(one.source or "", one.source)) for one in cited.citations
        )
        return replace(cited, citations=citations)

    def _outlet(self, entity: Entity, article: Article) -> str:
        """The lasting id of an outlet that is only credited."""
        wanted = f"w:{entity.name}"
        near = [
            number
            for number in find_near(self.store, entity.kind, entity.name)
            if entity.name in read_entities(self.store, [f"{ENTITY}{number}"])[0].forms
        ]
        language = article.languages[0] if article.languages else ""
        known = f"{ENTITY}{near[0]}" if near else None
        met = Met(known, replace(entity, id=wanted), {(entity.name, language): 1}, frozenset(), None, False)
        return keep_met(self.store, [met])[wanted]


def _renamed(article: Article, lasting: Mapping[str, str]) -> Article:
    names = tuple(
        replace(name, entity=None if name.entity is None else lasting[name.entity]) for name in article.names
    )
    return replace(article, names=names)
