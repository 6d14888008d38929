"""Texts to sentence and word vectors. Reads a model file; no network."""
