"""Everybody at once: one of each pair wins, nobody waits for ever, and the record fits what is."""

import threading

import pytest
from django.db import connections

from consultations.calls.models import ConsultationPage
from consultations.moderation import actions as screening
from consultations.moderation.errors import Refused as ScreeningRefused
from consultations.moderation.removals import removal_of
from consultations.publication.models import PublicCopy
from consultations.responses import actions
from consultations.responses.errors import Refused
from consultations.responses.models import Response, ResponseVersion
from portal.record.audit import findings
from tests.consultations.responses.builders import (
    ACADEMIA,
    NOBODY,
    consultation_that_asks,
    draft_to_send,
    sent,
)
from tests.factories import UserFactory
from tests.faults.rebuilding_meanwhile import rebuild_while_people_write
from tests.faults.saving_meanwhile import save_while_it_is_saved_by_itself

pytestmark = pytest.mark.faults
ROUNDS = 10


def at_once(*acts):
    """What each raised but for a refusal, which is an answer too."""
    raised, gate = [], threading.Barrier(len(acts))

    def run(act):
        gate.wait()
        try:
            act()
        except (Refused, ScreeningRefused):
            pass
        except Exception as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def withdraw(response):
    return lambda: actions.withdraw_response(response=response, by=NOBODY)


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_ever(consultations, moderator, monkeypatch):
    """One test, since what a transaction leaves is cleared away with the site after each."""
    send_a_revision_and_withdraw(consultation_that_asks())
    one_by_one = {"publishes_while_open": True, "anonymous_allowed": False}
    publish_and_take_back(consultation_that_asks(**one_by_one))
    remove_and_put_back(consultation_that_asks(**one_by_one))
    assert list(findings()) == []
    rebuild_while_people_write(moderator, monkeypatch)
    save_while_it_is_saved_by_itself(monkeypatch)


def send_a_revision_and_withdraw(page):
    for _round in range(ROUNDS):
        response, _code = sent(page)
        draft = actions.begin_revision(response=response, by=NOBODY)

        def send(draft=draft):
            return actions.submit_draft(draft=draft, by=NOBODY)

        assert at_once(send, withdraw(response), send, withdraw(response)) == []
        assert not ResponseVersion.objects.filter(response=response, erased_on=None).exists()


def publish_and_take_back(page):
    by, other = UserFactory(role="Moderators"), UserFactory(role="Moderators")

    def accepted():
        response, _code = sent(page, identity="named", details=ACADEMIA)
        screening.accept(response=response, by=by, handling="public", reason="within-rules")
        return response

    def extend():
        found = ConsultationPage.objects.get(pk=page.pk)
        found.save()

    cut = [{"text": "Ask who "}, {"redacted": "personal-data"}]
    for _round in range(ROUNDS):
        old, new = [accepted() for _ in range(4)], [accepted() for _ in range(4)]
        screening.publish(responses=old, by=by)
        draft, _code = draft_to_send(page, identity="named", details=ACADEMIA)
        acts = [
            lambda new=new: screening.publish(responses=new[:3], by=by),
            lambda new=new: screening.publish(responses=new[2:], by=other),
            lambda old=old: screening.redact(
                response=old[0], by=by, question_id="view", segments=cut
            ),
            lambda old=old: screening.remove(response=old[1], by=other, reason="takedown"),
            withdraw(old[2]),
            withdraw(old[3]),
            withdraw(new[0]),
            extend,
            lambda draft=draft: actions.submit_draft(draft=draft, by=NOBODY),
        ]
        assert at_once(*acts) == []
        for response in Response.objects.filter(status="published"):
            withdraw(response)()  # few stay, so that groups are told and untold again


def remove_and_put_back(page):
    """However many decide on a removal, one decision stands, and the page says the same."""
    by, other, third = (UserFactory(role="Moderators") for _ in range(3))
    for round_ in range(ROUNDS):
        response, _code = sent(page, identity="named", details=ACADEMIA)
        about = {"response": response}
        screening.accept(**about, by=by, handling="public", reason="within-rules")
        screening.publish(responses=[response], by=by)
        hidden = screening.remove(**about, by=by, reason="takedown")
        acts = [
            lambda about=about: screening.confirm_removal(**about, by=other),
            lambda about=about: screening.decline_removal(**about, by=third),
            lambda about=about: screening.propose_return(**about, by=third, note="A slip."),
            lambda hidden=hidden: screening.undo(act=hidden, by=by),
            lambda about=about: screening.appeal(**about, by=NOBODY, text="Nobody is at risk."),
            *([withdraw(response)] if round_ % 3 == 0 else []),
        ]
        assert at_once(*acts) == []
        response.refresh_from_db()
        removal = removal_of(response)
        is_public = PublicCopy.objects.published().filter(response=response).exists()
        assert is_public == (response.status == "published")
        assert (removal is not None) == (response.status == "removed")
        if removal and response.appeals.exists():
            appeal = response.appeals.get()
            acts = [
                lambda appeal=appeal, grants=grants, who=who: screening.decide_appeal(
                    appeal=appeal, by=who, grants=grants, answer="So it is."
                )
                for grants, who in ((True, third), (False, third), (True, other))
            ]
            assert at_once(*acts) == []
            appeal.refresh_from_db()
            response.refresh_from_db()
            assert appeal.is_granted == (response.status == "published")
