"""A person's own pages: who opens them, what they show and what they keep."""

import re
from datetime import date
from urllib.parse import unquote

import pytest
from django.urls import reverse

from portal.stakeholders import roles
from tests.factories import OrganisationFactory, UserFactory
from tests.staff import prove_again

pytestmark = pytest.mark.django_db

OWN_PAGES = [
    "account_overview",
    "account_profile",
    "account_email",
    "account_change_password",
    "mfa_index",
    "account_sessions",
    "account_reauthenticate_by_code",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
]
OPEN_PAGES = [
    "account_login",
    "account_signup",
    "account_request_login_code",
    "account_reset_password",
]
INLINE = re.compile(r'<style|\sstyle="|\son[a-z]+="|<script(?![^>]*\ssrc=)')


@pytest.mark.parametrize("name", OWN_PAGES)
def test_a_visitor_is_sent_to_sign_in_and_back(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 302
    login, _mark, query = response.url.partition("?")
    assert login == reverse("account_login")
    assert unquote(query) == f"next={reverse(name)}"


@pytest.mark.parametrize("role", [None, *roles.ROLES])
@pytest.mark.parametrize("name", OWN_PAGES)
def test_whoever_is_signed_in_opens_their_own_pages(client, name, role):
    person = UserFactory(role=role)
    person.set_password("x")
    person.save()
    client.force_login(person)
    response = client.get(reverse(name), follow=True)
    assert response.status_code == 200
    page = response.content.decode()
    assert page.count("<h1") == 1
    assert not INLINE.search(page[: page.index("</footer>")])  # below it is Wagtail's bar for staff


@pytest.mark.parametrize("name", OPEN_PAGES)
def test_the_pages_for_everyone(client, name):
    response = client.get(reverse(name))
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("<h1") == 1
    assert "<label" in page
    assert "placeholder" not in page
    assert not INLINE.search(page)
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe-inline" not in response["Content-Security-Policy"]


def overview(client) -> str:
    return client.get(reverse("account_overview")).content.decode()


def test_the_overview_tells_stated_from_verified(client):
    person = UserFactory(name="Ada", submitter_type="trade-body", affiliation="Said Ltd")
    client.force_login(person)
    page = overview(client)
    assert "Trade body" in page
    assert "Industry" in page
    assert re.search(r"Said Ltd</bdi>\s*<span[^>]*>not verified", page)

    body = person.organisation = OrganisationFactory(name="Checked Association")
    person.save()
    page = overview(client)
    assert re.search(r"Checked Association</bdi>\s*<span[^>]*>not verified", page)
    assert "Said Ltd" not in page

    body.verified_on = date(2026, 1, 1)
    body.save()
    assert "<bdi>Checked Association</bdi>, verified" in overview(client)


def test_the_way_to_the_admin_is_shown_to_staff_alone(client, editor, member):
    client.force_login(editor)
    assert reverse("wagtailadmin_home") in overview(client)
    client.force_login(member)
    assert reverse("wagtailadmin_home") not in overview(client)


def test_the_overview_costs_the_same_few_queries(client, member, django_assert_max_num_queries):
    client.force_login(member)
    with django_assert_max_num_queries(7):
        overview(client)


def test_a_profile_is_changed(client, member):
    client.force_login(member)
    profile = reverse("account_profile")
    assert f'value="{member.name}"' in client.get(profile).content.decode()
    changed = {"name": "Grace", "submitter_type": "company", "affiliation": "Example Optics"}
    response = client.post(profile, changed, follow=True)
    assert "Your profile is saved." in response.content.decode()
    member.refresh_from_db()
    assert (member.name, member.group) == ("Grace", "industry")
    assert member.public_affiliation == "Example Optics"


def test_a_profile_in_error_keeps_what_was_typed_and_nothing_is_stored(client, member):
    client.force_login(member)
    typed = {"name": "", "submitter_type": "nonsense", "affiliation": "<b>Bold & Co</b>"}
    page = client.post(reverse("account_profile"), typed).content.decode()
    assert "<title>Error: Your profile" in page
    assert 'href="#id_name"' in page
    assert 'href="#id_submitter_type"' in page
    assert "&lt;b&gt;Bold &amp; Co&lt;/b&gt;" in page
    before = member.name
    member.refresh_from_db()
    assert member.name == before


def test_a_profile_cannot_claim_a_verified_organisation(client, member):
    client.force_login(member)
    organisation = OrganisationFactory()
    claim = {"name": "A", "submitter_type": "company", "organisation": organisation.pk}
    client.post(reverse("account_profile"), {**claim, "is_staff": "on", "is_superuser": "on"})
    member.refresh_from_db()
    assert member.organisation is None
    assert not member.is_staff
    assert not member.is_superuser


def test_an_address_changes_once_the_new_one_answers(client, member, mailed, mailed_code):
    client.force_login(member)
    prove_again(client)
    old = member.email
    new = {"email": "new@people.example", "action_add": "1"}
    response = client.post(reverse("account_email"), new)
    assert response.url == reverse("account_email_verification_sent")
    member.refresh_from_db()
    assert member.email == old
    client.post(response.url, {"code": mailed_code()})
    member.refresh_from_db()
    assert member.email == "new@people.example"
    assert [address.email for address in member.emailaddress_set.all()] == ["new@people.example"]
    assert old in [recipient for message in mailed() for recipient in message.to]


def test_an_address_of_someone_else_is_not_told_apart(client, member, editor, mailed_code):
    client.force_login(member)
    prove_again(client)
    taken = {"email": editor.email, "action_add": "1"}
    assert client.post(reverse("account_email"), taken).status_code == 302
    member.refresh_from_db()
    assert member.email != editor.email


def test_empty_passwords_are_told_apart_and_the_rules_are_a_list(client, member):
    member.set_password("a long enough pass phrase")
    member.save()
    client.force_login(member)
    prove_again(client)
    page = client.post(reverse("account_change_password"), {}).content.decode()
    assert "<li>Your password must contain at least 12 characters.</li>" in page
    assert "&lt;li&gt;" not in page
    summary = page.partition("There is a problem")[2].partition("<h1")[0]
    assert summary.count("This field is required.") == 3
    for field in ("Current Password:", "New Password:", "New Password (again):"):
        assert f"{field} This field is required." in summary
