"""The aid that the settings name, if they name one."""

from __future__ import annotations

from khabar.errors import SettingError
from khabar.serve.aid.endpoint import Endpoint
from khabar.serve.aid.folder import open_folder
from khabar.serve.aid.kept import Kept
from khabar.serve.aid.types import Aid, Translator
from khabar.settings import Settings, cache_folder


def open_aid(settings: Settings) -> Aid | None:
    """The translation aid; None where none is set, as by default.

    Errors: SettingError where two are named, an address is outside without leave, or a model cannot be read.
    """
    translator = _translator(settings)
    if translator is None:
        return None
    folder = cache_folder(settings.cache) / "aid"
    return Aid(translator, Kept(folder), settings.translate_timeout_s)


def _translator(settings: Settings) -> Translator | None:
    if settings.translate_model is not None and settings.translate_endpoint is not None:
        raise SettingError("translate_model and translate_endpoint are both set. Keep one of them.")
    if settings.translate_model is not None:
        return open_folder(settings.translate_model, settings.threads)
    if settings.translate_endpoint is not None:
        outside = settings.translate_outside == "on"
        return Endpoint(
            settings.translate_endpoint, settings.translate_ask, settings.translate_timeout_s, outside
        )
    return None
