"""Titles and summaries of a guide in languages that it is not written in."""

from typing import Any

from knowledge.guides.models import GuidePage

# By language, of one guide: {"fr": {"title": "…", "summary": "…"}}.
Titles = dict[str, dict[str, Any]]


def add_titles(page: GuidePage, titles: Titles) -> None:
    """Give an unsaved guide its titles in other languages. There is no place for them yet."""
