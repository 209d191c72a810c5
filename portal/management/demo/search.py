"""What editors did for search: synonyms, promoted results."""

from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page

from portal.curation.actions import save_synonyms
from portal.curation.models import SynonymEntry, SynonymGroup
from portal.curation.wording import key_of
from portal.management.demo.content import read


def load_search() -> None:
    """
    Write each group and promotion whose words are not there yet, after the pages they lead to.

    What an editor has changed or written stays.
    """
    content = read("search.toml")
    for entry in content["synonyms"]:
        keys = [key_of(word) for word in entry["words"]]
        if not SynonymEntry.objects.filter(key__in=keys).exists():
            save_synonyms(SynonymGroup(), entry["words"])
    for entry in content["promoted"]:
        query = Query.get(entry["words"])
        if not query.editors_picks.exists():
            SearchPromotion.objects.create(
                query=query,
                page=Page.objects.get(slug=entry["page"]),
                description=entry["description"],
                sort_order=0,
            )
