"""Rounds of checking facts, and the browsers of experts, for tests."""

import re
from datetime import timedelta

from django.core import mail
from django.test import Client
from django.utils import timezone

from knowledge.fact_checks.actions import asking
from portal.notifications.delivery import send_due
from portal.stakeholders.roles import EDITOR
from tests.factories import UserFactory
from tests.knowledge.factories import GuidePageFactory

LINK = re.compile(r"https?://[^/\s]+(/\w\w/fact-check/[\w-]+/)")


def opened(guide=None, *, by=None, days=21, **fields):
    """A round that ends in so many days, on a published guide of two sections and a beginning."""
    by = by or UserFactory(role=EDITOR)
    said = {"title": "Before the review", "brief": "The dates.", "contact": "desk@staff.example"}
    return asking.open_check(
        guide=guide or GuidePageFactory(),
        by=by,
        deadline=timezone.now().date() + timedelta(days=days),
        **{**said, **fields},
    )


def asked(check, name="Dr Ito", **fields):
    """An expert of a round, asked by who opened it."""
    said = {"affiliation": "Institute of Trade", "email": "ito@people.example", "language": "en"}
    return asking.ask_expert(fact_check=check, by=check.opened_by, name=name, **{**said, **fields})


def mails():
    """All mail that is due, sent, and every one that went out so far."""
    send_due()
    return mail.outbox


def link_in_last_mail():
    """The path of the private link in the newest mail that has one."""
    found = [match[1] for each in mails() for match in LINK.finditer(each.body)]
    return found[-1]


def answers(check, kinds=None, **more):
    """What an expert posts: a verdict for each section, "correct" unless said otherwise."""
    posted = {"named": "no", **more}
    for number in range(len(check.sections)):
        posted.setdefault(f"kind_{number}", (kinds or {}).get(number, "correct"))
    return posted


class ExpertBrowser:
    """A browser with an expert's link and nothing else."""

    def __init__(self, path):
        self.path = path
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=False)

    def get(self, query=""):
        return self.client.get(f"{self.path}{query}")

    def post(self, act, data):
        return self.client.post(self.path, {**data, "act": act}, headers={"origin": "null"})
