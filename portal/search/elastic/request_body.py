"""
The requests that are sent to Elasticsearch, as it takes them.

A search is one request: hits in order, highlights, and every facet's counts. The filters that a
facet does not apply to its own counts come after counting (`post_filter`); all others, and who may
see what, come before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.search.analysis.stop_words import FUNCTION_WORDS
from portal.search.analysis.syntax import Expression
from portal.search.elastic.analysis import LONGEST_BEGINNING, OTHER, PLAIN, STEMMERS
from portal.search.elastic.documents import DEEPEST
from portal.search.elastic.query_dsl import (
    WEIGHTS,
    marked_words,
    matching,
    nearly_matching,
    weighed,
)
from portal.search.query import NEWEST, RELEVANCE, TITLE, SearchQuery
from portal.search.registry import light_kinds

Body = dict[str, Any]

TIES = {"card": {"order": "desc"}}
NEWEST_FIRST = [{"date": {"order": "desc", "missing": "_last"}}, TIES]
ORDERS: dict[str, list[Body]] = {
    RELEVANCE: [{"_score": {"order": "desc"}}, *NEWEST_FIRST],
    NEWEST: NEWEST_FIRST,
    TITLE: [{"sort_title": {"order": "asc"}}, {"card": {"order": "asc"}}],
}
# What has all of the words, beside what has some of them as well (`query_relaxation.py` says why).
# With the databases' 2 a title with two of three words came before a long text that has them all.
WHOLE_WEIGHS = 3.0
# More values than any facet that is counted has.
MOST_MARKS = 5_000
FRAGMENTS, FRAGMENT_LENGTH = 2, 150
# Elasticsearch trims excerpts, the sentinels of `highlights.py` included: these are no blanks to
# it, and no card has them either.
START, STOP = "\x82", "\x83"
# Of a long text the beginning says what it is about.
LIKE_LENGTH = 4_000
WORDS_COMPARED = 25


@dataclass(frozen=True)
class Sought:
    """
    Among what to look: the circles of the asker, without the documents that `waiting` names.

    `since`: only what came in after that moment.
    """

    circles: Sequence[str]
    waiting: Sequence[str] = ()
    since: datetime | None = None

    def within(self, *, must: Sequence[Body] = (), filters: Sequence[Body] = ()) -> Body:
        """Ask for what is among this, matches all of `must` and passes all of `filters`."""
        newer: list[Body] = []
        if self.since:
            # Said in full: "after 12:00:00" would be after that second's end.
            moment = self.since.isoformat(timespec="microseconds")
            newer = [{"range": {"entered": {"gt": moment}}}]
        query: Body = {"filter": [{"terms": {"circle": list(self.circles)}}, *newer, *filters]}
        if must:
            query["must"] = list(must)
        if self.waiting:
            query["must_not"] = [{"ids": {"values": list(self.waiting)}}]
        return {"bool": query}


def search_body(
    query: SearchQuery,
    expression: Expression | None,
    sought: Sought,
    *,
    fuzzy: bool = False,
    wider: Expression | None = None,
) -> Body:
    """
    Return a page of hits with highlights and the counts of facets; `parsing.read_page` reads it.

    `fuzzy` forgives slips. With `wider`, whatever matches that answers, and what matches
    `expression` counts for more.
    """
    words = [matching(expression, fuzzy=fuzzy)] if expression else []
    if wider and expression:
        whole = {"filter": words[0], "weight": WHOLE_WEIGHS}
        nearly = weighed(nearly_matching(expression, wider))
        words = [{"function_score": {"query": nearly, "functions": [whole]}}]
    chosen = {name: _has(name, values) for name, values in query.filters.items() if values}
    counted = {name: has for name, has in chosen.items() if name in query.facets}
    fixed = [has for name, has in chosen.items() if name not in counted]
    ranked = bool(words) and query.sort == RELEVANCE
    if ranked and not wider:
        words = [weighed(words[0])]
    wanted = sought.within(
        must=words if ranked else (), filters=fixed if ranked else [*fixed, *words]
    )
    order = NEWEST if query.sort == RELEVANCE and not words else query.sort
    if query.first_language and not words:
        own = {"term": {"language": query.first_language}}
        wanted["bool"]["should"] = [{"constant_score": {"filter": own}}]
        order = RELEVANCE
    offset, size = window(query)
    body: Body = {
        "query": wanted,
        "from": offset,
        "size": size,
        "sort": ORDERS[order],
        "track_total_hits": True,
        "_source": False,
        "aggs": _counts(query.facets, counted),
    }
    if counted:
        body["post_filter"] = {"bool": {"filter": list(counted.values())}}
    if expression and size:
        body["highlight"] = _highlight(expression, fuzzy)
    return body


def window(query: SearchQuery) -> tuple[int, int]:
    """Offset and number of the hits to ask for; none of a page deeper than Elasticsearch goes."""
    offset = (query.page - 1) * query.per_page
    return (offset, query.per_page) if offset + query.per_page <= DEEPEST else (0, 0)


def spelling_body(words: Sequence[str], options: int) -> Body:
    """Ask for each word for commoner words of public cards that look like it."""
    term = {
        "field": "spelling",
        "suggest_mode": "popular",
        "size": options,
        "max_edits": 2,
        "prefix_length": 0,  # the first letter may be the wrong one
        "min_word_length": 4,
    }
    return {
        "size": 0,
        "track_total_hits": False,
        "suggest": {"text": " ".join(words), "spelling": {"term": term}},
    }


def completion_body(words: Sequence[str], sought: Sought, size: int) -> Body:
    """Cards whose title has these words, the last perhaps only begun; each title once."""
    *whole, last = words
    begun: Body = {"match": {"name.beginnings": last}}
    if len(last) > LONGEST_BEGINNING:
        begun = {"match_bool_prefix": {"name": last}}
    wanted = sought.within(must=[*({"match": {"name": word}} for word in whole), begun])
    wanted["bool"]["should"] = [
        {"prefix": {"sort_title": {"value": " ".join(words), "case_insensitive": True}}},
        {"match": {"name": last}},
    ]
    return {
        "query": wanted,
        "size": size,
        "sort": [{"_score": {"order": "desc"}}, {"sort_title": {"order": "asc"}}, TIES],
        "collapse": {"field": "sort_title"},
        "track_total_hits": False,
        "_source": False,
    }


def similar_body(
    texts: Sequence[str],
    *,
    language: str,
    own_id: str,
    kinds: Sequence[str],
    sought: Sought,
    size: int,
) -> Body:
    """Cards of these kinds that use the telling words of `texts`, but for the one they are of."""
    language = language if language in STEMMERS else OTHER
    alike = {
        "more_like_this": {
            "fields": [f"{name}.{language}" for name in WEIGHTS],
            "like": [text[:LIKE_LENGTH] for text in texts if text],
            "analyzer": PLAIN._name if language == OTHER else f"portal_{language}",
            "min_term_freq": 1,
            "min_doc_freq": 2,
            "max_query_terms": WORDS_COMPARED,
            "minimum_should_match": "15%",
            "stop_words": sorted(FUNCTION_WORDS.get(language, ())),
        }
    }
    wanted = sought.within(must=[alike], filters=[_has("kind", kinds)])
    wanted["bool"].setdefault("must_not", []).append({"ids": {"values": [own_id]}})
    return {
        "query": wanted,
        "size": size,
        "sort": ORDERS[RELEVANCE],
        "track_total_hits": False,
        "_source": False,
    }


def _has(name: str, values: Sequence[str]) -> Body:
    return {"terms": {"marks": [f"{name}:{value}" for value in values]}}


def _counts(facets: Sequence[str], counted: Mapping[str, Body]) -> Body:
    """
    Counts of all facets in one pass; each that is filtered by, in one of its own.

    "matching" is how many have the words, whatever the filters of facets, and "weighty" how many of
    these are of no light kind.
    """
    light: Body = {"terms": {"kind": light_kinds()}}
    counts: Body = {
        "matching": {"filter": {"match_all": {}}},
        "weighty": {"filter": {"bool": {"must_not": [light]}}},
    }
    free = [name for name in facets if name not in counted]
    if free:
        counts["others"] = _counted_within(list(counted.values()), free)
    for name in counted:
        others = [has for other, has in counted.items() if other != name]
        counts[f"own:{name}"] = _counted_within(others, [name])
    return counts


def _counted_within(filters: Sequence[Body], names: Sequence[str]) -> Body:
    terms = {"field": "marks", "size": MOST_MARKS, "include": f"({'|'.join(names)}):.*"}
    within = {"bool": {"filter": filters}} if filters else {"match_all": {}}
    return {"filter": within, "aggs": {"marks": {"terms": terms}}}


def _highlight(expression: Expression, fuzzy: bool) -> Body:
    whole = {"number_of_fragments": 0}
    part = {
        "number_of_fragments": FRAGMENTS,
        "fragment_size": FRAGMENT_LENGTH,
        "order": "score",
    }
    return {
        "highlight_query": marked_words(expression, fuzzy=fuzzy),
        "pre_tags": [START],
        "post_tags": [STOP],
        "fields": {"title.*": whole, "summary.*": whole, "body.*": part},
    }
