"""What the pages of answering say beside an answer that came on paper, as a file, or late."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.utils.functional import cached_property

from consultations.calls.models import ConsultationPage
from consultations.questionnaires.parts import Questionnaire
from consultations.responses.answers.notes import notes_in
from consultations.responses.models import Channel, Draft, PaperEntry, Response
from consultations.responses.permissions import Timing, late_until, user_can_enter_answers

SECOND = timedelta(seconds=1)


class InHand(Protocol):
    """Protocol for an answer in somebody's hand; all of it is read when it is asked for."""

    code: str
    page: ConsultationPage
    at: datetime

    @property
    def draft(self) -> Draft | None: ...
    @property
    def response(self) -> Response | None: ...
    @property
    def questionnaire(self) -> Questionnaire: ...
    @property
    def timing(self) -> Timing: ...
    @property
    def user(self) -> Any: ...

    def href(self, name: str, *args: Any) -> str: ...


@dataclass
class OnPaper:
    """Read where a template asks for it: what is written on the portal costs no query."""

    answering: InHand

    @cached_property
    def entry(self) -> PaperEntry | None:
        """Return what staff noted of the draft that they are typing in."""
        draft = self.answering.draft
        if draft is None or draft.channel == Channel.PORTAL or draft.is_revision:
            return None
        return PaperEntry.objects.filter(draft=draft).first()

    @property
    def is_late(self) -> bool:
        """Say whether the draft is let in after the deadline, and will be marked as late."""
        return self.answering.draft is not None and self.answering.timing is Timing.LATE

    @cached_property
    def late_until(self) -> datetime | None:
        """Return the last second to send what a late token let in; None where none can be."""
        until = late_until(self.answering.page, self.answering.at)
        return until - SECOND if until is not None else None

    @property
    def is_let_in(self) -> bool:
        """Say whether the draft can be sent though the deadline has passed."""
        return self.is_late or self.answering.timing is Timing.ON_PAPER

    @cached_property
    def notes(self) -> list[dict[str, Any]]:
        """List what of the form was not read: `text`, and `href` of the part it is about or ""."""
        draft = self.answering.draft
        notes = notes_in(draft.details) if draft is not None else []
        if not notes:
            return []
        parts = {
            question.id: part.number
            for part in self.answering.questionnaire.parts
            for question in part.questions
        }
        return [
            {
                "text": note["text"],
                "href": self.answering.href("part", parts[note["question"]])
                if note.get("question") in parts
                else "",
            }
            for note in notes
        ]

    @cached_property
    def has_letter(self) -> bool:
        """Say whether staff can print the letter that takes a sent answer's code to its owner."""
        response, code = self.answering.response, self.answering.code
        return (
            response is not None
            and bool(code)
            and response.channel != Channel.PORTAL
            and user_can_enter_answers(self.answering.user)
            and PaperEntry.objects.filter(response=response).exists()
        )
