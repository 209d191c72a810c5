"""What is told of the group and the language of responses without a name, reckoned anew."""

from collections import Counter, defaultdict

from consultations.calls.models import ConsultationPage
from consultations.publication import cards
from consultations.publication.models import PublicCopy
from consultations.publication.small_cells import Cell, told_of

UNTOLD = ""
# Only in translation or not, and into which language: what a page says of it by itself.
Population = tuple[bool, str]


def tell_cells(consultation: ConsultationPage) -> None:
    """
    Tell of nameless responses the groups and languages that may be told now, and no others.

    Those published only in translation are reckoned apart, since their pages say that they are. The
    language that they were written in is in no cell: it is never told, and by no count either.
    """
    nameless = list(
        PublicCopy.objects.published().of(consultation).nameless().select_related("response")
    )
    counts: defaultdict[Population, Counter[Cell]] = defaultdict(Counter)
    for copy in nameless:
        counts[_population(copy)][_cell(copy)] += 1
    told = {population: told_of(cells) for population, cells in counts.items()}
    changed = []
    for copy in nameless:
        shown = told[_population(copy)][_cell(copy)]
        if shown != (copy.shown_group, copy.shown_language):
            copy.shown_group, copy.shown_language = shown
            changed.append(copy)
    PublicCopy.objects.bulk_update(changed, ["shown_group", "shown_language"], batch_size=200)
    if changed:
        cards.put_cards(changed, consultation)


def _population(copy: PublicCopy) -> Population:
    return copy.response.translation_only, copy.translated_into


def _cell(copy: PublicCopy) -> Cell:
    return copy.group, UNTOLD if copy.response.translation_only else copy.language
