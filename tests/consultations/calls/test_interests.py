"""Who has declared an interest in a consultation decides nothing there; others do."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from consultations.calls.interests.actions import declare_interest, end_interest
from consultations.calls.models import Interest
from consultations.calls.permissions import user_can_declare_interest
from consultations.discussion import permissions as discussion
from consultations.discussion.actions import appeal_hiding, hide_comment
from consultations.discussion.models import Appeal
from consultations.moderation import actions as screening
from consultations.moderation import permissions as moderation
from consultations.moderation.errors import InterestDeclared
from consultations.publication import permissions as publication
from portal.staff_log.models import StaffEvent
from portal.stakeholders import roles
from tests.consultations.factories import ConsultationPageFactory, close, comment_on
from tests.consultations.moderation.building import accepted, cleared, received
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
POWERS = {
    "screens": lambda user, page: moderation.user_can_screen(user, received(page)),
    "screens many": lambda user, page: moderation.user_can_screen_all(
        user, page.pk, [received(page)]
    ),
    "decides a rejection": lambda user, page: moderation.user_can_decide_on(
        user, received(page), None
    ),
    "publishes": lambda user, page: publication.user_can_publish(user, page.pk),
    "moderates": discussion.user_can_moderate,
}
DECIDES = {roles.MODERATOR, roles.ADMINISTRATOR}


@pytest.fixture
def page(consultations):
    return ConsultationPageFactory(questionnaire=True)


@pytest.fixture
def elsewhere(consultations):
    return ConsultationPageFactory(questionnaire=True)


def declare(user, page):
    """As the admin does; the row alone for who has no role and no way to declare."""
    Interest.objects.create(consultation=page, person=user, reason="x", declared_on="2026-11-01")


@pytest.mark.parametrize("role", [None, *roles.ROLES])
@pytest.mark.parametrize("power", POWERS)
def test_each_power_ends_with_an_interest_there_alone(page, elsewhere, power, role):
    user = UserFactory(role=role)
    may = POWERS[power]
    assert may(user, page) == (role in DECIDES)
    declare(user, page)
    assert not may(user, page)
    assert may(user, elsewhere) == (role in DECIDES)
    assert may(UserFactory(role=role), page) == (role in DECIDES)
    Interest.objects.update(ended_on="2026-11-02")
    assert may(user, page) == (role in DECIDES)


def test_a_cleared_person_with_an_interest_opens_nothing(page):
    user = cleared()
    assert moderation.user_can_open_confidential(user, received(page))
    declare(user, page)
    assert not moderation.user_can_open_confidential(user, received(page))


def test_who_has_an_interest_decides_no_appeal(page, member):
    comment = comment_on(page, author=member)
    hider = UserFactory(role=roles.MODERATOR)
    hide_comment(moderator=hider, comment=comment, reason="abuse")
    appeal_hiding(author=member, act=comment.moderation_acts.get(), text="Please look again.")
    appeal, other = Appeal.objects.get(), UserFactory(role=roles.MODERATOR)
    assert discussion.user_can_decide_appeal(other, appeal)
    declare(other, page)
    assert not discussion.user_can_decide_appeal(other, appeal)


def test_an_act_is_refused_with_the_reason(page):
    user = UserFactory(role=roles.MODERATOR)
    declare(user, page)
    with pytest.raises(InterestDeclared, match="You declared an interest"):
        screening.add_note(response=received(page), by=user, note="Read.")


def test_together_nothing_is_published_by_who_has_an_interest(page, client):
    close(page)
    user, other = (UserFactory(role=roles.MODERATOR) for _ in "12")
    accepted(page, other)
    declare(user, page)
    with pytest.raises(InterestDeclared):
        screening.publish_accepted(consultation=page, by=user)
    client.force_login(user)
    text = client.get(reverse("publish_together")).content.decode()
    assert "You declared an interest in this consultation, so somebody else must publish." in text
    assert len(screening.publish_accepted(consultation=page, by=other)) == 1


@pytest.mark.parametrize("role", [roles.EDITOR, roles.ADMINISTRATOR])
def test_a_page_is_neither_published_nor_approved_by_who_has_an_interest(page, role):
    user = UserFactory(role=role)
    before = page.permissions_for_user(user).can_publish()
    declare(user, page)
    assert page.bars(user)
    assert not page.permissions_for_user(user).can_publish()
    other = page.permissions_for_user(UserFactory(role=role))
    assert other.can_publish() == before


def test_whoever_reads_or_decides_declares_and_nobody_else(page):
    assert not user_can_declare_interest(AnonymousUser())
    assert not user_can_declare_interest(UserFactory())
    decide = {roles.EDITOR, roles.MODERATOR, roles.ANALYST, roles.ADMINISTRATOR}
    may = {role for role in roles.ROLES if user_can_declare_interest(UserFactory(role=role))}
    assert may == decide
    with pytest.raises(PermissionDenied):
        declare_interest(consultation=page, by=UserFactory(), reason="I work there.")


def test_declaring_and_taking_back_stay_on_record(page):
    user = UserFactory(role=roles.MODERATOR)
    first = declare_interest(consultation=page, by=user, reason="I worked for a respondent.")
    assert declare_interest(consultation=page, by=user, reason="Again.") == first
    end_interest(consultation=page, by=user)
    assert end_interest(consultation=page, by=user) is None
    second = declare_interest(consultation=page, by=user, reason="Once more.")
    assert [each.ended_on is None for each in Interest.objects.all()] == [False, True]
    assert second.reason == "Once more."
    assert StaffEvent.objects.filter(what="interest", person=user).count() == 3


def test_somebody_declares_at_the_page_and_takes_it_back(page, client):
    user = UserFactory(role=roles.MODERATOR)
    client.force_login(user)
    address = reverse("declare_interest", args=[page.pk])
    assert page.title in client.get(reverse("declared_interests")).content.decode()
    assert client.post(address, {"reason": " "}).status_code == 422
    client.post(address, {"reason": "My sister leads a respondent."})
    text = client.get(address).content.decode()
    assert "My sister leads a respondent." in text
    assert "Take it back" in text
    client.post(address, {"end": "1"})
    assert not Interest.objects.in_force().exists()


def test_approvers_read_what_others_declared_and_moderators_do_not(page, client):
    declare_interest(
        consultation=page, by=UserFactory(role=roles.MODERATOR), reason="My sister leads one."
    )
    address = reverse("declare_interest", args=[page.pk])
    client.force_login(UserFactory(role=roles.EDITOR))
    assert "My sister leads one." in client.get(address).content.decode()
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "My sister leads one." in editor
    client.force_login(UserFactory(role=roles.MODERATOR))
    assert "My sister leads one." not in client.get(address).content.decode()


def test_pages_say_why_there_is_no_button(page, client):
    user = UserFactory(role=roles.MODERATOR)
    declare(user, page)
    response = received(page)
    client.force_login(user)
    screen = client.get(reverse("screen_response", args=[response.reference])).content.decode()
    assert "You declared an interest in this consultation, so somebody else decides" in screen
    thread = client.get(reverse("discussion:thread", args=[page.slug])).content.decode()
    assert "you do not moderate here" in thread


def test_a_draft_is_no_business_of_moderators(consultations, client):
    draft = ConsultationPageFactory(live=False)
    client.force_login(UserFactory(role=roles.MODERATOR))
    address = reverse("declare_interest", args=[draft.pk])
    assert client.post(address, {"reason": "Mine."}, follow=True).status_code == 404
    assert not Interest.objects.exists()


def test_members_have_no_such_page(page, client):
    client.force_login(UserFactory())
    assert client.get(reverse("declare_interest", args=[page.pk])).status_code in (302, 403)
