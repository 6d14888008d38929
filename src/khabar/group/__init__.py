"""Articles to stories, with reasons. Pure."""

from khabar.group.decide import load_weights
from khabar.group.stories import Draft, form_stories

__all__ = ["Draft", "form_stories", "load_weights"]
