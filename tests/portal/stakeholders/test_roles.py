"""The roles that the migrations make, and who holds what."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from portal.stakeholders import roles
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_the_five_roles_stand_from_the_first_migration():
    assert set(roles.ROLES) <= set(Group.objects.values_list("name", flat=True))


@pytest.mark.parametrize(
    ("role", "enters", "keeps_people"),
    [
        (roles.EDITOR, True, False),
        (roles.MODERATOR, True, False),
        (roles.ANALYST, True, False),
        (roles.OFFICIAL, True, False),
        (roles.STATE_DELEGATE, False, False),
        (roles.ADMINISTRATOR, True, True),
    ],
)
def test_what_each_role_may(role, enters, keeps_people):
    person = UserFactory(role=role)
    assert person.has_perm("wagtailadmin.access_admin") is enters
    for permission in ("change_user", "add_organisation", "change_state"):
        assert person.has_perm(f"stakeholders.{permission}") is keeps_people
    assert not person.has_perm("stakeholders.delete_user")
    assert not person.has_perm("auth.change_group")


def test_editors_keep_pictures_and_documents():
    kept = GroupCollectionPermission.objects.filter(group__name=roles.EDITOR)
    assert set(kept.values_list("permission__codename", flat=True)) == {
        f"{verb}_{model}" for verb in ("add", "change", "choose") for model in ("image", "document")
    }


def test_moderators_moderate_what_people_write_and_publish_no_page():
    assert not GroupPagePermission.objects.filter(group__name=roles.MODERATOR).exists()
    assert not GroupCollectionPermission.objects.filter(group__name=roles.MODERATOR).exists()


def test_officials_enter_the_admin_and_are_given_nothing_else():
    officials = Group.objects.get(name=roles.OFFICIAL)
    assert [each.codename for each in officials.permissions.all()] == ["access_admin"]
    assert not GroupPagePermission.objects.filter(group=officials).exists()
    assert not GroupCollectionPermission.objects.filter(group=officials).exists()


def test_holding_roles():
    person = UserFactory(role=[roles.MODERATOR, roles.ANALYST])
    assert person.has_role(roles.MODERATOR)
    assert person.has_role(roles.EDITOR, roles.ANALYST)
    assert not person.has_role(roles.EDITOR)
    person.is_active = False
    assert not person.has_role(roles.MODERATOR)


def test_a_superuser_holds_every_role():
    assert UserFactory(is_superuser=True).roles == frozenset(roles.ROLES)


def test_addresses_are_one_whatever_their_case():
    from django.db import IntegrityError, transaction

    UserFactory(email="Ada@people.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="ada@people.example", verified=False)
