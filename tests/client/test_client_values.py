"""JSON back to the types that it was written from: what the server means is what the client gives."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from tests.library.reports import write_reports

from khabar.client.values import read_value
from khabar.encode.types import Encoder
from khabar.library import Library
from khabar.model.mentions import Quote
from khabar.model.span import Span
from khabar.model.story import Comparison
from khabar.settings import Settings
from khabar.show.json import quote_json, to_json


def test_a_comparison_comes_back_as_it_was(tmp_path: Path, passes: Encoder) -> None:
    with Library.open(tmp_path / "k.db", Settings(), create=True, encoder=passes) as library:
        library.add([write_reports(tmp_path / "reports")])
        wanted = library.comparison([one.id for one in library.stories()])
    assert wanted.articles
    assert any(story.sayings and story.relations is not None for story in wanted.stories)
    found = read_value(Comparison, json.loads(json.dumps(to_json(wanted))))
    # JSON does not say who left an omission's words out; the reason does.
    stories = tuple(
        replace(
            story,
            differences=tuple(replace(one, left_out_by=None) for one in story.differences),
        )
        for story in wanted.stories
    )
    assert found.articles == wanted.articles
    assert found.entities == wanted.entities
    assert found.stories == stories
    assert found == replace(wanted, stories=stories)


def test_a_quotation_without_speaker_has_none() -> None:
    quote = Quote(Span(3, 9), "“rain”", "direct", None, Span(0, 2))
    assert read_value(Quote, json.loads(json.dumps(quote_json(quote)))) == quote
