"""Who may do what with responses: role × act × status."""

import pytest
from django.contrib.auth.models import AnonymousUser

from consultations.moderation import actions, permissions
from consultations.moderation.errors import (
    InvalidAct,
    NotPermitted,
    SecondPersonNeeded,
    WrongStatus,
)
from consultations.moderation.models import ConfidentialView, ScreeningAct
from consultations.responses.models import Response, Status
from portal.stakeholders import roles
from tests.consultations.moderation.building import cleared, published, received, rejected
from tests.factories import OrganisationFactory, UserFactory

PEOPLE = {
    # who: (reads, screens)
    "visitor": (False, False),
    "inactive": (False, False),
    "member": (False, False),
    roles.EDITOR: (False, False),
    roles.MODERATOR: (True, True),
    roles.ANALYST: (True, False),
    roles.OFFICIAL: (False, False),
    roles.STATE_DELEGATE: (False, False),
    roles.ADMINISTRATOR: (True, True),
}
VERBS = {
    "accept": ({"handling": "public", "reason": "within-rules"}, {"received", "clarification"}),
    "ask_clarification": ({"question": "Which courts?"}, {"received"}),
    "propose_rejection": ({"reason": "spam"}, {"received", "clarification"}),
    "redact": (
        {"question_id": "indicators", "segments": [{"redacted": "abuse"}]},
        {"accepted", "published"},
    ),
    "remove": ({"reason": "takedown"}, {"published"}),
    "propose_return": ({"note": "A slip."}, set()),
    "add_note": ({"note": "Read twice."}, set(Status.values)),
}


def person(who):
    if who == "visitor":
        return AnonymousUser()
    if who == "inactive":
        return UserFactory(is_active=False, role=roles.MODERATOR)
    return UserFactory(role=who if who in roles.ROLES else None)


def test_who_reads_and_who_screens_is_a_matter_of_role(page):
    response = received(page)
    for who, expected in PEOPLE.items():
        user = person(who)
        assert (
            permissions.user_can_read_responses(user),
            permissions.user_can_screen(user, response),
        ) == expected, who
        assert not permissions.user_is_cleared(user)


def test_those_who_consult_screen_what_is_sent_to_them(page):
    of_host = UserFactory(role=roles.MODERATOR, organisation=page.host)
    assert permissions.user_can_screen(of_host, received(page))


def test_nobody_screens_their_own_response_or_their_organisations(page):
    organisation = OrganisationFactory()
    moderator = UserFactory(role=roles.MODERATOR, organisation=organisation)
    for response in (
        received(page, account=moderator),
        received(page, identity="organisation", organisation=organisation),
    ):
        with pytest.raises(NotPermitted):
            actions.accept(
                response=response, by=moderator, handling="public", reason="within-rules"
            )


def test_clearing_comes_with_no_role_and_with_no_superuser(page):
    response = received(page)
    everybody = [UserFactory(role=list(roles.ROLES)), UserFactory(is_superuser=True)]
    for user in everybody:
        with pytest.raises(NotPermitted):
            actions.open_confidential(response=response, by=user)
    assert not ConfidentialView.objects.exists()
    # and alone it opens nothing to those who do not read responses
    assert not permissions.user_is_cleared(cleared(role=None))
    view = actions.open_confidential(response=response, by=cleared())
    assert view.response == response


def put_into(page, status, by, other):
    """A response that came to stand where it does as they really do."""
    if status == Status.REJECTED:
        return rejected(page, by, other)
    if status in (Status.PUBLISHED, Status.REMOVED):
        response = published(page, by)
        if status == Status.REMOVED:
            actions.remove(response=response, by=by, reason="takedown")
    else:
        response = received(page)
        if status == Status.ACCEPTED:
            actions.accept(response=response, by=by, handling="public", reason="within-rules")
        elif status == Status.CLARIFICATION:
            actions.ask_clarification(response=response, by=by, question="Which courts?")
        elif status == Status.WITHDRAWN:
            response.status = status
            response.save()
    return Response.objects.get(pk=response.pk)


@pytest.mark.parametrize("status", Status.values)
def test_an_act_applies_where_it_applies_and_to_whom(page, by, other, status):
    for verb, (arguments, statuses) in VERBS.items():
        for who, (_, screens) in PEOPLE.items():
            if who not in ("member", roles.ANALYST, roles.MODERATOR):
                continue
            response = put_into(page, status, by, other)
            assert response.status == status
            before = ScreeningAct.objects.filter(response=response).count()
            do = getattr(actions, verb)
            if screens and status in statuses:
                do(response=response, by=person(who), **arguments)
                assert ScreeningAct.objects.filter(response=response).count() == before + 1
                continue
            with pytest.raises(WrongStatus if screens else NotPermitted):
                do(response=response, by=person(who), **arguments)
            response.refresh_from_db()
            assert response.status == status
            assert ScreeningAct.objects.filter(response=response).count() == before


def test_rejecting_takes_two_and_a_superuser_is_one(page, by, other):
    chief = UserFactory(is_superuser=True)
    for first in (by, chief):
        response = received(page)
        actions.propose_rejection(response=response, by=first, reason="off-topic")
        for decide in (actions.confirm_rejection, actions.decline_rejection):
            with pytest.raises(SecondPersonNeeded):
                decide(response=response, by=first)
        actions.confirm_rejection(response=response, by=other)
        response.refresh_from_db()
        assert response.status == Status.REJECTED


def test_reasons_are_those_of_the_policy(page, by):
    response = received(page)
    for reason in ("spam", "invented", ""):
        with pytest.raises(InvalidAct):
            actions.accept(response=response, by=by, handling="public", reason=reason)
    with pytest.raises(InvalidAct):
        actions.propose_rejection(response=response, by=by, reason="within-rules")
    with pytest.raises(InvalidAct):
        actions.accept(response=response, by=by, handling="secret", reason="within-rules")
