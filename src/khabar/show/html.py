"""A comparison as one self-contained HTML page: no request to anywhere, usable without script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from khabar.model.article import Article
from khabar.model.mentions import Entity
from khabar.model.story import Comparison, Story
from khabar.show.evidence import MOST_CONTEXT, cards, lines
from khabar.show.graph import draw_origins
from khabar.show.headlines import counted, disputes, told_in
from khabar.show.ink import attributes, ink, told, words
from khabar.show.marks import one_line
from khabar.show.naming import LATIN, Reading, is_latin, latin_reading, reading
from khabar.show.opening import opened
from khabar.show.retell import retold, title_words
from khabar.show.sayings import by_speaker, once_each
from khabar.show.table import FITS, MARKS, Catalogue, State, catalogue, folded, page_notes, rows
from khabar.show.tongues import tongue
from khabar.show.votes import voted
from khabar.show.wording import count, day, number, say, speaking

_MOST_TITLES = 4


def to_html(
    comparison: Comparison, theme: str = "auto", interface: str = "en", calendar: str = "gregorian"
) -> str:
    """The whole page. `theme` is auto, light or dark; the reader can switch.

    `interface` is the language of our words, `calendar` the one in which days are named.
    """
    with speaking(interface, calendar):
        return _to_html(comparison, theme)


def _to_html(comparison: Comparison, theme: str) -> str:
    known = catalogue(comparison)
    environment = _environment(known)
    style, script = _source("report.css"), _source("report.js")
    return environment.get_template("report.html").render(
        comparison=comparison,
        shared=[story_view(story, known) for story in comparison.stories if len(story.articles) > 1],
        alone=[story for story in comparison.stories if len(story.articles) == 1],
        parts_articles=lambda stories: [known.articles[story.articles[0]] for story in stories],
        theme=theme,
        style=Markup(style),
        script=Markup(script),
        policy=_policy(style, script),
        title=_page_title(comparison),
    )


def _page_title(comparison: Comparison) -> str:
    shared = [story.title for story in comparison.stories if len(story.articles) > 1]
    return say("page.title", title=one_line((shared or [say("reports")])[0])[:200])


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


def _source(name: str) -> str:
    loader = PackageLoader("khabar.show")
    # line ends become what the browser hashes
    return "\n" + loader.get_source(Environment(autoescape=True), name)[0].replace("\r\n", "\n")


def _environment(known: Catalogue) -> Environment:
    environment = Environment(
        loader=PackageLoader("khabar.show"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(words_of_page(known))
    return environment


def words_of_page(known: Catalogue) -> dict[str, Any]:
    """What the templates of `parts.html` call to show the reports of a catalogue."""
    tools: dict[str, Callable[..., Any]] = {
        "say": say,
        "say_with": lambda key, **values: Markup(escape(say(key))).format(**values),
        "count": count,
        "day": day,
        "digits": number,
        "tongue": tongue,
        "ink": ink,
        "told": told,
        "words": words,
        "plain": one_line,
        "retold": retold,
        "attributes": attributes,
        "outlet": lambda article: _outlet(known, article),
        "entity": lambda entity: _entity(known, entity),
        "beside": lambda entity: _beside_name(known, entity),
        "holder": lambda entity: _holder(known, entity),
        "called": lambda entity: _called(known, entity),
        "cards": lambda row: cards(row, known),
        "lines": lines,
        "told_in": lambda line: told_in(line, say("language")),
        "counted": counted,
        "disputes": disputes,
        "opened": opened,
        "page_notes": page_notes,
        "voted": voted,
        "origins_graph": lambda story: draw_origins(story, known, say("direction") == "rtl"),
        "once_each": once_each,
        "shortened": lambda text: text if len(text) <= MOST_CONTEXT else text[:MOST_CONTEXT] + "…",
    }
    return {**tools, "known": known, "marks": MARKS, "states": list(State)}


def _outlet(known: Catalogue, article: str) -> Markup:
    """The number and the outlet of a report."""
    found = known.articles[article]
    name = ink(found.outlet or say("outlet.unknown"), _language(found) if found.outlet else None, 80)
    return Markup('<span class="report"><b>{}</b> {}</span>').format(number(known.numbers[article]), name)


def _entity(known: Catalogue, entity: str) -> Markup:
    """The name as written and, beside it, as its reader can read it; in Latin letters on demand."""
    name, found = ink(known.names.get(entity, entity), most=120), known.entities.get(entity)
    if found is None:
        return name
    latin = None if say("script") == LATIN else latin_reading(found)
    if latin is not None:
        name = Markup('<span class="reading" tabindex="0" title="{}">{}</span>').format(_sure(latin), name)
    return name + _beside_name(known, found)


def _beside_name(known: Catalogue, entity: Entity) -> Markup:
    """Its other readings. A page shows those in Latin letters to all who do not read them only when asked."""
    own = reading(entity, known.spellings.get(entity.id, {}))
    latin = None if own and is_latin(own.text) else latin_reading(entity)
    shown = Markup("") if own is None else _beside("reads", own)
    return shown if latin is None else shown + _beside("romanised", latin)


def _beside(kind: str, one: Reading) -> Markup:
    where = Markup('<span class="{}"{}{}>{}</span>')
    title = Markup(' title="{}"').format(say("reading.ours")) if one.ours else Markup("")
    return Markup(" ") + where.format(kind, attributes(one.text, one.language), title, _sure(one))


def _sure(one: Reading) -> str:
    text = one_line(one.text)
    return text if one.certain else say("reading.uncertain", reading=text)


def _holder(known: Catalogue, entity: str) -> Markup:
    """The name, and the ranks and offices that reports give with it in the reader's words."""
    titles = known.held.get(entity, ())[:_MOST_TITLES]
    if not titles:
        return _entity(known, entity)
    told = say("comma").join(title_words(one.meaning) for one in titles)
    return _entity(known, entity) + Markup(' <span class="rank">{}</span>').format(told)


def _called(known: Catalogue, entity: str) -> Markup:
    """The name as a report in the reader's language spells it, else as written with its reading beside it."""
    found = known.entities.get(entity)
    own = reading(found, known.spellings.get(entity, {})) if found else None
    if own is None or own.ours:
        return _entity(known, entity)
    name = Markup('<span class="called"{} title="{}">{}</span>')
    return name.format(attributes(own.text, own.language), one_line(known.names[entity]), one_line(own.text))


def _language(article: Article) -> str | None:
    return article.languages[0] if article.languages else None


def story_view(story: Story, known: Catalogue) -> dict[str, Any]:
    """A story arranged for the templates: reports, rows and columns of the table, speakers."""
    articles = [known.articles[article] for article in story.articles]
    table = rows(story, known)
    columns = folded(table, story) if table else [(article,) for article in story.articles]
    return {
        "story": story,
        "articles": articles,
        "rows": table,
        "columns": columns,
        "places": [story.articles.index(members[0]) for members in columns],
        "fits": len(columns) <= FITS,
        "languages": len({language for article in articles for language in article.languages}),
        "conflicts": sum(article.published.status == "conflict" for article in articles),
        "title_language": _title_language(story, articles),
        "spoken": by_speaker(story),
        "in_page": [found for found in story.differences if found.statement is None],
    }


def _title_language(story: Story, articles: list[Article]) -> str | None:
    for article in articles:
        if article.title is not None and article.title.of(article.text) == story.title:
            return _language(article)
    return None
