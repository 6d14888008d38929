"""Extracts to articles: languages, sentences, dates, names. Pure."""
