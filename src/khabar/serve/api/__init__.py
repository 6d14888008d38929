"""The API for programs, version 1."""

from __future__ import annotations

from fastapi import APIRouter

from khabar.serve.api.state import router as state

router = APIRouter()
router.include_router(state)
