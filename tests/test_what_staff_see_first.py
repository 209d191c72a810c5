"""The home page of the admin: each role sees what waits for it, and may open all that it names."""

import itertools
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Workflow

from consultations.discussion.actions import appeal_hiding, hide_comment
from consultations.moderation.actions import propose_clearance
from portal.stakeholders import roles
from tests.consultations.factories import ConsultationPageFactory, comment_on
from tests.consultations.moderation.building import accepted, received, screener
from tests.factories import OrganisationFactory, UserFactory
from tests.knowledge.factories import GuidePageFactory

pytestmark = pytest.mark.django_db

NUMBERS = itertools.count(1)

EDITORS = {"sent-back", "reviews-due", "closing-soon", "overdue-outcomes", "drafts", "submitted"}
# The panels that each role sees where there is something for each.
SEES = {
    roles.EDITOR: {"reviews", *EDITORS},
    roles.MODERATOR: {"responses", "comments"},
    roles.ANALYST: {"responses", "analysis"},
    roles.OFFICIAL: {"to-answer"},
    roles.ADMINISTRATOR: {
        *("faults", "reviews", "responses", "comments", "without-factor", "clearances"),
        *EDITORS,
    },
    "superuser": {
        *("faults", "reviews", "to-answer", "responses", "analysis", "comments"),
        *("without-factor", "clearances"),
        *EDITORS,
    },
}
# Of Wagtail's own, which tell of what somebody did and not of what waits.
WAGTAILS = {"recent-edits", "locked-pages"}


def revised(page, by, **changes):
    """The page with an unpublished revision of somebody's."""
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision(user=by)
    return page


class Desk:
    """Something that waits for everybody, and somebody of each role."""

    def __init__(self, role):
        self.body = OrganisationFactory(name="Consulting body")
        self.person = UserFactory(
            role=role if role in roles.ROLES else None,
            is_superuser=role == "superuser",
            organisation=self.body if role in (roles.OFFICIAL, "superuser") else None,
        )
        self.other = UserFactory(name="Other Editor", role=roles.EDITOR)
        self.more(1)

    def more(self, times):
        for _number in range(times):
            self.one_of_each()

    def one_of_each(self):
        now = timezone.now()
        consultation = ConsultationPageFactory(
            title=f"Soon closed {next(NUMBERS)}",
            host=self.body,
            opens_at=now - timedelta(weeks=13),
            closes_at=now + timedelta(days=3),
        )
        overdue = ConsultationPageFactory(
            title=f"Long closed {next(NUMBERS)}",
            opens_at=now - timedelta(weeks=40),
            closes_at=now - timedelta(weeks=20),
        )
        GuidePageFactory(
            title=f"Due guide {next(NUMBERS)}", review_due=timezone.localdate() - timedelta(days=2)
        )
        self.page_in_workflow(self.other, "Waits for you")
        self.page_in_workflow(self.person, "Waits for another")
        self.sent_back = self.page_in_workflow(self.person, "Sent back")
        state = self.sent_back.current_workflow_task_state
        state.reject(user=self.other, comment="Name the source.")
        revised(GuidePageFactory(title=f"My draft {next(NUMBERS)}", live=False), self.person)
        self.comment = comment_on(consultation, body="What will you do about drones?")
        hidden = comment_on(consultation, author=UserFactory())
        hide_comment(moderator=screener(), comment=hidden, reason="abuse")
        appeal_hiding(
            author=hidden.author, act=hidden.moderation_acts.get(), text="It was no abuse."
        )
        received(overdue)
        accepted(overdue, screener())
        propose_clearance(
            person=UserFactory(role=roles.ANALYST), by=UserFactory(role=roles.ADMINISTRATOR)
        )

    def page_in_workflow(self, by, title):
        page = revised(GuidePageFactory(title=f"{title} {next(NUMBERS)}", live=False), by)
        page.get_workflow().start(page, by)
        return page


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def panels(html):
    """The panels of the home page by their ids, each as the element that holds it."""
    soup = BeautifulSoup(html, "html.parser")
    found = soup.select("section.w-panel--dashboard")
    return {each["id"].removesuffix("-section"): each for each in found}


@pytest.fixture
def home(site_tree):
    assert Workflow.objects.exists()

    def open_for(role):
        desk = Desk(role)
        client = browser(desk.person)
        answer = client.get(reverse("wagtailadmin_home"))
        assert answer.status_code == 200
        return desk, client, panels(answer.content)

    return open_for


@pytest.mark.parametrize("role", SEES)
def test_who_sees_which_panel(home, role):
    _desk, _client, shown = home(role)
    assert set(shown) - WAGTAILS == SEES[role]


@pytest.mark.parametrize("role", SEES)
def test_nothing_that_is_named_is_refused(home, role):
    _desk, client, shown = home(role)
    links = {link["href"] for each in shown.values() for link in each.select("a[href]")}
    links = {link for link in links if not link.startswith("#")}
    assert links
    refused = {}
    for link in links:
        answer = client.get(link, follow=True)
        sent_home = [to for to, _status in answer.redirect_chain if to == "/admin/"]
        if answer.status_code != 200 or sent_home:
            refused[link] = answer.status_code
    assert refused == {}


@pytest.mark.parametrize("role", SEES)
def test_no_panel_asks_more_where_there_is_more(home, role):
    desk, client, _shown = home(role)
    address = reverse("wagtailadmin_home")
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    desk.more(3)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    of_recent_edits = 4  # Wagtail's own, about at most five pages
    assert len(many) <= len(few) + of_recent_edits


def test_who_has_nothing_to_do_is_not_told_so_panel_by_panel(site_tree, client):
    client.force_login(UserFactory(role=roles.EDITOR))
    assert panels(client.get(reverse("wagtailadmin_home")).content) == {}


def test_an_approver_reads_what_would_change(site_tree, client):
    writer, second = UserFactory(role=roles.EDITOR), UserFactory(role=roles.EDITOR)
    guide = GuidePageFactory(title="Old title")
    guide.save_revision().publish(skip_permission_checks=True)
    guide = revised(type(guide).objects.get(pk=guide.pk), writer, title="New title", level="3")
    guide.get_workflow().start(guide, writer)
    client.force_login(second)
    told = panels(client.get(reverse("wagtailadmin_home")).content)["reviews"].get_text(" ")
    assert "New title" in told
    assert "Changed: Title and Level." in " ".join(told.split())
    assert f"{writer.name} asked on" in told


def test_the_writer_reads_why_it_was_sent_back(home):
    _desk, _client, shown = home(roles.EDITOR)
    assert "Other Editor: “Name the source.”" in shown["sent-back"].get_text()


def test_an_official_without_a_body_is_told_what_to_do(site_tree, client):
    client.force_login(UserFactory(role=roles.OFFICIAL))
    shown = panels(client.get(reverse("wagtailadmin_home")).content)
    assert "Ask an administrator" in shown["to-answer"].get_text()
    assert client.get(reverse("comments_to_answer")).status_code == 200


def test_an_official_answers_from_there_and_it_is_gone(home):
    desk, client, shown = home(roles.OFFICIAL)
    [link] = shown["to-answer"].select("td a")
    assert "drones" in link.get_text()
    form = BeautifulSoup(client.get(link["href"]).content, "html.parser").select_one(
        "form:has(textarea)"
    )
    sent = {
        each["name"]: each.get("value", "")
        for each in form.select("input[name]")
        if each.get("type") == "hidden"
    }
    sent |= {"body": "We will ask for an end-use check.", "language": "en", "official": "on"}
    assert client.post(link["href"], sent).status_code == 302
    assert desk.comment.replies.get().is_official
    shown = panels(client.get(reverse("wagtailadmin_home")).content)
    assert "No comment waits" in shown["to-answer"].get_text()


def test_an_official_sees_nothing_of_another_body(home, client):
    home(roles.OFFICIAL)
    client.force_login(UserFactory(role=roles.OFFICIAL, organisation=OrganisationFactory()))
    for address in ("wagtailadmin_home", "comments_to_answer"):
        assert "drones" not in client.get(reverse(address)).content.decode()


def test_an_official_finds_nothing_else_in_the_menu(site_tree, rf):
    from wagtail.admin.menu import admin_menu, reports_menu, settings_menu

    request = rf.get("/admin/")
    request.user = UserFactory(role=roles.OFFICIAL, organisation=OrganisationFactory())
    names = {item.name for item in admin_menu.menu_items_for_request(request)}
    assert names - {"help", "handbook", "reports"} == {"comments-to-answer"}
    assert settings_menu.menu_items_for_request(request) == []
    assert reports_menu.menu_items_for_request(request) == []


@pytest.mark.parametrize("role", [roles.MODERATOR, roles.ANALYST, roles.OFFICIAL])
def test_who_may_not_look_at_pages_is_offered_no_search_of_pages(site_tree, client, role):
    client.force_login(UserFactory(role=role))
    soup = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")
    assert soup.select("form[role=search]") == []
    client.force_login(UserFactory(role=roles.EDITOR))
    soup = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")
    [form] = soup.select("form[role=search]")
    assert client.get(form["action"], {"q": "guide"}).status_code == 200


def test_administrators_see_who_has_no_second_factor(site_tree, client):
    from tests.staff import set_up_factor

    without = UserFactory(name="Nina Without", role=roles.MODERATOR)
    set_up_factor(UserFactory(name="Wim With", role=roles.MODERATOR))
    UserFactory(name="Gone", role=roles.MODERATOR, is_active=False)
    UserFactory(name="Mere Member")
    above = UserFactory(name="Above All", is_superuser=True)
    client.force_login(UserFactory(name="Looking", role=roles.ADMINISTRATOR))
    panel = panels(client.get(reverse("wagtailadmin_home")).content)["without-factor"]
    told = panel.get_text()
    assert "Nina Without" in told
    assert "Looking" in told
    for name in ("Wim With", "Gone", "Mere Member"):
        assert name not in told
    links = [link["href"] for link in panel.select("td a")]
    assert reverse("wagtailusers_users:edit", args=[without.pk]) in links
    assert "Above All" in told
    assert reverse("wagtailusers_users:edit", args=[above.pk]) not in links


def test_administrators_are_told_what_does_not_work(site_tree, client, settings):
    settings.DEMO = False
    client.force_login(UserFactory(role=roles.ADMINISTRATOR))
    told = panels(client.get(reverse("wagtailadmin_home")).content)["faults"].get_text()
    assert "No consultation can open." in told
