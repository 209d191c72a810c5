"""The demonstration's synonyms are such as an editor could have written."""

import pytest

from portal.curation.forms import SynonymGroupForm
from portal.curation.models import SynonymGroup
from portal.management.demo.content import read


@pytest.mark.django_db
def test_every_group_of_the_demonstration_passes_the_form():
    groups = [entry["words"] for entry in read("search.toml")["synonyms"]]
    for words in groups:
        form = SynonymGroupForm({"words": "\n".join(words)})
        assert form.is_valid(), form.errors
        assert form.save().words.splitlines() == words
    assert SynonymGroup.objects.count() == len(groups)
