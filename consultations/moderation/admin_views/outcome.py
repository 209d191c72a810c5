"""A word to whoever publishes an outcome while accepted responses still wait."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import Page

from consultations.calls.models import ConsultationPage
from consultations.moderation.permissions import user_is_screener
from consultations.publication.actions import batch_of

# The buttons of the editor that bring a page to its readers, or on the way to them.
PUBLISHING = ("action-submit", "action-publish", "workflow-action-name")


def unpublished_beside_outcome(page: Page) -> int:
    """
    Return how many accepted responses could be public when an outcome is published with this text.

    0 where it says no outcome. What is held back because it would stand alone is not counted: the
    editor can do nothing about it, and how many they are is told to few.
    """
    if not isinstance(page, ConsultationPage) or not page.pk or not page.outcome_published_at:
        return 0
    batch = batch_of(page, timezone.now())
    return len(batch.ready) + len(batch.unready)


def warn_when_opened(request: HttpRequest, page: Page) -> None:
    """Warn on the editing page itself, which the approver reads as well. It refuses nothing."""
    if request.method in ("GET", "HEAD"):
        _warn(request, page)


def warn_when_submitted(request: HttpRequest, page: Page) -> None:
    """Warn once more on the page after a submission or an approval."""
    if any(name in request.POST for name in PUBLISHING):
        _warn(request, page)


def _warn(request: HttpRequest, page: Page) -> None:
    count = unpublished_beside_outcome(page)
    if not count:
        return
    said = ngettext(
        "%(count)d accepted response to this consultation is not published. Readers of the outcome "
        "would not find it.",
        "%(count)d accepted responses to this consultation are not published. Readers of the "
        "outcome would not find them.",
        count,
    ) % {"count": count}
    buttons = []
    if user_is_screener(request.user):
        buttons.append(messages.button(reverse("publish_together"), _("Publish together")))
    else:
        said += " " + _("Ask a moderator to publish the responses first.")
    messages.warning(request, said, buttons=buttons)
