"""A model on disk: graph, tokenizer, and a card that says what they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from khabar.encode.digest import file_digest, text_digest
from khabar.errors import ModelError

CARD = "encoder.json"
GRAPH = "model.onnx"
TOKENIZER = "tokenizer.json"
POOLINGS = ("mean", "first")
LEAST_WINDOW = 128  # tokens; windows overlap by half of that


@dataclass(frozen=True, slots=True)
class Card:
    """How a model is to be used. Every field but `name` has a default that suits a plain export.

    The tokenizer's own post-processor says which marks stand before and after a text.
    """

    name: str
    revision: str = ""  # empty: taken from the files' content
    family: str = ""  # whose background means fit, empty for none
    prefix: str = ""  # set before every text
    pooling: str = "mean"  # or "first": the vector of the first token
    window: int = 512  # tokens in one pass, the marks at both ends included
    middle: str = ""  # output with the middle layer; empty: the last serves for both
    top: str = ""  # output with the last layer; empty: the first output
    graph: str = GRAPH
    files: Mapping[str, str] = field(default_factory=dict)  # SHA-256 of each file, where it is known


def read_card(folder: Path) -> Card:
    """The card of the model in `folder`; a plain export without one is named after its folder.

    Errors: ModelError.
    """
    path = folder / CARD
    if not path.exists():
        return Card(folder.resolve().name)
    try:
        values = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read ({error}). Write the folder again.") from error
    flaw = _flaw_of(values)
    if flaw:
        raise ModelError(f"{path} {flaw}. Mend it, or write the folder again.")
    return Card(**values)


def _flaw_of(values: Any) -> str:
    """What keeps `values` from being a card, in words; empty when nothing does."""
    if not isinstance(values, dict) or not values.get("name"):
        return "must hold one JSON object with at least a name"
    kinds: dict[str, type] = {row.name: str for row in fields(Card)} | {"window": int, "files": dict}
    for name, value in values.items():
        if name not in kinds:
            return f"has an unknown field {name!r}; it knows {', '.join(kinds)}"
        if not isinstance(value, kinds[name]):
            return f"has {value!r:.80} for {name}, which must be {kinds[name].__name__}"
    if values.get("pooling", POOLINGS[0]) not in POOLINGS:
        return f"has pooling {values['pooling']!r}; it must be one of {', '.join(POOLINGS)}"
    if values.get("window", LEAST_WINDOW) < LEAST_WINDOW:
        return f"has a window of {values['window']} tokens; it must be at least {LEAST_WINDOW}"
    return ""


def write_card(folder: Path, card: Card) -> Card:
    """The card with the digests of the files beside it, as it was written to `folder`."""
    names = sorted(path.name for path in folder.iterdir() if path.name != CARD)
    values: dict[str, Any] = asdict(card) | {"files": {name: file_digest(folder / name) for name in names}}
    (folder / CARD).write_text(json.dumps(values, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return Card(**values)


def check_files(folder: Path, card: Card) -> None:
    """Nothing, when every file is there and has the content that the card names. Errors: ModelError."""
    for name in sorted({card.graph, TOKENIZER, *card.files}):
        path = folder / name
        if not path.is_file():
            raise ModelError(
                f"The model folder {folder} has no {name}. It must hold {GRAPH} and {TOKENIZER}, and {CARD} "
                f"where it needs a prefix or another pooling than the mean; `khabar model export FOLDER` "
                "writes a complete one."
            )
        if name in card.files and file_digest(path) != card.files[name]:
            raise ModelError(
                f"{path} is not as it was written: cut short or altered. Write the folder again."
            )


def content_digest(folder: Path, card: Card) -> str:
    """Eight characters that change with the model's files and with how the card says to use them."""
    parts = [file_digest(folder / name) for name in (card.graph, TOKENIZER)]
    use = (*parts, card.prefix, card.pooling, card.window, card.middle, card.top)
    return text_digest(repr(use)).hex()[:8]
