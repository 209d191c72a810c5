"""A form that cannot be shown to come from us changes nothing, wherever it is sent to."""

from copy import deepcopy
from html import unescape

import pytest
import time_machine
from django.core.cache import caches
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone

from portal.stakeholders import roles
from tests.addresses import EXAMPLES, every_address
from tests.factories import UserFactory
from tests.test_access import House
from tests.test_access import writes as of_the_house
from tests.test_access_to_answers import Answers, kept
from tests.test_access_to_answers import writes as of_answers

pytestmark = pytest.mark.django_db

# What these do harms nobody, whoever has it done, or the address itself is the proof.
EXEMPT = {
    "portal.cms.way_out.leave",
    "consultations.responses.views.beginning.leave",
    "consultations.responses.views.beginning.forget",
    "portal.record.verification.views.verify",
    "portal.saved_searches.views.stop",
    "consultations.following.views.stop",
    "knowledge.guides.views.owner_mailbox",
    "knowledge.feedback.views.useful",
    "knowledge.packs.views.take_along",
    "knowledge.learning.views.module",
    "knowledge.learning.views.progress",
    "knowledge.learning.views.certificate",
    "knowledge.fact_checks.views.check_facts",
    "knowledge.self_assessment.views.assess",
}
STALE = {"csrfmiddlewaretoken": "x" * 64}
TYPED = "Word for word"
EVERYTHING = {
    **STALE,
    **dict.fromkeys(("answer", "body", "code", "listed", "name", "reason", "text"), TYPED),
    **dict.fromkeys(("declared", "sure", "understood", "whole"), "on"),
    "identity": "named",
    "submitter_type": "academia",
    "language": "en",
    "revision": "1",
    "words": "only",
}


@pytest.fixture
def answers(site_tree, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(timezone.now(), tick=False):
        yield Answers()


def strictly(client):
    client.handler.enforce_csrf_checks = True
    return client


def named(view):
    return f"{view.__module__}.{view.__name__}"


def is_refused(answer, path):
    """Whether the answer is the page that refuses, or the way back to the page with its form."""
    return answer.status_code == 403 or answer.get("Location") == path


def test_every_address_refuses_unless_its_view_says_otherwise(answers):
    forger = strictly(answers.browser("superuser", answers.sent))
    before, let_in = kept(), set()
    for example, _view in every_address():
        path = example.replace(f"/{EXAMPLES['slug']}/", f"/{answers.sent.slug}/")
        try:
            view = resolve(path).func
        except Resolver404:  # an example that does not fit the pattern it was made from
            continue
        answer = forger.post(path, EVERYTHING)
        if not is_refused(answer, path) and not getattr(view, "keeps_what_is_typed", False):
            let_in.add(named(view))
    assert let_in == EXEMPT
    assert kept() == before


@pytest.mark.parametrize("role", ["holder", "owner", "signer", "cleared"])
def test_what_somebody_may_do_is_not_done_by_a_forged_form(answers, role):
    browsers = {page: answers.browser(role, page) for page in (answers.writing, answers.sent)}
    theirs = [(path, data) for path, data, meant in of_answers(answers) if role in meant]
    before, done = kept(), []
    for path, data in theirs:
        caches["default"].clear()
        browser = browsers[answers.page_of(path)]
        strictly(browser).post(path, {**data, **STALE})
        assert kept() == before, path
        browser.handler.enforce_csrf_checks = False
        cookies = deepcopy(browser.cookies)
        with transaction.atomic():
            browser.post(path, data)
            done += [path] if kept() != before else []
            transaction.set_rollback(True)
        browser.cookies = cookies
    # What was published cannot be chosen anew.
    able = [path for path, _data in theirs if not path.endswith(("/translation/", "/alone/"))]
    assert 2 * len(done) >= len(able), "the forms that are ours do nothing either"


@pytest.mark.parametrize("who", [roles.MODERATOR, roles.ADMINISTRATOR, "superuser"])
def test_nor_in_discussions_and_by_staff(site_tree, who):
    house = House()
    browser = strictly(house.browser(who))
    before = kept()
    for path, data, _meant in of_the_house(house):
        # 404: what is somebody else's alone is not there, forged or not.
        assert browser.post(path, {**data, **STALE}).status_code in (302, 403, 404), path
    assert kept() == before


# Each view that says that it keeps what is typed, and has a text to keep.
KEEPING = [
    ("draft own identity", "owner", "name"),
    ("draft own part", "owner", "q-indicators"),
    ("draft own confidentiality", "owner", "justification"),
    ("draft own signatories", "owner", "listed"),
    ("resume", "visitor", "code"),
    ("upload", "visitor", "text"),
    ("late", "visitor", "code"),
    ("sent own question", "owner", "answer"),
    ("sent own appeal", "owner", "text"),
    ("sent own news", "owner", "email"),
    ("sent own news_code", "owner", "code"),
    ("draft shared send_back", "signer", "remark"),
    ("sign", "visitor", "email"),
    ("dispute, shown", "visitor", "text"),
]


@pytest.mark.parametrize(("name", "role", "field"), KEEPING)
def test_a_view_that_keeps_what_is_typed_shows_it_again(answers, name, role, field):
    path = answers.addresses[name].replace("part/1/", "part/2/")
    browser = strictly(answers.browser(role, answers.page_of(path)))
    answer = browser.post(path, {**EVERYTHING, field: TYPED}, follow=True)
    assert answer.status_code == 403
    assert TYPED in unescape(answer.content.decode())
    assert "open too long" in answer.content.decode()


def test_a_comment_and_an_edit_are_shown_again(site_tree):
    house = House()
    browser = strictly(Client())
    browser.force_login(house.author)
    thread = f"/en/consultations/{house.consultation.slug}/discussion/"
    for path in (thread, f"{thread}reply/{house.shown.pk}/", f"{thread}edit/{house.shown.pk}/"):
        answer = browser.post(path, EVERYTHING)
        assert answer.status_code == 403
        assert TYPED in answer.content.decode()


def test_a_form_that_is_ours_is_taken(site_tree):
    house = House()
    browser = strictly(Client())
    browser.force_login(UserFactory())
    thread = f"/en/consultations/{house.consultation.slug}/discussion/"
    browser.get(thread)
    token = browser.cookies["csrftoken"].value
    before = kept()
    taken = browser.post(thread, {**EVERYTHING, "csrfmiddlewaretoken": token})
    assert taken.status_code == 302
    assert kept() != before
