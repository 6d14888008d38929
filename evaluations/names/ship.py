"""Makes the tagger of one or more networks, measures it and writes its weights into the package.

    python -m evaluations.names.ship ../shared/data/ner CACHE NETWORK.npz...

What is measured is what is written, so that the figures are its own.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluations.names.corpora import CORPORA
from evaluations.names.parts import load, show_all
from khabar.annotate.names import tagger as tagger_module
from khabar.annotate.names.tagger import tagger_of
from khabar.encode.build import FAMILY
from khabar.encode.types import Vectors

VERSION = "2"
SMALL = 10_000  # numbers; larger arrays are stored in half precision
Arrays = dict[str, NDArray[Any]]


def store(networks: Sequence[dict[str, Vectors]], note: str) -> Arrays:
    """What is stored of networks: each one's arrays behind its number, the mean of their moves."""
    made: Arrays = {"version": np.array(f"{VERSION} {note}"), "family": np.array(FAMILY)}
    made["moves"] = np.mean([network["moves"] for network in networks], axis=0).astype(np.float32)
    for number, network in enumerate(networks):
        for name, value in network.items():
            if name != "moves":
                made[f"{number}_{name}"] = value.astype(np.float16 if value.size > SMALL else np.float32)
    return made


def read_network(file: Path) -> tuple[dict[str, Vectors], str]:
    """The arrays of a network that was kept, and what it was trained on."""
    with np.load(file) as stored:
        arrays = {name.removeprefix("0_"): stored[name].astype(np.float32) for name in stored.files[2:]}
        return arrays, str(stored["version"]).partition(" ")[2]


def main(folder: Path, cache: Path, files: Sequence[Path]) -> None:
    kept = [read_network(file) for file in files]
    arrays = store([network for network, _ in kept], "; ".join(note for _, note in kept))
    show_all(tagger_of(arrays), [load(corpus, folder, cache) for corpus in CORPORA], whole=False)
    module = Path(tagger_module.__file__)
    out = module.parent / "tables" / tagger_module.WEIGHTS
    np.savez_compressed(out, **arrays)
    digest = hashlib.sha256(out.read_bytes()).hexdigest()[:8]
    module.write_text(re.sub(r'DIGEST = ".*"', f'DIGEST = "{digest}"', module.read_text()))
    print(f"{out.name}: {out.stat().st_size / 1e6:.2f} MB, digest {digest}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), [Path(name) for name in sys.argv[3:]])
