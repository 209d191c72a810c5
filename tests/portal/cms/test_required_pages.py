"""The notice on privacy and the accessibility statement: what the law asks, and before what."""

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from wagtail.models import Locale

from consultations.calls.models import ConsultationPage
from portal.cms.models import AccessibilityPage, BeforeYouAnswerPage, PrivacyPage, what_is_lacking
from portal.management.demo.advice import load_operator
from tests.consultations.factories import ConsultationPageFactory
from tests.portal.cms.admin_forms import edit_address, filled_in, send

pytestmark = pytest.mark.django_db
HOME = "/admin/"


@pytest.fixture
def complete(site_tree):
    """The pages as the demonstration completes them."""
    load_operator()


@pytest.fixture
def in_earnest(settings):
    """A portal that is no demonstration."""
    settings.DEMO = False


def soup(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def words(tag):
    return " ".join(tag.text.split())


class TestPrivacy:
    ADDRESS = "/en/about/privacy/"

    def test_what_nobody_has_said_yet_is_told(self, client, site_tree):
        told = words(soup(client, self.ADDRESS).main)
        assert "Those who run this portal have not said this yet." in told
        assert "None" not in told

    def test_it_says_what_the_law_asks(self, client, complete):
        page = soup(client, self.ADDRESS)
        told = words(page.main)
        for said in (
            "the Secretariat of the Code, an office of the Ministry of Trade",
            "dpo@trade.example",
            "Article 6(1)(e) of the GDPR",
            "The National Archives of Exampleland",
            "There are none: the machines",
            "Data Protection Commissioner",
        ):
            assert said in told
        assert page.select_one('main a[href="mailto:privacy@code-in-practice.example"]')
        assert page.select_one('main a[href="https://commissioner.example/complain/"]')
        assert "not said this yet" not in told

    def test_each_class_of_data_has_its_period(self, client, complete):
        page = soup(client, self.ADDRESS)
        kept, erased = (each.parent for each in page.select("table > caption"))
        periods = {words(row.th): words(row.td) for row in kept.tbody.select("tr")}
        assert periods["Responses that were published, with the outcome"] == (
            "10 years after the outcome"
        )
        assert periods["Backups, with what was erased since"] == "30 days"
        assert len(periods) == 6
        assert all(re.match(r"\d+ (years?|days?)", period) for period in periods.values())
        assert "14 days after its last use or" in words(erased)

    def test_no_logs_is_an_answer(self, client, complete):
        page = PrivacyPage.objects.get()
        page.days_logs = 0
        page.save_revision().publish()
        assert page.is_complete
        assert "None are kept" in words(soup(client, self.ADDRESS).main)

    def test_rights_are_told_by_code_and_by_account(self, client, complete):
        page = soup(client, self.ADDRESS)
        for way in ("With the code of a response, without an account", "With an account"):
            rights = page.find("h3", string=way).find_next_sibling("ul").select("li strong")
            assert [words(each) for each in rights] == [
                "See it, or have a copy:",
                "Correct it:",
                "Erase it:",
                "Stop news by e-mail:",
                "Object, or have it left unused:",
            ]

    def test_what_editors_typed_is_text(self, client, complete):
        page = PrivacyPage.objects.get()
        page.controller = "Ministry <script>alert(1)</script>\nSecond line"
        page.body = [("paragraph", "<p>Our own words.</p>")]
        page.save_revision().publish()
        html = client.get(self.ADDRESS).content.decode()
        assert "<script>alert" not in html
        assert "Second line</p>" in html
        assert "<p>Our own words.</p>" in html


class TestAccessibility:
    ADDRESS = "/en/about/accessibility/"

    def test_it_says_what_the_model_asks(self, client, complete):
        page = soup(client, self.ADDRESS)
        told = words(page.main)
        for said in (
            "is committed to making this portal accessible, in accordance with",
            "partially compliant with the Web Content Accessibility Guidelines 2.2",
            "The law does not ask for it.",
            "What you can do instead: Write to us and name the file.",
            "It was prepared on 30 November 2026.",
            "We answer within 5 working days.",
            "Signed by A. Example",
        ):
            assert said in told
        assert page.select_one('main a[href="https://equality.example/accessibility/"]')

    def test_who_is_partial_names_what_is_missing(self, client, complete, superuser):
        page = AccessibilityPage.objects.get()
        page.barriers = []
        assert page.lacking() == ["what is not accessible"]
        page.conformity = "full"
        assert page.is_complete

    def test_a_form_asks_for_it_where_it_is_published(self, client, complete, superuser):
        client.force_login(superuser)
        page = AccessibilityPage.objects.get()
        empty = {"barriers-count": "0"}
        told = send(client, page, "action-publish", **empty)
        assert told.status_code == 200
        assert b"Name what is not accessible" in told.content
        assert send(client, page, "", **empty).status_code == 302

    def test_a_draft_may_be_unfinished_and_what_is_published_may_not(
        self, client, site_tree, superuser
    ):
        client.force_login(superuser)
        page = AccessibilityPage.objects.get()
        assert send(client, page, "", signed_by="A. Example").status_code == 302
        told = send(client, page, "action-publish", signed_by="A. Example")
        assert told.status_code == 200
        assert b"This field is required" in told.content


@pytest.mark.parametrize("model", [PrivacyPage, AccessibilityPage])
class TestTheirEditors:
    def test_nobody_takes_them_away(self, site_tree, superuser, model):
        may = model.objects.get().permissions_for_user(superuser)
        assert not any([may.can_delete(), may.can_unpublish(), may.can_move()])
        assert may.can_publish()

    def test_every_needed_field_is_in_the_form(self, client, site_tree, superuser, model):
        client.force_login(superuser)
        html = client.get(edit_address(model.objects.get())).content.decode()
        for name in model.needed_to_publish:
            assert f'name="{name}"' in html


@pytest.mark.usefixtures("in_earnest")
class TestNothingOpensBefore:
    @pytest.fixture
    def draft(self, site_tree):
        page = ConsultationPageFactory(live=False)
        page.save_revision()
        return page

    def test_the_message_names_the_fields_and_leads_to_the_forms(self, client, draft, superuser):
        client.force_login(superuser)
        told = soup(client, edit_address(draft)).select_one(".help-warning")
        for model in (BeforeYouAnswerPage, PrivacyPage, AccessibilityPage):
            assert told.select_one(f'a[href="{edit_address(model.objects.get())}"]')
        assert "who is responsible (controller), e-mail address for questions" in words(told)

    def test_it_cannot_be_submitted(self, client, draft, author):
        client.force_login(author)
        html = client.get(edit_address(draft)).content.decode()
        assert 'name="action-submit"' not in html
        send(client, draft, "action-submit")
        draft.refresh_from_db()
        assert draft.current_workflow_state is None

    def test_nor_can_a_new_one_which_is_kept_as_a_draft(self, client, site_tree, author):
        client.force_login(author)
        parent = site_tree.consultations
        address = f"/admin/pages/add/calls/consultationpage/{parent.pk}/"
        html = client.get(address).content.decode()
        assert 'name="action-submit"' not in html
        assert "before these pages are complete and published" in html
        fields = filled_in(client, address) | {"title": "Asked at once", "action-submit": "1"}
        page = client.post(address, fields, follow=True)
        assert "before these pages are complete and published" in page.content.decode()
        made = ConsultationPage.objects.filter(title="Asked at once").first()
        assert made is None or made.current_workflow_state is None

    def test_when_they_are_complete_it_can(self, complete, draft, author):
        assert draft.permissions_for_user(author).can_submit_for_moderation()

    @pytest.mark.parametrize("model", [PrivacyPage, AccessibilityPage])
    def test_each_field_is_needed(self, complete, draft, model):
        for name in model.needed_to_publish:
            page = model.objects.get()
            field = model._meta.get_field(name)
            value = None if field.null else ""
            model.objects.filter(pk=page.pk).update(**{name: value})
            [lacking] = what_is_lacking(draft.locale_id)
            assert lacking.labels == [model.label_of(name)]
            model.objects.filter(pk=page.pk).update(**{name: getattr(page, name)})
        assert what_is_lacking(draft.locale_id) == []

    def test_one_that_is_not_published_does_not_count(self, complete, draft):
        PrivacyPage.objects.update(live=False)
        assert "it is complete; publish it" in draft.obstacle_to_publishing(draft.locale_id)

    def test_what_is_open_stays_in_its_editors_hands(self, site_tree, superuser, author):
        page = ConsultationPageFactory()
        assert page.permissions_for_user(superuser).can_publish()
        assert page.permissions_for_user(author).can_submit_for_moderation()

    def test_the_home_of_the_admin_says_so(self, client, site_tree, superuser, moderator):
        client.force_login(superuser)
        told = soup(client, HOME).select_one("[aria-labelledby=lacking-pages]")
        assert "Consultations that are open stay open." in told.text
        assert told.select_one(f'a[href="{edit_address(PrivacyPage.objects.get())}"]')
        client.force_login(moderator)
        assert "lacking-pages" not in client.get(HOME).content.decode()

    def test_and_no_longer(self, client, complete, superuser):
        client.force_login(superuser)
        assert "lacking-pages" not in client.get(HOME).content.decode()

    def test_operators_are_told(self, client, site_tree, capsys):
        assert "“Privacy”" in client.get("/health/ready").json()["consultations"]
        call_command("check", databases=["default"])
        assert "cms.W001" in capsys.readouterr().err

    def test_operators_are_told_no_longer(self, client, complete, capsys):
        assert client.get("/health/ready").json()["consultations"] == "ok"
        call_command("check", databases=["default"])
        assert "cms.W001" not in capsys.readouterr().err


def test_the_demonstration_waits_for_nothing(site_tree):
    page = ConsultationPageFactory(live=False)
    assert what_is_lacking(Locale.get_default().pk)
    assert not page.is_held_back


def test_the_demonstration_says_that_its_own_is_invented(complete):
    assert "Invented for this demonstration" in PrivacyPage.objects.get().controller
    assert "invented" in AccessibilityPage.objects.get().law
    assert AccessibilityPage.objects.get().prepared_on == date(2026, 11, 30)
