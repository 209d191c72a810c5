"""What tests of answering are built with: drafts and responses as people make them."""

import json
import re

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from consultations.responses import actions, contacts
from consultations.responses.models import Contact, Identity
from portal.notifications.confirmations import CODE, NEUTRAL_CODE, SIGNING_CODE
from portal.notifications.models import Message
from portal.notifications.sealing import unseal
from tests.consultations.factories import ConsultationPageFactory, asked, section, stream_of

NOBODY = AnonymousUser()
CIVIL_SOCIETY = {
    "name": "",
    "organisation_name": "",
    "submitter_type": "civil-society",
    "state": "",
    "language": "en",
}
ACADEMIA = {**CIVIL_SOCIETY, "name": "Ada Vrba", "submitter_type": "academia", "state": "CZ"}
COMPANY = {
    **CIVIL_SOCIETY,
    "organisation_name": "Lens Works",
    "submitter_type": "company",
    "state": "DE",
}


def short_questionnaire():
    """Two parts: `exporter` (yes-no, required) and `view` (long text); `detail` for exporters."""
    return stream_of(
        section(
            "about",
            "About you",
            [asked("yes-no", "exporter", "Do you export listed items?", required=True)],
        ),
        section(
            "opinion",
            "Your opinion",
            [
                asked("long-text", "view", "What should weigh most?", limit=300, unit="words"),
                asked(
                    "short-text",
                    "detail",
                    "Which items?",
                    limit=200,
                    unit="characters",
                    only=("1", "Yes"),
                ),
            ],
        ),
    )


def consultation_that_asks(**kwargs):
    """An open consultation with the short questionnaire."""
    kwargs.setdefault("questionnaire", short_questionnaire())
    return ConsultationPageFactory(**kwargs)


def part_of(page, number):
    return next(part for part in page.questionnaire().parts if part.number == number)


def save(draft, number, answers, *, by=NOBODY, at=None, **kwargs):
    """Save answers, by question id: the bare value, or a whole answer."""
    whole = {
        key: each if each is None or isinstance(each, dict) else {"value": each}
        for key, each in answers.items()
    }
    part = part_of(draft.consultation, number)
    return actions.save_part(draft=draft, by=by, part=part, answers=whole, at=at, **kwargs)


def begun(page, *, identity=Identity.ANONYMOUS, details=CIVIL_SOCIETY, by=NOBODY, **kwargs):
    """A new draft and its code."""
    return actions.begin_draft(
        consultation=page, by=by, identity=identity, details=details, **kwargs
    )


def draft_to_send(page, *, view="Ask who will use it.", by=NOBODY, at=None, **kwargs):
    """A draft with what must be there, and its code."""
    draft, code = begun(page, by=by, at=at, **kwargs)
    save(draft, 1, {"exporter": False}, by=by, at=at)
    return save(draft, 2, {"view": view}, by=by, at=at), code


def reachable(response, address="me@people.example", language="en"):
    """The response, of whose submitter an address is confirmed."""
    Contact.objects.create(response=response, sealed=contacts.pack(address, language))
    return response


def sent(page, *, by=NOBODY, at=None, **kwargs):
    """A response and its code."""
    draft, code = draft_to_send(page, by=by, at=at, **kwargs)
    return actions.submit_draft(draft=draft, by=by, at=at), code


def mailed_code():
    """The code in the one mail that waits, which is then as good as sent."""
    message = Message.objects.get(kind__in=[CODE, NEUTRAL_CODE, SIGNING_CODE])
    message.delete()
    return json.loads(unseal(message.sealed))["context"]["code"].replace("-", "")


def confirm(page, code, address="", *, is_withheld=False, at=None):
    """Confirm at a signatory's link, from an address of their own."""
    at = at or timezone.now()
    seen = actions.to_sign(consultation=page, code=code, at=at).text.digest
    what = {"consultation": page, "code": code, "seen": seen, "is_withheld": is_withheld, "at": at}
    address = address or f"{code.replace('-', '').lower()}@people.example"
    actions.ask_to_confirm(**what, address=address, language="en")
    return actions.confirm_signature(**what, typed=mailed_code())


def sign(client, link, address="ben@people.example", naming="named"):
    """The same at the page of the link; returns the answer to the code."""
    seen = re.search(r'name="seen" value="(\w+)"', client.get(link).content.decode()).group(1)
    typed = {"seen": seen, "naming": naming}
    asked = client.post(link, {**typed, "answer": "address", "email": address})
    assert asked.status_code == 302, asked.content.decode()
    return client.post(link, {**typed, "answer": "code", "code": mailed_code()})
