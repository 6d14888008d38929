"""Measured against people's judgement: cases, how they were labelled, and what was found."""
