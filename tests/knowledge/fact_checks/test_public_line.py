"""What a guide's page says of who checked its facts: with consent, of the text that it is about."""

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from knowledge.fact_checks.actions import answering, asking
from knowledge.fact_checks.models import Expert
from tests.knowledge.fact_checks.building import asked, opened
from tests.knowledge.factories import GuidePageFactory

pytestmark = pytest.mark.django_db
LINE = "Facts checked by Dr Ito, Institute of Trade, on {}, version 1"
EARLIER = "An earlier text of this guide: facts checked by Dr Ito, Institute of Trade, on {}"


@pytest.fixture
def guide(site_tree):
    return GuidePageFactory()


def sent(guide, kind="correct", *, named=True):
    check = opened(guide)
    said = {"section": 0, "kind": kind, "wrong": "No", "evidence": "", "evidence_url": ""}
    answering.send(expert=asked(check), answers=[said], may_be_named=named)
    return check


def page(client, guide):
    return client.get(guide.url).content.decode()


def today():
    return date_format(timezone.now().date())


def change(guide):
    guide.summary = "Another summary."
    guide.save_revision().publish(skip_permission_checks=True)


def test_with_consent_the_line_is_the_one_that_the_expert_saw(client, guide):
    sent(guide)
    assert LINE.format(today()) in page(client, guide)


def test_without_consent_there_is_none(client, guide):
    sent(guide, named=False)
    assert "Facts checked" not in page(client, guide)


def test_what_is_only_saved_names_nobody(client, guide):
    expert = asked(opened(guide))
    answering.save(expert=expert, answers=[], may_be_named=True)
    assert "Dr Ito" not in page(client, guide)


def test_when_the_text_has_changed_it_says_that_an_earlier_one_was_checked(client, guide):
    sent(guide)
    change(guide)
    told = page(client, guide)
    assert EARLIER.format(today()) in told
    assert LINE.format(today()) not in told


def test_who_found_something_incorrect_is_not_named_beside_the_very_text(client, guide):
    sent(guide, "incorrect")
    assert "Dr Ito" not in page(client, guide)
    change(guide)
    assert EARLIER.format(today()) in page(client, guide)


def test_the_name_goes_at_once_when_the_expert_or_the_editor_takes_it_away(client, guide):
    sent(guide)
    answering.withdraw_consent(expert=Expert.objects.get())
    assert "Dr Ito" not in page(client, guide)
    other = sent(guide)
    assert "Dr Ito" in page(client, guide)
    asking.remove_name(expert=other.experts.get(), by=other.opened_by)
    assert "Dr Ito" not in page(client, guide)


def test_a_name_is_shown_as_typed(client, guide):
    check = opened(guide)
    expert = asked(check, "<b>Loud</b>")
    answering.send(expert=expert, answers=[], may_be_named=True)
    assert "&lt;b&gt;Loud&lt;/b&gt;" in page(client, guide)


def test_it_costs_one_query_however_many_are_named(client, guide, django_assert_num_queries):
    from knowledge.fact_checks.presenters import public_lines

    with django_assert_num_queries(1):
        assert public_lines(guide, None) is None
    for _time in range(3):
        sent(guide)
    with django_assert_num_queries(1):
        assert len(public_lines(guide, None)) == 1
