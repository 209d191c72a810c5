"""
What the two database engines share: from matches to a page of hits.

A search takes a fixed number of statements, whatever the rows, facets and filters:

1. how many matching cards each facet set has; from that come, in Python, the total, every facet's
   counts, and which sets the filters and the asker's circles admit (`facet_counts.py`);
2. one page of cards of the admitted sets, in order, with what was found in them marked; where the
   reader's language comes first, one of those sets and one of the rest.

A set holds the circle that may see it, so naming the admitted sets in the second statement also
keeps a card from everyone else, whatever is written between the two.
"""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from django.db import connection

from portal.search.analysis.query_analysis import read_query
from portal.search.analysis.query_relaxation import by_any_word, enough, loosened
from portal.search.analysis.stemming import has_stem_in, kept_languages, stem
from portal.search.analysis.syntax import Expression, Term, parse
from portal.search.engines.base import Engine
from portal.search.engines.completion import MOST_COMPARED, Titled, completions, words_to_complete
from portal.search.engines.hits import Found, hits_of
from portal.search.facet_counts import Tally, facet_group, shared, tally_up
from portal.search.highlights import mark_words
from portal.search.models import Card
from portal.search.query import PUBLIC, RELEVANCE, Completion, Hit, SearchPage, SearchQuery
from portal.search.vocabulary.more_like_this import Telling, telling_words
from portal.search.vocabulary.spelling import respelt

Terms = Mapping[str, Sequence[str]]

# With so few found, another spelling may be worth a try.
NEXT_TO_NOTHING = 2
# Beyond the first pages the best are not looked for together with the counts.
MOST_LED = 200
# Of the cards most like another, so many are compared by their facets too.
ALIKE_COMPARED = 40


class Sought(NamedTuple):
    """
    Conditions of a match: to hold the words (None: any will do), and to be newer than that.

    Where some of the words may be missing, `asked` is for all: what has them counts for more.
    """

    expression: Expression | None
    since: Any = None
    asked: Expression | None = None


class Leader(NamedTuple):
    """One of the matches that answer best."""

    id: int
    facet_set: int
    rank: float


class Tallied(NamedTuple):
    """A search in the end, what it comes to, and the best matches where they are known."""

    sought: Sought
    tally: Tally
    leaders: Sequence[Leader] = ()


class Alike(NamedTuple):
    """A card that reads like another, its facets, and how much it does, by a measure of its own."""

    found: Found
    terms: Terms
    likeness: float


class DatabaseEngine(Engine):
    """An engine over the table of cards; each vendor writes the statements of its own."""

    @abstractmethod
    def counts(self, sought: Sought) -> dict[int, int]:
        """Facet set to number of cards that match."""

    def leaders(self, sought: Sought, limit: int) -> tuple[dict[int, int], Sequence[Leader]]:
        """
        Return it with the `limit` best of all, in order, where they cost less together.

        None of them where not; an engine that gives them has `led` too.
        """
        return self.counts(sought), ()

    def led(
        self, expression: Expression, leaders: Sequence[Leader], admitted: Sequence[int]
    ) -> Sequence[Found]:
        """Return these cards in this order, but for those in none of the admitted sets now."""
        raise NotImplementedError

    @abstractmethod
    def page(
        self, sought: Sought, admitted: Sequence[int], sort: str, limit: int, offset: int
    ) -> Sequence[Found]:
        """Return one page of the matching cards in the admitted sets, in order; ties go by id."""

    @abstractmethod
    def titled(
        self, words: Sequence[str], visible_to: Sequence[str], limit: int
    ) -> Sequence[Titled]:
        """Return at most `limit` cards of these circles titled so, the last word begun."""

    @abstractmethod
    def alike(
        self,
        words: Sequence[Telling],
        card: Card,
        kinds: Sequence[str],
        visible_to: Sequence[str],
        limit: int,
    ) -> Sequence[Alike]:
        """Return the cards with most of these words, without `card`."""

    def search(self, query: SearchQuery) -> SearchPage:
        whole = self._tally(query)
        suggestion, meant = self._meant(query, whole)
        words = meant if meant and self._is_nowhere(query, suggestion) else whole
        answer = self._wider(query, words) or words
        tally = answer.tally
        return SearchPage(
            hits=hits_of(self._page(query, answer), answer.sought.expression),
            total=tally.total,
            page=query.page,
            pages=max(1, -(-tally.total // query.per_page)),
            facets=[
                facet_group(name, tally.values[name], query.filters.get(name, ()))
                for name in query.facets
            ],
            suggestion=suggestion,
            others=tally.total - words.tally.total,
            respelt=words is not whole,
        )

    def _page(self, query: SearchQuery, answer: Tallied) -> Sequence[Found]:
        sought, tally, leaders = answer
        offset = (query.page - 1) * query.per_page
        if offset >= tally.total:
            return ()
        admitted = frozenset(tally.admitted)
        if sought.expression and leaders and all(one.facet_set in admitted for one in leaders):
            return self.led(sought.expression, leaders[offset:], tally.admitted)
        browsed = query.first_language and sought.expression is None
        found: list[Found] = []
        for sets, cards in tally.parts(f"language:{query.first_language}" if browsed else ""):
            if offset < cards and (left := query.per_page - len(found)):
                found += self.page(sought, sets, query.sort, left, offset)
            offset = max(0, offset - cards)
        return found

    def _tally(self, query: SearchQuery) -> Tallied:
        sought = Sought(read_query(query), query.since)
        # Words that ask for nothing (signs, exclusions alone) find nothing; no words find all.
        if sought.expression is not None and not sought.expression:
            return Tallied(sought, tally_up({}, query))
        whole = self._tallied(sought, query)
        beginning = None
        if sought.expression and not whole.tally.in_circles:
            beginning = sought.expression.as_prefix()
        # Where nothing has the word itself, the reader may not have finished it. Tried only then:
        # "use" should not bring "usual" where there is something about use, be it old.
        if beginning and not (query.since and self._is_there(sought.expression, query)):
            begun = self._tallied(sought._replace(expression=beginning), query)
            if begun.tally.in_circles:
                return begun
        return whole

    def _tallied(self, sought: Sought, query: SearchQuery) -> Tallied:
        counts, leaders = self._matches(sought, query)
        return Tallied(sought, tally_up(counts, query), leaders)

    def _is_there(self, expression: Expression | None, query: SearchQuery) -> bool:
        """Say whether the asker might see anything with these words, of any age and any filter."""
        return tally_up(self.counts(Sought(expression)), replace(query, facets=())).in_circles > 0

    def _matches(
        self, sought: Sought, query: SearchQuery
    ) -> tuple[dict[int, int], Sequence[Leader]]:
        """Count the matches of each set; name the best, unless filters will sift them."""
        last = query.page * query.per_page
        filtered = any(query.filters.values())
        if sought.expression and query.sort == RELEVANCE and not filtered and last <= MOST_LED:
            return self.leaders(sought, last)
        return self.counts(sought), ()

    def _wider(self, query: SearchQuery, whole: Tallied) -> Tallied | None:
        """Find what has half of the words, or any, where next to nothing has them all."""
        # What is new for a search has all of its words.
        if query.since or not whole.sought.expression:
            return None
        expression, found = whole.sought.expression, whole.tally.weighty
        if not (half := loosened(expression, found=found)):
            return None
        answer = self._loosely(query, whole, half)
        any_word = by_any_word(expression)
        if any_word and not enough(expression, answer.tally.weighty):
            answer = self._loosely(query, whole, any_word)
        return answer

    def _loosely(self, query: SearchQuery, whole: Tallied, expression: Expression) -> Tallied:
        sought = whole.sought._replace(expression=expression, asked=whole.sought.expression)
        return self._tallied(sought, query)

    def _meant(self, query: SearchQuery, whole: Tallied) -> tuple[str, Tallied | None]:
        """Another spelling that finds more; looked for where the words found next to nothing."""
        # That little is new says nothing of the spelling.
        if query.since or not whole.sought.expression or whole.tally.in_circles > NEXT_TO_NOTHING:
            return "", None
        if not (text := respelt(query.text, whole.sought.expression.known_words())):
            return "", None
        other = self._tally(replace(query, text=text))
        return (text, other) if other.tally.total > whole.tally.total else ("", None)

    def _is_nowhere(self, query: SearchQuery, respelt: str) -> bool:
        """
        Say whether nothing that the asker might see has the new spelling, in any form: then the
        other was surely meant.
        """
        meant = {word for term in parse(respelt).terms() for word in term.words}
        typed = [term for term in parse(query.text).terms() if not meant.issuperset(term.words)]
        return not any(
            term.exact or self._is_there(Expression(((Term((word,)),),)), query)
            for term in typed
            for word in term.words
            if word not in meant
        )

    def complete(
        self, text: str, *, visible_to: Sequence[str] = (PUBLIC,), limit: int = 8
    ) -> list[Completion]:
        words = words_to_complete(text)
        if not words:
            return []
        return completions(self.titled(words, visible_to, MOST_COMPARED), text, limit)

    def similar(
        self,
        kind: str,
        key: str,
        *,
        kinds: Sequence[str] = (),
        visible_to: Sequence[str] = (PUBLIC,),
        limit: int = 5,
    ) -> list[Hit]:
        card = Card.objects.select_related("facet_set").filter(kind=kind, key=key).first()
        if card is None or not (words := telling_words(card.title, card.summary, card.body)):
            return []
        alike = self.alike(words, card, kinds or [kind], visible_to, ALIKE_COMPARED)
        best = max((one.likeness for one in alike), default=1.0) or 1.0
        # Of cards about as much alike, those that share facets come first.
        order = sorted(
            alike,
            key=lambda one: (
                -round(10 * one.likeness / best),
                -shared(card.facet_set.terms, one.terms),
                -one.likeness,
                -one.found.id,
            ),
        )
        return hits_of(one.found for one in order[:limit])


def with_stems_marked(one: Found, expression: Expression) -> Found:
    """Return the card with each word marked whose kept stem is that of a word sought by itself."""
    if one.language not in kept_languages():
        return one
    wanted = {
        stem(word, one.language)
        for term in expression.terms()
        if term.apart or (len(term.words) == 1 and not term.prefix)
        for word in term.words
    } - {""}
    title, summary, text = (
        mark_words(text, lambda word: has_stem_in(word, one.language, wanted))
        for text in (one.title, one.summary, one.excerpt)
    )
    return one._replace(title=title, summary=summary, excerpt=text)


def rows(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Return what a statement of an engine's own answers."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
