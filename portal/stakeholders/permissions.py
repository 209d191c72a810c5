"""Who may do what with people and organisations."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

if TYPE_CHECKING:
    from portal.stakeholders.models import FactorReset, User

ENTER_ADMIN = "wagtailadmin.access_admin"


def user_must_prove(user: "User | AnonymousUser") -> bool:
    """Say whether this person is staff whose powers wait for a second factor in this session."""
    return bool(user.is_authenticated and user.is_staff_member and not user.is_in_force)


def user_can_enter_admin(user: "User | AnonymousUser") -> bool:
    """Say whether this person works in the Wagtail admin."""
    return user.has_perm(ENTER_ADMIN)


def user_may_work_in_admin(user: "User | AnonymousUser") -> bool:
    """Say whether this person works in the Wagtail admin once their powers are in force."""
    return bool(user.is_authenticated and user.was_given(ENTER_ADMIN))


def user_can_change_person(user: "User | AnonymousUser", person: "User") -> bool:
    """
    Say whether this person may change that one's account; a superuser's, only a superuser.

    Whoever could change a superuser's address could sign in as them by code.
    """
    return user.has_perm("stakeholders.change_user") and (
        user.is_superuser or not person.is_superuser
    )


def user_can_keep_people(user: "User | AnonymousUser") -> bool:
    """Say whether this person invites people, and sees and changes their accounts."""
    return user.has_perm("stakeholders.change_user")


def user_may_still_invite(user: "User") -> bool:
    """Say whether what this person offered earlier counts: they keep people here to this day."""
    return user.is_active and user.was_given("stakeholders.change_user")


def user_can_invite(user: "User | AnonymousUser", person: "User | None") -> bool:
    """Say whether this person may offer roles to `person`, whose account it is, or to a mailbox."""
    return user_can_keep_people(user) and (person is None or user_can_change_person(user, person))


def user_can_delete_person(user: "User | AnonymousUser", person: "User") -> bool:
    """Say whether this person may delete that one's account: one's own has a page of its own."""
    return user_can_change_person(user, person) and user.pk != person.pk


def user_can_export_person(user: "User | AnonymousUser", person: "User") -> bool:
    """Say whether this person may take out what is kept about that one, at their request."""
    return user_can_change_person(user, person) and user.pk != person.pk


def user_can_ask_for_reset(user: "User | AnonymousUser", person: "User") -> bool:
    """Say whether this person may ask that another's lost second factor be removed."""
    return user_can_change_person(user, person) and user.pk != person.pk


def user_can_approve_reset(user: "User | AnonymousUser", reset: "FactorReset") -> bool:
    """Say whether this person may approve it: a third, neither who asked nor whom it is about."""
    return user_can_ask_for_reset(user, reset.person) and user.pk != reset.asked_by_id


def user_can_delete_own_account(user: "User | AnonymousUser") -> bool:
    """Everybody but those who work for the portal: what they did there is to stay answered for."""
    return user.is_authenticated and not user_may_work_in_admin(user)


def user_can_verify_organisation(user: "User | AnonymousUser") -> bool:
    """Say whether this person may record that an organisation answered from its own domain."""
    return user.has_perm("stakeholders.change_organisation")


def user_is_of_official_body(user: "User | AnonymousUser") -> bool:
    """
    Say whether staff have set that this person is of an official body, or keeps a state's page.

    The body is one that answered from its own domain.
    """
    if not user.is_authenticated:
        return False
    body = user.organisation
    is_official = body is not None and body.is_verified and body.is_official
    return user.state_id is not None or is_official


def user_speaks_for(user: "User | AnonymousUser", organisation_id: int) -> bool:
    """Say whether staff have set that this person belongs to the organisation, and not unset it."""
    return bool(
        user.is_authenticated and user.is_active and user.organisation_id == organisation_id
    )


def user_can_sign_for(user: "User | AnonymousUser", organisation_id: int) -> bool:
    """Say whether this person may send something in the organisation's name."""
    return user_speaks_for(user, organisation_id) and bool(
        user.is_authenticated and user.signs_for_organisation
    )
