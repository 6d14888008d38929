"""Articles to stories, with reasons. Pure."""
