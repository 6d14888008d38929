"""The whole tree of errors. A bad item is a `Dropped` value; only a bad set-up raises one of these."""

from __future__ import annotations

from typing import ClassVar


class KhabarError(Exception):
    """Something the user can mend: the message names the value, the limit and the next step."""

    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500


class SettingError(KhabarError):
    """A setting has a value that cannot be used."""

    exit_code = 2
    http_status = 400


class LanguageDataError(KhabarError):
    """A file of a language pack does not follow its schema."""

    exit_code = 3


class ReadError(KhabarError):
    """Nothing could be read from what the user named, so there is no work to do."""

    exit_code = 4
    http_status = 400


class ModelError(KhabarError):
    """The encoder could not be built, found or checked."""

    exit_code = 5


class LibraryError(KhabarError):
    """The library on disk cannot be opened or written."""

    exit_code = 6


class NotFound(KhabarError):  # noqa: N818  (the house style names it so)
    """Something that was asked for by its id is not there."""

    exit_code = 7
    http_status = 404
