"""How many cores a product of matrices takes."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache

from threadpoolctl import ThreadpoolController


def one_core() -> AbstractContextManager[object]:
    """Inside, BLAS takes one core for each product.

    It hands small ones to threads, too, and on a busy machine they wait for each other: encoding a
    report took five times as long, most of it in the tagger of names. Who wants more cores runs more tasks.
    """
    limit: AbstractContextManager[object] = _controller().limit(limits=1, user_api="blas")
    return limit


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()
