"""Pages to extracts: what is title, what is body, what is left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from khabar.extract.choice import Choice
from khabar.extract.datelines import load_date_words
from khabar.extract.draft import Draft
from khabar.extract.dump import clean
from khabar.extract.entries import find_entries
from khabar.extract.forms import Sight, load_form_phrases, mark_notices
from khabar.extract.lines import lines_at, split_lines
from khabar.extract.live import LivePage, day_of_page
from khabar.extract.mainbody import mark_above_title, mark_other_reports, mark_regions
from khabar.extract.metadata import Said, read_metadata
from khabar.extract.notes import notes_on
from khabar.extract.phrases import load_phrases
from khabar.extract.visible import Metadata, View, see
from khabar.lang.loader import Languages
from khabar.lang.visual import turn, turned_text
from khabar.model.article import BoilerplateKind, DateClaim, Extract, PageFacts
from khabar.model.claims import ClaimField
from khabar.model.outcome import Dropped, Kept, Outcome
from khabar.model.page import Page, PageKind
from khabar.model.stored import Stored


@dataclass(frozen=True, slots=True)
class _Opened:
    """A page whose lines are known and whose margins are marked, before title and body are looked for."""

    page: Page
    draft: Draft
    said: Said
    languages: Languages
    view: View | None = None
    hints: tuple[str, ...] = ()
    stored: Stored | None = None

    def sort(self, draft: Draft) -> None:
        """Sorts the lines of the page, or of its first part, into title, body and the rest."""
        view = self.view
        above = (lambda: mark_above_title(draft, view)) if view else (lambda: None)
        clean(draft, self.languages, self.hints, above)
        if view:
            mark_other_reports(draft, view)
        mark_notices(draft, load_form_phrases(self.languages))

    def sight(self, draft: Draft) -> Sight:
        """The sorted page, to be looked at for its form."""
        return Sight(draft, self.view, self.said, load_form_phrases(self.languages))


def extract(page: Page, languages: Languages) -> Outcome[Extract]:
    """The page taken apart as one report, or why it holds none.

    For text `Extract.text` is the page's text; for HTML it is the whole visible text in document order. Lines
    that are stored backwards are turned round, and `facts.stored` leads back to the unaltered ones. A title
    that the page names only outside its visible text is not taken, for it has no place there.
    """
    return _whole(_open(page, languages))


def extract_reports(page: Page, languages: Languages) -> list[Outcome[Extract]]:
    """Every report that the page holds: one, or each entry of a live page; or why it holds none."""
    opened = _open(page, languages)
    phrases, dates = load_phrases(languages), load_date_words(languages)
    entries = find_entries(opened.draft, dates, phrases)
    if not entries or opened.sight(opened.draft).no_report():
        return [_whole(opened)]
    times = opened.view.metadata if opened.view else Metadata()
    live = LivePage(
        page.path,
        opened.draft,
        entries,
        opened.said,
        [(place, moment) for place, (moment, _) in zip(times.places, times.times, strict=True)],
        phrases,
        dates,
        Choice(opened.draft, opened.said, phrases, ()).outlet(),
        day_of_page(opened.draft, entries, opened.said, phrases, dates),
        opened.stored,
    )
    return live.extracts(lambda draft: _lead(opened, draft))


def _open(page: Page, languages: Languages) -> _Opened:
    if page.kind is not PageKind.HTML:
        stored, text = _readable(page.text, languages)
        draft = Draft(text, split_lines(text))
        return _Opened(page, draft, read_metadata(Metadata(), page), languages, stored=stored)
    view = see(page.text)
    stored, text = _readable(view.text, languages)
    view = replace(view, text=text)
    said = read_metadata(view.metadata, page)
    headings = [piece.span.of(view.text) for piece in view.pieces if piece.top_heading]
    hints = (*said.texts(ClaimField.TITLE), *headings[:3])
    draft = Draft(view.text, lines_at(view.text, (piece.span for piece in view.pieces)))
    mark_regions(draft, view, page.text, hints)
    return _Opened(page, draft, said, languages, view, hints, stored)


def _readable(text: str, languages: Languages) -> tuple[Stored | None, str]:
    """The text in the order in which it is read; how it was stored, where that is another one."""
    stored = turn(text, languages)
    return stored, turned_text(stored) if stored else text


def _whole(opened: _Opened) -> Outcome[Extract]:
    opened.sort(opened.draft)
    return _finish(opened, opened.draft)


def _lead(opened: _Opened, draft: Draft) -> Extract | None:
    """What stands above the entries of a live page, if it has running text; its lines are sorted for all."""
    opened.sort(draft)
    found = _finish(opened, draft)
    return found.item if isinstance(found, Kept) and draft.running() else None


def _finish(opened: _Opened, draft: Draft) -> Outcome[Extract]:
    page, body, sight = opened.page, draft.body(), opened.sight(draft)
    reason = sight.no_report() or sight.without_text() or (not body and _why_no_body(draft))
    if reason:
        return Dropped(page.path, "extract", reason)
    left_out = draft.boilerplate()
    choice = Choice(draft, opened.said, load_phrases(opened.languages), left_out)
    outlet = choice.outlet()
    form, why = sight.form()
    return Kept(
        Extract(
            path=page.path,
            text=draft.text,
            body=body,
            boilerplate=left_out,
            title=draft.title,
            outlet=outlet.name if outlet else None,
            outlet_from=outlet.read_from if outlet else "",
            date_claims=_date_claims(opened.said),
            facts=replace(
                _facts(choice),
                form=form,
                form_reason=why,
                notes=notes_on(draft.text, opened.stored),
                stored=opened.stored,
            ),
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
