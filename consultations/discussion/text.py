"""The text of a comment: what is accepted, and how it is shown."""

import hashlib
import re

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from consultations.discussion.errors import InvalidComment
from portal.text import clean_text
from portal.web.text_direction import isolate_codes, runs_right_to_left

# Trailing punctuation belongs to the sentence, not to the address.
ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]}»”’]")
REL = 'rel="nofollow ugc noopener"'  # of the public's making: no standing, and no way back


def clean_body(body: str, limit: int) -> str:
    """
    Return the text as it is kept (`portal.text`).

    Raises InvalidComment where nothing of it is seen, or where it has more than `limit` characters.
    """
    body = clean_text(body)
    if not body:
        raise InvalidComment(_("Write your comment."))
    if len(body) > limit:
        raise InvalidComment(
            _("Your comment has %(length)s characters. At most %(limit)s fit.")
            % {"length": f"{len(body):,}", "limit": f"{limit:,}"}
        )
    return body


def fingerprint(body: str, language: str) -> str:
    """Return 16 hex digits that tell one wording of a comment from another."""
    return hashlib.sha256(f"{language} {body}".encode()).hexdigest()[:16]


def as_html(body: str) -> Markup:
    """
    Return a body as it goes into a page: escaped, its web addresses made links.

    Links of the public's making pass on no standing (`nofollow ugc`) and no way back (`noopener`).
    """
    if "://" not in body:
        return isolate_codes(body)
    parts: list[str] = []
    end = 0
    ltr = ' dir="ltr"' if runs_right_to_left(body) else ""
    for match in ADDRESS.finditer(body):
        address = escape(match.group())
        parts += [
            isolate_codes(body[end : match.start()]),
            f'<a class="govuk-link" href="{address}" {REL}{ltr}>{address}</a>',
        ]
        end = match.end()
    parts.append(isolate_codes(body[end:]))
    return Markup("".join(parts))  # noqa: S704 - every part is escaped above
