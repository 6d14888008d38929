"""Models in a folder, as CTranslate2 keeps them: OPUS-MT, NLLB and Argos packages.

A folder holds one model, or folders of models for several pairs of languages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from khabar.errors import SettingError
from khabar.serve.aid.languages import flores_code
from khabar.serve.aid.types import AidError, Line

_MODEL = "model.bin"
_NLLB = ("sentencepiece.bpe.model", "flores200_sacrebleu_tokenizer_spm.model")
_PAIR = re.compile(r"(?<![a-z])([a-z]{2,3})[-_]([a-z]{2,3})(?![a-z])")
_NEEDED = "Install what it needs: pip install 'khabar[translate]'."
_SENTENCE_END = re.compile(r"(?<=[.!?؟۔।])\s+|\n+")
_LONGEST_TOKENS = 512
Pieces = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class Model:
    """A model with its pieces of words. `source` and `target` are empty where it knows many languages."""

    running: Any
    to_pieces: Pieces
    to_text: Callable[[list[str]], str]
    source: str
    target: str
    ends: bool  # whether "</s>" must be put behind a sentence

    def serves(self, source: str, target: str) -> bool:
        """Whether it translates between these."""
        if not self.source:
            return flores_code(source) is not None and flores_code(target) is not None
        return (self.source, self.target) == (source, target)

    def told(self, sentences: Sequence[str], source: str, target: str) -> list[str]:
        """The sentences in the target language."""
        pieces = [self.to_pieces(sentence)[:_LONGEST_TOKENS] for sentence in sentences]
        end = ["</s>"] if self.ends else []
        many = not self.source
        begin = [str(flores_code(source))] if many else []
        prefix = [[str(flores_code(target))]] * len(pieces) if many else None
        found = self.running.translate_batch(
            [begin + one + end for one in pieces], target_prefix=prefix, beam_size=2, max_batch_size=16,
            max_decoding_length=256, repetition_penalty=1.1, replace_unknowns=True,
        )  # fmt: skip
        return [self.to_text(one.hypotheses[0][1 if many else 0 :]) for one in found]


class Folder:
    """The models of a folder; where none goes straight, two go by way of English."""

    def __init__(self, path: Path, models: Sequence[Model]) -> None:
        self.path, self.models = path, tuple(models)

    @property
    def name(self) -> str:
        """The name of the folder."""
        return self.path.name

    def translate(self, lines: Sequence[Line], target: str) -> list[str]:
        """Each text in the target language, sentence by sentence. Errors: AidError where no model serves."""
        return [self._told(line, target) for line in lines]

    def _told(self, line: Line, target: str) -> str:
        source, sentences = line.language.partition("-")[0], _sentences(line.text)
        if source == target:
            return line.text
        for model, begin, end in self._way(source, target):
            sentences = model.told(sentences, begin, end)
        return " ".join(sentences)

    def _way(self, source: str, target: str) -> list[tuple[Model, str, str]]:
        for way in ([(source, target)], [(source, "en"), ("en", target)]):
            found = [next((m for m in self.models if m.serves(*step)), None) for step in way]
            if all(found):
                return [(model, *step) for model, step in zip(found, way, strict=True) if model]
        known = ", ".join(f"{m.source} to {m.target}" if m.source else "many" for m in self.models)
        raise AidError(f"{self.name} has no model from {source} to {target}; it has: {known}.")


def open_folder(path: Path, threads: int = 1) -> Folder:
    """The models in a folder. Errors: SettingError says what is missing."""
    try:
        ctranslate2, sentencepiece = import_module("ctranslate2"), import_module("sentencepiece")
    except ImportError as error:
        raise SettingError(f"translate_model is set, but {error.name} is not installed. {_NEEDED}") from error
    places = sorted({file.parent for file in path.rglob(_MODEL)}) if path.is_dir() else []
    if not places:
        raise SettingError(f"translate_model is {str(path)!r}, which holds no {_MODEL}. Name its folder.")
    return Folder(path, [_open(place, ctranslate2, sentencepiece, threads) for place in places])


def _open(place: Path, ctranslate2: Any, sentencepiece: Any, threads: int) -> Model:
    home = place.parent if (place.parent / "metadata.json").is_file() else place  # Argos has it one above
    try:
        running = ctranslate2.Translator(str(place), device="cpu", inter_threads=1, intra_threads=threads)
        begin, end, many = _tables(home, place)
        read = sentencepiece.SentencePieceProcessor(model_file=str(begin))
        written = sentencepiece.SentencePieceProcessor(model_file=str(end))
    except (RuntimeError, OSError, ValueError) as error:
        raise SettingError(f"The model in {place} cannot be opened ({error}). Convert it again.") from error
    source, target = ("", "") if many else _pair(home)
    argos = home != place
    return Model(
        running, lambda text: list(read.encode(text, out_type=str)), lambda one: str(written.decode(one)),
        source, target, ends=not argos and not _adds_end(place),
    )  # fmt: skip


def _tables(home: Path, place: Path) -> tuple[Path, Path, bool]:
    """The pieces of words of both sides, and whether the model knows many languages."""
    for folder in (place, home):
        for name in _NLLB:
            if (folder / name).is_file():
                return folder / name, folder / name, True
        if (folder / "source.spm").is_file() and (folder / "target.spm").is_file():
            return folder / "source.spm", folder / "target.spm", False
        if (folder / "sentencepiece.model").is_file():
            return folder / "sentencepiece.model", folder / "sentencepiece.model", False
    raise OSError("it has no source.spm and target.spm, sentencepiece.model or sentencepiece.bpe.model")


def _pair(home: Path) -> tuple[str, str]:
    """The languages, from the package's own description or else the folder's name."""
    described = _read_json(home / "metadata.json")
    if described.get("from_code") and described.get("to_code"):
        return str(described["from_code"]), str(described["to_code"])
    found = _PAIR.findall(re.sub(r"opus[-_]mt|tc[-_](big|base)", "", home.name.lower()))
    if not found:
        raise SettingError(f"From which language to which is {home}? Name the folder so, as opus-mt-ar-en.")
    return found[-1][0], found[-1][1]


def _adds_end(place: Path) -> bool:
    return bool(_read_json(place / "config.json").get("add_source_eos"))


def _read_json(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _sentences(text: str) -> list[str]:
    return [one.strip() for one in _SENTENCE_END.split(text) if one.strip()]
