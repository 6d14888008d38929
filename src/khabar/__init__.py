"""khabar: which reports tell the same story, and how their accounts differ."""
