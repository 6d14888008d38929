"""Whether the server works, and what it holds."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

router = APIRouter(tags=["state"])


@router.get("/health")
def health(request: Request) -> dict[str, Any]:
    """Whether the library answers."""
    request.app.state.library.store.rows("SELECT 1")
    return {"status": "ok"}
