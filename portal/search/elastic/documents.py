"""
Cards as Elasticsearch holds them: explicit fields, nothing made up from what comes.

Texts stand in the field of the card's own language (`title.fr`), so that each is stemmed, counted
and matched among its own. `marks` holds every facet's values as "facet:value", as `facet_counts.py`
has them: six facets are counted in one pass over one field.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from elasticsearch.dsl import (
    Date,
    DateNanos,
    Document,
    Keyword,
    Long,
    MetaField,
    Object,
    Text,
)

from portal.search.elastic.analysis import (
    BEGINNING,
    BEGINNINGS,
    LANGUAGES,
    OTHER,
    PLAIN,
    SPELLING,
    STEMMERS,
    TITLE_ORDER,
    of_language,
)
from portal.search.models import Card
from portal.search.query import PUBLIC

# A reader may turn pages up to here; each costs memory there in proportion to its place.
DEEPEST = 200_000


def _by_language(**options: Any) -> Object:
    """Return one text field a language, of which a card fills its own."""
    fields = {language: Text(analyzer=of_language(language), **options) for language in LANGUAGES}
    return Object(properties=fields, dynamic="strict")


class CardDocument(Document):
    """The mapping; `document_of` says what goes into it, `definition` what an index is made of."""

    card = Long()  # the row's id, which settles ties as it does in the databases
    kind = Keyword()
    key = Keyword()
    language = Keyword()
    circle = Keyword()
    # Made ready when cards come in and not when the first reader asks.
    marks = Keyword(eager_global_ordinals=True)
    date = Date()
    # To the microsecond, so that what came in just after a moment is told from what came before.
    entered = DateNanos()
    sort_title = Keyword(normalizer=TITLE_ORDER)
    # The body may be long: where its words stand is kept, so that an excerpt is found at once.
    title = _by_language(copy_to="name")
    summary = _by_language()
    body = _by_language(index_options="offsets")
    name = Text(
        analyzer=PLAIN,
        norms=False,
        fields={
            "beginnings": Text(
                analyzer=BEGINNINGS, search_analyzer=BEGINNING, norms=False, index_options="docs"
            )
        },
    )
    # Words of public cards alone: what a misspelt word may have meant.
    spelling = Text(analyzer=SPELLING, norms=False, index_options="docs")

    class Meta:
        dynamic = MetaField("strict")
        # Made from the other texts, so it is not kept a second time.
        source = MetaField(excludes=["spelling"])

    class Index:
        name = "portal-cards"
        settings = {"max_result_window": DEEPEST}


def definition() -> dict[str, Any]:
    """Settings and mapping of an index of cards, without shards, replicas or a name."""
    made = CardDocument._index.to_dict()
    return {"settings": made["settings"], "mappings": made["mappings"]}


def document_id(kind: str, key: str) -> str:
    """Return what a card is called in Elasticsearch."""
    return f"{kind}:{key}"


def document_of(card: Card, terms: Mapping[str, Sequence[str]], visible_to: str) -> dict[str, Any]:
    """
    Return the document of a card, JSON-able; `terms` and `visible_to` are those of its facet set.

    Reads no database. Raises nothing for any card that `cards.put` writes.
    """
    language = _analysed_as(card.language)
    texts: dict[str, dict[str, Any]] = {
        name: {language: text}
        for name in ("title", "summary", "body")
        if (text := getattr(card, name))
    }
    own = [text[language] for text in texts.values()]
    # Among the summaries: who types a title is offered the one in the card's own language. There
    # twice, so that its words weigh as a title's.
    headings = json.loads(card.headings) if card.headings else {}
    for other, (title, summary) in headings.items():
        told = [title, title, summary]
        texts.setdefault("summary", {}).setdefault(_analysed_as(other), told)
    document: dict[str, Any] = {
        "card": card.pk,
        "kind": card.kind,
        "key": card.key,
        "language": card.language,
        "circle": visible_to,
        "marks": [f"{name}:{value}" for name, values in terms.items() for value in values],
        "entered": card.entered.isoformat(),
        "sort_title": card.title or card.context,
        **texts,
    }
    if card.date is not None:
        document["date"] = card.date.isoformat()
    if visible_to == PUBLIC:
        document["spelling"] = own
    return document


def field_of(name: str, language: str) -> str:
    """Return where the text `name` of a card in this language stands."""
    return f"{name}.{_analysed_as(language)}"


def _analysed_as(language: str) -> str:
    return language if language in STEMMERS else OTHER
