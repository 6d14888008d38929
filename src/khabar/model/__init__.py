"""Frozen types; checks and nothing else."""
