"""Who decides about a change of a document; what keeps one from being deleted or moved."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.permissions import permission_policy
from wagtail.models import Page

from portal.cms.library.findings import pages_with
from portal.cms.models import DocumentChange
from portal.cms.unpublishing.permissions import user_approves
from portal.languages import lists
from portal.stakeholders.models import Person, User


def user_can_propose(user: Person | None, document: AbstractDocument) -> bool:
    """Say whether a person works on documents such as this one."""
    if not isinstance(user, User):
        return False
    return bool(permission_policy.user_has_permission_for_instance(user, "change", document))


def user_can_decide(user: Person, change: DocumentChange) -> bool:
    """
    Say whether a person, who did not propose it, approves or publishes all pages of the document.

    Where no page has it any more, whoever works on the document does.
    """
    if not isinstance(user, User) or user.pk == change.proposed_by_id:
        return False
    pages = pages_with(change.document)
    if not pages:
        return user_can_propose(user, change.document)
    return all(_answers_for(user, page) for page in pages)


def obstacle_to_deleting(document: AbstractDocument) -> str:
    """Say what keeps a document from being deleted, and what to do; "" where nothing does."""
    if DocumentChange.objects.waiting().filter(document=document.pk).exists():
        return _(
            "A change of “%(document)s” waits for a decision. It is decided before the document is"
            " deleted."
        ) % {"document": document.title}
    pages: Iterable[Any] = pages_with(document)
    if not pages and (usage := document.get_usage()).is_protected:
        pages = [source for source, _references in usage]
    if not pages:
        return ""
    # Translators: pages is a list of titles in quotation marks.
    return _(
        "“%(document)s” is not deleted: it is used on %(pages)s. Take it out there first, and have"
        " that approved. Then it can be deleted."
    ) % {"document": document.title, "pages": in_words(pages)}


def obstacle_to_moving(document: AbstractDocument) -> str:
    """Say what keeps a document from being moved with others, and what to do; "" if nothing."""
    if not (pages := pages_with(document)):
        return ""
    return _(
        "Nothing was moved: “%(document)s” is used on %(pages)s, and the collection says who may"
        " read it. Open the document and choose the collection there: a second person decides."
    ) % {"document": document.title, "pages": in_words(pages)}


def in_words(pages: Iterable[Any]) -> str:
    """Return the titles of pages in one line."""
    return lists.in_words(_("“%s”") % page for page in pages)


def _answers_for(user: User, page: Page) -> bool:
    if getattr(page, "bars", None) and page.bars(user):
        return False
    return user_approves(user, page) or page.permissions_for_user(user).can_publish()
