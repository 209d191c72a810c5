"""What the public is shown of those who sign together: who confirmed, and no trace of others."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from consultations.moderation import actions as moderation
from consultations.moderation.policy import Reason
from consultations.publication.actions.republication import enter_anew
from consultations.publication.models import PublicCopy
from consultations.responses import actions
from consultations.responses.models import Handling, Identity, Response, Signatory
from consultations.responses.signatories.errors import PublishedList
from portal.search.models import Card
from tests.consultations.factories import close
from tests.consultations.moderation.building import put_in_public
from tests.consultations.publication.building import four_nameless
from tests.consultations.responses.builders import ACADEMIA, NOBODY, confirm, draft_to_send

CONFIRMED = ("Ben Okoro", "Riverside Institute")
LATE = ("Fay Orr", "Orr Associates")
CANARY = ("Canarina Unconfirmed", "Aviary of Silence")
DECLINES = ("Declan Declined", "House of No")
TRACES = ("Canarina", "Aviary", "Declan", "House of No")


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


def test_the_others_are_numbers_and_after_publication_nobody_confirms(
    client, page, signed, moderator
):
    response, codes = signed
    confirm(page, codes["Fay Orr"], is_withheld=True)
    accept(response, moderator)
    put_in_public(response, by=moderator)
    address = reverse("publication:response", args=[page.slug, response.reference])
    shown = client.get(address).content.decode()
    assert "Signed also by 1 other, who confirmed" in shown
    assert "Ben Okoro" in shown
    assert "and 1 more, name withheld" in shown
    assert "and 2 more, not confirmed" in shown
    assert "Fay" not in shown
    link = reverse("responses:sign", args=[page.slug, codes["Declan Declined"]])
    told = client.get(link).content.decode()
    assert "Nobody can confirm any more." in told
    assert 'name="email"' not in told
    with pytest.raises(PublishedList):
        confirm(page, codes["Declan Declined"])
    with pytest.raises(PublishedList):
        actions.renew_link(signatory=Signatory.objects.get(name="Ben Okoro"), by=NOBODY)


@pytest.mark.parametrize(
    ("who", "left"),
    [
        ("Ben Okoro", ([], 1, 2)),
        ("Fay Orr", (["Ben Okoro"], 0, 2)),
        ("Declan Declined", (["Ben Okoro"], 1, 1)),
    ],
)
def test_a_name_taken_back_leaves_everything_at_once(
    client, page, signed, moderator, tmp_path, who, left
):
    response, codes = signed
    Response.objects.update(code_hash="a" * 64)
    confirm(page, codes["Fay Orr"], is_withheld=True)
    accept(response, moderator)
    put_in_public(response, by=moderator)
    link = reverse("responses:sign", args=[page.slug, codes[who]])
    assert "at once" in client.get(link).content.decode()
    answer = client.post(link, {"answer": "decline"})
    assert "no longer show it" in answer.content.decode()
    copy = PublicCopy.objects.get()
    numbers = (copy.signatories_withheld, copy.signatories_waiting)
    assert ([each["name"] for each in copy.signatories], *numbers) == left
    for where, text in public_texts(client, page, response, tmp_path / "export").items():
        assert who not in text or where == "search", where
    verify()


def test_it_leaves_what_is_prepared_too(page, signed, moderator):
    response, codes = signed
    accept(response, moderator)
    assert [each["name"] for each in PublicCopy.objects.get().signatories] == ["Ben Okoro"]
    actions.decline_signature(consultation=page, code=codes["Ben Okoro"])
    copy = PublicCopy.objects.get()
    assert (copy.signatories, copy.signatories_waiting) == ([], 3)
    put_in_public(response, by=moderator)
    assert "Okoro" not in str(list(PublicCopy.objects.values()))


def test_entries_from_before_keep_their_form(client, page, signed, moderator):
    """Published when the link alone confirmed: two keys for each name, and no numbers."""
    response, codes = signed
    accept(response, moderator)
    Signatory.objects.exclude(name="Ben Okoro").delete()
    put_in_public(response, by=moderator)
    copy = PublicCopy.objects.select_related("response", "consultation", "version").get()
    copy.signatories = [{"name": "Ben Okoro", "organisation": "Riverside Institute"}]
    assert "signatories_waiting" not in copy.content()
    enter_anew(copy, at=timezone.now())
    copy.save()
    Signatory.objects.update(confirmed_on=None, confirmed_by="", signed_digest="")  # as migrated
    verify()
    address = reverse("publication:response", args=[page.slug, response.reference])
    shown = client.get(address).content.decode()
    assert "Ben Okoro" in shown
    assert "from an e-mail address of their own" not in shown
    actions.decline_signature(consultation=page, code=codes["Ben Okoro"])
    assert "Okoro" not in client.get(address).content.decode()
    verify()


def verify():
    """The record and what is published say the same."""
    call_command("verify_record", verbosity=0)


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
    assert "not confirmed" not in shown
    copy = PublicCopy.objects.get(response=response)
    assert copy.unnamed_signatories() == {"signatories_withheld": 0, "signatories_waiting": 0}
