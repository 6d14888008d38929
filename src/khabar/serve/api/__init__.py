"""The API for programs, version 1."""

from __future__ import annotations

from fastapi import APIRouter

from khabar.serve.api import articles, decisions, people, search, sources, state, stories, works

router = APIRouter()
for part in (state, works, articles, stories, people, search, decisions, sources):
    router.include_router(part.router)
