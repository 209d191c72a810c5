"""What tests of answering are built with: drafts and responses as people make them."""

from django.contrib.auth.models import AnonymousUser

from consultations.responses import actions, contacts
from consultations.responses.models import Contact, Identity
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
