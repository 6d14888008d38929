"""A few texts whose vectors are known, so that a build is checked by what it computes."""

from __future__ import annotations

from importlib import resources

import numpy as np

from khabar.encode.types import Encoder, Vectors
from khabar.errors import ModelError

TEXTS = (
    "The minister said on Wednesday that the talks would go on.",
    "وقال الوزير إن المفاوضات ستستمر رغم الخلافات.",
    "وزیر گفت که گفت‌وگوها با وجود اختلاف‌ها ادامه می‌یابد.",
    "Der Minister erklärte, die Gespräche würden fortgesetzt.",
)
CLOSEST = {"int8": 0.985, "fp32": 0.998}  # least cosine with the vectors of the weights' own engine


def known_vectors() -> Vectors:
    """The vectors of `TEXTS` from the engine that ships with the weights. Shapes: float32[n, dim]."""
    with resources.files("khabar.encode").joinpath("data/known.npy").open("rb") as file:
        vectors: Vectors = np.load(file).astype(np.float32)
    return vectors


def check_known(encoder: Encoder, precision: str) -> None:
    """Nothing, when the encoder gives the known vectors. Errors: ModelError."""
    known = known_vectors()
    closeness = np.sum(encoder.sentences(TEXTS) * known, axis=1) / np.linalg.norm(known, axis=1)
    if closeness.min() < CLOSEST[precision]:
        raise ModelError(
            f"The encoder was built but computes other vectors than it should on this machine (cosine "
            f"{closeness.min():.4f}, at least {CLOSEST[precision]}). Use the setting `precision` = fp32."
        )
