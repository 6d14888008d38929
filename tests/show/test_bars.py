"""Progress as the one who waits sees it."""

from __future__ import annotations

import io

from rich.console import Console
from rich.progress import Progress

from khabar.show.bars import Bars, bars


def test_each_stage_has_a_bar_that_ends_full() -> None:
    with Progress(console=Console(file=io.StringIO(), force_terminal=True), transient=True) as progress:
        shown = Bars(progress)
        shown.stage("reading", 3)
        shown.advance()
        shown.advance(2)
        shown.stage("comparing", 0)
        shown.advance(7)
        shown.close()
        tasks = [(task.description, task.completed, task.total) for task in progress.tasks]
    assert tasks == [("reading", 3, 3), ("comparing", 7, 7)]


def test_a_file_gets_sentences_and_no_bars() -> None:
    stream = io.StringIO()
    with bars(stream) as (progress, say):
        progress.stage("reading", 2)
        progress.advance()
        say("Building the encoder once, this takes a minute [really].")
    assert stream.getvalue() == "Building the encoder once, this takes a minute [really].\n"
