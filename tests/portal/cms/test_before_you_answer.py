"""“Before you answer”: what somebody at risk reads, and what must stand there first."""

import gzip
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from portal.cms.models import BeforeYouAnswerPage
from portal.cms.workflow import publish_approved
from portal.management.demo.advice import load_operator
from portal.search.models import Card
from tests.consultations.factories import ConsultationPageFactory
from tests.portal.cms.admin_forms import edit_address, send

ADDRESS = "/en/before-you-answer/"
ABOUT_US = {
    "operator": "The Secretariat of Exampleland.\nIts machines stand in Exampleville.",
    "law": "That of Exampleland.",
    "compulsion": "Its courts.",
}
STATIC = Path(__file__).resolve().parents[3] / "portal" / "static" / "portal"


@pytest.fixture
def page(site_tree):
    return BeforeYouAnswerPage.objects.get()


@pytest.fixture
def complete(page):
    """All that no consultation opens without; this page as these tests have it."""
    load_operator()
    page.refresh_from_db()
    for name, text in ABOUT_US.items():
        setattr(page, name, text)
    page.save_revision().publish()
    return page


@pytest.fixture
def in_earnest(settings):
    """A portal that is no demonstration."""
    settings.DEMO = False


class TestThePage:
    def test_the_search_has_of_its_help_lines_what_is_filled_in(self, complete):
        words = Card.objects.get(kind="page", key=str(complete.pk)).body.split()
        assert "Helpline" in words
        assert "None" not in words

    def test_it_leaves_nothing_behind(self, client, site_tree):
        answer = client.get(ADDRESS)
        assert answer.status_code == 200
        assert not answer.cookies
        assert "no-store" in answer.headers["Cache-Control"]

    def test_it_fetches_nothing_from_elsewhere(self, client, site_tree):
        soup = BeautifulSoup(client.get(ADDRESS).content, "html.parser")
        fetched = [tag["src"] for tag in soup.select("[src]")]
        fetched += [tag["href"] for tag in soup.select("link[href]")]
        assert fetched
        assert all(each.startswith("/static/") for each in fetched)
        assert not soup.select("[style], style, iframe, script:not([src])")

    def test_it_weighs_thirty_kilobytes_with_all_that_it_needs(self, client, complete):
        """On a first visit, packed as it is sent."""
        html = client.get(ADDRESS).content
        soup = BeautifulSoup(html, "html.parser")
        named = [
            each.get("src") or each["href"] for each in soup.select("script, link[href^='/static']")
        ]
        files = {Path(address).name for address in named if address.startswith("/static/")}
        assert files == {"portal.css", "leaving.js", "favicon.svg"}
        parts = [html, *((STATIC / name).read_bytes() for name in files)]
        assert sum(len(gzip.compress(part)) for part in parts) <= 30 * 1024

    def test_each_help_line_has_its_day_and_how_it_was_checked(self, client, page):
        html = client.get(ADDRESS).content.decode()
        entries = BeautifulSoup(html, "html.parser").select(".teasers li .teaser")
        assert len(entries) == len(page.help_lines) >= 4
        for entry in entries:
            assert entry.a["href"].startswith("https://")
            assert re.search(r"Looked up in a stored copy on \d+ \w+ 20\d\d", entry.text)
        first = page.help_lines[0].value
        first["checked_in"] = "read"
        page.save_revision().publish()
        assert "Checked on 29 November 2026" in client.get(ADDRESS).content.decode()

    def test_every_point_of_the_summary_leads_to_its_section(self, client, site_tree):
        soup = BeautifulSoup(client.get(ADDRESS).content, "html.parser")
        links = [a["href"].lstrip("#") for a in soup.select("nav.contents a")]
        assert len(links) == 7
        assert all(soup.find(id=each) for each in links)

    def test_it_says_who_runs_the_portal_or_that_nobody_has_said_so(self, client, page):
        assert "have not said yet who they are" in client.get(ADDRESS).content.decode()
        for name, text in ABOUT_US.items():
            setattr(page, name, text)
        page.save_revision().publish()
        html = client.get(ADDRESS).content.decode()
        assert "have not said yet" not in html
        assert "<p>Its machines stand in Exampleville.</p>" in html
        assert "<p>Its courts.</p>" in html

    def test_the_search_finds_it(self, client, complete):
        assert ADDRESS in client.get("/en/search/", {"q": "spyware"}).content.decode()


class TestTheWayThere:
    def leads_there(self, client, address):
        soup = BeautifulSoup(client.get(address).content, "html.parser")
        return bool(soup.select_one(f'main a[href="{ADDRESS}"]'))

    def test_from_the_home_page(self, client, site_tree):
        assert self.leads_there(client, "/en/")

    @pytest.mark.parametrize("phase", [{}, {"scheduled": True}])
    def test_from_every_consultation_that_can_be_answered_or_will_be(self, client, page, phase):
        asked = ConsultationPageFactory(questionnaire=True, **phase)
        assert self.leads_there(client, asked.url)
        discussed = ConsultationPageFactory(**phase)
        assert self.leads_there(client, discussed.url)

    def test_from_the_start_of_answering(self, client, page):
        asked = ConsultationPageFactory(questionnaire=True)
        assert self.leads_there(client, f"{asked.url}respond/")

    def test_from_the_foot_of_every_page(self, client, site_tree):
        soup = BeautifulSoup(client.get("/record/").content, "html.parser")
        assert soup.select_one(f'footer a[href="{ADDRESS}"]')


@pytest.mark.usefixtures("in_earnest")
class TestNothingOpensBefore:
    @pytest.fixture
    def draft(self, site_tree):
        text = [("paragraph", "<p>Indicators are old.</p>")]
        page = ConsultationPageFactory(live=False, background=text, opens_at=timezone.now())
        page.save_revision()
        return page

    def test_nobody_finds_a_button_and_everybody_the_reason(self, client, draft, superuser):
        client.force_login(superuser)
        html = client.get(edit_address(draft)).content.decode()
        assert 'name="action-publish"' not in html
        assert "No consultation is submitted, approved or opened before these pages" in html
        send(client, draft, "action-publish")
        draft.refresh_from_db()
        assert not draft.live

    def test_nor_for_a_new_one(self, client, site_tree, superuser):
        client.force_login(superuser)
        parent = site_tree.consultations
        address = f"/admin/pages/add/calls/consultationpage/{parent.pk}/"
        assert b'name="action-publish"' not in client.get(address).content

    def test_the_end_of_a_workflow_does_not_open_it_either(self, draft, editor, administrator):
        draft.get_workflow().start(draft, editor)
        state = draft.current_workflow_task_state
        names = [name for name, *_ in state.task.specific.get_actions(draft, administrator)]
        assert "approve" not in names
        with pytest.raises(PermissionDenied):
            publish_approved(draft.current_workflow_state, administrator)

    @pytest.mark.parametrize("name", [*ABOUT_US, "help_lines"])
    def test_each_part_is_needed(self, complete, draft, superuser, name):
        assert draft.permissions_for_user(superuser).can_publish()
        setattr(complete, name, "" if name in ABOUT_US else [])
        complete.save_revision().publish()
        assert not draft.permissions_for_user(superuser).can_publish()

    def test_afterwards_it_opens(self, client, complete, draft, superuser):
        client.force_login(superuser)
        assert "No consultation is sub" not in client.get(edit_address(draft)).content.decode()
        send(client, draft, "action-publish")
        draft.refresh_from_db()
        assert draft.live

    def test_what_is_open_stays_in_its_editors_hands(self, page, superuser):
        """A correction to what people are answering waits for nothing."""
        assert ConsultationPageFactory().permissions_for_user(superuser).can_publish()

    def test_operators_are_told(self, client, page, capsys):
        assert client.get("/health/ready").json()["consultations"] != "ok"
        call_command("create_site", verbosity=1)
        assert "No consultation is submitted, approved or opened" in capsys.readouterr().out

    def test_operators_are_told_no_longer(self, client, complete, capsys):
        assert client.get("/health/ready").json()["consultations"] == "ok"
        call_command("create_site", verbosity=1)
        assert "No consultation is submitted" not in capsys.readouterr().out


class TestItsEditors:
    def test_nobody_takes_it_away(self, page, superuser):
        may = page.permissions_for_user(superuser)
        assert not any([may.can_delete(), may.can_unpublish(), may.can_move()])
        assert may.can_edit()

    def test_a_false_help_line_needs_two_people(self, page, superuser):
        assert not page.permissions_for_user(superuser).can_publish()

    def test_a_draft_may_be_unfinished_and_what_is_submitted_may_not(self, client, page, author):
        client.force_login(author)
        assert send(client, page, "", title="Before you write").status_code == 302
        answer = send(client, page, "action-submit", **{**ABOUT_US, "law": " "})
        assert answer.status_code == 200
        assert b"This field is required" in answer.content
        page.refresh_from_db()
        assert page.current_workflow_state is None

    def test_the_demonstration_says_that_its_own_is_invented(self):
        from portal.management.demo.content import read

        said = read("before_you_answer.toml")["before_you_answer"]
        assert set(said) == set(ABOUT_US)
        assert all("Invented for this demonstration" in text for text in said.values())
