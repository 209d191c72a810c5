"""The page of an expert: saved, sent, read only; late, revoked, unknown."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from knowledge.fact_checks.actions import asking
from knowledge.fact_checks.models import GRACE, Expert, Verdict
from portal.keys import hashed
from tests.knowledge.fact_checks.building import (
    ExpertBrowser,
    answers,
    asked,
    link_in_last_mail,
    opened,
)
from tests.knowledge.factories import GuidePageFactory, guide_body
from tests.pages import ids_that_stand_twice

pytestmark = pytest.mark.django_db


@pytest.fixture
def check(site_tree):
    return opened()


@pytest.fixture
def browser(check):
    asked(check)
    return ExpertBrowser(link_in_last_mail())


def text(answer):
    return answer.content.decode()


def test_the_page_is_kept_by_nobody_and_sets_no_cookie(browser):
    answer = browser.get()
    assert answer.status_code == 200
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert 'name="robots" content="noindex"' in text(answer)
    assert not answer.cookies


def test_only_a_hash_of_the_secret_is_kept(browser):
    secret = browser.path.rstrip("/").rpartition("/")[2]
    assert len(secret) >= 32  # of 64 signs each: 192 bits
    expert = Expert.objects.get()
    assert expert.link_hash == hashed(secret)
    assert secret not in str(Expert.objects.values())


def test_opening_the_page_leaves_no_trace(browser):
    before = list(Expert.objects.values())
    browser.get()
    assert list(Expert.objects.values()) == before


def test_unfinished_work_is_saved_and_stands_there_again(browser):
    saved = browser.post(
        "save", {"kind_1": "incorrect", "evidence_2": "The Journal", "named": "no"}
    )
    assert saved.status_code == 302
    page = text(browser.get("?done=save"))
    assert "Saved. It is not sent yet." in page
    assert "The Journal" in page
    assert Expert.objects.get().state == Expert.State.SAVED


def test_sending_asks_for_each_verdict_and_what_is_wrong_and_keeps_what_was_typed(browser, check):
    posted = {"kind_0": "incorrect", "evidence_0": "Kept words", "named": "no"}
    answer = browser.post("send", posted)
    assert answer.status_code == 422
    page = text(answer)
    assert "Section 1: say what is wrong." in page
    assert "Section 2: choose your verdict." in page
    assert "Kept words" in page
    assert not Verdict.objects.exists()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://a.example/x", "none"])
def test_a_link_to_evidence_leads_to_the_web_alone(browser, check, link):
    answer = browser.post("save", answers(check, evidence_url_0=link))
    assert answer.status_code == (302 if link == "none.example" else 422)


def test_once_sent_it_is_read_only_with_a_receipt(browser, check):
    posted = answers(check, {1: "incorrect"}, wrong_1="It was 2022.")
    assert browser.post("send", posted).status_code == 302
    page = text(browser.get())
    assert "You sent this check on" in page
    assert "Found incorrect: 1" in page
    assert "It was 2022." in page
    assert 'value="send"' not in page
    again = browser.post("save", answers(check, wrong_0="Typed later"))
    assert again.status_code == 409
    assert "Typed later" in text(again)
    assert Verdict.objects.filter(wrong="Typed later").count() == 0


def test_the_consent_is_no_unless_they_say_yes_and_the_line_is_shown_word_by_word(browser, check):
    page = text(browser.get())
    assert "Facts checked by Dr Ito, Institute of Trade, on " in page
    assert "version 1" in page
    browser.post("send", answers(check))
    assert Expert.objects.get().consented_on is None


def test_the_consent_can_be_taken_back_at_the_same_link(browser, check):
    browser.post("send", answers(check, named="yes"))
    assert Expert.objects.get().consented_on
    assert browser.post("withdraw", {}).status_code == 302
    assert Expert.objects.get().consented_on is None


def test_the_words_that_differ_from_the_published_text_are_marked(site_tree):
    guide = GuidePageFactory(sections=("Old dates",))
    body = guide_body("Old dates")
    body[1]["value"] = "<p>Text on new dates.</p>"
    guide.body = body
    guide.save_revision()
    asked(opened(guide))
    page = text(ExpertBrowser(link_in_last_mail()).get())
    assert "<del>" in page
    assert "</span>new</ins>" in page
    assert "Another text of this guide is published now." in page


def test_a_draft_that_was_never_published_is_shown_alone(site_tree):
    guide = GuidePageFactory(live=False)
    asked(opened(guide))
    page = text(ExpertBrowser(link_in_last_mail()).get())
    assert "This text is a draft." in page
    assert "<ins>" not in page


def test_the_text_is_frozen_for_the_round(browser, check):
    guide = check.guide
    guide.summary = "Quite another summary."
    guide.save()
    page = text(browser.get())
    assert "What this guide helps to do." in page


def test_an_unknown_link_is_not_found(site_tree):
    for secret in ("none", "x" * 32, "💩", "%00", "a" * 3000):
        assert Client().get(f"/en/fact-check/{secret}/").status_code == 404


def test_a_revoked_link_says_so_to_its_holder_and_keeps_what_was_saved(browser, check):
    browser.post("save", answers(check))
    asking.revoke(expert=Expert.objects.get(), by=check.opened_by)
    for answer in (browser.get(), browser.post("save", answers(check, wrong_0="Late words"))):
        assert answer.status_code == 410
        assert check.contact in text(answer)
        assert "What you saved or sent is kept." in text(answer)
    assert "Late words" in text(answer)
    assert Verdict.objects.count() == len(check.sections)


def test_sent_anew_the_old_link_is_dead_and_what_was_saved_is_there(browser, check):
    browser.post("save", answers(check, wrong_0="Saved before"))
    asking.send_again(expert=Expert.objects.get(), by=check.opened_by)
    assert browser.get().status_code == 404
    assert "Saved before" in text(ExpertBrowser(link_in_last_mail()).get())


def test_a_late_expert_can_send_until_the_grace_ends_and_then_is_told_whom_to_write_to(
    browser, check
):
    with time_machine.travel(timezone.now() + timedelta(days=22), tick=False):
        assert "The deadline has passed." in text(browser.get())
        assert browser.post("save", answers(check)).status_code == 302
    over = timezone.now() + timedelta(days=22) + GRACE
    with time_machine.travel(over, tick=False):
        answer = browser.get()
        assert answer.status_code == 410
        assert f"mailto:{check.contact}" in text(answer)
        assert browser.post("send", answers(check)).status_code == 410
        asking.extend(
            fact_check=check, by=check.opened_by, deadline=over.date() + timedelta(days=3)
        )
        assert browser.get().status_code == 200


def test_when_the_round_is_closed_what_was_saved_is_shown_and_nothing_taken_in(browser, check):
    browser.post("save", answers(check, wrong_0="Saved words"))
    asking.close(fact_check=check, by=check.opened_by)
    page = text(browser.get())
    assert "This round was closed on" in page
    assert "Saved words" in page
    assert browser.post("send", answers(check)).status_code == 409


def test_the_page_is_in_the_language_of_the_expert(check):
    asked(check, language="fr")
    assert link_in_last_mail().startswith("/fr/")


def test_the_number_of_queries_does_not_grow_with_sections(
    site_tree, django_assert_max_num_queries
):
    asked(opened(GuidePageFactory(sections=[f"Part {n}" for n in range(12)])))
    browser = ExpertBrowser(link_in_last_mail())
    browser.get()
    with django_assert_max_num_queries(12):
        browser.get()


@pytest.mark.parametrize("junk", ["\x00", "9" * 5000, "💩", "<script>"], ids=range(4))
def test_bad_input_is_answered(browser, check, junk):
    everything = dict.fromkeys(
        ("kind_0", "wrong_0", "evidence_0", "evidence_url_0", "named", "act"), junk
    )
    for act in ("save", "send", "withdraw", junk):
        assert browser.post(act, {**everything}).status_code < 500


def test_two_texts_with_the_same_heading_twice_are_still_shown(site_tree):
    asked(opened(GuidePageFactory(sections=("Twice", "Twice"))))
    assert ExpertBrowser(link_in_last_mail()).get().status_code == 200


def test_ids_stand_once(browser, check):
    assert ids_that_stand_twice(browser.get()) == []
    browser.post("send", answers(check))
    assert ids_that_stand_twice(browser.get()) == []


def test_each_control_has_a_label_of_its_own(browser):
    page = BeautifulSoup(text(browser.get()), "html.parser")
    labels = [each.get_text(" ", strip=True) for each in page.select("label[for^=id_wrong]")]
    assert len(labels) == len(set(labels)) > 2


@pytest.mark.usefixtures("one_minute")
def test_saving_too_fast_has_to_wait_and_loses_nothing(browser, check):
    for _time in range(45):
        answer = browser.post("save", answers(check, wrong_0="Kept words"))
    assert answer.status_code == 429
    assert "Kept words" in text(answer)


def test_a_button_that_is_pressed_twice_sends_once_and_frightens_nobody(browser, check):
    for _time in range(2):
        assert browser.post("send", answers(check, named="yes")).status_code == 302
    assert "was not taken in" not in text(browser.get("?done=send"))
    assert Verdict.objects.count() == len(check.sections)
