"""What invented people and organisations answer, sent and screened with the verbs of real ones."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle
from operator import itemgetter
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from consultations.calls.models import ConsultationPage
from consultations.moderation import actions as moderation
from consultations.moderation.policy import Reason
from consultations.publication.models import PublicCopy
from consultations.publication.parsing import parse_marked
from consultations.publication.redaction import segments_of
from consultations.responses import actions
from consultations.responses.actions.signatories import Invited, purpose
from consultations.responses.models import (
    Channel,
    Handling,
    Identity,
    LateReason,
    Response,
)
from portal.files.actions import take_in
from portal.management.demo.content import read
from portal.management.demo.questionnaires import question_id
from portal.notifications.actions import keyed
from portal.notifications.confirmations import clean_code
from portal.notifications.models import Message
from portal.notifications.sealing import unseal
from portal.stakeholders.models import Person, User

NOBODY = AnonymousUser()
DAYS_BEFORE_OUTCOME = timedelta(days=14)


def load_responses(now: datetime, consultation: ConsultationPage) -> None:
    """
    Send each response to a consultation that the content file has, and screen it as it tells.

    In the order of the days before now, or before a deadline past. They are published together
    before the outcome, which counts them. Nothing happens where responses are there already.
    """
    if consultation.responses.exists():
        return
    moderator, second = (
        User.objects.get(email=f"{name}@demo.example") for name in ("moderator", "second")
    )
    to_withdraw = []
    for at, entry in sorted(_entries(consultation, now), key=itemgetter(0)):
        response = _send(entry, consultation, at, moderator)
        _screen(entry, response, at + timedelta(hours=6), moderator, second)
        if entry["becomes"] == "withdrawn-after":
            to_withdraw.append(response)
    if outcome := consultation.outcome_published_at:
        moderation.publish_accepted(
            consultation=consultation, by=moderator, at=outcome - DAYS_BEFORE_OUTCOME
        )
    for response in to_withdraw:
        actions.withdraw_response(response=response, by=NOBODY, at=now)
    _dispute(consultation, moderator, now)


def _entries(
    consultation: ConsultationPage, now: datetime
) -> Iterator[tuple[datetime, dict[str, Any]]]:
    """Yield each response with the moment at which it was sent, those of a campaign written out."""
    content = read("responses.toml")
    letters = [letter for campaign in content["campaign"] for letter in _letters(campaign)]
    mine = [
        entry
        for entry in [*content["response"], *letters]
        if entry["consultation"] == consultation.slug
    ]
    before = min(now, consultation.closes_at)
    for place, entry in enumerate(mine):
        late = bool(entry.get("late"))
        ago = timedelta(days=2 + place % 9, hours=place % 7)
        yield (before + timedelta(days=3) if late else before - ago), entry


def _letters(campaign: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the near-copies that a campaign's senders send."""
    openings, closings = cycle(campaign["openings"]), cycle(campaign["closings"])
    for sender in campaign["senders"]:
        words = [next(openings), campaign["text"], next(closings)]
        yield {
            "consultation": campaign["consultation"],
            "identity": "named",
            "name": sender,
            "type": campaign["type"],
            "becomes": campaign["becomes"],
            "answers": {
                "role": {"choices": ["other"], "other": "I walk past the cameras"},
                "exports": False,
                "scope": " ".join(word for word in words if word),
                "accuracy": "See the answer to the question on scope.",
                "watch-lists": "See the answer to the question on scope.",
                "emotion": {"choice": "excluded", "other": ""},
            },
        }


def _send(entry: dict[str, Any], page: ConsultationPage, at: datetime, staff: User) -> Response:
    token = None
    if entry.get("late"):
        token = actions.give_late_token(
            consultation=page,
            by=staff,
            reason=LateReason.POST,
            event=entry["late"],
            is_announced=True,
            expires_at=at + timedelta(days=2),
            at=at - timedelta(hours=1),
        ).token
    sender = _sender(entry)
    draft = actions.begin_draft(
        consultation=page,
        by=sender,
        identity=Identity(entry["identity"]),
        details={
            "name": entry.get("name", ""),
            "organisation_name": entry.get("organisation", ""),
            "submitter_type": entry["type"],
            "state": "",
            "language": entry.get("language", "en"),
            "translation_only": "translation" in entry,
            "on_behalf_of": entry.get("behalf", ""),
            "register_number": entry.get("register", ""),
        },
        channel=Channel(entry.get("channel", Channel.PORTAL)),
        late_token=token,
        for_organisation=sender is not NOBODY,
        at=at,
    ).draft
    slug = entry["consultation"]
    answers = _answers(entry, page)
    for part in page.questionnaire().parts:
        mine = {q.id: answers[q.id] for q in part.questions if q.id in answers}
        draft = actions.save_part(draft=draft, by=sender, part=part, answers=mine, at=at)
    if "officials" in entry:
        draft = actions.save_confidentiality(
            draft=draft,
            by=sender,
            confidentiality={
                "justification": entry["justification"],
                "legal_basis": entry["legal_basis"],
            },
            public_versions={
                question_id(slug, key): text for key, text in entry["officials"].items()
            },
            at=at,
        )
    people = [(name, organisation) for name, organisation in entry.get("signatories", [])]
    invitations = (
        actions.add_signatories(draft=draft, by=sender, people=people, at=at) if people else []
    )
    for number, invited in enumerate(invitations, 1):
        _confirm(page, invited, f"signatory-{number}@people.example", at)
    return actions.submit_draft(
        draft=draft, by=sender, at=at, even_if_alone=entry.get("alone", False)
    )


def _sender(entry: dict[str, Any]) -> Person:
    """Return who signs for the organisation that a response names, if it has an account; or nobody.

    So an organisation is verified here as it is in the discussions.
    """
    speaking = User.objects.filter(signs_for_organisation=True)
    named = speaking.filter(organisation__name=entry.get("organisation", ""))
    return named.order_by("pk").first() or NOBODY


@transaction.atomic
def _confirm(page: ConsultationPage, invited: Invited, address: str, at: datetime) -> None:
    """Confirm as a signatory does, with the code of a mail that never goes out."""
    seen = actions.to_sign(consultation=page, code=invited.code, at=at).text.digest
    what: dict[str, Any] = {"consultation": page, "code": invited.code, "seen": seen, "at": at}
    what["is_withheld"] = False
    actions.ask_to_confirm(**what, address=address, language=page.locale.language_code)
    mail = Message.objects.get(about=keyed(f"{purpose(invited.signatory)}.code"))
    told = json.loads(unseal(mail.sealed or b""))["context"]
    mail.delete()
    actions.confirm_signature(**what, typed=clean_code(told["code"]))


def _answers(entry: dict[str, Any], page: ConsultationPage) -> dict[str, dict[str, Any]]:
    slug = entry["consultation"]
    questionnaire = page.questionnaire()
    answers: dict[str, dict[str, Any]] = {}
    for key, said in entry["answers"].items():
        question = questionnaire.find(question_id(slug, key))
        assert question is not None, key
        visibility = "officials" if key in entry.get("officials", {}) else "public"
        answers[question.id] = {"value": said, "visibility": visibility}
    if "attachment" in entry:
        upload = SimpleUploadedFile(
            "paper.txt", f"{entry['attachment']}\n\n(demonstration)".encode()
        )
        stored = take_in(upload)
        answers[question_id(slug, "documents")] = {
            "value": [str(stored.pk)],
            "visibility": "public",
        }
    return answers


def _screen(
    entry: dict[str, Any], response: Response, at: datetime, first: User, second: User
) -> None:
    match entry["becomes"]:
        case "clarification":
            moderation.ask_clarification(
                response=response, by=first, question=entry["asked"], at=at
            )
        case "proposed-rejection" | "rejected":
            moderation.propose_rejection(response=response, by=first, reason=entry["reason"], at=at)
            if entry["becomes"] == "rejected":
                moderation.confirm_rejection(response=response, by=second, at=at)
        case "withdrawn":
            actions.withdraw_response(response=response, by=NOBODY, at=at)
        case "accepted" | "published" | "withdrawn-after":
            late = entry.get("late")
            moderation.accept(
                response=response,
                by=first,
                handling=Handling.PUBLIC,
                reason=Reason.LATE_ACCEPTED if late else Reason.WITHIN_RULES,
                at=at,
            )
            for key, passage, reason in entry.get("redact", []):
                original = entry["answers"][key]
                marked = original.replace(passage, f"[[{reason}]]")
                moderation.redact(
                    response=response,
                    by=first,
                    question_id=question_id(entry["consultation"], key),
                    segments=parse_marked(original, marked),
                    at=at,
                )
            _translate(entry, response, at, first)


def _translate(entry: dict[str, Any], response: Response, at: datetime, by: User) -> None:
    """Write the content file's translation of a response, where the file has one."""
    for key, text in entry.get("translation", {}).items():
        moderation.translate(
            response=response,
            by=by,
            question_id=question_id(entry["consultation"], key),
            segments=segments_of(text, entry["answers"][key]),
            into=response.consultation.locale.language_code,
            at=at,
        )


def _dispute(consultation: ConsultationPage, moderator: User, now: datetime) -> None:
    """Let a moderator take up the response whose named author says that they never sent it."""
    for _at, entry in _entries(consultation, now):
        if text := entry.get("dispute"):
            copy = PublicCopy.objects.get(display_name=entry["name"])
            dispute = moderation.open_dispute(response=copy.response, text=text, at=now)
            moderation.take_up_dispute(dispute=dispute, by=moderator, at=now)
