"""Pages to extracts: what is title, what is body, what is left out."""

from __future__ import annotations

from collections import Counter

from khabar.extract.draft import Draft
from khabar.extract.dump import clean
from khabar.extract.lines import lines_at, split_lines
from khabar.extract.mainbody import mark_above_title, mark_regions
from khabar.extract.metadata import About, read_metadata
from khabar.extract.outlets import find_outlet, outlet_of_title
from khabar.extract.phrases import load_phrases
from khabar.extract.visible import see
from khabar.lang.loader import Languages
from khabar.model.article import Extract
from khabar.model.outcome import Dropped, Kept, Outcome
from khabar.model.page import Page, PageKind

_NOTHING_SAID = About((), (), None)


def extract(page: Page, languages: Languages) -> Outcome[Extract]:
    """The page taken apart, or why it holds no report.

    For text `Extract.text` is the page's text; for HTML it is the whole visible text in document order. A
    title that the page names only outside its visible text is not taken, for it has no place there.
    """
    if page.kind is PageKind.HTML:
        return _from_html(page, languages)
    draft = Draft(page.text, split_lines(page.text))
    clean(draft, languages)
    return _finish(page, draft, languages, _NOTHING_SAID)


def _from_html(page: Page, languages: Languages) -> Outcome[Extract]:
    view = see(page.text)
    about = read_metadata(view.metadata)
    headings = [piece.span.of(view.text) for piece in view.pieces if piece.top_heading]
    hints = (*about.titles, *headings[:3])
    draft = Draft(view.text, lines_at(view.text, (piece.span for piece in view.pieces)))
    mark_regions(draft, view, page.text, hints)
    clean(draft, languages, hints, lambda: mark_above_title(draft, view))
    return _finish(page, draft, languages, about)


def _finish(page: Page, draft: Draft, languages: Languages, about: About) -> Outcome[Extract]:
    body = draft.body()
    outlet = (
        about.outlet or outlet_of_title(draft, about.titles) or find_outlet(draft, load_phrases(languages))
    )
    if not body:
        return Dropped(page.path, "extract", _why_no_body(draft))
    return Kept(
        Extract(
            path=page.path,
            text=draft.text,
            body=body,
            boilerplate=draft.boilerplate(),
            title=draft.title,
            outlet=outlet.name if outlet else None,
            outlet_from=outlet.read_from if outlet else "",
            date_claims=about.dates,
        )
    )


def _why_no_body(draft: Draft) -> str:
    kinds = Counter(str(piece.kind).replace("_", " ") for piece in draft.boilerplate())
    if not kinds:
        return "no running text: the page is empty"
    return "no running text: only " + ", ".join(f"{count} × {kind}" for kind, count in kinds.most_common(4))
