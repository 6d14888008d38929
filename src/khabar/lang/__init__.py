"""Language packs: facts as data, and what finds them in text."""
