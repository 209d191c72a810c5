"""From what a reader typed to what the engines look for."""

from dataclasses import replace

from portal.curation.models import SynonymGroup
from portal.search.analysis.language_detection import written_in
from portal.search.analysis.state_synonyms import states_having
from portal.search.analysis.synonym_expansion import expand, keys_in
from portal.search.analysis.syntax import Expression, parse


def read(text: str) -> Expression:
    """Return what `text` asks for, synonyms included; one statement where it asks for words."""
    expression = parse(text)
    words = [word for term in expression.terms() for word in term.words]
    expression = replace(expression, languages=written_in(words))
    keys = keys_in(expression)
    return expand(expression, [*SynonymGroup.objects.having(keys), *states_having(keys)])
