"""A message as the recipient reads it: plain text in their language, with nothing that tracks."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template import Context, Engine
from django.utils.translation import override

from portal.notifications.models import Message
from portal.notifications.registry import get_kind


def render(message: Message, *, to: str) -> EmailMessage:
    """
    The e-mail to `to`. In the site's language where the portal does not speak the recipient's.

    Raises whatever a template raises, and UnknownKindError.
    """
    template = get_kind(message.kind).template
    known = dict(settings.LANGUAGES)
    with override(message.language if message.language in known else settings.LANGUAGE_CODE):
        # One line whatever stands in the context: a line break would begin a header.
        subject = " ".join(_text(f"{template}.subject.txt", message.context).split())
        body = _text(f"{template}.txt", message.context).strip() + "\n"
    sender = settings.DEFAULT_FROM_EMAIL
    return EmailMessage(
        subject,
        body,
        from_email=sender,
        to=[to],
        headers={
            # RFC 3834: no automatic answer is to be sent to it.
            "Auto-Submitted": "auto-generated",
            # The same in every attempt, so that whoever does get it twice can tell.
            "Message-ID": f"<{message.pk}@{sender.rpartition('@')[2].strip('> ')}>",
        },
    )


def _text(template: str, context: dict[str, Any]) -> str:
    site = {"site_name": settings.SITE_NAME, "base_url": settings.BASE_URL.rstrip("/")}
    # The engine's own template: Django's wrapper would escape for HTML, and this is none.
    compiled = Engine.get_default().get_template(template)
    return compiled.render(Context({**context, **site}, autoescape=False))
