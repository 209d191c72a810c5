"""Owners of guides: a mailbox is verified by a link, and what was a text became an owner."""

import re
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core import mail
from django.db.models import ProtectedError
from django.urls import reverse

from knowledge.guides.models import Owner
from portal.notifications.delivery import send_due
from tests.knowledge.factories import GuidePageFactory

pytestmark = pytest.mark.django_db
ADD = "/admin/snippets/guides/owner/add/"
TYPED = {
    "unit": "Licensing desk",
    "mailbox": "Desk@Office.Example",
    "deputy_name": "",
    "deputy_mailbox": "",
    "language": "en",
}


def link():
    send_due()
    return re.search(r"https?://[^/]+(/\S+mailbox/\S+)", mail.outbox[-1].body)[1]


def saved(client, editor, **changed):
    client.force_login(editor)
    answer = client.post(ADD, {**TYPED, **changed})
    assert answer.status_code == 302
    return Owner.objects.get(unit="Licensing desk")


def test_a_link_in_a_mail_verifies_the_mailbox(client, site_tree, editor):
    owner = saved(client, editor)
    assert (owner.mailbox, owner.is_verified) == ("Desk@office.example", False)
    address = link()
    client.logout()
    page = client.get(address)
    assert "Licensing desk" in page.content.decode()
    assert not Owner.objects.get().is_verified  # a scanner that opens links verifies nothing
    assert "is confirmed" in client.post(address).content.decode()
    assert Owner.objects.get().is_verified
    assert client.get(address).status_code == 404


def test_readers_of_the_link_get_no_cookie(client, site_tree, editor):
    saved(client, editor)
    client.logout()
    assert not client.get(link()).cookies


def test_the_secret_is_kept_as_a_hash_alone(client, site_tree, editor):
    owner = saved(client, editor)
    secret = link().partition("of=")[2]
    assert secret not in str(Owner.objects.values().get())
    assert len(owner.mailbox_secret) == 64


@pytest.mark.parametrize("of", ["", "x", "0" * 64, "a\x00b", "Ж" * 500])
def test_another_secret_verifies_nothing(client, site_tree, editor, of):
    saved(client, editor)
    assert client.post(reverse("guides_owner_mailbox"), query_params={"of": of}).status_code == 404


def test_another_address_is_verified_anew(client, site_tree, editor):
    owner = saved(client, editor)
    Owner.objects.update(mailbox_verified_on=date(2026, 1, 1))
    edit = reverse("wagtailsnippets_guides_owner:edit", args=[owner.pk])
    client.post(edit, {**TYPED, "mailbox": "Desk@office.example", "language": "fr"})
    assert Owner.objects.get().is_verified
    client.post(edit, {**TYPED, "mailbox": "other@office.example"})
    assert not Owner.objects.get().is_verified


def test_a_deputy_s_mailbox_has_a_link_of_its_own(client, site_tree, editor):
    saved(client, editor, deputy_name="Ana", deputy_mailbox="ana@office.example", mailbox="")
    client.post(link())
    assert Owner.objects.get().deputy_verified_on


def test_what_is_wrong_is_said_at_the_field(client, site_tree, editor):
    client.force_login(editor)
    answer = client.post(ADD, {**TYPED, "mailbox": "desk", "deputy_mailbox": "a@b.example"})
    assert set(answer.context["form"].errors) == {"mailbox", "deputy_name"}
    assert "Licensing desk" in answer.content.decode()


def test_an_owner_of_a_guide_is_not_deleted(client, site_tree, editor):
    guide = GuidePageFactory()
    client.force_login(editor)
    client.post(reverse("wagtailsnippets_guides_owner:delete", args=[guide.unit_id]))
    assert Owner.objects.filter(pk=guide.unit_id).exists()
    with pytest.raises(ProtectedError):
        guide.unit.delete()


def test_the_editor_is_told_of_an_owner_without_a_verified_mailbox(client, site_tree, editor):
    guide = GuidePageFactory()
    guide.save_revision()
    client.force_login(editor)
    edit = reverse("wagtailadmin_pages:edit", args=[guide.pk])
    assert "no verified mailbox" in client.get(edit).content.decode()
    Owner.objects.update(mailbox="a@b.example", mailbox_verified_on=date(2026, 1, 1))
    assert "no verified mailbox" not in client.get(edit).content.decode()


def test_each_name_of_before_becomes_one_owner_in_guides_and_revisions(site_tree):
    migration = import_module("knowledge.guides.migrations.0008_texts_become_owners")
    first, second = GuidePageFactory(live=False), GuidePageFactory(live=False)
    for guide, text in ((first, "Desk "), (second, "Desk")):
        revision = guide.save_revision()
        content = {k: v for k, v in revision.content.items() if k != "unit"}
        type(revision).objects.filter(pk=revision.pk).update(
            content={**content, "owner_unit": text}
        )
    migration.move_revisions(apps, migration.Owners(apps))
    found = Owner.objects.get(unit="Desk")
    for guide in (first, second):
        guide.refresh_from_db()
        assert guide.get_latest_revision_as_object().unit == found
