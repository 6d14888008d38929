"""An encoder that runs an ONNX graph: each text alone, several at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from khabar.encode.folder import TOKENIZER, Card, check_files, content_digest, read_card
from khabar.encode.types import Encoded, Vectors, Words
from khabar.encode.words import find_words, pieces_of_words
from khabar.errors import ModelError

T = TypeVar("T")
FEEDS = ("input_ids", "attention_mask", "token_type_ids")
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
        self.card, self.threads = card, threads
        self._tokenizer = _open_tokenizer(folder / TOKENIZER)
        self._session = _open_session(folder / card.graph)
        self._inputs = {entry.name for entry in self._session.get_inputs()}
        made = [entry.name for entry in self._session.get_outputs()]
        self._wanted = [card.middle or card.top or made[0], card.top or made[0]]
        _check_graph(folder / card.graph, self._inputs - set(FEEDS), set(self._wanted) - set(made))
        self._before, self._after = _marks(self._tokenizer)
        if card.prefix:
            self._before = self._before + self._pieces(card.prefix).ids
        self._revision = card.revision or content_digest(folder, card)
        self._dim = int(self._run_window(self._pieces("a").ids)[1].shape[1])

    @property
    def name(self) -> str:
        """Name and revision, as it stands in `made_by`."""
        return f"{self.card.name}@{self._revision}"

    @property
    def family(self) -> str:
        """Whose background means fit these vectors; empty for none."""
        return self.card.family

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""
        return self._dim

    def encode(self, texts: Sequence[str], done: Callable[[int], None] | None = None) -> list[Encoded]:
        """Sentence and word vectors from one pass, in the order given."""
        return self._each(self._encode_one, texts, done)

    def sentences(self, texts: Sequence[str], done: Callable[[int], None] | None = None) -> Vectors:
        """Raw sentence vectors. Shapes: float32[n, dim], unit length, zero for a text without words."""
        made = self._each(self._sentence_of, texts, done)
        return np.stack(made) if made else np.zeros((0, self._dim), np.float32)

    def words(self, texts: Sequence[str], done: Callable[[int], None] | None = None) -> list[Words]:
        """Word vectors of each text, in the order given."""
        return [one.words for one in self.encode(texts, done)]

    def _each(
        self, step: Callable[[str], T], texts: Sequence[str], done: Callable[[int], None] | None
    ) -> list[T]:
        """What `step` makes of each text, in order; of equal texts once."""
        counts = Counter(texts)
        longest_first = sorted(counts, key=len, reverse=True)  # so that no thread is left with one at the end
        made: dict[str, T] = {}
        for text, one in self._side_by_side(step, longest_first):
            made[text] = one
            if done is not None:
                done(counts[text])
        return [made[text] for text in texts]

    def _side_by_side(self, step: Callable[[str], T], texts: Sequence[str]) -> Iterator[tuple[str, T]]:
        """Each text with what `step` makes of it, as they are done."""
        if self.threads == 1:
            # In this thread: each new one may get memory of its own from the system, which keeps what was
            # freed there, and over some ten thousand reports that came to hundreds of megabytes.
            yield from ((text, step(text)) for text in texts)
            return
        pool = ThreadPoolExecutor(self.threads)
        try:
            running = {pool.submit(step, text): text for text in texts}
            for future in as_completed(running):
                yield running[future], future.result()
        finally:
            pool.shutdown(cancel_futures=True)

    def _encode_one(self, text: str) -> Encoded:
        tokens = self._pieces(text)
        sentence, middle, top = self._run(tokens.ids)
        return Encoded(sentence, replace(_words_of(text, tokens, middle, top), family=self.family))

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
            inner = slice(len(self._before), len(self._before) + end - start)
            middle[start:end] += below[inner]
            top[start:end] += above[inner]
            seen[start:end] += 1
        return _unit(sentence), middle / seen, top / seen

    def _windows(self, count: int) -> Iterator[tuple[int, int]]:
        room = self.card.window - len(self._before) - len(self._after)
        start = 0
        while start < count:
            yield start, min(start + room, count)
            if start + room >= count:
                return
            start += room - OVERLAP

    def _run_window(self, ids: list[int]) -> tuple[Vectors, Vectors]:
        row: NDArray[np.int64] = np.array([self._before + ids + self._after], np.int64)
        feed = dict(zip(FEEDS, (row, np.ones_like(row), np.zeros_like(row)), strict=True))
        middle, top = self._session.run(self._wanted, {name: feed[name] for name in self._inputs})
        return middle[0], top[0]

    def _pool(self, top: Vectors) -> Vectors:
        return _unit(top[0] if self.card.pooling == "first" else top.mean(axis=0))


def open_folder(folder: Path, threads: int) -> OnnxEncoder:
    """The encoder that `folder` holds, its files checked. Errors: ModelError."""
    card = read_card(folder)
    check_files(folder, card)
    return OnnxEncoder(folder, card, threads)


def _check_graph(path: Path, unknown: set[str], missing: set[str]) -> None:
    if unknown or missing:
        raise ModelError(
            f"{path} does not fit: inputs that nothing is known for: {', '.join(sorted(unknown)) or 'none'}; "
            f"outputs that it lacks: {', '.join(sorted(missing)) or 'none'}. The inputs must be among "
            f"{', '.join(FEEDS)}; the card names the outputs."
        )


def _unit(vector: Vectors) -> Vectors:
    length = float(np.linalg.norm(vector))
    return vector / np.float32(length) if length else vector


def _marks(tokenizer: Tokenizer) -> tuple[list[int], list[int]]:
    """The ids that the tokenizer sets before and after a text."""
    made = tokenizer.encode("a", add_special_tokens=True)
    inside = [at for at, special in enumerate(made.special_tokens_mask) if not special]
    return (made.ids[: inside[0]], made.ids[inside[-1] + 1 :]) if inside else ([], [])


def _words_of(text: str, tokens: Tokens, middle: Vectors, top: Vectors) -> Words:
    spans = find_words(text, tokens.places)
    groups = pieces_of_words(spans, tokens.places)
    kept = [(span, group) for span, group in zip(spans, groups, strict=True) if group]
    middle, top = (_mean_of_groups(layer, [group for _, group in kept]) for layer in (middle, top))
    return Words(tuple(span for span, _ in kept), middle, top)


def _mean_of_groups(layer: Vectors, groups: list[list[int]]) -> Vectors:
    if not groups:
        return np.zeros((0, layer.shape[1]), np.float32)
    return np.stack([layer[group].mean(axis=0) for group in groups])


def _open_tokenizer(path: Path) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises nothing narrower
        raise ModelError(f"{path} is no tokenizer ({error}). Write the folder again.") from error
    tokenizer.no_truncation()  # long texts are cut into windows here, and nothing is lost
    tokenizer.no_padding()
    return tokenizer


def _open_session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the library raises nothing narrower
        raise ModelError(f"{path} cannot be run ({error}). Write the folder again.") from error
