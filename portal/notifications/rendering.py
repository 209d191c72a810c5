"""A message as the recipient reads it: plain text in their language, with nothing that tracks."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template import Context, Engine
from django.utils.translation import override

from portal.notifications.models import Message
from portal.notifications.registry import get_kind
from portal.notifications.wire import domain_of


def render(message: Message) -> EmailMessage | None:
    """
    Make a message's e-mail, in the site's language if the portal lacks the recipient's.

    None where its kind finds nothing to say any more. Raises whatever a template or the kind's
    `prepare` raises, UnknownKindError and CannotUnsealError.
    """
    kind = get_kind(message.kind)
    known = dict(settings.LANGUAGES)
    with override(message.language if message.language in known else settings.LANGUAGE_CODE):
        context = kind.prepare(message.context) if kind.prepare else message.context
        if context is None:
            return None
        # One line whatever stands in the context: a line break would begin a header.
        subject = " ".join(_text(f"{kind.template}.subject.txt", context).split())
        body = _text(f"{kind.template}.txt", context).strip() + "\n"
    sender = settings.NEUTRAL_FROM_EMAIL if kind.is_neutral else settings.DEFAULT_FROM_EMAIL
    return EmailMessage(
        subject,
        body,
        from_email=sender,
        to=[message.address],
        headers={
            # RFC 3834: no automatic answer is to be sent to it.
            "Auto-Submitted": "auto-generated",
            # The same in every attempt, so that whoever does get it twice can tell.
            "Message-ID": f"<{message.pk}@{domain_of(sender)}>",
            **_unsubscribing(context),
        },
    )


def _unsubscribing(context: dict[str, Any]) -> dict[str, str]:
    """RFC 8058: how a mail program stops such mails without anybody opening a page."""
    if "unsubscribe" not in context:
        return {}
    return {
        "List-Unsubscribe": f"<{settings.BASE_URL.rstrip('/')}{context['unsubscribe']}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _text(template: str, context: dict[str, Any]) -> str:
    site = {"site_name": settings.SITE_NAME, "base_url": settings.BASE_URL.rstrip("/")}
    # The engine's own template: Django's wrapper would escape for HTML, and this is none.
    compiled = Engine.get_default().get_template(template)
    return compiled.render(Context({**context, **site}, autoescape=False))
