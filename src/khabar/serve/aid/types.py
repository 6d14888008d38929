"""What translates, and the aid that asks it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass
from typing import ClassVar, Protocol

from khabar.errors import KhabarError
from khabar.serve.aid.kept import Kept

MOST_CHARACTERS = 4000


class AidError(KhabarError):
    """The translation aid could not help; everything else goes on without it."""

    exit_code: ClassVar[int] = 8
    http_status: ClassVar[int] = 503


@dataclass(frozen=True, slots=True)
class Line:
    """A text to be translated, and the code of its language."""

    text: str
    language: str


class Translator(Protocol):
    """A model or a service. `name` tells it from others in what is kept."""

    @property
    def name(self) -> str:
        """Which it is, for the reader and for what is kept."""
        ...

    def translate(self, lines: Sequence[Line], target: str) -> list[str]:
        """Each text in the target language. Errors: AidError."""
        ...


class Aid:
    """A translator with a time limit, that is asked about the same words once."""

    def __init__(self, translator: Translator, kept: Kept, timeout_s: float) -> None:
        self.translator, self.kept, self.timeout_s = translator, kept, timeout_s
        self._worker = ThreadPoolExecutor(1, "aid")  # models are not asked by two readers at once

    @property
    def name(self) -> str:
        """Which model or service it is."""
        return self.translator.name

    def translate(self, lines: Sequence[Line], target: str) -> list[str]:
        """Each text in the target language, as the machine has it. Errors: AidError says what to do."""
        found = {line: self.kept.find(self.name, line.text, line.language, target) for line in lines}
        asked = [line for line, known in found.items() if known is None]
        for line in asked:
            if len(line.text) > MOST_CHARACTERS:
                raise AidError(
                    f"The text has {len(line.text):,} characters; at most {MOST_CHARACTERS:,} fit."
                )
        for line, told in zip(asked, self._ask(asked, target), strict=True):
            self.kept.keep(self.name, line.text, line.language, target, told)
            found[line] = told
        return [found[line] or "" for line in lines]

    def _ask(self, lines: Sequence[Line], target: str) -> list[str]:
        if not lines:
            return []
        try:
            return self._worker.submit(self.translator.translate, lines, target).result(self.timeout_s)
        except TooLate as error:
            raise AidError(
                f"{self.name} took longer than {self.timeout_s:g} s. Raise translate_timeout_s or try again."
            ) from error

    def close(self) -> None:
        """Ends the work that has not begun."""
        self._worker.shutdown(wait=False, cancel_futures=True)
