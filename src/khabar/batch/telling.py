"""Statements of some stories, laid side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa

from khabar.annotate.outlets import shipped_outlets
from khabar.batch.plan import Plan
from khabar.batch.shelf import Growing, Shelf
from khabar.batch.work import held_encoder, measured, some_articles, to_text
from khabar.group import Draft
from khabar.library.codec import to_plain
from khabar.pipeline import prepare, tell_story
from khabar.progress import Silent
from khabar.read.own_names import read_own_names
from khabar.read.own_outlets import read_own_outlets

Task = dict[str, Any]
TOLD = pa.schema([("story", pa.string()), ("telling", pa.large_string()), ("left_out", pa.int32())])
MOST_TOLD = 40  # reports of one story that are laid side by side: the time grows with the square of them


def tell_some(task: Task) -> Task:
    """Statements and differences of some stories; of a giant one those of its first reports."""
    return measured(_tell_some, task)


def _tell_some(shelf: Shelf, plan: Plan, task: Task) -> Task:
    encoder = held_encoder(plan)
    own = read_own_names(Path(plan.names)) if plan.names else ()
    own_outlets = read_own_outlets(Path(plan.outlets)) if plan.outlets else ()
    outlets = shipped_outlets().with_own(own_outlets)
    told = Growing(shelf, f"told/{task['name']}.parquet", TOLD)
    left_out = 0
    articles = some_articles(shelf, task["articles"])
    for story, members in task["stories"].items():
        chosen = [articles[name] for name in members[:MOST_TOLD]]
        prepared = prepare(chosen, encoder, Silent(), own, plan.match_names, outlets)
        draft = Draft(tuple(article.id for article in chosen), (), ())
        telling = tell_story(story, draft, prepared.articles, prepared, encoder)
        missing = len(members) - len(chosen)
        left_out += missing
        told.add({"story": story, "telling": to_text(to_plain(telling)), "left_out": missing})
    why = {f"beyond the {MOST_TOLD} reports of a story that are compared": left_out} if left_out else {}
    total = sum(map(len, task["stories"].values()))
    counts = {"in": total, "kept": total - left_out, "dropped": left_out, "why": why}
    return counts | {"files": [told.close()]}
