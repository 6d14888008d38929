"""The API for programs, version 1."""

from __future__ import annotations

from fastapi import APIRouter

from khabar.serve.api import articles, decisions, people, state, stories, works

router = APIRouter()
for part in (state, articles, stories, people, decisions, works):
    router.include_router(part.router)
