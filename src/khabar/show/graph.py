"""Who took from whom as a drawing: reports in columns, origins first, an arrow to each that took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from khabar.model.story import Relation, Story
from khabar.show.marks import one_line
from khabar.show.table import Catalogue
from khabar.show.wording import number, say

MOST_REPORTS = 40  # a larger drawing is a thicket; the words below it say all
_WIDE, _HIGH, _RADIUS, _MARGIN, _SIDE = 220, 80, 16, 24, 72
_LABEL = 20  # letters of an outlet

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Drawing:
    places: Mapping[str, Place]
    width: int
    height: int


def draw_origins(story: Story, known: Catalogue, mirrored: bool = False) -> Markup:
    """The relations as an SVG that reads from the line's start; empty for none and for too many reports.

    Its text alternative tells each relation in words. A line that is broken is inferred, or has no direction.
    """
    if not story.relations or len(story.articles) > MOST_REPORTS:
        return Markup("")
    drawing = _arrange(story, mirrored)
    told = " ".join(_told(relation, known) for relation in story.relations)
    inside = [_edge(relation, drawing) for relation in story.relations]
    inside += [_node(article, drawing.places[article], known) for article in drawing.places]
    return Markup(
        '<svg role="img" width="{0}" height="{1}" viewBox="0 0 {0} {1}" direction="ltr">'
        "<title>{2}</title><desc>{3}</desc>{4}</svg>"
    ).format(drawing.width, drawing.height, say("sources"), told, Markup("").join(inside))


def _arrange(story: Story, mirrored: bool) -> _Drawing:
    linked = {name for one in story.relations for name in (one.origin, one.taker)}
    columns: dict[int, list[str]] = {}
    for article, depth in _depths(story.articles, story.relations).items():
        if article in linked:
            columns.setdefault(depth, []).append(article)
    width = _WIDE * max(columns) + _WIDE // 3 + 2 * _SIDE
    height = _HIGH * max(map(len, columns.values())) + _HIGH // 2 + _MARGIN
    places = {}
    for depth, column in columns.items():
        for row, article in enumerate(column):
            # neighbours are set off both ways, so that a line from the first to the third passes the second
            x = _SIDE + _WIDE * depth + (_WIDE // 3) * (row % 2)
            y = _MARGIN + _HIGH * row + (_HIGH // 2) * (depth % 2)
            places[article] = (width - x if mirrored else x, y)
    return _Drawing(places, width, height)


def _depths(articles: Sequence[str], relations: Sequence[Relation]) -> dict[str, int]:
    """How many steps each report is from an origin; a circle of credits ends after as many as there are."""
    depths = dict.fromkeys(articles, 0)
    directed = [one for one in relations if one.kind != "shares_source"]
    for _ in range(min(len(articles), 8)):
        for one in directed:
            depths[one.taker] = min(max(depths[one.taker], depths[one.origin] + 1), len(articles) - 1, 8)
    used = {depth: place for place, depth in enumerate(sorted(set(depths.values())))}
    return {article: used[depth] for article, depth in depths.items()}


def _edge(relation: Relation, drawing: _Drawing) -> Markup:
    (x1, y1), (x2, y2) = drawing.places[relation.origin], drawing.places[relation.taker]
    length = max(1.0, ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5)
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    start, end = (x1 + dx * _RADIUS, y1 + dy * _RADIUS), (x2 - dx * (_RADIUS + 2), y2 - dy * (_RADIUS + 2))
    directed = relation.kind != "shares_source"
    broken = Markup("") if directed and relation.held == "firm" else Markup(' stroke-dasharray="5 4"')
    line = Markup(
        '<line x1="{:.0f}" y1="{:.0f}" x2="{:.0f}" y2="{:.0f}" stroke="currentColor" stroke-width="1.5"{}/>'
    ).format(*start, *end, broken)
    return line + _head(end, (dx, dy)) if directed else line


def _head(tip: tuple[float, float], way: tuple[float, float]) -> Markup:
    (x, y), (dx, dy) = tip, way
    points = ((x, y), (x - 9 * dx - 4 * dy, y - 9 * dy + 4 * dx), (x - 9 * dx + 4 * dy, y - 9 * dy - 4 * dx))
    path = " ".join(f"{px:.0f},{py:.0f}" for px, py in points)
    return Markup('<polygon points="{}" fill="currentColor"/>').format(path)


def _node(article: str, place: Place, known: Catalogue) -> Markup:
    x, y = place
    outlet = one_line(known.articles[article].outlet or say("outlet.unknown"))
    label = outlet if len(outlet) <= _LABEL else outlet[:_LABEL] + "…"
    circle = Markup('<circle cx="{}" cy="{}" r="{}" fill="none" stroke="currentColor"/>').format(
        x, y, _RADIUS
    )
    words = '<text x="{}" y="{}" text-anchor="middle" font-size="{}" fill="currentColor">{}</text>'
    return (
        circle
        + Markup(words).format(x, y + 5, 14, number(known.numbers[article]))
        + Markup(words).format(x, y + _RADIUS + 16, 12, label)
    )


def _told(relation: Relation, known: Catalogue) -> str:
    """The relation in a sentence, as the list below the drawing has it."""
    taker, origin = _named(relation.taker, known), _named(relation.origin, known)
    return say(f"relation.{relation.kind}", taker=taker, origin=origin) + "."


def _named(article: str, known: Catalogue) -> str:
    outlet = one_line(known.articles[article].outlet or say("outlet.unknown"))
    return f"{number(known.numbers[article])} {outlet}"
