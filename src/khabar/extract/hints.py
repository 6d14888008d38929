"""What the markup of a page says about its parts: conventions of those who build sites, in any language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from khabar.model.article import BoilerplateKind as Kind

BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2",
        "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav",
        "ol", "optgroup", "option", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
        "th", "thead", "tr", "ul", "caption", "button", "label", "select", "textarea", "amp-social-share",
    )
)  # fmt: skip
# Never on the screen, or not words of the page.
UNSEEN = frozenset(
    (
        "head", "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "embed",
        "canvas", "audio", "video", "applet", "datalist", "noembed", "noframes", "map",
    )
)  # fmt: skip
VOID = frozenset(
    (
        "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param",
        "source", "track", "wbr", "basefont", "bgsound", "keygen",
    )
)  # fmt: skip
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# These hold the report itself, whatever their classes say.
HOLDERS = frozenset(("html", "body", "main", "article"))

_BY_TAG: Mapping[str, Kind] = {
    "nav": Kind.NAVIGATION,
    "menu": Kind.NAVIGATION,
    "select": Kind.NAVIGATION,
    "button": Kind.NAVIGATION,
    "footer": Kind.NAVIGATION,
    "aside": Kind.RELATED,
    "figcaption": Kind.CAPTION,
    "form": Kind.OTHER,
    "textarea": Kind.OTHER,
    "dialog": Kind.OTHER,
}
_BY_ROLE: Mapping[str, Kind] = {
    "navigation": Kind.NAVIGATION,
    "menu": Kind.NAVIGATION,
    "menubar": Kind.NAVIGATION,
    "banner": Kind.NAVIGATION,
    "search": Kind.NAVIGATION,
    "contentinfo": Kind.NAVIGATION,
    "complementary": Kind.RELATED,
    "dialog": Kind.OTHER,
    "alertdialog": Kind.OTHER,
}
_BY_WORD: tuple[tuple[re.Pattern[str], Kind], ...] = tuple(
    (re.compile(rf"(?:^|[-_])(?:{pattern})(?:$|[-_\d])"), kind)
    for pattern, kind in (
        ("paywall|paywalled|subscriber-only", Kind.PAYWALL),
        ("comments?|commentlist|disqus|respond|discussion|replies", Kind.COMMENT_FORM),
        ("share|shares|sharing|social|socials|addthis|sharedaddy|follow-us|followus", Kind.SHARING),
        ("views?|hits?|counter|view-count|read-count|visits?|readtime|reading-time", Kind.COUNTER),
        (
            "related|recommend|recommended|recommendations|read-?more|read-?also|also-?read|see-?also",
            Kind.RELATED,
        ),
        (
            "most-?read|most-?viewed|popular|trending|latest|more-news|sidebar|widgets?|inread|outbrain",
            Kind.RELATED,
        ),
        ("taboola", Kind.ADVERTISEMENT),
        ("breadcrumbs?|nav|navbar|navigation|menu|topbar|pagination|pager|skip-?link", Kind.NAVIGATION),
        ("copyrights?|site-info|colophon|disclaimer", Kind.COPYRIGHT),
        ("footer|foot|bottom-bar", Kind.NAVIGATION),
        ("caption|figcaption|photo-credit|image-credit|img-desc|wp-caption-text|photographer", Kind.CAPTION),
        ("byline|author|authors|writer|reporter|author-name|credits?", Kind.BYLINE),
        (
            "date|time|datetime|dateline|timestamp|published|pubdate|posted-on|publish-date|post-date",
            Kind.DATE_LINE,
        ),
        ("tags?|tag-list|keywords|taglist|tagcloud|hashtags?", Kind.TAGS),
        (
            "ads?|advert|adverts|advertisement|adsbygoogle|sponsors?|sponsored|promo|newsletter|subscribe",
            Kind.ADVERTISEMENT,
        ),
        ("cookies?|consent|gdpr|cc-banner", Kind.CONSENT),
        ("pull-?quotes?", Kind.REPEAT),
        ("popup|modal|overlay|toast", Kind.OTHER),
        ("cat-links|category|categories|kicker|section-name|rubric|service", Kind.SECTION),
        ("logo|site-title|site-name|brand|masthead", Kind.SITE),
    )
)
_STATE = re.compile(r"^(?:has|no|with|without|is|not|js|wp|post|page)[-_]")
_LONGEST_NAMES = 500  # characters of class and id that are looked at
_TAB = re.compile(r"(?:^|[\s_-])tab-?(?:pane|panel|content|item)s?(?:$|[\s_-])", re.IGNORECASE)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)


def hint_of(tag: str, attributes: Mapping[str, str]) -> Kind | None:
    """What an element's tag, role, class or id says that it is; None when they say nothing."""
    if tag in HOLDERS:
        return None
    names = f"{attributes.get('class', '')[:_LONGEST_NAMES]} {attributes.get('id', '')[:100]}"
    return _hint(tag, attributes.get("role", "")[:20], names)


@lru_cache(maxsize=4096)
def _hint(tag: str, role: str, names: str) -> Kind | None:
    kind = _BY_TAG.get(tag) or _BY_ROLE.get(role)
    named = None
    for name in names.lower().split():
        if _STATE.match(name):
            continue
        named = next((kind for pattern, kind in _BY_WORD if pattern.search(name)), None)
        if named is not None:
            break
    return named if kind in (None, Kind.OTHER, Kind.RELATED) and named is not None else kind


def is_hidden(attributes: Mapping[str, str]) -> bool:
    """Whether an element is marked as not to be shown. What waits behind a tab is a click away and counts."""
    if is_tab(attributes):
        return False
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")[:_LONGEST_NAMES]) is not None


def is_tab(attributes: Mapping[str, str]) -> bool:
    """Whether an element is one of several panes that the reader switches between."""
    names = f"{attributes.get('class', '')} {attributes.get('role', '')}"[:_LONGEST_NAMES]
    return _TAB.search(names) is not None
