"""From what a reader typed to what the engines look for."""

from portal.curation.models import SynonymGroup
from portal.search.expansion import expand, keys_in
from portal.search.syntax import Expression, parse


def read(text: str) -> Expression:
    """What is asked for by `text`, synonyms included; one statement where it asks for words."""
    expression = parse(text)
    return expand(expression, SynonymGroup.objects.having(keys_in(expression)))
