"""What every search engine does."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from portal.search.query import PUBLIC, Completion, Hit, SearchPage, SearchQuery


class Engine(ABC):
    """
    Answers queries over the cards.

    Whatever a reader types is answered, never an error; nothing outside `query.visible_to` is
    found or counted; pages follow each other without repeating or losing a card. The contract is
    `tests/portal/search/contract/`.
    """

    @abstractmethod
    def search(self, query: SearchQuery) -> SearchPage:
        """Return the page of hits asked for, with the facets asked for."""

    @abstractmethod
    def complete(
        self, text: str, *, visible_to: Sequence[str] = (PUBLIC,), limit: int = 8
    ) -> list[Completion]:
        """
        Things whose title holds every word of `text`, the last of which may be unfinished.

        At most `limit`, the best first, each title once; none where `text` has fewer than two
        letters or digits.
        """

    @abstractmethod
    def similar(
        self,
        kind: str,
        key: str,
        *,
        kinds: Sequence[str] = (),
        visible_to: Sequence[str] = (PUBLIC,),
        limit: int = 5,
    ) -> list[Hit]:
        """
        Return what reads most like the card of this kind and key, the best first, without itself.

        Of `kinds`, by default of its own kind. Nothing where there is no such card.
        """

    def optimise(self) -> None:  # noqa: B027
        """Tidy up after very many cards were written; nothing, where there is no need."""
