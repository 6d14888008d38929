"""What is made of HTML pages: what is seen, what is body, what the page says of itself."""

from __future__ import annotations

import time

import pytest

from khabar.extract import extract
from khabar.extract.visible import see
from khabar.lang.loader import load_languages
from khabar.model.article import BoilerplateKind, Extract
from khabar.model.outcome import Dropped, Kept
from khabar.model.page import Page, PageKind

FIRST = "The bridge over the Skerry was closed on Monday after a flood damaged two of its piers."
SECOND = "Mayor Colin Weir said repairs would take until May and cost two million pounds."


def open_page(html: str) -> Extract:
    outcome = extract(Page("a.html", PageKind.HTML, html, "utf-8", "detected"), load_languages())
    assert isinstance(outcome, Kept)
    return outcome.item


def body(found: Extract) -> list[str]:
    return [span.of(found.text) for span in found.body]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a<p>b<div>c</div>d", "a\nb\nc\nd"),
        ("<p>a <b>bold</b>\n  word</p>", "a bold word"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<title>t</title><script>x<y</script><style>z</style><!-- c --><p>a", "a"),
        ("<p>می&zwnj;شود \u202bx\u202c&nbsp;&amp;&#x627;", "می\u200cشود \u202bx\u202c\xa0&ا"),
        (
            "<p hidden>a</p><p style='display: none'>b</p><template>c</template><noscript>d</noscript><p>e",
            "e",
        ),
        ("<body style='display:none'><div hidden>only this</div>", "only this"),
        ("<pre>a\n b</pre>", "a\nb"),
        ("<ul><li>a<li>b</ul><table><tr><td>c<td>d</table>", "a\nb\nc\nd"),
        ('<meta charset="windows-1256"><p>سعر', "سعر"),
        ("", ""),
    ],
)
def test_the_visible_text_is_what_a_reader_sees(html: str, text: str) -> None:
    assert see(html).text == text


def test_margins_become_boilerplate_with_their_kinds() -> None:
    found = open_page(
        "<nav><a href=a>Home</a></nav><h1>Flood closes Skerry bridge</h1><p class=byline>Anna Holt</p>"
        f"<div><p>{FIRST}</p><figure><figcaption>The bridge</figcaption></figure><p>{SECOND}</p></div>"
        f"<div id=comments><p>Joe: {FIRST}</p></div>"
        "<footer>© 2026 Skerry Radio</footer>"
    )
    kinds = {piece.span.of(found.text): piece.kind for piece in found.boilerplate}
    assert body(found) == [FIRST, SECOND]
    assert kinds["Home"] is BoilerplateKind.NAVIGATION
    assert kinds["Anna Holt"] is BoilerplateKind.BYLINE
    assert kinds["The bridge"] is BoilerplateKind.CAPTION
    assert kinds[f"Joe: {FIRST}"] is BoilerplateKind.COMMENT_FORM
    assert found.outlet == "Skerry Radio"


def test_comments_longer_than_the_report_do_not_become_the_body() -> None:
    found = open_page(
        f"<h1>Flood</h1><div><p>{FIRST}</p><p>{SECOND}</p></div>"
        f"<div class=comments>{'Well I never. ' * 200}</div>"
    )
    assert body(found) == [FIRST, SECOND]


def test_a_report_inside_an_element_with_the_name_of_a_margin_is_kept() -> None:
    found = open_page(f'<aside class="sidebar widget"><p>{FIRST}</p><p>{SECOND}</p></aside><p>x</p>')
    assert [line for line in body(found) if line != "x"] == [FIRST, SECOND]


def test_metadata_give_dates_and_outlet_with_their_origin() -> None:
    found = open_page(
        '<script type="application/ld+json">{"@graph": [{"datePublished": "2026-05-04",'
        ' "publisher": {"name": "Skerry Radio"}}]}</script>'
        '<meta property="article:published_time" content="2026-05-05">'
        f"<time datetime='2026-05-06T10:00'>6 May</time><p>{FIRST}</p>"
    )
    assert [(claim.text, claim.origin) for claim in found.date_claims] == [
        ("2026-05-04", "json-ld datePublished"),
        ("2026-05-05", "meta article:published_time"),
        ("2026-05-06T10:00", "time datetime"),
    ]
    assert (found.outlet, found.outlet_from) == ("Skerry Radio", "the publisher in the page's JSON-LD")


def test_a_title_that_is_nowhere_visible_is_not_taken() -> None:
    assert open_page(f"<title>Flood closes Skerry bridge</title><p>{FIRST}</p><p>{SECOND}</p>").title is None


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + FIRST + "</div>" * 100_000,
        "<div class='ad'>x</div>" * 50_000 + f"<p>{FIRST}",
        "<p>a<b>c<i>" * 50_000,
        f"<div data-x='{'y' * 20_000_000}'><p>{FIRST}</p></div>",
        "</div>" * 500_000 + FIRST,
        "<script type='application/ld+json'>" + "[" * 100_000 + f"</script><p>{FIRST}",
        "<" * 100_000 + FIRST,
    ],
    ids=["deep", "many", "unclosed", "attribute", "ends", "json", "brackets"],
)
def test_hostile_pages_end_in_time(html: str) -> None:
    begin = time.process_time()
    extract(Page("a.html", PageKind.HTML, html, "utf-8", "detected"), load_languages())
    assert time.process_time() - begin < 15


def test_a_page_of_menus_is_dropped_with_what_it_holds() -> None:
    page = Page(
        "a.html", PageKind.HTML, "<nav><a href=x>Home</a></nav><footer>© 2026</footer>", "utf-8", "detected"
    )
    outcome = extract(page, load_languages())
    assert isinstance(outcome, Dropped)
    assert "navigation" in outcome.reason


def test_a_ticker_beside_the_title_is_no_part_of_the_text() -> None:
    ticker = "LIVE: Parliament debates the budget 10:02 Minister arrives 10:15"
    third = "Cars must use the old road through the valley until then, police in Skerry said on Tuesday."
    last = "Nobody was hurt, but two farms below the bridge have been without power since the weekend."
    text = "".join(f"<div>{sentence}</div>" for sentence in (FIRST, SECOND, third, last))
    found = open_page(f"<title>Bridge closed</title><body><div>{ticker}</div><h1>Bridge closed</h1>{text}")
    assert body(found) == [FIRST, SECOND, third, last]
    assert [piece.span.of(found.text) for piece in found.boilerplate] == [ticker]


def test_a_sentence_beside_the_title_and_above_it_stays() -> None:
    page = f"<title>Bridge closed</title><body><div>{FIRST}</div><h1>Bridge closed</h1><div>{SECOND}</div>"
    assert body(open_page(page)) == [FIRST, SECOND]
