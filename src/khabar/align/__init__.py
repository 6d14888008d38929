"""Sentences of one story to statements. Pure."""

from khabar.align.story import Aligned, align_story

__all__ = ["Aligned", "align_story"]
