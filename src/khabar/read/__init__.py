"""Files and folders to pages. Touches the disk."""
