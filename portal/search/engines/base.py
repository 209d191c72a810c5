"""What every search engine does."""

from abc import ABC, abstractmethod

from portal.search.query import SearchPage, SearchQuery


class Engine(ABC):
    """
    Answers queries over the cards.

    Whatever a reader types is answered, never an error; nothing outside `query.visible_to` is
    found or counted; pages follow each other without repeating or losing a card. The contract is
    `tests/portal/search/test_contract.py`.
    """

    @abstractmethod
    def search(self, query: SearchQuery) -> SearchPage:
        """The page of hits asked for, with the facets asked for."""

    def optimise(self) -> None:  # noqa: B027
        """Tidy up after very many cards were written; nothing, where there is no need."""
