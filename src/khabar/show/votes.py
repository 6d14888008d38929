"""What a cell says of how its report was taken to make the statement."""

from __future__ import annotations

from khabar.model.story import Attestation
from khabar.show.wording import say


def voted(attestation: Attestation) -> str:
    """The kinds of evidence in words, those that voted; nothing where there were none."""
    kinds = say("comma").join(say(f"vote.{vote.kind}") for vote in attestation.votes)
    return say("votes", kinds=kinds) if kinds else ""
