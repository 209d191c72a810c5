"""What is done with the glossary: keeping search in step with it."""

from knowledge.glossary.cards import KIND
from portal.search.cards import put_many


def refresh_glossary_card() -> None:
    """Write the search card of the glossary anew."""
    put_many(KIND.cards())
