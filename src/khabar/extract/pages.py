"""Pages to extracts: what is title, what is body, what is left out."""

from __future__ import annotations

from collections import Counter

from khabar.extract.choice import Choice
from khabar.extract.draft import Draft
from khabar.extract.dump import clean
from khabar.extract.lines import lines_at, split_lines
from khabar.extract.mainbody import mark_above_title, mark_regions
from khabar.extract.metadata import Said, read_metadata
from khabar.extract.phrases import load_phrases
from khabar.extract.visible import Metadata, see
from khabar.lang.loader import Languages
from khabar.model.article import BoilerplateKind, DateClaim, Extract, PageFacts
from khabar.model.claims import ClaimField
from khabar.model.outcome import Dropped, Kept, Outcome
from khabar.model.page import Page, PageKind


def extract(page: Page, languages: Languages) -> Outcome[Extract]:
    """The page taken apart, or why it holds no report.

    For text `Extract.text` is the page's text; for HTML it is the whole visible text in document order. A
    title that the page names only outside its visible text is not taken, for it has no place there.
    """
    if page.kind is PageKind.HTML:
        return _from_html(page, languages)
    draft = Draft(page.text, split_lines(page.text))
    clean(draft, languages)
    return _finish(page, draft, languages, read_metadata(Metadata(), page))


def extract_reports(page: Page, languages: Languages) -> list[Outcome[Extract]]:
    """Every report that the page holds: one, or each entry of a live page; or why it holds none."""
    return [extract(page, languages)]


def _from_html(page: Page, languages: Languages) -> Outcome[Extract]:
    view = see(page.text)
    said = read_metadata(view.metadata, page)
    headings = [piece.span.of(view.text) for piece in view.pieces if piece.top_heading]
    hints = (*said.texts(ClaimField.TITLE), *headings[:3])
    draft = Draft(view.text, lines_at(view.text, (piece.span for piece in view.pieces)))
    mark_regions(draft, view, page.text, hints)
    clean(draft, languages, hints, lambda: mark_above_title(draft, view))
    return _finish(page, draft, languages, said)


def _finish(page: Page, draft: Draft, languages: Languages, said: Said) -> Outcome[Extract]:
    body = draft.body()
    if not body:
        return Dropped(page.path, "extract", _why_no_body(draft))
    left_out = draft.boilerplate()
    choice = Choice(draft, said, load_phrases(languages), left_out)
    outlet = choice.outlet()
    return Kept(
        Extract(
            path=page.path,
            text=draft.text,
            body=body,
            boilerplate=left_out,
            title=draft.title,
            outlet=outlet.name if outlet else None,
            outlet_from=outlet.read_from if outlet else "",
            date_claims=_date_claims(said),
            facts=_facts(choice),
        )
    )


def _facts(choice: Choice) -> PageFacts:
    return PageFacts(
        claims=choice.said.claims,
        title_from=choice.title_from(),
        byline=choice.byline(),
        section=choice.section(),
        address=choice.address(),
        captions=tuple(piece.span for piece in choice.pieces if piece.kind is BoilerplateKind.CAPTION),
    )


def _date_claims(said: Said) -> tuple[DateClaim, ...]:
    """What is claimed about the day; a server's headers only tell when it last made the page."""
    dated = (ClaimField.PUBLISHED, ClaimField.MODIFIED)
    claims = (claim for field in dated for claim in said.of(field) if "header" not in claim.origin)
    return tuple(dict.fromkeys(DateClaim(claim.text, claim.origin) for claim in claims))


def _why_no_body(draft: Draft) -> str:
    kinds = Counter(str(piece.kind).replace("_", " ") for piece in draft.boilerplate())
    if not kinds:
        return "no running text: the page is empty"
    return "no running text: only " + ", ".join(f"{count} × {kind}" for kind, count in kinds.most_common(4))
