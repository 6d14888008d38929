"""The names in one sentence, with the title that stands beside a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from khabar.annotate.names.bodies import with_bodies
from khabar.annotate.names.clitics import plain_clitics, strip_clitic
from khabar.annotate.names.common import (
    common_places,
    is_common,
    is_common_word,
    kind_in_context,
    outlet_words,
)
from khabar.annotate.names.features import build_features
from khabar.annotate.names.gazetteer import Known, find_known, kind_of, known_id
from khabar.annotate.names.laws import with_laws
from khabar.annotate.names.peoples import is_people
from khabar.annotate.names.tagger import KINDS, Tagged, load_tagger, tag_sentences
from khabar.annotate.names.titles import find_title, title_hits
from khabar.annotate.names.tokens import Token, find_tokens, token_vectors
from khabar.annotate.names.unspaced import bounded
from khabar.encode.types import Vectors, Words
from khabar.lang.lexicons import lexicon
from khabar.lang.loader import Languages
from khabar.lang.schema import Pack
from khabar.model.article import Article
from khabar.model.mentions import NameKind, NameMention
from khabar.model.span import Span

# How likely the tagger must hold a known name to be one before the table decides: common words among
# city names need more. Chosen on held-out sentences of five corpora: a sure tagger is better than the tables.
_LEAST_CHANCE = {"country": 0.15, "region": 0.15, "city": 0.4, "org": 0.15, "outlet": 0.15}
_COMMON_CHANCE = 0.5  # what a known name needs that is a common word of the language as well
_SURE_OF_COMMON = 0.96  # what a word of the language needs that the tagger alone calls a name
_SURE_NAME = 0.7
_SURE_ORGANISATION = 0.6
_LEAST_SCORE = {NameKind.PERSON: 0.3, NameKind.PLACE: 0.3, NameKind.ORGANISATION: 0.4}
_SHORT, _SHORT_CHANCE = 3, 0.3  # "شام" is Syria in Urdu and dinner in Persian
_ARTICLES = {kind: f"a{'n' if kind is NameKind.ORGANISATION else ''} {kind.value}" for kind in KINDS}
_ANDS = ("و", "&", "and")
_PAIRS = {'"': '"', "»": "«", "”": "“"}
_QUOTES = "\"«»“”„'‘’()[]"


@dataclass(frozen=True, slots=True)
class _Found:
    """A name by its tokens; `prefix` letters of the first token do not belong to it."""

    first: int
    last: int
    kind: NameKind
    reason: str
    score: float = 1.0
    prefix: int = 0
    known: bool = False  # by the tables, whatever the tagger says


def find_names(text: str, words: Words, pack: Pack) -> list[NameMention]:
    """The names in a sentence, in order and without overlap; spans address `text`, no entity is set yet.

    `words` are the encoder's words of the same text.
    """
    return find_all_names([text], [words], [pack])[0]


def name_article(article: Article, words: Sequence[Words], languages: Languages) -> Article:
    """The article with the names of its sentences; `words` are the encoder's words of each sentence."""
    texts = [sentence.span.of(article.text) for sentence in article.sentences]
    packs = [languages.pack(sentence.language) for sentence in article.sentences]
    found = find_all_names(texts, words, packs)
    names = [
        _shifted(mention, sentence.span.start)
        for sentence, mentions in zip(article.sentences, found, strict=True)
        for mention in mentions
    ]
    return replace(article, names=tuple(sorted(names, key=lambda mention: mention.span)))


def find_all_names(
    texts: Sequence[str], words: Sequence[Words], packs: Sequence[Pack]
) -> list[list[NameMention]]:
    """The names of each sentence, as `find_names` gives them, with one run of the tagger."""
    tokens = [find_tokens(text) for text in texts]
    features = [
        build_features(own, *token_vectors(own, vectors)) for own, vectors in zip(tokens, words, strict=True)
    ]
    tagged = tag_sentences(load_tagger(), features, {one.family for one in words})
    return [
        _mentions(text, own, names, chances, pack)
        for text, own, (names, chances), pack in zip(texts, tokens, tagged, packs, strict=True)
    ]


def _mentions(
    text: str, tokens: list[Token], tagged: list[Tagged], chances: Vectors, pack: Pack
) -> list[NameMention]:
    known = find_known(tokens, plain_clitics(pack.clitics))
    known = [hit for hit in known if not _is_common_word(hit, tokens, chances, pack)]
    sure = [name for name in tagged if name.score >= _LEAST_SCORE[name.kind]]
    found = _merge([_trim(name, tokens) for name in sure], known, tokens, chances)
    parts = [part for name in found for part in _split(name, tokens, pack)]
    weak = {tokens[part.last - 1].span.end for part in parts if _is_weak(part, tokens, pack)}
    mentions = _bounded([(part, _mention(part, tokens, text, pack)) for part in parts], text)
    days = [hit.span for hit in lexicon(pack.code, "weekdays").find(text)]
    common = [*common_places(text, pack.code), *days]
    named = [
        mention
        for mention in mentions
        if not is_people(mention.text, pack.code) and not any(one.contains(mention.span) for one in common)
    ]
    titled = _with_titles(_with_outlets(named, text, pack), text, pack)
    kept = [one for one in titled if one.title or one.span.end not in weak]
    return with_laws(with_bodies(kept, text, pack), text, pack)


def _is_weak(name: _Found, tokens: list[Token], pack: Pack) -> bool:
    """Whether the tagger alone, and not sure enough, reads a word that means something else: May, Aid.

    Several such words are weak where no capitals tell a name: توفان بندر is a storm in a harbour.
    """
    several = name.last - name.first > 1
    if name.known or (several and pack.has_case) or name.score >= _SURE_OF_COMMON:
        return False
    first, *others = (token.text for token in tokens[name.first : name.last])
    words = (first[strip_clitic(first, pack.clitics) :], *others)
    known = known_id(" ".join(words))
    kind = kind_of(known) if known else None
    told = kind is not None and (kind is name.kind or (kind.is_body and name.kind.is_body))
    return not told and all(is_common_word(word, pack.code) for word in words)


def _bounded(mentions: list[tuple[_Found, NameMention]], text: str) -> list[NameMention]:
    """What the tagger found, as far as the writing shows where it begins and ends."""
    kept: list[NameMention] = []
    for found, mention in mentions:
        span = mention.span if found.known else bounded(text, mention.span, mention.kind)
        if span == mention.span:
            kept.append(mention)
        elif span:
            kept.append(replace(mention, span=span, text=span.of(text)))
    return kept


def _is_common_word(hit: Known, tokens: list[Token], chances: Vectors, pack: Pack) -> bool:
    """Whether a known name of one word is likelier the other thing that this word means."""
    if hit.last - hit.first > 1 or not is_common(tokens[hit.first].text[hit.prefix :], pack.code):
        return False
    return _chance(hit, chances) < _COMMON_CHANCE


def _with_outlets(mentions: list[NameMention], text: str, pack: Pack) -> list[NameMention]:
    words = outlet_words(text, pack.code)
    return [replace(one, kind=kind_in_context(one.kind, one.span, text, words)) for one in mentions]


def _shifted(mention: NameMention, by: int) -> NameMention:
    title = mention.title and mention.title.moved(by)
    return replace(mention, span=mention.span.moved(by), title=title)


def _trim(name: Tagged, tokens: list[Token]) -> _Found:
    """The tagged run without marks at its ends."""
    first, last = name.first, name.last
    while first < last and not _may_end(tokens[first]):
        first += 1
    while last > first and not _may_end(tokens[last - 1]):
        last -= 1
    if not any(token.is_word for token in tokens[first:last]):
        last = first
    reason = f"the tagger reads it as {_ARTICLES[name.kind]} ({name.score:.2f})"
    return _Found(first, last, name.kind, reason, name.score)


def _may_end(token: Token) -> bool:
    return token.is_word or token.text[0].isdigit()


def _merge(tagged: list[_Found], known: list[Known], tokens: list[Token], chances: Vectors) -> list[_Found]:
    """Tagged names and names from the tables, in order and without overlap.

    A table's name replaces tagged ones that it covers, unless the tagger is sure. A longer tagged name stays,
    but where it is unsure, several known names in one are a list ("Al-Manar and Al-Mayadeen").
    """
    names = [name for name in tagged if name.first < name.last]
    out = [name for name in names if not _gives_way(name, known)]
    for hit in known:
        inside = any(name.first < hit.last and hit.first < name.last for name in out)
        covers = any(name.first < hit.last and hit.first < name.last for name in names)
        if not inside and (covers or _is_likely(hit, tokens, chances)):
            out.append(_from_table(hit))
    return sorted(out, key=lambda name: name.first)


def _gives_way(name: _Found, known: list[Known]) -> bool:
    sure = name.score >= _SURE_NAME
    hits = [hit for hit in known if name.first < hit.last and hit.first < name.last]
    for hit in hits:
        if hit.first <= name.first and name.last <= hit.last:
            return not (sure or _is_namesake(name, hit)) or hit.kind is NameKind.LAW
    if sure or name.kind is NameKind.PERSON:
        return False
    same = [hit for hit in hits if hit.is_place is (name.kind is NameKind.PLACE)]
    return len(same) > 1 or (len(same) == 1 and not same[0].is_place and name.score < _SURE_ORGANISATION)


def _is_namesake(name: _Found, hit: Known) -> bool:
    """Whether the tagger reads a city's name as something else: a club, a band, a person."""
    return hit.id.startswith("city:") and name.kind is not NameKind.PLACE and name.score >= _SURE_ORGANISATION


def _split(name: _Found, tokens: list[Token], pack: Pack) -> list[_Found]:
    """Two persons that the tagger took for one, because "and" is written onto the second: حداد وباقري.

    Two organisations are parted where "and" stands before one that is known.
    """
    if name.kind is NameKind.ORGANISATION and not name.known:
        return _split_at_known(name, tokens, pack)
    if name.kind is not NameKind.PERSON:
        return [name]
    cuts = [at for at in range(name.first + 1, name.last) if strip_clitic(tokens[at].text, pack.clitics)]
    edges = [name.first, *cuts, name.last]
    return [replace(name, first=first, last=last) for first, last in pairwise(edges)]


def _split_at_known(name: _Found, tokens: list[Token], pack: Pack) -> list[_Found]:
    for at in range(name.first + 1, name.last - 1):
        rest = find_known(tokens[at + 1 : name.last], plain_clitics(pack.clitics))
        whole = rest and (rest[0].first, rest[0].last) == (0, name.last - at - 1) and not rest[0].is_place
        if tokens[at].text in _ANDS and whole:
            return [replace(name, last=at), replace(name, first=at + 1)]
    return [name]


def _is_likely(hit: Known, tokens: list[Token], chances: Vectors) -> bool:
    if hit.kind is NameKind.LAW:
        return True
    chance = _chance(hit, chances)
    quoted = hit.first > 0 and tokens[hit.first - 1].text in _QUOTES and not hit.is_place
    word = tokens[hit.first].text
    short = hit.last - hit.first == 1 and len(word) - hit.prefix <= _SHORT and not word.isupper()
    if short and chance < _SHORT_CHANCE:
        return False
    several = hit.last - hit.first > 1 and not hit.id.startswith("city:")
    return several or quoted or chance >= _LEAST_CHANCE[hit.id.partition(":")[0]]


def _chance(hit: Known, chances: Vectors) -> float:
    """How likely the tagger holds it that some word of a known name is of its kind."""
    column = 3 if hit.is_place else 5
    return float(chances[hit.first : hit.last, column : column + 2].sum(axis=1).max())


def _from_table(hit: Known) -> _Found:
    reason = f"in the table of known names ({hit.id})"
    return _Found(hit.first, hit.last, hit.kind, reason, prefix=hit.prefix, known=True)


def _mention(name: _Found, tokens: list[Token], text: str, pack: Pack) -> NameMention:
    first = tokens[name.first]
    prefix = name.prefix
    if not prefix and not known_id(text[first.span.start : tokens[name.last - 1].span.end]):
        prefix = strip_clitic(first.text, pack.clitics, name.kind is NameKind.PERSON)
    start = first.span.start + prefix
    if name.kind is NameKind.PERSON and start == first.span.start and text[start - 1 : start] in ("‘", "ʻ"):
        start = _with_ayn(text, start)
    span = _closed(text, Span(start, tokens[name.last - 1].span.end))
    return NameMention(span, span.of(text), name.kind, reason=name.reason)


def _closed(text: str, span: Span) -> Span:
    """The span with the mark that belongs to its end: وكالة "تسنيم", U.N."""
    after = text[span.end : span.end + 1]
    words = span.of(text)
    if after == "." and words[-2:-1] == ".":
        return Span(span.start, span.end + 1)
    opened = after in _PAIRS and words.count(_PAIRS[after]) % 2 == 1 and (after == '"' or after not in words)
    return Span(span.start, span.end + 1) if opened else span


def _with_ayn(text: str, start: int) -> int:
    """‘Alī begins with an ayn that is printed as a quotation mark, where no mark closes it."""
    opened = text.count("‘") > text.count("’")
    return start - 1 if opened else start


def _bars(text: str, pack: Pack) -> list[Span]:
    """Words over which a title does not reach to a name: "the minister said", "the judge who"."""
    hits = lexicon(pack.code, "reporting_verbs", "clause_marks", "complementizers").find(text)
    return [hit.span for hit in hits if hit.row.meaning != "and"]


def _with_titles(mentions: list[NameMention], text: str, pack: Pack) -> list[NameMention]:
    """Persons with the title beside them; one that the tagger took into the name is cut off."""
    hits = title_hits(text, lexicon(pack.code, "titles"))
    mentions = [mention for mention in mentions if not _is_rank_of_next(mention, mentions, text, hits)]
    people = [mention.span for mention in mentions if mention.kind is NameKind.PERSON] if hits else []
    verbs = _bars(text, pack) if people else []
    out: list[NameMention] = []
    for mention in mentions:
        if mention.span in people:
            at = people.index(mention.span)
            before = people[at - 1].end if at else 0
            after = people[at + 1].start if at + 1 < len(people) else len(text)
            span, title = find_title(text, mention.span, hits, Span(before, after), verbs)
            mention = replace(mention, span=span, text=span.of(text), title=title)  # noqa: PLW2901
        out.append(mention)
    return out


def _is_rank_of_next(name: NameMention, names: list[NameMention], text: str, hits: list[Span]) -> bool:
    """Whether a "person" is nothing but the rank before a person: the "Brig" of "Brig. Adam Marsh"."""
    if name.kind is not NameKind.PERSON or not any(hit.contains(name.span) for hit in hits):
        return False
    people = (other.span for other in names if other.kind is NameKind.PERSON)
    return any(
        text[name.span.end : at.start].strip() in ("", ".") for at in people if at.start > name.span.end
    )
