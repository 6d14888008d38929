"""Names in the text, and whom they name over a pool of reports."""

from khabar.annotate.names.find import find_names, name_article
from khabar.annotate.names.link import link_names

__all__ = ["find_names", "link_names", "name_article"]
