"""What a page is besides a report in full: a list, a recording, a gallery, a beginning, an error."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from khabar.extract.draft import Draft
from khabar.extract.metadata import Said, kinds_of_page
from khabar.extract.visible import View
from khabar.extract.words import forms
from khabar.lang.loader import Languages, Same
from khabar.model.article import BoilerplateKind, PageForm

_SHORT_PAGE = 60.0  # words; a page that says "not found" and goes on longer is a report about it
_NOTICE = 45.0  # words of a line that says so
_NO_TEXT = 12.0  # words: a heading, a label
_EARLY = 6  # words, before which it says so: a report tells who saw the words "page not found"
_LONG_TEASER = 60.0  # words; a review sums each item up at such length and is no list
_SHORT_BODY = 120.0  # words beside a recording: its description, not a report with a recording
_BEGINNING = 250.0  # words that pages show of a report to those who do not pay
_CAPTIONS = 3
_LINKED = 0.6  # of a line's letters
_HEADLINE = 3.0  # words
_TEASERS = 3  # so many paragraphs, each below a headline that links away, make a list
_SHARE = 0.6  # of the paragraphs are teasers
_SHARE_NAMED = 0.4  # the same, where the page calls itself a list
_LOOK_BACK = 3  # lines between a headline and its teaser: day, section
_NAMED_LIST = ("collectionpage", "searchresults", "itemlist", "website")


@dataclass(frozen=True, slots=True)
class FormPhrases:
    """Phrases by their first word, each with what a page is that says so."""

    by_word: dict[str, tuple[tuple[tuple[str, ...], str], ...]]

    def within(self, words: tuple[str, ...], until: int = 400) -> str | None:
        """What the first phrase means that begins before that word."""
        for place, word in enumerate(words[:until]):
            for phrase, meaning in self.by_word.get(word, ()):
                if words[place : place + len(phrase)] == phrase:
                    return meaning
        return None


def load_form_phrases(languages: Languages) -> FormPhrases:
    """The phrases of all language packs."""
    return _phrases_of(Same(languages))


@lru_cache(maxsize=4)
def _phrases_of(packs: Same) -> FormPhrases:
    rows = (row for pack in packs.languages.packs.values() for row in pack.rows("page_forms"))
    return _compile(tuple((row.form, row.meaning) for row in rows))


@lru_cache(maxsize=4)
def _compile(rows: tuple[tuple[str, str], ...]) -> FormPhrases:
    by_word: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for form, meaning in rows:
        words = forms(form)
        by_word[words[0]].append((words, meaning))
    return FormPhrases({word: tuple(found) for word, found in by_word.items()})


def mark_notices(draft: Draft, phrases: FormPhrases) -> None:
    """Gives short lines that ask to subscribe or to accept cookies their kinds."""
    kinds = {"beginning": BoilerplateKind.PAYWALL, "consent": BoilerplateKind.CONSENT}
    for number, line in enumerate(draft.lines):
        if line.weight <= _NOTICE:
            meaning = phrases.within(line.words)
            if meaning in kinds:
                draft.kinds[number] = kinds[meaning]


@dataclass(frozen=True, slots=True)
class Sight:
    """A sorted page, looked at for its form; `view` is None for text without markup."""

    draft: Draft
    view: View | None
    said: Said
    phrases: FormPhrases

    def no_report(self) -> str:
        """Why the page holds no report, where it is an error page, a test, a wall or a list; else nothing."""
        return self._error() or self._list()

    def form(self) -> tuple[PageForm, str]:
        """What kind of report the page shows, and why it is thought so."""
        return self._beginning() or self._gallery() or self._recording() or (PageForm.REPORT, "")

    def without_text(self) -> str:
        """What a page without running text is, where its markup says so."""
        if self._weight() > _NO_TEXT or self.draft.running():
            return ""
        named = self._recorded()
        headlines = self._headlines()
        if named:
            return f"only {'a video' if named[0] is PageForm.VIDEO else 'an audio recording'}: {named[1]}"
        return f"only a list: {headlines} headlines that link to other pages" if headlines > _TEASERS else ""

    def _error(self) -> str:
        words = {"error": "an error page", "captcha": "a captcha", "consent": "a cookie wall"}
        body = self._body_lines()
        weight = sum(self.draft.lines[n].weight for n in body)
        if weight > _SHORT_PAGE:
            return ""
        for line in self.draft.lines:
            meaning = self.phrases.within(line.words, _EARLY)
            if meaning in words and line.weight <= _NOTICE and (meaning != "consent" or not body):
                return f"only {words[meaning]}: “{line.text[:100]}”"
        return ""

    def _list(self) -> str:
        body = [n for n in self._body_lines() if self.draft.lines[n].running]
        teasers = sum(self._is_teaser(n) for n in body)
        kinds = self._kinds()
        named = any(name in kinds for name in _NAMED_LIST) and "article" not in kinds
        if teasers < _TEASERS or teasers < (_SHARE_NAMED if named else _SHARE) * len(body):
            return ""
        return (
            f"only a list: {teasers} beginnings of reports, each below a headline that links to another page"
        )

    def _is_teaser(self, number: int) -> bool:
        """Whether the nearest line above that is not a day or label is a headline that links away."""
        if self.view is None or self.draft.lines[number].weight > _LONG_TEASER:
            return False
        for near in range(number - 1, max(-1, number - 1 - _LOOK_BACK), -1):
            if self._is_headline(near):
                return True
            if self.draft.lines[near].running:
                return False
        return False

    def _is_headline(self, number: int) -> bool:
        linked = self.view is not None and self.view.pieces[number].linked >= _LINKED
        return linked and self.draft.lines[number].weight >= _HEADLINE

    def _headlines(self) -> int:
        return sum(self._is_headline(number) for number in range(len(self.draft.lines)))

    def _body_lines(self) -> list[int]:
        return self.draft.open_lines()

    def _weight(self) -> float:
        return sum(self.draft.lines[n].weight for n in self._body_lines())

    def _kinds(self) -> str:
        return kinds_of_page(self.said, self.view.metadata) if self.view else ""

    def _beginning(self) -> tuple[PageForm, str] | None:
        if self._weight() > _BEGINNING:
            return None
        last = max(self._body_lines(), default=0)
        for number in range(last, len(self.draft.lines)):
            if self.draft.kinds[number] is BoilerplateKind.PAYWALL:
                words = self.draft.lines[number].text[:100]
                return PageForm.BEGINNING, f"the page shows only its beginning: “{words}” stands below"
        if any(self._closed()):
            reason = (
                "the page shows only its beginning: its JSON-LD says that it is not free, and it is short"
            )
            return PageForm.BEGINNING, reason
        return None

    def _closed(self) -> Iterator[bool]:
        for report in self.said.scripts.reports:
            yield str(report.get("isAccessibleForFree", "")).lower() == "false"

    def _gallery(self) -> tuple[PageForm, str] | None:
        captions = [n for n, kind in enumerate(self.draft.kinds) if kind is BoilerplateKind.CAPTION]
        if len(captions) < _CAPTIONS or sum(self.draft.lines[n].weight for n in captions) <= self._weight():
            return None
        return PageForm.GALLERY, f"{len(captions)} captions of pictures, and less text beside them"

    def _recording(self) -> tuple[PageForm, str] | None:
        return self._recorded() if self._weight() <= _SHORT_BODY else None

    def _recorded(self) -> tuple[PageForm, str] | None:
        kinds = self._kinds()
        media = self.view.metadata.media if self.view else set()
        for form, name in ((PageForm.VIDEO, "video"), (PageForm.AUDIO, "audio")):
            called = f"{name}object" in kinds or f"{name}." in kinds
            if called and "newsarticle" not in kinds:
                return form, f"the page calls itself {'a video' if name == 'video' else 'an audio recording'}"
            if name in media:
                return (
                    form,
                    f"the page plays {'a video' if name == 'video' else 'a recording'} above a short text",
                )
        return None
