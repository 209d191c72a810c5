"""What the public is shown of those who sign together: who confirmed, and no trace of others."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from consultations.moderation import actions as moderation
from consultations.moderation.policy import Reason
from consultations.publication.models import PublicCopy
from consultations.responses import actions
from consultations.responses.models import Handling, Identity, Response
from portal.search.models import Card
from tests.consultations.factories import close
from tests.consultations.moderation.building import put_in_public
from tests.consultations.publication.building import four_nameless
from tests.consultations.responses.builders import ACADEMIA, NOBODY, draft_to_send

CONFIRMED = ("Ben Okoro", "Riverside Institute")
LATE = ("Fay Orr", "Orr Associates")
CANARY = ("Canarina Unconfirmed", "Aviary of Silence")
DECLINES = ("Declan Declined", "House of No")
TRACES = ("Canarina", "Aviary", "Declan", "House of No")


def confirm(page, code):
    at = timezone.now()
    before = actions.to_sign(consultation=page, code=code, at=at)
    actions.confirm_signature(consultation=page, code=code, seen=before.text.digest, at=at)


@pytest.fixture
def signed(page):
    """A sent response of four who were asked, one of whom confirmed; and the links."""
    draft, _code = draft_to_send(page, identity=Identity.NAMED, details=ACADEMIA)
    people = (CONFIRMED, LATE, CANARY, DECLINES)
    codes = {
        each.signatory.name: each.code
        for each in actions.add_signatories(draft=draft, by=NOBODY, people=people)
    }
    confirm(page, codes["Ben Okoro"])
    return actions.submit_draft(draft=draft, by=NOBODY), codes


def accept(response, by):
    moderation.accept(
        response=Response.objects.get(pk=response.pk),
        by=by,
        handling=Handling.PUBLIC,
        reason=Reason.WITHIN_RULES,
    )


def public_texts(client, page, response, folder):
    """Everything that the public can get of it, by what it is."""
    names = [
        ("index", []),
        ("response", [response.reference]),
        ("as_recorded", [response.reference]),
        ("export", ["csv"]),
        ("export", ["json"]),
    ]
    texts = {}
    for name, args in names:
        answer = client.get(reverse(f"publication:{name}", args=[page.slug, *args]))
        assert answer.status_code == 200, name
        whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
        texts[f"{name} {args}"] = whole.decode()
    texts["consultation"] = client.get(page.get_url()).content.decode()
    texts["search"] = client.get("/en/search/", {"q": "Okoro"}).content.decode()
    texts["search for it"] = client.get("/en/search/", {"q": "Canarina"}).content.decode()
    # What was typed into the search stands in its own box and nowhere else.
    texts["search for it"] = texts["search for it"].replace("Canarina", "")
    texts["cards"] = str(list(Card.objects.values()))
    texts["copies"] = str(list(PublicCopy.objects.values()))
    call_command("export_record", folder, verbosity=0)
    for each in folder.rglob("*"):
        if each.is_file():
            texts[f"record {each.name}"] = each.read_bytes().decode(errors="replace")
    return texts


def test_an_unconfirmed_name_stands_nowhere(client, page, signed, moderator, tmp_path):
    response, codes = signed
    accept(response, moderator)
    confirm(page, codes["Fay Orr"])  # after it was accepted, before it is published
    actions.decline_signature(consultation=page, code=codes["Declan Declined"])
    put_in_public(response, by=moderator)
    texts = public_texts(client, page, response, tmp_path / "export")
    for where, text in texts.items():
        for trace in TRACES:
            assert trace not in text, where
    for where in (f"response {[response.reference]}", "export ['csv']", "export ['json']", "cards"):
        assert "Ben Okoro" in texts[where], where
        assert "Fay Orr" in texts[where], where
    assert PublicCopy.objects.count() == 1


def test_who_confirms_after_publication_is_told_and_appears_on_nothing(
    client, page, signed, moderator
):
    response, codes = signed
    accept(response, moderator)
    put_in_public(response, by=moderator)
    link = reverse("responses:sign", args=[page.slug, codes["Fay Orr"]])
    assert "This response is published already." in client.get(link).content.decode()
    confirm(page, codes["Fay Orr"])
    address = reverse("publication:response", args=[page.slug, response.reference])
    shown = client.get(address).content.decode()
    assert "Ben Okoro" in shown
    assert "Fay Orr" not in shown


def test_without_a_name_to_publish_no_signatory_is(client, page, signed, moderator):
    response, _codes = signed
    moderation.accept(
        response=response,
        by=moderator,
        handling=Handling.NAME_WITHHELD,
        reason=Reason.AT_RISK,
    )
    four_nameless(close(page), moderator, at=timezone.now())
    put_in_public(response, by=moderator)
    address = reverse("publication:response", args=[page.slug, response.reference])
    shown = client.get(address).content.decode()
    assert "Okoro" not in shown
    assert "Vrba" not in shown
