"""Words in marks that are the title of a book, a film or an exhibition, not speech."""

from __future__ import annotations

from khabar.annotate.quotes.marks import Marked
from khabar.annotate.quotes.scene import Scene, words_of
from khabar.lang.loader import load_languages

_NEAR_WORDS = 2  # between "the film" and its title
_SMALL_LETTERS = 3  # words so short may be written small in a title
_FEWEST_WORDS = 3
_LONGEST_TITLE_WORDS = 12
_PAUSES = ":،,؛;."


def is_title(scene: Scene, mark: Marked) -> bool:
    """Whether the marks hold a title: behind a word for a work, or written as titles are."""
    words = words_of(mark.inner.of(scene.text))
    if len(words) > _LONGEST_TITLE_WORDS or mark.outer.start < scene.span.start:
        return False
    return _behind_work(scene, mark) or (len(words) >= _FEWEST_WORDS and _capitals(scene, words))


def _behind_work(scene: Scene, mark: Marked) -> bool:
    before = scene.words_in(scene.span.start, mark.outer.start)[-_NEAR_WORDS - 1 :]
    works = [word for word in before if scene.is_a(word, "work")]
    return bool(works) and not any(char in _PAUSES for char in scene.text[works[-1].end : mark.outer.start])


def _capitals(scene: Scene, words: list[str]) -> bool:
    """Whether every word but the small ones has a capital, where the text around does not."""
    if not load_languages().pack(scene.sentence.language).has_case:
        return False
    long = [word for word in words if len(word) > _SMALL_LETTERS]
    if len(long) < _FEWEST_WORDS - 1 or not all(word[0].isupper() for word in long):
        return False
    outside = [scene.text[word.start : word.end] for word in scene.words]
    return any(len(word) > _SMALL_LETTERS and word.islower() for word in outside)
