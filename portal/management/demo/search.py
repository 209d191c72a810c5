"""What editors recommend for some searches."""

from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page

from portal.management.demo.content import read


def load_search() -> None:
    """
    Write each promotion whose words have none yet, after the pages they lead to.

    What an editor has changed or written stays.
    """
    for entry in read("search.toml")["promoted"]:
        query = Query.get(entry["words"])
        if not query.editors_picks.exists():
            SearchPromotion.objects.create(
                query=query,
                page=Page.objects.get(slug=entry["page"]),
                description=entry["description"],
                sort_order=0,
            )
