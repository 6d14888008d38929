"""Pages to extracts: body, title, and every left-out piece. Pure."""
