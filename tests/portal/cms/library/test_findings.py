"""Author and approver see what readers can see in a file; what was approved stays as it was."""

import datetime
import re

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.documents.models import Document

from knowledge.guides.models import GuideDocument
from tests.portal.cms.admin_forms import edit_address, send
from tests.portal.cms.library.conftest import shown, uploaded
from tests.portal.files.editorial.samples import sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def form():
    return Document.objects.create(title="The form", file=uploaded("template.docx"))


def with_file(guide, document, author):
    guide.documents.add(GuideDocument(document=document))
    guide.save_revision(user=author)
    return guide


def test_after_an_upload_the_editor_is_led_to_what_is_in_the_file(client, editor):
    client.force_login(editor)
    fields = {"title": "Form", "file": uploaded("template.docx")}
    page = client.post(reverse("wagtaildocs:add"), fields, follow=True)
    address = reverse("wagtaildocs:edit", args=[Document.objects.get().pk])
    assert page.redirect_chain[-1][0] == address
    text = shown(page)
    assert "A remark for readers" in text
    assert "− words that were deleted" in text
    assert "https://www.example.org/annex" in text
    assert "Title in the file’s properties (1) End-use statement" in text


def test_in_the_list_of_uploads_it_stands_beside_each_with_what_was_taken_out(client, editor):
    client.force_login(editor)
    text = shown(
        client.post(
            reverse("wagtaildocs:add_multiple"),
            {"files[]": uploaded("slides.pptx"), "title": "Slides"},
            headers={"X-Requested-With": "XMLHttpRequest"},
        )
    )
    assert "What the speaker says" in text
    assert re.search("Taken out just now: .*author", text)


def test_after_a_new_file_too_and_after_a_new_title_not(client, editor, form):
    client.force_login(editor)
    address = reverse("wagtaildocs:edit", args=[form.pk])
    answer = client.post(address, {"title": "Form", "file": uploaded("template.odt")})
    assert answer.url == address
    assert "Field-author" in shown(client.get(address))
    assert client.post(address, {"title": "Another"}).url == reverse("wagtaildocs:index")


def test_a_file_with_nothing_in_it_says_so(client, editor):
    client.force_login(editor)
    note = Document.objects.create(title="Note", file=ContentFile(b"Good day", "note.txt"))
    assert "Nothing was found." in shown(client.get(reverse("wagtaildocs:edit", args=[note.pk])))


def test_a_file_from_before_that_would_not_be_taken_says_why(client, editor, form):
    form.file.storage.delete(form.file.name)
    path = form.file.path
    with open(path, "wb") as file:
        file.write(b"no document")
    client.force_login(editor)
    text = shown(client.get(reverse("wagtaildocs:edit", args=[form.pk])))
    assert "would not accept this file today" in text


def test_what_is_typed_is_nobodys_markup(client, editor):
    client.force_login(editor)
    data = sample("template.pdf").replace(b"www.example.org/annex", b"x/<script>alert(1)//")
    document = Document.objects.create(title="<b>T", file=ContentFile(data, "a.pdf"))
    html = client.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
    assert "x/&lt;script&gt;" in html
    assert "x/<script>" not in html


def test_the_page_shows_its_author_what_its_files_tell(client, guide, author, form):
    client.force_login(author)
    assert "What readers can see in the files" not in shown(client.get(edit_address(guide)))
    with_file(guide, form, author)
    text = shown(client.get(edit_address(guide)))
    assert "What readers can see in the files" in text
    assert "A remark for readers" in text


class TestApproval:
    @pytest.fixture
    def submitted(self, guide, author, form):
        with_file(guide, form, author)
        guide.get_workflow().start(guide, author)
        return guide

    def dialogue(self, client, submitted, name="workflow_action"):
        state = submitted.current_workflow_task_state
        return reverse(f"wagtailadmin_pages:{name}", args=[submitted.pk, "approve", state.pk])

    def test_the_dialogue_shows_them_before_one_approves(self, client, submitted, second):
        client.force_login(second)
        for name in ("workflow_action", "collect_workflow_action_data"):
            text = shown(client.get(self.dialogue(client, submitted, name)))
            assert "What readers can see in the files" in text
            assert "A remark for readers" in text
        client.post(self.dialogue(client, submitted), {"comment": ""})
        submitted.refresh_from_db()
        assert submitted.live

    def test_no_button_passes_the_dialogue_by(self, client, submitted, second):
        client.force_login(second)
        approve = "[data-workflow-action-name=approve], [data-workflow-action-url*='/approve/']"
        home = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")
        assert home.select(approve) == [], "the home page leads to the page's editor"
        for address in (edit_address(submitted),):
            html = BeautifulSoup(client.get(address).content, "html.parser")
            buttons = html.select(approve)
            assert buttons, address
            for button in buttons:
                assert button.has_attr("data-workflow-action-modal-url") or button.has_attr(
                    "data-launch-modal"
                ), address

    def test_an_edit_that_comes_with_the_approval_needs_another(
        self, client, guide, author, second, form
    ):
        """Where nothing is changed the page goes live: tests/browser/test_approving.py."""
        guide.get_latest_revision().publish()
        with_file(guide, form, author).get_workflow().start(guide, author)
        client.force_login(second)
        fields = {"workflow-action-name": "approve", "documents-0-title": "Another title"}
        send(client, guide, "action-workflow-action", **fields)
        guide = type(guide).objects.get(pk=guide.pk)
        assert guide.workflow_in_progress
        assert not guide.documents.exists()

    def test_a_page_without_files_is_approved_as_ever(self, client, guide, author, second):
        guide.get_workflow().start(guide, author)
        client.force_login(second)
        html = BeautifulSoup(client.get(edit_address(guide)).content, "html.parser")
        buttons = html.select("[data-workflow-action-name=approve]")
        assert any(not each.has_attr("data-workflow-action-modal-url") for each in buttons)


class TestWhatWasApproved:
    """Its file is not replaced behind the back of who approved it."""

    def replaced(self, client, editor, form):
        client.force_login(editor)
        address = reverse("wagtaildocs:edit", args=[form.pk])
        fields = {"title": "New title", "file": uploaded("template.odt")}
        page = client.post(address, fields, follow=True)
        form.refresh_from_db()
        return form.file.name.endswith(".odt"), shown(page)

    def test_a_draft_holds_no_file(self, client, editor, guide, author, form):
        with_file(guide, form, author)
        assert self.replaced(client, editor, form)[0]

    def test_while_it_waits_for_approval(self, client, editor, guide, author, form):
        with_file(guide, form, author)
        guide.get_workflow().start(guide, author)
        done, text = self.replaced(client, editor, form)
        assert not done
        assert "The address of this document ends in .docx" in text
        assert "Used on “Ask who will use it”" in text

    def test_when_it_is_published(self, client, editor, guide, author, form):
        with_file(guide, form, author).get_latest_revision().publish()
        assert not self.replaced(client, editor, form)[0]

    def test_and_when_its_day_is_still_to_come(self, client, editor, guide, author, form):
        guide.go_live_at = timezone.now() + datetime.timedelta(days=3)
        with_file(guide, form, author).get_latest_revision().publish()
        assert not guide.live
        assert not self.replaced(client, editor, form)[0]
