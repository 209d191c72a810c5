"""A draft is kept with a title alone; what a page needs is asked for when it is to be published."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from consultations.calls.models import ConsultationPage
from consultations.questionnaires.types import TYPES
from knowledge.guides.models import GuidePage
from portal.cms.models import PrivacyPage
from tests.consultations.factories import asked, section, stream_of
from tests.portal.cms.admin_forms import edit_address, filled_in, send

pytestmark = pytest.mark.django_db
MADE_BY_EDITORS = {
    "guides.GuidePage": "guides",
    "calls.ConsultationPage": "consultations",
    "cms.StandardPage": "en",
}


def add(client, site_tree, kind, action="", **fields):
    """Press a button of the form for a new page."""
    model = apps.get_model(kind)
    parent = getattr(site_tree, MADE_BY_EDITORS[kind])
    url = reverse(
        "wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk]
    )
    data = filled_in(client, f"{url}?kind=") | {"title": "A title alone", "slug": "alone"} | fields
    return client.post(url, data | ({action: "1"} if action else {}))


@pytest.mark.parametrize("kind", MADE_BY_EDITORS)
def test_a_title_alone_is_kept_and_seen(client, site_tree, author, kind):
    client.force_login(author)
    answer = add(client, site_tree, kind)
    assert answer.status_code == 302, answer.context["form"].errors
    page = Page.objects.get(slug="alone").specific
    assert client.get(edit_address(page)).status_code == 200
    draft = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert draft.status_code == 200
    assert "A title alone" in draft.content.decode()
    assert "None" not in draft.content.decode()
    answer = send(client, page, "", title="Another title")
    assert answer.status_code == 302, answer.context["form"].errors
    assert client.get(page.url).status_code == 404


@pytest.mark.parametrize("kind", MADE_BY_EDITORS)
def test_the_address_is_made_of_the_title_without_any_script(client, site_tree, author, kind):
    client.force_login(author)
    for address in ("by-itself", "by-itself-2"):
        assert add(client, site_tree, kind, title="By itself", slug="").status_code == 302
        assert Page.objects.filter(slug=address).exists()
    answer = add(client, site_tree, kind, title="بيان", slug="")
    assert list(answer.context["form"].errors) == ["slug"]
    assert "بيان" in answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "needs"),
    [
        ("guides.GuidePage", {"summary", "body", "unit", "source_title", "jurisdiction"}),
        ("calls.ConsultationPage", {"summary", "background", "host", "opens_at", "closes_at"}),
    ],
)
@pytest.mark.parametrize("new", [True, False])
def test_what_is_empty_is_not_submitted_and_each_field_says_so(
    client, site_tree, author, kind, needs, new
):
    client.force_login(author)
    if new:
        answer = add(client, site_tree, kind, "action-submit")
    else:
        add(client, site_tree, kind)
        page = Page.objects.get(slug="alone")
        answer = send(client, page, "action-submit", title="Typed since")
        assert "Typed since" in answer.content.decode()
    assert answer.status_code == 200
    assert needs <= set(answer.context["form"].errors)
    assert not any(page.workflow_in_progress for page in Page.objects.filter(slug="alone"))


def test_an_administrator_does_not_publish_or_schedule_what_is_empty(
    client, site_tree, administrator
):
    client.force_login(administrator)
    for later in ({}, {"go_live_at": "2090-01-01 09:00"}):
        answer = add(client, site_tree, "calls.ConsultationPage", "action-publish", **later)
        assert {"background", "closes_at"} <= set(answer.context["form"].errors)
    assert not Page.objects.filter(slug="alone").exists()


def test_several_are_not_published_at_once_where_one_lacks_something(
    client, site_tree, administrator
):
    client.force_login(administrator)
    add(client, site_tree, "calls.ConsultationPage")
    page = Page.objects.get(slug="alone")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = client.post(
        f"{url}?id={page.pk}&next=/admin/", {"include_descendants": ""}, follow=True
    )
    assert "Nothing was published" in answer.content.decode()
    assert "Deadline:" in answer.content.decode()
    assert not Page.objects.get(slug="alone").live


def test_no_program_publishes_what_lacks_something(client, site_tree, administrator):
    client.force_login(administrator)
    page = PrivacyPage.objects.get()
    page.controller = ""
    page.title = "What a program would publish"
    page.save_revision()
    client.post(f"/admin/api/main/pages/{page.pk}/action/publish/", {})
    assert PrivacyPage.objects.get().title != "What a program would publish"


@pytest.mark.parametrize("way", ["dashboard", "editor"])
def test_what_is_empty_is_not_approved_but_can_be_sent_back(client, site_tree, author, second, way):
    """As one that was submitted before anything was asked for."""
    client.force_login(author)
    add(client, site_tree, "guides.GuidePage")
    page = GuidePage.objects.get(slug="alone")
    page.get_workflow().start(page, author)
    client.force_login(second)

    def act(action):
        if way == "editor":
            return send(client, page, "action-workflow-action", **{"workflow-action-name": action})
        state = page.current_workflow_task_state
        url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
        return client.post(url, {"comment": ""}, follow=True)

    shown = act("approve").content.decode()
    page = GuidePage.objects.get(pk=page.pk)
    assert not page.live
    assert page.workflow_in_progress
    assert "The page is not published without it" in shown
    act("reject")
    state = GuidePage.objects.get(pk=page.pk).current_workflow_state
    assert state.status == state.STATUS_NEEDS_CHANGES


def test_dates_in_the_wrong_order_are_refused_at_the_field_of_a_draft_too(
    client, site_tree, author
):
    client.force_login(author)
    dates = {"opens_at": "2027-02-01 09:00", "closes_at": "2027-01-01 09:00"}
    answer = add(client, site_tree, "calls.ConsultationPage", **dates)
    assert list(answer.context["form"].errors) == ["closes_at"]
    assert 'value="2027-01-01 09:00"' in answer.content.decode()


@pytest.mark.parametrize(
    "half", [{"closes_at": "2027-01-31 23:59"}, {"opens_at": "2027-01-04 09:00"}]
)
def test_a_draft_keeps_one_date_without_the_other(client, site_tree, author, half):
    client.force_login(author)
    assert add(client, site_tree, "calls.ConsultationPage", **half).status_code == 302
    page = ConsultationPage.objects.get(slug="alone")
    view = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert view.status_code == 200


def test_every_kind_of_page_says_what_it_is_where_pages_are_added():
    kinds = [each for each in apps.get_models() if issubclass(each, Page) and each is not Page]
    assert [each.__name__ for each in kinds if not each.page_description] == []


@pytest.mark.parametrize("kind", TYPES)
def test_a_question_half_written_is_kept_in_a_draft_and_seen(client, site_tree, author, kind):
    client.force_login(author)
    add(client, site_tree, "calls.ConsultationPage")
    page = ConsultationPage.objects.get(slug="alone")
    stream = stream_of(section("s", "", [asked(kind, "q", "")]))
    page.questionnaire_parts = stream.stream_block.clean_deferred(stream)
    page.save_revision(user=author, clean=False)
    view = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert view.status_code == 200
    with pytest.raises(ValidationError):
        stream.stream_block.clean(stream)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_nothing_of_a_page_is_read_before_what_was_sent_about_it_earlier_is_saved(
    client, guide, author
):
    """The editor saves by itself, too. tests/faults/saving_meanwhile.py has both at once."""
    client.force_login(author)
    data = filled_in(client, edit_address(guide)) | {"title": "Ask who will use it, and where"}
    with CaptureQueriesContext(connection) as asked:
        client.post(edit_address(guide), data)
    about_pages = [each["sql"] for each in asked if 'FROM "wagtailcore_page"' in each["sql"]]
    assert "FOR NO KEY UPDATE" in about_pages[0]
