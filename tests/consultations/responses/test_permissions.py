"""Who may do what with an answer: everybody, every status, on both sides of the deadline."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from consultations.responses.models import Draft, Identity, Response, Status
from consultations.responses.permissions import (
    CHANGEABLE,
    user_may_change,
    user_may_follow,
    user_may_withdraw,
    user_may_write,
)
from tests.consultations.factories import ConsultationPageFactory
from tests.factories import OrganisationFactory, UserFactory

ROLES = ("Editors", "Moderators", "Analysts", "Officials", "State delegates", "Administrators")


@pytest.fixture
def page(consultations):
    return ConsultationPageFactory()


@pytest.fixture
def people(db):
    """Everybody who might ask: the owner, a stranger, a visitor, each role, a superuser."""
    return {
        "owner": UserFactory(),
        "stranger": UserFactory(),
        "visitor": AnonymousUser(),
        "superuser": UserFactory(is_superuser=True),
        **{role: UserFactory(role=role) for role in ROLES},
    }


def test_an_accounts_answer_is_its_owners_alone(page, people):
    draft = Draft(consultation=page, account=people["owner"], identity=Identity.NAMED)
    response = Response(consultation=page, account=people["owner"], identity=Identity.NAMED)
    for name, person in people.items():
        is_owner = name == "owner"
        assert user_may_write(person, draft) is is_owner
        assert user_may_follow(person, response) is is_owner
        assert user_may_withdraw(person, response) is is_owner


def test_an_inactive_owner_may_nothing(page, people):
    owner = people["owner"]
    owner.is_active = False
    assert not user_may_write(owner, Draft(consultation=page, account=owner))


def test_an_anonymous_answer_is_whoevers_holds_the_code(page, people):
    response = Response(consultation=page, code_hash="a" * 64, identity=Identity.ANONYMOUS)
    assert all(user_may_follow(person, response) for person in people.values())


def test_what_staff_entered_from_paper_nobody_follows(page, people):
    response = Response(consultation=page, identity=Identity.NAMED, channel="post")
    assert not any(user_may_follow(person, response) for person in people.values())


def test_two_people_without_an_organisation_share_none(page, people):
    response = Response(consultation=page, account=people["owner"], organisation=None)
    assert not user_may_follow(people["stranger"], response)


def test_another_organisations_people_see_nothing(page, people):
    works, other = OrganisationFactory(), OrganisationFactory()
    response = Response(consultation=page, account=people["owner"], organisation=works)
    assert not user_may_follow(UserFactory(organisation=other), response)


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("seconds", [-1, 0])
def test_it_is_changed_before_the_deadline_and_before_it_is_published(
    page, people, status, seconds
):
    response = Response(
        consultation=page, account=people["owner"], identity=Identity.NAMED, status=status
    )
    at = page.closes_at + timedelta(seconds=seconds)
    allowed = status in CHANGEABLE and seconds < 0
    assert user_may_change(people["owner"], response, page, at) is allowed
    assert not user_may_change(people["stranger"], response, page, at)
