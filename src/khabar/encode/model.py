"""An encoder that runs an ONNX graph: each text alone, several at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from khabar.encode.folder import TOKENIZER, Card, check_files, read_card
from khabar.encode.types import Encoded, Vectors, Words
from khabar.encode.words import find_words, pieces_of_words
from khabar.errors import ModelError

OVERLAP = 64  # tokens that two windows of a long text share
SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # halves of characters: no UTF-8 for them


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text in pieces: their ids, and the code points of the text that each stands for."""

    ids: list[int]
    places: list[tuple[int, int]]


class OnnxEncoder:
    """Runs the model of a folder.

    A text never shares a run with another: int8 activations get one scale a run, so company would change
    a text's vector (docs/decisions/encoder.md). Speed comes from `threads` runs side by side.
    """

    def __init__(self, folder: Path, card: Card, threads: int) -> None:
        self.card, self.threads = card, max(1, threads)
        self._tokenizer = _open_tokenizer(folder / TOKENIZER)
        self._session = _open_session(folder / card.graph)
        self._inputs = {entry.name for entry in self._session.get_inputs()}
        outputs = self._session.get_outputs()
        self._top = card.top or outputs[0].name
        self._wanted = [card.middle or self._top, self._top]
        self._prefix = self._pieces(card.prefix).ids if card.prefix else []
        self._dim = int(outputs[-1].shape[-1])

    @property
    def name(self) -> str:
        """Name and revision, as it stands in `made_by`."""
        return f"{self.card.name}@{self.card.revision}" if self.card.revision else self.card.name

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""
        return self._dim

    def encode(self, texts: Sequence[str], done: Callable[[int], None] | None = None) -> list[Encoded]:
        """Sentence and word vectors from one pass, in the order given."""
        return list(self._each(self._encode_one, texts, done))

    def sentences(self, texts: Sequence[str], done: Callable[[int], None] | None = None) -> Vectors:
        """Raw sentence vectors. Shapes: float32[n, dim], unit length, zero for a text without words."""
        made = list(self._each(self._sentence_of, texts, done))
        return np.stack(made) if made else np.zeros((0, self._dim), np.float32)

    def words(self, texts: Sequence[str], done: Callable[[int], None] | None = None) -> list[Words]:
        """Word vectors of each text, in the order given."""
        return [one.words for one in self.encode(texts, done)]

    def _each(
        self, step: Callable[[str], Any], texts: Sequence[str], done: Callable[[int], None] | None
    ) -> Iterator[Any]:
        """What `step` makes of each text, in order. Long texts start first, so that no thread is left with one."""
        order = sorted(range(len(texts)), key=lambda at: -len(texts[at]))
        with ThreadPoolExecutor(self.threads) as pool:
            started = {at: pool.submit(step, texts[at]) for at in order}
            for at in range(len(texts)):
                yield started.pop(at).result()
                if done is not None:
                    done(1)

    def _encode_one(self, text: str) -> Encoded:
        tokens = self._pieces(text)
        sentence, middle, top = self._run(tokens.ids)
        return Encoded(sentence, _words_of(text, tokens, middle, top))

    def _sentence_of(self, text: str) -> Vectors:
        return self._run(self._pieces(text).ids)[0]

    def _pieces(self, text: str) -> Tokens:
        made = self._tokenizer.encode(text.translate(SURROGATES), add_special_tokens=False)
        return Tokens(made.ids, made.offsets)

    def _run(self, ids: list[int]) -> tuple[Vectors, Vectors, Vectors]:
        """The sentence vector, and each token's middle and top vector; windows count by their tokens."""
        middle, top = (np.zeros((len(ids), self._dim), np.float32) for _ in range(2))
        sentence, seen = np.zeros(self._dim, np.float32), np.zeros((len(ids), 1), np.float32)
        for start, end in self._windows(len(ids)):
            below, above = self._run_window(ids[start:end])
            sentence += self._pool(above) * (end - start)
            inner = slice(self._lead, self._lead + end - start)
            middle[start:end] += below[inner]
            top[start:end] += above[inner]
            seen[start:end] += 1
        length = float(np.linalg.norm(sentence))
        return sentence / length if length else sentence, middle / seen, top / seen

    @property
    def _lead(self) -> int:
        """Tokens before the first one of the text."""
        return len(self._prefix) + (self.card.start is not None)

    def _windows(self, count: int) -> Iterator[tuple[int, int]]:
        room = self.card.window - self._lead - (self.card.end is not None)
        start = 0
        while start < count:
            yield start, min(start + room, count)
            if start + room >= count:
                return
            start += room - OVERLAP

    def _run_window(self, ids: list[int]) -> tuple[Vectors, Vectors]:
        marks = [[] if mark is None else [mark] for mark in (self.card.start, self.card.end)]
        row: NDArray[np.int64] = np.array([marks[0] + self._prefix + ids + marks[1]], np.int64)
        feed = {"input_ids": row, "attention_mask": np.ones_like(row), "token_type_ids": np.zeros_like(row)}
        made = self._session.run(self._wanted, {key: feed[key] for key in self._inputs})
        return made[0][0], made[1][0]

    def _pool(self, top: Vectors) -> Vectors:
        vector: Vectors = top[0] if self.card.pooling == "first" else top.mean(axis=0)
        length = float(np.linalg.norm(vector))
        return vector / length if length else vector


def open_folder(folder: Path, threads: int) -> OnnxEncoder:
    """The encoder that `folder` holds, its files checked. Errors: ModelError."""
    card = read_card(folder)
    check_files(folder, card)
    return OnnxEncoder(folder, card, threads)


def _words_of(text: str, tokens: Tokens, middle: Vectors, top: Vectors) -> Words:
    spans = find_words(text, tokens.places)
    groups = pieces_of_words(spans, tokens.places)
    kept = [(span, group) for span, group in zip(spans, groups, strict=True) if group]
    return Words(
        tuple(span for span, _ in kept),
        *(_mean_of_groups(layer, [group for _, group in kept]) for layer in (middle, top)),
    )


def _mean_of_groups(layer: Vectors, groups: list[list[int]]) -> Vectors:
    if not groups:
        return np.zeros((0, layer.shape[1]), np.float32)
    return np.stack([layer[group].mean(axis=0) for group in groups])


def _open_tokenizer(path: Path) -> Tokenizer:
    try:
        return Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises nothing narrower
        raise ModelError(
            f"{path} cannot be read as a tokenizer ({error}). Write the folder again."
        ) from error


def _open_session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the library raises nothing narrower
        raise ModelError(f"{path} cannot be run ({error}). Write the folder again.") from error
