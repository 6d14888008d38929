"""Relations and origins as the reader sees them."""

from __future__ import annotations

import io
import re
from dataclasses import replace

from rich.console import Console

from khabar.model.story import Comparison, Origin, Relation
from khabar.show.html import to_html
from khabar.show.terminal import show_terminal
from show import sample


def traced() -> Comparison:
    made = sample.comparison()
    event = replace(
        made.stories[0],
        origins=(
            Origin("o1", ("a1", "a3"), "they mostly repeat one another"),
            Origin("o2", ("a2",), "nothing found"),
            Origin("o3", ("a4",), "nothing found"),
        ),
        relations=(Relation("a1", "a3", "cites", "Stated: it credits that outlet."),),
    )
    return replace(made, stories=(event, *made.stories[1:]))


def page(made: Comparison) -> str:
    return " ".join(re.sub("<[^>]+>", "", to_html(made)).split())


def terminal(made: Comparison) -> str:
    out = io.StringIO()
    show_terminal(made, Console(file=out, width=120))
    return " ".join(out.getvalue().split())


def test_the_header_counts_the_origins() -> None:
    assert "4 reports · 3 languages · 3 origins" in terminal(traced())
    assert "3 origins" in page(traced())


def test_a_relation_is_told_in_words() -> None:
    for shown in (terminal(traced()), page(traced())):
        assert "Origins: who took from whom" in shown
        assert "Stated: it credits that outlet." in shown


def test_which_reports_are_one_origin_is_told() -> None:
    assert "one origin: 1, 3: they mostly repeat one another" in terminal(traced())
    assert "they mostly repeat one another" in page(traced())
    assert page(traced()).count("nothing found") == 1


def test_nothing_is_told_of_what_was_not_traced() -> None:
    made = sample.comparison()
    plain = replace(made, stories=(replace(made.stories[0], origins=(), relations=()),))
    assert "who took from whom" not in terminal(plain)
    assert "who took from whom" not in page(plain)
