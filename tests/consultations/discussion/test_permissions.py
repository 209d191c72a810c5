"""Who may do what, and when: role × phase × thread."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from consultations.discussion import permissions
from consultations.discussion.actions import close_thread, edit_comment, hide_comment
from consultations.discussion.errors import DiscussionClosed, NotPermitted
from consultations.discussion.models import Comment
from portal.stakeholders import roles
from tests.consultations.factories import ConsultationPageFactory, comment_on
from tests.factories import UserFactory

PEOPLE = {
    # who: (comments, answers officially, moderates)
    "visitor": (False, False, False),
    "inactive": (False, False, False),
    "member": (True, False, False),
    "host's member": (True, True, False),
    roles.EDITOR: (True, True, False),
    roles.MODERATOR: (True, False, True),
    roles.ANALYST: (True, False, False),
    roles.OFFICIAL: (True, False, False),
    roles.STATE_DELEGATE: (True, False, False),
    roles.ADMINISTRATOR: (True, True, True),
}
PHASES = ["scheduled", "open", "closed", "outcome", "cancelled"]


def person(who, consultation):
    if who == "visitor":
        return AnonymousUser()
    if who == "inactive":
        return UserFactory(is_active=False)
    if who == "host's member":
        return UserFactory(organisation=consultation.host)
    return UserFactory(role=who if who in roles.ROLES else None)


def test_what_a_person_may_do_is_a_matter_of_role(consultations):
    consultation = ConsultationPageFactory()
    for who, expected in PEOPLE.items():
        user = person(who, consultation)
        assert (
            permissions.user_can_comment(user),
            permissions.user_can_answer_officially(user, consultation),
            permissions.user_can_moderate(user, consultation),
        ) == expected, who


def test_nobody_of_the_body_that_consults_hides_what_is_said_to_it(consultations, member):
    consultation = ConsultationPageFactory()
    comment = comment_on(consultation, author=member)
    for role in (roles.MODERATOR, roles.ADMINISTRATOR):
        of_host = UserFactory(role=role, organisation=consultation.host)
        with pytest.raises(NotPermitted):
            hide_comment(moderator=of_host, comment=comment, reason="abuse")
        with pytest.raises(NotPermitted):
            close_thread(moderator=of_host, consultation=consultation, reason="Quarrel.")
    comment.refresh_from_db()
    assert not comment.is_hidden


@pytest.mark.parametrize("state", ["thread open", "thread closed", "no discussion"])
@pytest.mark.parametrize("phase", PHASES)
def test_a_comment_is_taken_from_members_while_all_is_open(consultations, phase, state):
    consultation = ConsultationPageFactory(
        **({} if phase == "open" else {phase: True}), discussion_enabled=state != "no discussion"
    )
    if state == "thread closed":
        moderator = UserFactory(role=roles.MODERATOR)
        close_thread(moderator=moderator, consultation=consultation, reason="Quarrel.")
    for who, (comments, *_others) in PEOPLE.items():
        user = person(who, consultation)
        if comments and phase == "open" and state == "thread open":
            assert comment_on(consultation, author=user).author == user, who
        else:
            with pytest.raises(DiscussionClosed if comments else NotPermitted):
                comment_on(consultation, author=user)
            assert not Comment.objects.filter(author=user.pk).exists(), who


def test_a_draft_takes_no_comment(consultations, member):
    with pytest.raises(DiscussionClosed):
        comment_on(ConsultationPageFactory(live=False), author=member)


def test_only_its_author_edits_a_comment_and_only_while_open(consultations, member, moderator):
    consultation = ConsultationPageFactory()
    comment = comment_on(consultation, author=member)
    with pytest.raises(NotPermitted):
        edit_comment(author=moderator, comment=comment, body="Other words.", language="en")
    late = timezone.now() + timedelta(weeks=14)
    with pytest.raises(DiscussionClosed):
        edit_comment(author=member, comment=comment, body="Other words.", language="en", at=late)
    comment.refresh_from_db()
    assert comment.body != "Other words."


def test_an_official_answer_is_refused_to_a_member(consultations, member):
    consultation = ConsultationPageFactory()
    with pytest.raises(NotPermitted):
        comment_on(consultation, author=member, official=True)
