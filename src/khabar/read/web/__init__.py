"""The web as a source: addresses to pages, feeds to entries, sources asked again and again."""
