"""What an editor does: opening a round, asking experts, more time, settling, closing."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from knowledge.fact_checks.errors import (
    InvitedAlready,
    NotAFinding,
    NotAfterToday,
    NothingToCheck,
    NotLater,
    NotPermitted,
    RoundIsClosed,
    SentBySomebody,
    TooManyMails,
)
from knowledge.fact_checks.models import Expert, FactCheck, Verdict
from knowledge.fact_checks.notifications import send_link, take_mail_back
from knowledge.fact_checks.permissions import user_can_have_facts_checked
from knowledge.fact_checks.sections import digest_of, sections_of
from knowledge.guides.models import GuidePage
from portal.stakeholders.models import User
from portal.web.rate_limits import DAY, Limit

# Mail that an editor whose account was stolen can have sent to strangers.
A_DAY = Limit("fact-checks", most=50, seconds=DAY)


@transaction.atomic
def open_check(
    *, guide: GuidePage, by: User, title: str, deadline: date, brief: str, contact: str
) -> FactCheck:
    """
    Open a round on the guide's latest text, draft or published, and freeze that text.

    Raises NotPermitted; NotAfterToday for a deadline that is no day to come; NothingToCheck.
    """
    _require(by, guide)
    today = timezone.now().date()
    if deadline <= today:
        raise NotAfterToday
    guide = GuidePage.objects.get(pk=guide.pk)  # as it is published: an editor's may be typed in
    revision = guide.get_latest_revision()
    text = revision.as_object() if revision else guide
    body = text.body.get_prep_value()
    sections = sections_of(text.summary, body)
    if not sections:
        raise NothingToCheck
    digest = digest_of(text.summary, body)
    is_public = guide.live and digest == digest_of(guide.summary, guide.body.get_prep_value())
    published = guide.kept_versions[0].number if guide.kept_versions else 0
    return FactCheck.objects.create(
        guide=guide,
        revision_key=revision.pk if revision else None,
        digest=digest,
        sections=sections,
        version=max(published, 1) if is_public else published + 1,
        title=title,
        deadline=deadline,
        brief=brief,
        contact=contact,
        language=get_language() or "",
        opened_by=by,
        opened_on=today,
    )


@transaction.atomic
def ask_expert(
    *, fact_check: FactCheck, by: User, name: str, affiliation: str, email: str, language: str
) -> Expert:
    """
    Have somebody asked by mail to check a round, and return them.

    Raises NotPermitted, RoundIsClosed, InvitedAlready, TooManyMails.
    """
    check = _open(fact_check, by)
    if check.experts.filter(email__iexact=email).exists():
        raise InvitedAlready
    _count(by)
    expert = Expert(
        fact_check=check, name=name, affiliation=affiliation, email=email, language=language
    )
    secret = expert.renew(timezone.now().date())
    expert.save()
    send_link(expert, secret)
    return expert


@transaction.atomic
def send_again(*, expert: Expert, by: User) -> Expert:
    """
    Send an expert a new link; the one before works no more, and what was saved stays.

    Raises NotPermitted, RoundIsClosed, SentBySomebody, TooManyMails.
    """
    expert = _locked(expert, by)
    if expert.sent_on:
        raise SentBySomebody
    _open(expert.fact_check, by)
    _count(by)
    take_mail_back(expert)
    secret = expert.renew(timezone.now().date())
    expert.save()
    send_link(expert, secret)
    return expert


@transaction.atomic
def revoke(*, expert: Expert, by: User) -> None:
    """Have an expert's link work no more, its mail taken back too. Raises NotPermitted."""
    expert = _locked(expert, by)
    take_mail_back(expert)
    expert.revoked_on = timezone.now().date()
    expert.save(update_fields=["revoked_on"])


@transaction.atomic
def remove_name(*, expert: Expert, by: User) -> None:
    """
    Take an expert's name off the guide's page at once. Raises NotPermitted.

    Where their address is erased already, the name goes as well: it was kept for that page alone.
    """
    expert = _locked(expert, by)
    expert.consented_on = None
    if not expert.email:
        expert.name = expert.affiliation = ""
    expert.save(update_fields=["consented_on", "name", "affiliation"])


@transaction.atomic
def extend(*, fact_check: FactCheck, by: User, deadline: date) -> None:
    """Give more time: links that had ended work again. NotPermitted, RoundIsClosed, NotLater."""
    check = _open(fact_check, by)
    if deadline <= timezone.now().date():
        raise NotAfterToday
    if deadline <= check.deadline:
        raise NotLater
    check.deadline = deadline
    check.save(update_fields=["deadline"])


@transaction.atomic
def close(*, fact_check: FactCheck, by: User) -> None:
    """End a round: nothing more is taken in, and no mail goes. NotPermitted, RoundIsClosed."""
    check = _open(fact_check, by)
    check.closed_on = timezone.now().date()
    check.save(update_fields=["closed_on"])
    for expert in check.experts.all():
        take_mail_back(expert)


@transaction.atomic
def settle(*, verdict: Verdict, by: User, outcome: str, because: str) -> None:
    """
    Say what became of a finding, in place of what was said before.

    Raises NotPermitted; NotAFinding where nothing was reported, or not sent.
    """
    _require(by, verdict.expert.fact_check.guide)
    if not verdict.is_finding or not verdict.expert.sent_on:
        raise NotAFinding
    verdict.outcome, verdict.because = outcome, because
    verdict.settled_on = timezone.now().date()
    verdict.save(update_fields=["outcome", "because", "settled_on"])


def _require(by: User, guide: GuidePage) -> None:
    if not user_can_have_facts_checked(by, guide):
        raise NotPermitted


def _open(fact_check: FactCheck, by: User) -> FactCheck:
    """Return the round as it is now, for the transaction."""
    found = FactCheck.objects.select_for_update().get(pk=fact_check.pk)
    _require(by, found.guide)
    if found.closed_on:
        raise RoundIsClosed
    return found


def _locked(expert: Expert, by: User) -> Expert:
    found = Expert.objects.select_for_update().get(pk=expert.pk)
    _require(by, found.fact_check.guide)
    return found


def _count(by: User) -> None:
    if not A_DAY.take(str(by.pk)):
        raise TooManyMails
