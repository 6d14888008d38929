"""Pages that are no report in full say so."""

from __future__ import annotations

import pytest

from khabar.extract import extract_reports
from khabar.lang.loader import load_languages
from khabar.model.article import BoilerplateKind, Extract, PageForm
from khabar.model.outcome import Dropped, Kept
from khabar.model.page import Page, PageKind

FIRST = "The bridge over the Skerry was closed on Monday after a flood damaged two of its piers."
SECOND = "Mayor Colin Weir said repairs would take until May and cost two million pounds."


def outcome(html: str) -> Extract | Dropped:
    found = extract_reports(Page("a.html", PageKind.HTML, html, "utf-8", "declared"), load_languages())
    assert len(found) == 1
    return found[0].item if isinstance(found[0], Kept) else found[0]


@pytest.mark.parametrize(
    "notice",
    [
        "<div class=paywall><p>Subscribe to continue reading</p></div>",
        "<p>للاشتراك ومتابعة القراءة سجل الدخول</p>",
        "<p>Jetzt abonnieren und weiterlesen</p>",
    ],
)
def test_a_beginning_is_kept_and_marked_as_cut(notice: str) -> None:
    found = outcome(f"<h1>Flood closes Skerry bridge</h1><p>{FIRST}</p>{notice}")
    assert isinstance(found, Extract)
    assert [span.of(found.text) for span in found.body] == [FIRST]
    assert found.facts.form is PageForm.BEGINNING
    assert "only its beginning" in found.facts.form_reason
    assert BoilerplateKind.PAYWALL in {piece.kind for piece in found.boilerplate}


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<h1>404</h1><p>Sorry, the page you are looking for could not be found.</p>", "only an error page"),
        ("<title>…</title><p>ثابت کنید که ربات نیستید تا وارد وبگاه شوید.</p>", "only a captcha"),
        ("<div class=consent><p>We use cookies to make this site better for you.</p></div>", "a cookie wall"),
        (
            "<h1>World</h1>"
            + "".join(
                f"<h3><a href=/{n}>Headline on {name} today</a></h3><p>{name} met the council on Monday.</p>"
                for n, name in enumerate(("Ann Lee", "Bo Hart", "Cy Dunn", "Di Moss", "Ed Frey"))
            ),
            "only a list: ",
        ),
        ('<meta property="og:type" content="video.other"><h1>Flood</h1><video></video>', "only a video"),
    ],
)
def test_a_page_without_a_report_says_what_it_is(html: str, reason: str) -> None:
    found = outcome(html)
    assert isinstance(found, Dropped)
    assert reason in found.reason


def test_a_report_about_an_error_page_is_a_report() -> None:
    told = "Visitors of the council's website saw the words “page not found” for most of Monday, it said."
    assert isinstance(outcome(f"<h1>City website fails for a day</h1><p>{told}</p><p>{SECOND}</p>"), Extract)


def test_a_gallery_and_a_video_with_a_short_text_are_kept_as_such() -> None:
    figures = "".join(f"<figure><figcaption>{FIRST[: 60 + n]}</figcaption></figure>" for n in range(4))
    gallery = outcome(f"<h1>The flood in pictures today</h1><p>{SECOND}</p>{figures}")
    video = outcome(f"<h1>The flood in moving pictures</h1><video></video><p>{SECOND}</p>")
    assert isinstance(gallery, Extract)
    assert gallery.facts.form is PageForm.GALLERY
    assert len(gallery.facts.captions) == 4
    assert isinstance(video, Extract)
    assert video.facts.form is PageForm.VIDEO


def test_text_stored_backwards_is_turned_and_told() -> None:
    words = "قال الوزير إن العمل في الميناء لن يتوقف، وأكد أن السفن التي تصل إلى المدينة سوف تدخل من بعد غد."
    found = outcome(f"<p>{words[::-1]}</p>")
    assert isinstance(found, Extract)
    assert found.text.endswith(words)
    assert found.facts.stored is not None
    assert any("backwards" in note for note in found.facts.notes)
    plain = outcome(f"<p>{words}</p>")
    assert isinstance(plain, Extract)
    assert plain.facts.notes == ()
