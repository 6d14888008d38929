"""How sure each kind of link is. Grades, no probabilities (docs/decisions/origins.md)."""

from __future__ import annotations

CREDITED_COPY = 0.97  # the words are the same and one says so
CREDITED = 0.95  # the words of a credit
UNSEEN = 0.9  # both credit one outlet that is not here
SAME_OUTLET = 0.9
COPY = 0.8  # the words are the same; the time tells which came first
NO_DIRECTION = 0.9  # the words are the same; nothing tells which came first
CUT = 0.6  # the direction is told by what is left out alone
RETOLD_CREDITED = 0.9
RETOLD_ALONE = 0.75  # both state what no third report does
RETOLD = 0.7
REWORDED = 0.55  # in one language: two who saw the same may tell the same
PASSAGES = 0.6
SPEECH = 0.3  # passages that are mostly speech: each may have heard it
