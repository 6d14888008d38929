"""A CTranslate2 model that knows a few words, its weights set by hand: each word becomes its partner.

The encoder hands on which word stands in the source; the decoder attends to all of it alike, says the partner
and ends. One word a sentence is all that it can do.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
import sentencepiece

# places of a word of the source, of its partner, and of the language that must have been said before it
_Partner = tuple[int, int, int | None]
_SPECIAL = ["<blank>", "<s>", "</s>", "<unk>"]


def make_model(folder: Path, words: Mapping[str, str]) -> Path:
    """A folder in the layout of OPUS-MT that translates these words."""
    folder.mkdir(parents=True)
    sources, targets = list(words), list(words.values())
    read = _pieces(folder / "source.spm", sources)
    written = _pieces(folder / "target.spm", targets)
    vocabulary = [*_SPECIAL, *(f"▁{word}" for word in sources), *(f"▁{word}" for word in targets)]
    assert [read.encode(word, out_type=str) for word in sources] == [[f"▁{word}"] for word in sources]
    assert [written.encode(word, out_type=str) for word in targets] == [[f"▁{word}"] for word in targets]
    first = len(_SPECIAL)
    _save(_spec(vocabulary, [(first + n, first + len(words) + n, None) for n in range(len(words))]), folder)
    return folder


def make_package(folder: Path, words: Mapping[str, str], source: str, target: str) -> Path:
    """A package in the layout of Argos: one table of pieces beside the folder of the model."""
    model = make_model(folder / "model", words)
    for table in ("source.spm", "target.spm"):
        (model / table).unlink()
    _pieces(folder / "sentencepiece.model", [*words, *words.values()])
    about = {"from_code": source, "to_code": target, "package_version": "1.0"}
    (folder / "metadata.json").write_text(json.dumps(about), encoding="utf-8")
    return folder


def make_many(folder: Path, words: Mapping[str, Mapping[str, str]], spoken: str) -> Path:
    """A folder in the layout of NLLB: words of the language `spoken`, each with its partner by code."""
    folder.mkdir(parents=True)
    codes = [spoken, *dict.fromkeys(code for partners in words.values() for code in partners)]
    partners = [(word, code, said) for word, found in words.items() for code, said in found.items()]
    spelt = list(dict.fromkeys([*words, *(said for _, _, said in partners)]))
    _pieces(folder / "sentencepiece.bpe.model", spelt)
    vocabulary = [*_SPECIAL, *codes, *(f"▁{word}" for word in spelt)]
    places = {token: place for place, token in enumerate(vocabulary)}
    told = [(places[f"▁{word}"], places[f"▁{said}"], places[code]) for word, code, said in partners]
    _save(_spec(vocabulary, told), folder)
    return folder


def _save(spec: Any, folder: Path) -> None:
    spec.validate()
    spec.optimize()
    spec.save(str(folder))


def _pieces(file: Path, words: list[str]) -> Any:
    """A table of pieces in which each word is one piece."""
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(words * 20), model_prefix=str(file.with_suffix("")), model_type="word",
        vocab_size=len(words) + 3, minloglevel=2,
    )  # fmt: skip
    file.with_suffix(".model").rename(file)
    return sentencepiece.SentencePieceProcessor(model_file=str(file))


def _spec(vocabulary: list[str], partners: list[_Partner]) -> Any:
    size = len(vocabulary)
    width = 2 * size  # first which word was said last, then which stand in the source
    spec = ctranslate2.specs.TransformerSpec.from_config((1, 1), 1, pre_norm=True)
    said, read = np.eye(size, width), np.eye(size, width, k=size)
    spec.encoder.embeddings[0].weight = read.astype(np.float32) * 4
    spec.decoder.embeddings.weight = said.astype(np.float32)
    for side in (spec.encoder, spec.decoder):
        side.scale_embeddings = False
        side.position_encodings.encodings = np.zeros((64, width), np.float32)
        _norm(side.layer_norm, width)
        _norm(side.layer[0].ffn.layer_norm, width)
        _line(side.layer[0].ffn.linear_0, 4, width)
        _line(side.layer[0].ffn.linear_1, width, 4)
    _attention(spec.encoder.layer[0].self_attention, width, 3 * width)
    _attention(spec.decoder.layer[0].self_attention, width, 3 * width)
    cross = spec.decoder.layer[0].attention
    _norm(cross.layer_norm, width)
    _line(cross.linear[0], width, width)
    _line(cross.linear[1], 2 * width, width)
    cross.linear[1].weight[width:] = np.eye(width)  # values as they are; keys are nothing, so all count alike
    _line(cross.linear[2], width, width, np.eye(width))
    spec.decoder.projection.weight = _choice(size, width, partners)
    spec.decoder.projection.bias = np.zeros(size, np.float32)
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.add_source_eos, spec.config.decoder_start_token = False, "<s>"
    return spec


def _choice(size: int, width: int, partners: list[_Partner]) -> np.ndarray:
    """Of what is said next: a partner of the source's word, in the language said before, then the end."""
    weight = np.zeros((size, width), np.float32)
    for source, target, language in partners:
        weight[target, size + source] = 1
        if language is not None:
            weight[target, language] = 1
        weight[_SPECIAL.index("</s>"), target] = 50
    return weight


def _norm(spec: Any, width: int) -> None:
    spec.gamma, spec.beta = np.ones(width, np.float32), np.zeros(width, np.float32)


def _line(spec: Any, out: int, into: int, weight: np.ndarray | None = None) -> None:
    spec.weight = np.zeros((out, into), np.float32) if weight is None else weight.astype(np.float32)
    spec.bias = np.zeros(out, np.float32)


def _attention(spec: Any, width: int, joined: int) -> None:
    _norm(spec.layer_norm, width)
    _line(spec.linear[0], joined, width)
    _line(spec.linear[1], width, width)
