"""All that the page of one response shows to the staff, read once."""

from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property

from consultations.calls.permissions import user_has_interest
from consultations.moderation.actions.undoing import can_undo
from consultations.moderation.admin_views.desk import (
    address_of,
    done_line,
    next_for,
    queue_of,
)
from consultations.moderation.admin_views.queue import queue_url
from consultations.moderation.available_actions import (
    ACTS,
    KEYS,
    ON_DISPUTES,
    Act,
    Waiting,
    harmless_reason,
    is_published_singly,
    may_act_on,
    offered,
)
from consultations.moderation.forms import leave_out_late_reasons
from consultations.moderation.models import Dispute, ScreeningAct
from consultations.moderation.permissions import user_can_open_confidential, user_can_screen
from consultations.moderation.policy import HANDLING_OF, Reason, Verb
from consultations.moderation.presenters import has_confidential, parts_of
from consultations.moderation.queries import WAITING
from consultations.moderation.staff_labels import IDENTITY, TRANSLATION, standing
from consultations.publication.actions import batch_of
from consultations.publication.copies import public_answers
from consultations.publication.models import PublicCopy
from consultations.publication.translations import is_shown_as_it_is, pieces_of
from consultations.responses.days import day_of
from consultations.responses.files.sent import readers_answers
from consultations.responses.models import Handling, LegalBasis, Response, ResponseVersion, Status
from consultations.responses.permissions import can_be_asked
from consultations.responses.presenters import on_behalf
from portal.stakeholders.countries import name_of


@dataclass
class Offer:
    """An act with its form, as the page shows it."""

    key: str
    act: Act
    form: Any
    dispute: Dispute | None = None

    @property
    def hotkey(self) -> str:
        return KEYS.get(self.key, "")


@dataclass
class StaffPage:
    """`sent` maps the key of an act to the form that was sent and refused."""

    request: HttpRequest
    response: Response
    opened: bool = False
    sent: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def versions(self) -> list[ResponseVersion]:
        return list(self.response.versions.order_by("number"))

    @cached_property
    def version(self) -> ResponseVersion:
        """Return the version asked for by number, else the newest."""
        asked = self.request.GET.get("version", "")
        if not asked:
            return self.versions[-1]
        found = [each for each in self.versions if str(each.number) == asked]
        if not found:
            raise Http404
        return found[0]

    @cached_property
    def acts(self) -> list[ScreeningAct]:
        return list(self.response.screening_acts.select_related("by", "undone_by"))

    @cached_property
    def disputes(self) -> list[Dispute]:
        return list(self.response.disputes.all())

    @cached_property
    def proposal(self) -> ScreeningAct | None:
        acts = ScreeningAct.objects.filter(response=self.response)
        return acts.open_proposal(self.versions[-1].number)

    @cached_property
    def waiting(self) -> Waiting:
        return Waiting.of(self.response, self.versions[-1].number)

    @cached_property
    def can_be_asked(self) -> bool:
        return can_be_asked(self.response, timezone.now())

    def context(self) -> dict[str, Any]:
        """Return what the template is given."""
        response, user = self.response, self.request.user
        may_screen = user_can_screen(user, response)
        copy = PublicCopy.objects.select_related("version").filter(response=response).first()
        offers = self.offers() if may_screen else []
        quick = self.quick(offers)
        waits = (
            response.status == Status.ACCEPTED
            and response.handling != Handling.CONFIDENTIAL
            and not is_published_singly(response)
        )
        return {
            "response": response,
            "standing": standing(response),
            "identity": IDENTITY[self.version.identity],
            "legal_basis": self._legal_basis(),
            "is_verified": response.is_of_verified(self.version.organisation_name),
            "state": name_of(self.version.state),
            "represents": on_behalf(self.version.represents),
            "version": self.version,
            "newest": self.versions[-1],
            "versions": self.versions,
            "signatories": response.signatories.all(),
            "parts": parts_of(response, self.version, opened=self.opened),
            "opened": self.opened,
            "has_confidential": has_confidential(response, self.version),
            "may_open": user_can_open_confidential(user, response),
            "may_screen": may_screen,
            "has_interest": user_has_interest(user, response.consultation_id),
            "may_redact": may_screen
            and copy is not None
            and response.status in (Status.ACCEPTED, Status.PUBLISHED)
            and self.version == self.versions[-1],
            "copy": copy,
            "pieces": self.pieces(copy),
            "as_they_are": self.as_they_are(copy),
            "proposal": self.proposal,
            "waiting": self.waiting,
            "appeals": response.appeals.select_related("decision__by", "against"),
            "is_new_version": self._is_new_version(),
            "is_reported": any(may_act_on("take-up-dispute", each) for each in self.disputes),
            "disputes": self.disputes,
            "offers": [each for each in offers if each.dispute is None],
            "on_disputes": [each for each in offers if each.dispute],
            "quick": quick,
            "quick_handling": quick and HANDLING_OF[quick].label,
            "seen": self.acts[-1].number if self.acts else 0,
            "done": done_line(self.request, timezone.now()),
            "following": self.following(),
            "list": queue_url(queue_of(self.request)),
            "not_done": self.not_done(offers),
            "waits_for_others": waits,
            "is_held": waits and copy is not None and self.is_held(copy),
            "nobody_to_ask": may_screen and response.status in WAITING and not self.can_be_asked,
            "history": self.history(may_screen),
            "clarifications": response.clarifications.all(),
            "views": response.confidential_views.select_related("by"),
        }

    def is_held(self, copy: PublicCopy) -> bool:
        """Say whether it has no name and, with what is accepted so far, too few beside it."""
        if not copy.is_nameless:
            return False
        batch = batch_of(self.response.consultation, timezone.now())
        return copy in batch.held or copy in batch.too_few

    def pieces(self, copy: PublicCopy | None) -> list[tuple[str, Any]]:
        """Return each answer that is published in translation, by its id, with how that stands."""
        if copy is None or not self.response.translation_only:
            return []
        copy.response = self.response
        found = pieces_of(copy, self.response.consultation.questionnaire())
        return [(each.question.id, TRANSLATION[each.state]) for each in found]

    def as_they_are(self, copy: PublicCopy | None) -> list[str]:
        """Return the answers that the public copy shows as they were sent, by their ids."""
        if copy is None or not self.response.translation_only:
            return list(copy.answers) if copy else []
        questionnaire = self.response.consultation.questionnaire()
        answers = public_answers(questionnaire, readers_answers(copy.version))
        return [
            each.id
            for each in questionnaire.questions
            if each.id in answers and is_shown_as_it_is(each, answers[each.id])
        ]

    def offers(self) -> list[Offer]:
        """Return the acts that apply, with the form sent or an empty one; disputes one by one."""
        made = []
        keys = offered(
            self.response,
            self.proposal,
            self.disputes,
            self.request.user,
            can_be_asked=self.can_be_asked,
            waiting=self.waiting,
        )
        for key in keys:
            act = ACTS[key]
            about: list[Dispute | None] = [None]
            if key in ON_DISPUTES:
                about = [each for each in self.disputes if may_act_on(key, each)]
            for dispute in about:
                initial: dict[str, Any] = {
                    "version": self.versions[-1].number,
                    **self.waiting.keys(),
                }
                if key == "accept":
                    initial["reason"] = harmless_reason(self.response, self.versions[-1])
                if dispute:
                    initial["dispute"] = dispute.pk
                form = self.sent.get(key) or act.form(
                    initial=initial, prefix=None, auto_id=f"{key}-%s"
                )
                if not self.response.is_late:
                    leave_out_late_reasons(form)
                made.append(Offer(key, act, form, dispute))
        return made

    def quick(self, offers: list[Offer]) -> Reason | None:
        """Return the reason for which one press accepts it; None where somebody must choose."""
        accept = [each for each in offers if each.key == "accept" and not each.form.errors]
        is_newest = self.version == self.versions[-1]
        if not accept or not is_newest:
            return None
        return harmless_reason(self.response, self.version)

    def following(self) -> str:
        """Return the address of the next response in the queue, "" where none is left."""
        queue = queue_of(self.request)
        found = next_for(self.request.user, queue, self.response)
        return address_of(found, queue) if found else ""

    def not_done(self, offers: list[Offer]) -> list[Offer]:
        """Return what was sent and refused and is offered no longer, to show why and the words."""
        still = {offer.key for offer in offers}
        return [Offer(key, ACTS[key], form) for key, form in self.sent.items() if key not in still]

    def history(self, may_screen: bool) -> list[tuple[ScreeningAct, bool]]:
        """Return every act with whether it can be undone, the latest first."""
        today = day_of(self.response.consultation, timezone.now())
        latest: set[Any] = set()
        rows = []
        for act in reversed(self.acts):
            stands = act.undoes_id is None and not hasattr(act, "undone_by")
            subject = (act.verb, act.detail.get("question"))
            offer = (
                may_screen
                and stands
                and subject not in latest
                and act.version == self.versions[-1].number
                and can_undo(act, self.response.status, today, self.waiting.removal)
            )
            if stands:
                latest.add(subject)
            rows.append((act, offer))
        return rows

    def _legal_basis(self) -> str:
        claimed = self.version.confidentiality.get("legal_basis", "")
        return str(dict(LegalBasis.choices).get(claimed, claimed))

    def _is_new_version(self) -> bool:
        judged = [act.version for act in self.acts if act.verb != Verb.NOTE]
        waits = self.response.status in WAITING
        return waits and bool(judged) and max(judged) < self.versions[-1].number
