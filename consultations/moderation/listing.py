"""What the queue says of each response: read for a page of them in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import F

from consultations.calls.models import ConsultationPage
from consultations.moderation.models import Dispute, Opened
from consultations.moderation.presenters import needs_opening
from consultations.moderation.queries import proposed, renewed
from consultations.moderation.staff_labels import standing
from consultations.questionnaires.types import Question
from consultations.responses.models import Identity, Response, ResponseVersion
from portal.stakeholders.models import Person
from portal.taxonomy.vocabularies import GROUP, LANGUAGE

# So many characters of a response are shown in the queue, and so many without unfolding them.
MOST_SHOWN, SHORT = 2_500, 600


class ReadAnswer(NamedTuple):
    """One answer in the queue; `lines` is None where it is hidden, `is_cut` where it goes on."""

    question: Question
    lines: list[str] | None
    is_cut: bool = False


@dataclass(frozen=True, eq=False)
class Row:
    """One response in the queue, with its newest version and its marks."""

    response: Response
    version: ResponseVersion
    proposal: bool
    is_new_version: bool
    is_disputed: bool
    is_reported: bool
    is_opened: bool

    @property
    def reference(self) -> str:
        return self.response.reference

    @property
    def standing(self) -> str:
        return standing(self.response)

    @property
    def names(self) -> list[str]:
        """Return who answers as far as the staff may know: nobody without a name."""
        if self.response.identity == Identity.ANONYMOUS:
            return []
        return [name for name in (self.version.name, self.version.organisation_name) if name]

    @property
    def group(self) -> str:
        return GROUP.label_of(self.version.group)

    @property
    def language(self) -> str:
        return LANGUAGE.label_of(self.version.language)

    @cached_property
    def answers(self) -> list[ReadAnswer]:
        """Return the answers as their readers may see them, up to MOST_SHOWN characters."""
        shown, left = [], MOST_SHOWN
        for part in self.response.consultation.questionnaire().applicable(self.version.answers):
            for question in part.questions:
                kept = self.version.answers.get(question.id)
                if kept is None or left <= 0:
                    continue
                lines = _lines(self.response, question, kept)
                cut = _cut(lines or [], left)
                is_cut = cut != (lines or [])
                shown.append(ReadAnswer(question, None if lines is None else cut, is_cut))
                left -= sum(map(len, cut))
        return shown

    @property
    def is_short(self) -> bool:
        """Say whether it is shown whole without being unfolded."""
        return sum(len(line) for each in self.answers for line in each.lines or []) <= SHORT


def rows_of(responses: Sequence[Response], person: Person) -> list[Row]:
    """Return a page of the queue as it is shown to somebody of the staff; six queries."""
    pks = [each.pk for each in responses]
    newest = ResponseVersion.objects.filter(
        response__in=pks, number=F("response__newest_number")
    ).order_by()
    versions = {each.response_id: each for each in newest}
    pages = ConsultationPage.objects.in_bulk({each.consultation_id for each in responses})
    among = Response.objects.filter(pk__in=pks).order_by()
    proposals = set(among.filter(proposed()).values_list("pk", flat=True))
    anew = set(among.filter(renewed()).values_list("pk", flat=True))
    waiting = Dispute.objects.waiting().filter(response__in=pks)
    disputes = set(waiting.order_by().values_list("response", "taken_up_on"))
    taken_up = {pk for pk, day in disputes if day}
    unseen = {pk for pk, day in disputes if not day}
    opened = set(
        Opened.objects.filter(by=person.pk, response__in=pks).values_list("response", "version")
    )
    rows = []
    for each in responses:
        each.consultation = pages[each.consultation_id]
        rows.append(
            Row(
                each,
                versions[each.pk],
                each.pk in proposals,
                each.pk in anew,
                each.pk in taken_up,
                each.pk in unseen,
                (each.pk, each.newest_number) in opened,
            )
        )
    return rows


def _lines(response: Response, question: Question, kept: dict[str, Any]) -> list[str] | None:
    if needs_opening(response, kept):
        return None
    value = kept.get("value")
    files = [str(number) for number, _ in enumerate(question.file_ids(value), start=1)]
    return question.readable(value, files=files)


def _cut(lines: list[str], most: int) -> list[str]:
    """Return as many lines, and as much of the last, as have that many characters."""
    kept: list[str] = []
    for line in lines:
        if most <= 0:
            break
        kept.append(line if len(line) <= most else f"{line[:most]}…")
        most -= len(line)
    return kept
