"""The names in one sentence, with the title that stands beside a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from khabar.annotate.names.clitics import plain_clitics, strip_clitic
from khabar.annotate.names.gazetteer import Known, find_known, known_id
from khabar.annotate.names.tagger import Tagged, load_tagger, tag_tokens
from khabar.annotate.names.titles import find_title, title_hits
from khabar.annotate.names.tokens import Token, find_tokens, token_vectors
from khabar.encode.types import Vectors, Words
from khabar.lang.lexicons import lexicon
from khabar.lang.loader import Languages, load_languages
from khabar.lang.schema import Pack
from khabar.model.article import Article
from khabar.model.mentions import NameKind, NameMention
from khabar.model.span import Span

# How likely the tagger must hold a known name to be one before the table decides: common words among
# city names need more. Chosen on the development corpora.
_LEAST_CHANCE = {"country": 0.03, "city": 0.2, "org": 0.05}
_SURE_PERSON = 0.8
_QUOTES = "\"«»“”„'‘’()[]"


@dataclass(frozen=True, slots=True)
class _Found:
    """A name by its tokens; `prefix` letters of the first token do not belong to it."""

    first: int
    last: int
    kind: NameKind
    reason: str
    prefix: int = 0


def find_names(text: str, words: Words, pack: Pack) -> list[NameMention]:
    """The names in a sentence, in order and without overlap; spans address `text`, no entity is set yet.

    `words` are the encoder's words of the same text.
    """
    tokens = find_tokens(text)
    tagged, chances = tag_tokens(load_tagger(), tokens, *token_vectors(tokens, words))
    known = find_known(tokens, plain_clitics(pack.clitics))
    found = _merge([_trim(name, tokens) for name in tagged], known, tokens, chances)
    mentions = [_mention(name, tokens, text, pack) for name in found if name.first < name.last]
    return _with_titles([mention for mention in mentions if not _is_people(mention.text, pack)], text, pack)


def name_article(article: Article, words: Sequence[Words], languages: Languages) -> Article:
    """The article with the names of its sentences; `words` are the encoder's words of each sentence."""
    names: list[NameMention] = []
    for sentence, own in zip(article.sentences, words, strict=True):
        text = sentence.span.of(article.text)
        found = find_names(text, own, languages.pack(sentence.language))
        names += [_shifted(mention, sentence.span.start) for mention in found]
    return replace(article, names=tuple(sorted(names, key=lambda mention: mention.span)))


def _shifted(mention: NameMention, by: int) -> NameMention:
    title = mention.title and Span(mention.title.start + by, mention.title.end + by)
    return replace(mention, span=Span(mention.span.start + by, mention.span.end + by), title=title)


def _trim(name: Tagged, tokens: list[Token]) -> _Found:
    """The tagged run without marks at its ends."""
    first, last = name.first, name.last
    while first < last and not _may_end(tokens[first]):
        first += 1
    while last > first and not _may_end(tokens[last - 1]):
        last -= 1
    if not any(token.is_word for token in tokens[first:last]):
        last = first
    return _Found(first, last, name.kind, f"read as a {name.kind.value} by the tagger ({name.score:.2f})")


def _may_end(token: Token) -> bool:
    return token.is_word or token.text[0].isdigit()


def _merge(tagged: list[_Found], known: list[Known], tokens: list[Token], chances: Vectors) -> list[_Found]:
    """Tagged names and names from the tables; a table's longer or equal name wins, a sure person stays."""
    names = {name.first: name for name in tagged if name.first < name.last}
    for hit in known:
        inside = [n for n in names.values() if n.first < hit.last and hit.first < n.last]
        if inside:
            covered = all(hit.first <= n.first and n.last <= hit.last for n in inside)
            if covered and not any(_is_sure(n, hit, chances) for n in inside):
                for name in inside:
                    del names[name.first]
                names[hit.first] = _from_table(hit)
        elif _is_likely(hit, tokens, chances):
            names[hit.first] = _from_table(hit)
    return [names[at] for at in sorted(names)]


def _is_sure(name: _Found, hit: Known, chances: Vectors) -> bool:
    """Whether the tagger is sure of a person where the tables know a place of that name."""
    if name.kind is not NameKind.PERSON or not hit.is_place:
        return False
    return float(chances[name.first, 1:3].sum()) >= _SURE_PERSON


def _is_likely(hit: Known, tokens: list[Token], chances: Vectors) -> bool:
    column = 3 if hit.is_place else 5
    chance = float(chances[hit.first : hit.last, column : column + 2].sum(axis=1).max())
    quoted = hit.first > 0 and tokens[hit.first - 1].text in _QUOTES and not hit.is_place
    several = hit.last - hit.first > 1 and not hit.id.startswith("city:")
    return several or quoted or chance >= _LEAST_CHANCE[hit.id.partition(":")[0]]


def _from_table(hit: Known) -> _Found:
    kind = NameKind.PLACE if hit.is_place else NameKind.ORGANISATION
    return _Found(hit.first, hit.last, kind, f"in the table of known names ({hit.id})", hit.prefix)


def _mention(name: _Found, tokens: list[Token], text: str, pack: Pack) -> NameMention:
    first = tokens[name.first]
    prefix = name.prefix
    if not prefix and not known_id(text[first.span.start : tokens[name.last - 1].span.end]):
        prefix = strip_clitic(first.text, pack.clitics)
    start = first.span.start + prefix
    if name.kind is NameKind.PERSON and start == first.span.start and text[start - 1 : start] in ("‘", "ʻ"):
        start = _with_ayn(text, start)
    span = Span(start, tokens[name.last - 1].span.end)
    return NameMention(span, span.of(text), name.kind, reason=name.reason)


def _with_ayn(text: str, start: int) -> int:
    """‘Alī begins with an ayn that is printed as a quotation mark, where no mark closes it."""
    opened = text.count("‘") > text.count("’")
    return start - 1 if opened else start


@cache
def _people(code: str) -> frozenset[str]:
    """Names of peoples: "the Syrians" are nobody in particular."""
    rows = load_languages().pack(code).rows("places_words")
    return frozenset(row.form.casefold() for row in rows if row.meaning.startswith("people:"))


def _is_people(text: str, pack: Pack) -> bool:
    bare = text[2:] if text.startswith("ال") else text
    return bool({text.casefold(), bare} & _people(pack.code))


def _with_titles(mentions: list[NameMention], text: str, pack: Pack) -> list[NameMention]:
    """Persons with the title beside them; one that the tagger took into the name is cut off."""
    hits = title_hits(text, lexicon(pack.code, "titles"))
    people = [mention.span for mention in mentions if mention.kind is NameKind.PERSON] if hits else []
    out: list[NameMention] = []
    for mention in mentions:
        if mention.span in people:
            at = people.index(mention.span)
            before = people[at - 1].end if at else 0
            after = people[at + 1].start if at + 1 < len(people) else len(text)
            span, title = find_title(text, mention.span, hits, before, after)
            mention = replace(mention, span=span, text=span.of(text), title=title)  # noqa: PLW2901
        out.append(mention)
    return out
