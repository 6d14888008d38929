"""Places, organisations, outlets and laws known by name, in every script they are met in."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from khabar.annotate.names.spelling import read_spelling, read_table
from khabar.annotate.names.tokens import Token, find_tokens
from khabar.model.mentions import NameKind

ARTICLE = "ال"  # the one article that is written onto its word
_SHORTEST_WITH_ARTICLE = 5  # letters; in a shorter word the same letters begin its root
_LONGEST_FORM = 8  # words
_JOINING = "-'‘’`.\"״׳ʹ"
_PLACES = ("country", "region", "city")


@dataclass(frozen=True, slots=True)
class Known:
    """Tokens first to last (exclusive) that write a known name. `prefix`: letters of the first before it."""

    first: int
    last: int
    id: str
    prefix: int = 0

    @property
    def is_place(self) -> bool:
        """Whether a country or city is meant."""
        return self.kind is NameKind.PLACE

    @property
    def kind(self) -> NameKind:
        """What it names."""
        return kind_of(self.id)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the gazetteer."""

    id: str
    name: str
    forms: tuple[str, ...]


def kind_of(known: str) -> NameKind:
    """What an id of the tables names."""
    prefix = known.partition(":")[0]
    if prefix in _PLACES:
        return NameKind.PLACE
    if prefix == "law":
        return NameKind.LAW
    return NameKind.OUTLET if known in _outlet_rows() else NameKind.ORGANISATION


@cache
def _outlet_rows() -> dict[str, tuple[str, str]]:
    """Name and own forms of the outlets by id; the organisations among them have forms in their table too."""
    text = files("khabar.annotate").joinpath("outlets.tsv").read_text(encoding="utf-8")
    head, *rows = [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")]
    named = [dict(zip(head, row, strict=True)) for row in rows]
    return {row["id"]: (row["name"], row["forms"]) for row in named}


def _rows() -> Iterator[tuple[str, str, str]]:
    for table in ("organisations.tsv", "laws.tsv", "places_more.tsv", "places.tsv"):
        for given, name, forms in read_table(table):
            yield given, name, forms
    for given, (name, forms) in _outlet_rows().items():
        if given.startswith("outlet:"):  # forms of the others are partly common words: "the world"
            yield given, name, forms


@cache
def entries() -> dict[str, Entry]:
    """All that is known by id; larger places first."""
    found: dict[str, Entry] = {}
    by_name: dict[tuple[str, str], str] = {}
    for given, name, forms in _rows():
        # A city may stand in both tables of places: one country, one name, one id.
        key = by_name.setdefault((given.partition("/")[0], name), given) if "/" in given else given
        first = found.get(key, Entry(key, name, ()))
        found[key] = Entry(key, first.name, (*first.forms, *forms.split("|")))
    return found


def word_key(word: str) -> str:
    """The letters by which a word is looked up.

    Hebrew is read in Arabic letters to match names, but not here: קטאר would be قطار, a train.
    """
    if word[:1] in _hebrew():
        return "".join(filter(str.isalpha, unicodedata.normalize("NFKD", word)))
    return read_spelling(word).letters


@cache
def _hebrew() -> frozenset[str]:
    return frozenset(row[1] for row in read_table("letters.tsv") if row[0] == "hebrew" and row[1])


def name_key(name: str) -> tuple[str, ...]:
    """The words of a name by which it is looked up."""
    return tuple(filter(None, (word_key(token.text) for token in find_tokens(name) if token.is_word)))


def without_article(word: str) -> str:
    """The word without an article that is written onto it."""
    return word.removeprefix(ARTICLE) if len(word) >= _SHORTEST_WITH_ARTICLE else word


@cache
def _by_key() -> dict[tuple[str, ...], str]:
    """Keys to ids; where two share a form the organisation, the country, the larger city wins."""
    table: dict[tuple[str, ...], str] = {}
    for entry in sorted(entries().values(), key=lambda entry: entry.id.startswith("city:")):
        for form in entry.forms:
            key = name_key(form)
            if 0 < len(key) <= _LONGEST_FORM and sum(map(len, key)) > 1:
                table.setdefault(key, entry.id)
    return table


@cache
def _starts() -> dict[str, int]:
    """First words to the length of the longest name that begins so."""
    starts: dict[str, int] = defaultdict(int)
    for key in _by_key():
        starts[key[0]] = max(starts[key[0]], len(key))
    return dict(starts)


def known_id(name: str) -> str | None:
    """The id of what is written exactly so."""
    return _by_key().get(name_key(name))


def known_forms(known: str) -> tuple[str, ...]:
    """Every way the tables write what has this id; nothing where they do not have it."""
    return entries()[known].forms if known in entries() else ()


@cache
def name_counts() -> dict[str, int]:
    """How often an Arabic-script word is part of a name in Wikidata."""
    return {word: int(count) for word, count in read_table("name_words.tsv")}


def find_known(tokens: list[Token], clitics: tuple[str, ...]) -> list[Known]:
    """Known names in order, the longest first at each word; a clitic may stand before the first word."""
    found: list[Known] = []
    at = 0
    while at < len(tokens):
        hit = _known_at(tokens, at, clitics)
        if hit:
            found.append(hit)
        at = hit.last if hit else at + 1
    return found


def _known_at(tokens: list[Token], at: int, clitics: tuple[str, ...]) -> Known | None:
    word = tokens[at].text
    if not tokens[at].is_word:
        return None
    for prefix in ("", *(c for c in clitics if word.startswith(c) and len(word) > len(c) + 2)):
        start = word_key(word[len(prefix) :])
        longest = _starts().get(start, 0)
        key, last = [start], at + 1
        best: Known | None = None
        while len(key) <= longest:
            found = _by_key().get(tuple(key))
            if found and _written_as_name(tokens[at], prefix):
                best = Known(at, last, found, len(prefix))
            last = _skip_joins(tokens, last)
            if last >= len(tokens) or not tokens[last].is_word:
                break
            key.append(word_key(tokens[last].text))
            last += 1
        if best:
            return best
    return None


def _written_as_name(token: Token, prefix: str) -> bool:
    """In a script with capitals a name begins with one."""
    first = token.text[len(prefix)]
    return not first.islower() or first == first.upper()


def _skip_joins(tokens: list[Token], at: int) -> int:
    while at < len(tokens) and tokens[at].text in _JOINING:
        at += 1
    return at
