"""Builds the encoder's model folder from packed weights, once for all processes of a user."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from khabar.encode.folder import CARD, GRAPH, TOKENIZER, Card, write_card
from khabar.encode.known import check_known
from khabar.encode.model import OnnxEncoder, open_folder
from khabar.encode.packed import DIGEST, Packed, find_weights, read_packed
from khabar.encode.tokenizer import build_tokenizer
from khabar.errors import ModelError

FAMILY = "multilingual-e5-small"
LAYOUT = 3  # raise it when the graph or the tokenizer is built in another way
LONGEST_WAIT_S = 300  # for another process that builds
PRECISIONS = ("int8", "fp32")

Say = Callable[[str], None]


def built_encoder(models: Path, precision: str, threads: int, say: Say) -> OnnxEncoder:
    """The encoder from the folder of built models; built there first where it is missing or damaged."""
    target = models / f"{FAMILY}-{precision}-{DIGEST[:8]}-{LAYOUT}"
    try:
        return _open_built(target, threads)
    except ModelError:
        pass  # not there, or not whole: it is made again below
    try:
        models.mkdir(parents=True, exist_ok=True)
        with FileLock(models / f"{target.name}.lock", timeout=LONGEST_WAIT_S):
            return _open_or_build(target, precision, threads, say)
    except (OSError, NotImplementedError) as error:  # the second: a file system without locks
        raise ModelError(
            f"The encoder cannot be written to {models} ({error}). Free about 100 MB there, or name another "
            "folder with the setting `cache` (KHABAR_CACHE)."
        ) from error


def _open_or_build(target: Path, precision: str, threads: int, say: Say) -> OnnxEncoder:
    """With the lock held: another process may have built it while this one waited."""
    try:
        return _open_built(target, threads)
    except ModelError:
        again = target.exists()
    say(f"{'Rebuilding' if again else 'Building'} the encoder in {target} (once, a few seconds)")
    with tempfile.TemporaryDirectory(prefix=".building-", dir=target.parent) as place:
        made = write_model(Path(place) / target.name, precision)
        check_known(open_folder(made, threads), precision)
        _replace(made, target)
    say("The encoder is built.")
    return open_folder(target, threads)


def _open_built(target: Path, threads: int) -> OnnxEncoder:
    if not (target / CARD).is_file():
        raise ModelError(f"{target} has no {CARD}.")  # a foreign folder may lack it, ours may not
    return open_folder(target, threads)


def _replace(made: Path, target: Path) -> None:
    """Puts a whole folder where a damaged one may stand."""
    if target.exists():
        damaged = made.with_name(f"{target.name}.damaged")
        target.replace(damaged)
        shutil.rmtree(damaged, ignore_errors=True)
    made.replace(target)


def write_model(folder: Path, precision: str) -> Path:
    """The folder, with graph, tokenizer and card of the shipped encoder written to it. Errors: OSError."""
    from khabar.encode.graph import build_graph_bytes  # noqa: PLC0415  (imports onnx, which only building needs)

    packed = read_packed(find_weights())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / GRAPH).write_bytes(build_graph_bytes(packed, quantised=precision == "int8"))
    (folder / TOKENIZER).write_text(build_tokenizer(packed.vocabulary).to_str(), "utf-8")
    write_card(folder, _card(packed, precision))
    return folder


def _card(packed: Packed, precision: str) -> Card:
    return Card(
        name=f"{FAMILY}-{precision}",
        revision=f"{DIGEST[:8]}.{LAYOUT}",
        family=FAMILY,
        prefix="query: ",
        window=packed.shape.positions,
        middle="middle",
        top="last_hidden_state",
    )
