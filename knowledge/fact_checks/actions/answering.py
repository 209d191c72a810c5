"""What an expert does at their private link: saving, sending, taking the consent back."""

from collections.abc import Iterable
from datetime import date
from typing import TypedDict

from django.db import transaction
from django.utils import timezone

from knowledge.fact_checks.errors import LinkIsOver, RoundIsClosed, SentAlready
from knowledge.fact_checks.models import Expert, FactCheck, Verdict
from knowledge.fact_checks.notifications import take_mail_back, tell_editor


class Answer(TypedDict):
    """An expert's word on the section with this number, as `Verdict` keeps it."""

    section: int
    kind: str
    wrong: str
    evidence: str
    evidence_url: str


@transaction.atomic
def save(*, expert: Expert, answers: Iterable[Answer], may_be_named: bool) -> Expert:
    """
    Keep what an expert has said so far, in place of what was saved before.

    Raises LinkIsOver, RoundIsClosed, SentAlready.
    """
    expert, today = _writing(expert)
    return _keep(expert, answers, may_be_named, today)


@transaction.atomic
def send(*, expert: Expert, answers: Iterable[Answer], may_be_named: bool) -> Expert:
    """
    Keep it and hand it over to the editor: it changes no more. Raises as `save` does.

    The same sent again, as by a button that is pressed twice, is sent once.
    """
    said = [each for each in answers if _is_said(each)]
    try:
        expert, today = _writing(expert)
    except SentAlready:
        now = Expert.objects.get(pk=expert.pk)
        is_same = list(now.verdicts.values(*Answer.__annotations__)) == said
        if is_same and may_be_named == (now.consented_on is not None):
            return now
        raise
    expert.sent_on = today
    expert = _keep(expert, said, may_be_named, today)
    take_mail_back(expert)
    tell_editor(expert)
    return expert


@transaction.atomic
def withdraw_consent(*, expert: Expert) -> None:
    """Take the expert's name off the guide's page at once. Raises LinkIsOver."""
    expert = _living(expert)
    expert.consented_on = None
    expert.save(update_fields=["consented_on"])


def _keep(expert: Expert, answers: Iterable[Answer], may_be_named: bool, on: date) -> Expert:
    expert.saved_on = on
    expert.consented_on = on if may_be_named else None
    expert.save(update_fields=["saved_on", "sent_on", "consented_on"])
    expert.verdicts.all().delete()
    Verdict.objects.bulk_create(
        Verdict(expert=expert, **each) for each in answers if _is_said(each)
    )
    return expert


def _is_said(answer: Answer) -> bool:
    """Say whether there is anything about the section."""
    return any(answer[part] for part in ("kind", "wrong", "evidence", "evidence_url"))  # type: ignore[literal-required]


def _writing(expert: Expert) -> tuple[Expert, date]:
    """Return the expert as they are now, who may still write, and the day (of UTC)."""
    # The round first, as its closing does: what comes after that is refused.
    check = FactCheck.objects.select_for_update().get(pk=expert.fact_check_id)
    expert = _living(expert)
    if check.closed_on:
        raise RoundIsClosed
    if expert.sent_on:
        raise SentAlready
    return expert, timezone.now().date()


def _living(expert: Expert) -> Expert:
    """Return the expert as they are now; raises LinkIsOver where their link is another by now."""
    found = Expert.objects.select_for_update().get(pk=expert.pk)
    if found.is_over(timezone.now().date()) or found.link_hash != expert.link_hash:
        raise LinkIsOver
    return found
