"""What readers have is changed by two: one proposes a file or a title, another decides."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from consultations.calls.models import ConsultationDocument
from knowledge.guides.models import GuideDocument, GuidePage
from portal.cms.document_changes.actions import accept_change, decline_change, propose_change
from portal.cms.models import DocumentChange
from tests.consultations.factories import ConsultationPageFactory
from tests.portal.cms.library.conftest import shown, uploaded

pytestmark = pytest.mark.django_db

OLD, NEW = b"What was approved.", b"What comes in its place."


@pytest.fixture
def form():
    return Document.objects.create(title="The form", file=ContentFile(OLD, "form.txt"))


@pytest.fixture
def used(guide, form, author):
    """The document of a guide that is live."""
    guide.documents.add(GuideDocument(document=form))
    guide.save_revision(user=author).publish()
    return form


def edit(client, user, document, data=NEW, name="other.txt", **fields):
    """Send the document's form with a new file, and return the page that it leads to."""
    client.force_login(user)
    sent = {"title": document.title, "tags": "", "reason": "The law has changed.", **fields}
    if data is not None:
        sent["file"] = uploaded(name, data)
    return client.post(reverse("wagtaildocs:edit", args=[document.pk]), sent, follow=True)


def read(client, address):
    answer = client.get(address)
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def decide(client, user, **fields):
    client.force_login(user)
    change = DocumentChange.objects.latest("pk")
    return client.post(reverse("document_change", args=[change.pk]), fields, follow=True)


def proposed(document, by):
    file = uploaded("other.txt", NEW)
    return propose_change(document=document, by=by, reason="The law has changed.", file=file)


def test_a_new_file_waits_for_a_second_person_and_has_the_old_address(
    client, used, guide, author, second
):
    address = used.url
    text = shown(edit(client, author, used))
    assert "Readers have it when a second person accepts it" in text
    assert read(client, address) == OLD
    assert "Changes of documents" not in shown(client.get("/admin/"))

    client.force_login(second)
    home = client.get("/admin/").content.decode()
    change = DocumentChange.objects.get()
    page = reverse("document_change", args=[change.pk])
    assert page in home
    text = shown(client.get(page))
    assert "The law has changed." in text
    assert "“Ask who will use it”" in text
    assert read(client, reverse("proposed_file", args=[change.pk])) == NEW
    assert read(client, address) == OLD

    assert "Readers have it now" in shown(decide(client, second, decision="accepted"))
    assert Document.objects.get().url == address
    answer = client.get(address, headers={"If-None-Match": f'"{used.file_hash}"'})
    assert b"".join(answer.streaming_content) == NEW
    history = shown(client.get(reverse("wagtailadmin_pages:history", args=[guide.pk])))
    assert "Propose a change of a document" in history
    assert "Accept a change of a document" in history
    assert "The form: The law has changed." in history


def test_neither_the_old_file_nor_a_second_copy_of_the_new_one_is_kept(
    used, author, second, django_capture_on_commit_callbacks, media
):
    change = proposed(used, author)
    with django_capture_on_commit_callbacks(execute=True):
        accept_change(change=change, by=second)
    assert [path.read_bytes() for path in media.rglob("*") if path.is_file()] == [NEW]


def test_whoever_proposed_it_accepts_nothing_and_may_withdraw(client, used, superuser):
    edit(client, superuser, used)
    assert "Changes of documents" not in shown(client.get("/admin/"))
    with pytest.raises(PermissionDenied):
        accept_change(change=DocumentChange.objects.get(), by=superuser)
    text = shown(decide(client, superuser, decision="accepted"))
    assert "Withdrawn" in text
    assert read(client, used.url) == OLD


@pytest.mark.parametrize("who", ["moderator", "member"])
def test_who_approves_no_such_pages_neither_sees_nor_decides(request, client, used, author, who):
    user = request.getfixturevalue(who)
    change = proposed(used, author)
    for verb in (
        lambda: accept_change(change=change, by=user),
        lambda: decline_change(change=change, by=user, answer="No."),
        lambda: propose_change(document=used, by=user, reason="Mine.", title="Mine"),
    ):
        with pytest.raises(PermissionDenied):
            verb()
    client.force_login(user)
    for name in ("document_change", "proposed_file"):
        assert client.get(reverse(name, args=[change.pk])).status_code in (302, 403)


def test_who_is_answered_no_reads_why_at_the_document(client, used, author, second):
    edit(client, author, used)
    assert "Say why not" in shown(decide(client, second, decision="declined", answer=" "))
    decide(client, second, decision="declined", answer="The annex is missing.")
    assert read(client, used.url) == OLD
    client.force_login(author)
    text = shown(client.get(reverse("wagtaildocs:edit", args=[used.pk])))
    assert "Not accepted" in text
    assert "The annex is missing." in text
    with pytest.raises(ValidationError):
        accept_change(change=DocumentChange.objects.get(), by=second)


def test_what_cannot_be_proposed_is_said_at_its_field(client, used, author, second):
    page = edit(client, author, used, reason="")
    assert "Say what changes, and why" in shown(page)
    page = edit(client, author, used, data=None, title="Another", reason=" ")
    assert "Say what changes, and why" in shown(page)
    page = edit(client, author, used, name="form.csv", data=b"a,b")
    assert "ends in .txt, so the new file has to be of that kind" in shown(page)
    assert "could not be found" not in shown(page)
    page = edit(client, author, used, data=b"\x00\x01")
    assert "cannot read what is in this file" in shown(page)
    assert not DocumentChange.objects.exists()
    edit(client, author, used)
    assert "waits already" in shown(edit(client, second, used))
    used.refresh_from_db()
    assert (used.title, read(client, used.url)) == ("The form", OLD)


def test_a_file_is_scanned_before_it_waits(client, used, author, settings):
    from tests.portal.files.conftest import answering

    with answering(b"stream: Bad FOUND\0") as settings.CLAMD_URL:
        assert "harmful" in shown(edit(client, author, used))
    assert not DocumentChange.objects.exists()


def test_title_and_collection_wait_too_and_tags_do_not(client, used, author, second):
    private = Collection.get_first_root_node().add_child(name="Staff")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    edit(client, author, used, data=None, title="Its new name", collection=private.pk, tags="law")
    used.refresh_from_db()
    assert (used.title, used.collection.name) == ("The form", "Root")
    assert [tag.name for tag in used.tags.all()] == ["law"]
    client.force_login(second)
    text = shown(client.get(reverse("document_change", args=[DocumentChange.objects.get().pk])))
    assert "“The form” becomes “Its new name”" in text
    assert "to “Staff”" in text
    decide(client, second, decision="accepted")
    used.refresh_from_db()
    assert (used.title, used.collection.name) == ("Its new name", "Staff")
    client.logout()
    assert client.get(used.url).status_code == 302


def test_tags_alone_are_changed_by_one(client, used, author):
    edit(client, author, used, data=None, tags="law", reason="")
    assert [tag.name for tag in used.tags.all()] == ["law"]
    assert not DocumentChange.objects.exists()


def test_the_list_of_uploads_changes_no_title_at_once_either(client, used, author):
    client.force_login(author)
    fields = {"title": "Mine", "tags": "", "reason": "Because."}
    fields = {f"doc-{used.pk}-{key}": value for key, value in fields.items()}
    client.post(
        reverse("wagtaildocs:edit_multiple", args=[used.pk]),
        fields,
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    used.refresh_from_db()
    assert used.title == "The form"
    assert DocumentChange.objects.get().title == "Mine"


class TestOfWhichPages:
    def replaced_at_once(self, client, author, form):
        edit(client, author, form)
        form.refresh_from_db()
        return read(client, form.url) == NEW

    def test_a_live_consultation(self, client, author, form, site_tree):
        page = ConsultationPageFactory()
        ConsultationDocument.objects.create(page=page, document=form)
        page.save()
        assert not self.replaced_at_once(client, author, form)

    def test_a_link_in_the_text_of_a_live_page(self, client, author, form, site_tree):
        page = site_tree.contact
        page.body = [("paragraph", f'<a linktype="document" id="{form.pk}">The form</a>')]
        page.save_revision().publish()
        assert not self.replaced_at_once(client, author, form)

    def test_a_live_page_whose_draft_has_it_no_more(self, client, author, used, guide):
        page = GuidePage.objects.get(pk=guide.pk)
        page.documents.clear()
        page.save_revision()
        assert not self.replaced_at_once(client, author, used)

    def test_a_draft_does_not(self, client, author, form, guide):
        guide.documents.add(GuideDocument(document=form))
        guide.save_revision(user=author)
        assert self.replaced_at_once(client, author, form)

    def test_nor_a_page_that_was_taken_down(self, client, author, used, guide):
        GuidePage.objects.get(pk=guide.pk).unpublish()
        assert self.replaced_at_once(client, author, used)


class TestDeletion:
    WAYS = ("delete", "delete_multiple", "bulk")

    def delete(self, client, way, document):
        if way == "bulk":
            address = f"/admin/bulk/wagtaildocs/document/delete/?id={document.pk}"
        else:
            address = reverse(f"wagtaildocs:{way}", args=[document.pk])
        return client.post(address, follow=True)

    @pytest.mark.parametrize("way", WAYS)
    def test_is_refused_by_name_while_a_live_page_has_it(self, client, used, superuser, way):
        client.force_login(superuser)
        text = shown(self.delete(client, way, used))
        assert "“The form” is not deleted: it is used on “Ask who will use it”" in text
        assert GuidePage.objects.get().documents.count() == 1

    @pytest.mark.parametrize("way", WAYS)
    def test_is_refused_in_words_for_a_draft_that_protects_it(
        self, client, form, superuser, way, site_tree
    ):
        page = ConsultationPageFactory(live=False, title="Not yet")
        ConsultationDocument.objects.create(page=page, document=form)
        page.save()
        client.force_login(superuser)
        assert "it is used on “Not yet”" in shown(self.delete(client, way, form))

    @pytest.mark.parametrize("way", WAYS)
    def test_is_refused_while_a_change_waits(self, client, used, guide, author, superuser, way):
        proposed(used, author)
        GuidePage.objects.get(pk=guide.pk).unpublish()
        client.force_login(superuser)
        assert "waits for a decision" in shown(self.delete(client, way, used))
        assert Document.objects.exists()

    @pytest.mark.parametrize("way", WAYS)
    def test_is_as_ever_for_what_no_page_has(self, client, form, superuser, way):
        client.force_login(superuser)
        self.delete(client, way, form)
        assert not Document.objects.exists()

    def test_of_several_none_goes(self, client, used, superuser):
        free = Document.objects.create(title="Free", file=ContentFile(OLD, "free.txt"))
        client.force_login(superuser)
        client.post(f"/admin/bulk/wagtaildocs/document/delete/?id={free.pk}&id={used.pk}")
        assert Document.objects.count() == 2


def test_moving_several_leaves_what_readers_have(client, used, superuser):
    staff = Collection.get_first_root_node().add_child(name="Staff")
    client.force_login(superuser)
    address = f"/admin/bulk/wagtaildocs/document/add_to_collection/?id={used.pk}"
    text = shown(client.post(address, {"collection": staff.pk}, follow=True))
    assert "Nothing was moved: “The form” is used on “Ask who will use it”" in text
    used.refresh_from_db()
    assert used.collection.name == "Root"


def test_a_proposal_whose_page_is_gone_is_decided_by_who_works_on_documents(
    client, used, guide, author, second, moderator
):
    change = proposed(used, author)
    GuidePage.objects.get(pk=guide.pk).unpublish()
    with pytest.raises(PermissionDenied):
        accept_change(change=change, by=moderator)
    accept_change(change=change, by=second)
    assert read(client, used.url) == NEW


def test_a_file_that_went_missing_is_said(client, used, author, second, media):
    edit(client, author, used)
    for path in (media / "proposed").iterdir():
        path.unlink()
    change = DocumentChange.objects.get()
    client.force_login(second)
    assert client.get(reverse("document_change", args=[change.pk])).status_code == 200
    assert client.get(reverse("proposed_file", args=[change.pk]), follow=True).status_code == 404
    assert "The new file is missing" in shown(decide(client, second, decision="accepted"))
    decide(client, second, decision="declined", answer="It was lost.")
    assert read(client, used.url) == OLD
