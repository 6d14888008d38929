"""A page made to do harm: nothing in it runs, steers the screen, leaves the machine or stalls the app."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from serve.browsing import Visitor, visit

HARM = """<!doctype html><html lang="en"><head>
<title>Tram line &lt;img src=x onerror=alert(1)&gt; opens \u202egnorw\u202c today</title>
<style>body { display: none } * { background: url(http://192.0.2.1/style) }</style>
<script>window.harmed = true; fetch("http://192.0.2.1/script")</script>
<meta http-equiv="refresh" content="0; url=http://192.0.2.1/"><base href="http://192.0.2.1/">
<link rel="stylesheet" href="http://192.0.2.1/sheet.css"></head>
<body onload="window.harmed = true"><article>
<h1>Tram line &lt;img src=x onerror=alert(1)&gt; opens \u202egnorw\u202c today</h1>
<p>4 March 2026</p><img src="http://192.0.2.1/pixel.gif"><iframe src="http://192.0.2.1/frame"></iframe>
<p>The tram line of Port Salam opened on Wednesday, &lt;script&gt;window.harmed = true&lt;/script&gt;
said mayor <a href="javascript:window.harmed=true">Rana Haddad</a>.
\u202eIt cost twelve million dollars.\u2066 {{ 7 * 7 }}</p>
<p>&quot;&gt;&lt;svg onload=window.harmed=true&gt; The mayor said that thirty stops are open to riders.</p>
<form action="http://192.0.2.1/"><input name="q"><button>Go</button></form></article></body></html>"""
CALM = """Tram line opens in Port Salam

4 March 2026

The tram line of Port Salam opened on Wednesday, mayor Rana Haddad said. It cost fourteen million dollars.
The mayor said that thirty stops are open to all riders.
"""
LONGEST = 1_000_000


def test_a_hostile_page_harms_nothing(visitor: Visitor, tmp_path: Path) -> None:
    (tmp_path / "harm.html").write_text(HARM, encoding="utf-8")
    (tmp_path / "calm.txt").write_text(CALM, encoding="utf-8")
    (tmp_path / "<b>long.txt").write_text("Long word\n\n4 March 2026\n\n" + "ب" * LONGEST + " ends.", "utf-8")
    page = visitor.go("/")
    page.locator("input[type=file]").set_input_files(sorted(tmp_path.iterdir()))
    page.locator("button.main").click()
    page.wait_for_url("**/compare/*")
    page.wait_for_selector("#progress:not([hx-get])")
    check_unharmed(page)
    shown = page.locator("main").text_content()
    for link in [one.get_attribute("href") for one in page.locator("a.title").all()]:
        visitor.go(link)
        page.wait_for_selector("#board, .story")
        page.wait_for_load_state("networkidle")
        for number in page.locator("a.number").all()[:3]:
            number.click()
        check_unharmed(page)
        shown += page.locator("main").text_content()
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        assert page.evaluate("document.documentElement.outerHTML.length") < 600_000
    assert "<img src=x onerror=alert(1)>" in shown  # its words are shown as words


def check_unharmed(page: Any) -> None:
    """Nothing ran, nothing of the page became part of ours, and no control steers the words."""
    assert page.evaluate("window.harmed") is None
    assert page.locator("main img, main iframe, main script, main style, main svg[onload]").count() == 0
    assert page.locator("main a[href^='javascript:'], main form[action^='http']").count() == 0
    shown = page.locator("main").inner_text()
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(shown)
    assert "49" not in page.title()


def test_a_hostile_address_is_only_words(browser: Any, site: Any) -> None:
    one = visit(browser, site)
    for path in (
        "/search?q=%3Cscript%3Ewindow.harmed%3Dtrue%3C/script%3E",
        "/stories/%22%3E%3Csvg%20onload=1%3E",
    ):
        page = one.go(path)
        check_unharmed(page)
    one.faults = [fault for fault in one.faults if "404" not in fault]
    one.check()
    one.page.context.close()


def test_a_form_from_elsewhere_is_refused(browser: Any, site: Any) -> None:
    one = visit(browser, site)
    one.go("/")
    before = len(site.library.decisions())
    story = site.story()
    status = one.page.evaluate(
        """(path) => {
             const body = new URLSearchParams({kind: "confirm", form: "x".repeat(43)});
             return fetch(path, {method: "POST", body}).then((answer) => answer.status);
           }""",
        f"/stories/{story}/decide",
    )
    assert status == 403
    assert len(site.library.decisions()) == before
    one.page.context.close()
