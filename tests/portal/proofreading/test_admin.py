"""Who ticks that a native reader has read a text, what stands in the table, what is kept of it."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.proofreading.actions import take_back, tick
from portal.proofreading.digests import digest
from portal.proofreading.errors import NotPermitted
from portal.proofreading.models import Review
from portal.proofreading.registry import text_of
from portal.staff_log.models import StaffEvent, What
from portal.stakeholders import actions, roles
from tests.factories import UserFactory
from tests.portal.proofreading.french import change, read_all, read_one
from tests.staff import use_factor

pytestmark = pytest.mark.django_db

ADVICE = "Not sure? Ask somebody first, or do not answer."
TABLE = "/admin/reports/translations/"
PAGE = f"{TABLE}fr/before_you_answer/"


@pytest.fixture
def staff(client, editor, french):
    """A browser of an editor whose second factor was used."""
    client.force_login(editor)
    use_factor(client)
    return client


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def cell(client, key):
    """What the table says of one text in French."""
    page = text(client, TABLE)
    found = re.search(rf'href="{TABLE}fr/{key}/">(.*?)<span', page, re.DOTALL)
    return found[1].strip()


def sent(client, **changed):
    seen = re.search(r'name="seen" value="(\w*)"', text(client, PAGE))[1]
    data = {"read_by": "Ligue des lecteurs", "read_on": "2026-11-02", "seen": seen, **changed}
    return client.post(PAGE, data)


def test_it_is_ticked_and_taken_back(staff, editor):
    assert cell(staff, "before_you_answer") == "Not read by a native reader"
    assert sent(staff).url == TABLE
    assert cell(staff, "before_you_answer") == "Read on 2 November 2026"
    assert cell(staff, "privacy") == "Not read by a native reader"
    assert "Ligue des lecteurs" in text(staff, TABLE)
    review = Review.objects.get()
    assert (review.read_on, review.entered_by) == (date(2026, 11, 2), editor)
    assert staff.post(PAGE, {"act": "take-back"}).url == TABLE
    assert cell(staff, "before_you_answer") == "Not read by a native reader"
    lines = StaffEvent.objects.filter(what=What.TRANSLATION).order_by("pk")
    assert [(line.person, line.detail) for line in lines] == [
        (editor, "read: before_you_answer, fr, 2026-11-02"),
        (editor, "taken back: before_you_answer, fr"),
    ]


def test_a_change_shows_until_it_was_read_again(staff, french):
    sent(staff)
    change(french, ADVICE, "Pas sûr ?")
    assert cell(staff, "before_you_answer") == "Changed since it was read on 2 November 2026"
    sent(staff, read_on="2026-11-20", read_by="")
    assert cell(staff, "before_you_answer") == "Read on 20 November 2026"
    assert Review.objects.get().read_by == ""


def test_what_is_ticked_is_what_the_page_showed(staff, french):
    before = text(staff, PAGE)
    seen = re.search(r'name="seen" value="(\w*)"', before)[1]
    assert ADVICE in before
    change(french, ADVICE, "Pas sûr ?")
    answer = sent(staff, seen=seen)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "The wording changed after you opened this page" in page
    assert "Pas sûr ?" in page
    assert f'name="seen" value="{digest(text_of("before_you_answer"), "fr")}"' in page
    assert 'value="Ligue des lecteurs"' in page
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"read_on": ""}, "Say on which day it was read."),
        ({"read_on": "soon"}, "Enter a valid date."),
        ({"read_by": "x" * 201}, "at most 200 characters"),
    ],
)
def test_what_is_wrong_in_the_form_is_said(staff, changed, said):
    answer = sent(staff, **changed)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_nobody_has_read_it_on_a_day_to_come(staff):
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = sent(staff, read_on=tomorrow.isoformat())
    assert answer.status_code == 422
    assert "That day is in the future." in answer.content.decode()


@pytest.mark.parametrize("address", ["xx/privacy/", "en/privacy/", "fr/nothing/"])
def test_what_is_no_translation_has_no_page(staff, address):
    assert staff.get(f"{TABLE}{address}", follow=True).status_code == 404


def test_a_language_without_a_catalogue_offers_nothing_to_tick(staff, french):
    french.unlink()
    page = text(staff, PAGE)
    assert "This text is not translated into this language yet." in page
    assert 'name="seen"' not in page
    assert staff.post(PAGE, {"read_on": "2026-11-02", "seen": ""}).status_code == 409


def test_the_table_says_where_responses_without_a_name_are_taken(staff, settings):
    assert "Not taken in this language yet" in text(staff, TABLE)
    read_all()
    assert "Taken in this language" in text(staff, TABLE)
    settings.DEMO = True
    assert "taken in every language" in text(staff, TABLE)


def test_without_another_language_the_table_says_so(client, editor, settings):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English")]
    client.force_login(editor)
    use_factor(client)
    assert "speaks only the language in which these texts were written" in text(client, TABLE)


@pytest.mark.parametrize("role", roles.ROLES)
def test_editors_and_administrators_tick_and_nobody_else(french, role):
    person, privacy = UserFactory(role=role), text_of("privacy")
    what = {"text": privacy, "language": "fr", "by": person}
    entered = {"read_on": date(2026, 11, 2), "read_by": "", "seen": digest(privacy, "fr")}
    if role in (roles.EDITOR, roles.ADMINISTRATOR):
        tick(**what, **entered)
        take_back(**what)
    else:
        with pytest.raises(NotPermitted):
            tick(**what, **entered)
        with pytest.raises(NotPermitted):
            take_back(**what)


def test_a_moderator_neither_finds_nor_opens_it(client, moderator, french):
    client.force_login(moderator)
    use_factor(client)
    assert client.get(TABLE).status_code in (302, 403)
    assert client.post(PAGE, {"act": "take-back"}).status_code in (302, 403)
    assert TABLE not in text(client, reverse("wagtailadmin_home"))


def test_the_menu_leads_editors_to_it(staff):
    assert TABLE in text(staff, reverse("wagtailadmin_home"))


def test_an_account_that_is_deleted_leaves_its_reviews(editor, french):
    read_one("privacy", editor)
    administrator = UserFactory(role=roles.ADMINISTRATOR)
    actions.delete_person(person=editor, by=administrator, reason="They left.")
    assert Review.objects.get().entered_by is None
