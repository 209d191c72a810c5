"""The main navigation and the footer: fixed, since the addresses are a public contract."""

from typing import TypedDict

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.languages.addresses import keeping_language


class Link(TypedDict, total=False):
    text: str | Promise
    href: str
    current: bool


BEFORE_YOU_ANSWER = "before-you-answer/"
MAIN = (
    # Translators: the main menu, from here on: short, for a phone.
    (_("Consultations"), "consultations/"),
    (_("Good practice"), "guides/"),
    (_("Capacity building"), "learning/"),
    (_("States"), "states/"),
    (_("The Code"), "code/"),
)
TAKE_PART = "take-part/"
MODERATION_RULES = "about/moderation/"
FOOTER = (
    (_("How to take part"), TAKE_PART),
    (_("I have a code"), "resume/"),
    (_("About"), "about/"),
    (_("Accessibility"), "about/accessibility/"),
    (_("Privacy"), "about/privacy/"),
    (_("Before you answer"), BEFORE_YOU_ANSWER),
    (_("Moderation rules"), MODERATION_RULES),
    # Translators: screening as in the glossary.
    (_("How responses are screened"), "screening-policy/"),
    # Translators: as in the glossary: a log that nobody can change unseen.
    (_("The record"), "/record/"),
    (_("Glossary"), "glossary/"),
    (_("Sources"), "sources/"),
    (_("Control lists"), "control-lists/"),
    (_("Contact"), "about/contact/"),
)


def address(path: str) -> str:
    """Return a path under the language of the page, e.g. "/en/guides/"; from the root, with it."""
    if path.startswith("/"):
        return keeping_language(path)
    return f"/{get_language() or settings.LANGUAGE_CODE}/{path}"


def navigation(current_path: str) -> list[Link]:
    """Return the main navigation, with the section that `current_path` lies in marked."""
    return [
        {"text": text, "href": address(path), "current": current_path.startswith(address(path))}
        for text, path in MAIN
    ]


def footer_links() -> list[Link]:
    return [{"text": text, "href": address(path)} for text, path in FOOTER]
