"""Pages to extracts: what is title, what is body, what is left out."""

from __future__ import annotations

from collections import Counter

from khabar.extract.draft import Draft
from khabar.extract.dump import clean
from khabar.extract.lines import split_lines
from khabar.extract.outlets import find_outlet
from khabar.extract.phrases import load_phrases
from khabar.lang.loader import Languages
from khabar.model.article import Extract
from khabar.model.outcome import Dropped, Kept, Outcome
from khabar.model.page import Page


def extract(page: Page, languages: Languages) -> Outcome[Extract]:
    """The page taken apart, or why it holds no report."""
    return _from_text(page, languages)


def _from_text(page: Page, languages: Languages) -> Outcome[Extract]:
    draft = Draft(page.text, split_lines(page.text))
    clean(draft, languages)
    outlet = find_outlet(draft, load_phrases(languages))
    found = Extract(
        path=page.path,
        text=page.text,
        body=draft.body(),
        boilerplate=draft.boilerplate(),
        title=draft.title,
        outlet=outlet.name if outlet else None,
        outlet_from=outlet.read_from if outlet else "",
    )
    return Kept(found) if found.body else Dropped(page.path, "extract", _why_no_body(found))


def _why_no_body(found: Extract) -> str:
    if not found.boilerplate:
        return "no running text: the page is empty"
    kinds = Counter(str(piece.kind).replace("_", " ") for piece in found.boilerplate)
    return "no running text: only " + ", ".join(f"{count} × {kind}" for kind, count in kinds.most_common(4))
