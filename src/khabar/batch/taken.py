"""Reports that a run has worked on, as a library takes them in: names and stories are left to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from khabar.batch.work import read_article, read_numbers, read_vectors
from khabar.group.profile import make_profile
from khabar.library.intake import Intake, Worked
from khabar.model.outcome import Dropped
from khabar.model.page import Page


class Taken(Intake):
    """Takes in pages whose articles are worked on already."""

    def __init__(self, plain: Intake, worked: Mapping[Page, Sequence[Worked]]) -> None:
        self.__dict__.update(plain.__dict__)
        self._worked = worked

    def _work(self, page: Page) -> tuple[list[Worked], list[Dropped]]:
        return list(self._worked[page]), []


def worked_of(row: Mapping[str, Any]) -> Worked:
    """What an encoded row holds."""
    article = read_article(row["article"])
    vectors, numbers = read_vectors(dict(row)), read_numbers(row["numbers"], article.text)
    return Worked(article, vectors, numbers, make_profile(article, vectors, numbers, {}, divided=False))
