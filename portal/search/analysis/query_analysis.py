"""From what a reader typed to what the engines look for."""

from dataclasses import replace

from portal.curation.models import SynonymGroup
from portal.search.analysis.language_detection import written_in
from portal.search.analysis.state_synonyms import states_having
from portal.search.analysis.synonym_expansion import expand, keys_in
from portal.search.analysis.syntax import Expression, parse
from portal.search.query import SearchQuery


def read_query(query: SearchQuery) -> Expression | None:
    """Return what a search asks for by its words; None where it has none."""
    return read(query.text, query.reader_language) if query.text.strip() else None


def read(text: str, reader_language: str = "") -> Expression:
    """
    Return what `text` asks for, synonyms included; one statement where it asks for words.

    Words that do not show their language count as of the reader's, if that is given.
    """
    expression = parse(text)
    words = [word for term in expression.terms() for word in term.words]
    languages = written_in(words) or tuple(filter(None, (reader_language,)))
    expression = replace(expression, languages=languages)
    keys = keys_in(expression)
    return expand(expression, [*SynonymGroup.objects.having(keys), *states_having(keys)])
