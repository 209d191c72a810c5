"""Titles and summaries of the library's guides in languages that their texts are not in."""

from collections.abc import Mapping

from knowledge.guides.models import GuidePage, TitleInLanguage


def add_titles(page: GuidePage, titles: Mapping[str, tuple[str, str]]) -> None:
    """
    Give a guide, saved or not, these (title, summary) by code of language; others stay.

    Its own language is passed over. The rows are kept when the page, or a revision of it, is
    saved. Raises ValidationError for a language that the portal is not read in, and for a text
    that is empty or too long: the page is then as it was.
    """
    wanted = [
        TitleInLanguage(language=language, title=title, summary=summary)
        for language, (title, summary) in sorted(titles.items())
        if language != page.content_language
    ]
    for each in wanted:
        each.clean_fields(exclude=["guide"])
    new = {each.language for each in wanted}
    kept = [each for each in page.titles.all() if each.language not in new]
    page.titles.set([*kept, *wanted])
    for place, each in enumerate(page.titles.all()):
        each.sort_order = place
