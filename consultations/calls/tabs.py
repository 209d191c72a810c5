"""
Sections of a consultation: the links under its heading to what other rooms hold of it.

A room registers its section in `AppConfig.ready()`; the consultation's page, which knows no room
above it, links to all of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.models import Page


class Voice(NamedTuple):
    """A stakeholder group by its key, how many things are its members', and where these stand."""

    group: str
    number: int | str
    href: str


@dataclass(frozen=True)
class Section:
    """
    A part of a consultation with an address of its own.

    Both functions take the ConsultationPage: `href(page)` is the part's address, or "" where this
    consultation has no such part; `count(page)` says how many things are in it, or None where no
    count is shown, in at most one query. `invitation` is what a button on the consultation's page
    says while it is open. `voices(page)` lists by group how many things in it are whose, in at most
    two queries. Sections stand by their `order`, the lowest first.
    """

    key: str
    label: str | Promise
    href: Callable[[Any], str]
    count: Callable[[Any], int | str | None]
    invitation: str | Promise = ""
    order: int = 0
    voices: Callable[[Any], list[Voice]] | None = None


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    """Offer a section; the same key again replaces it."""
    _sections[section.key] = section


def links(page: Page, current: str = "") -> list[dict[str, object]]:
    """
    Return the section links of a consultation as `section_nav` takes them, its own page first.

    `current` is the key of the section being shown, "" for the consultation's own page.
    """
    items: list[dict[str, object]] = [
        # Translators: beside others in one line, on a phone: short.
        {"text": _("The consultation"), "href": page.get_url(), "current": not current}
    ]
    for section in sorted(_sections.values(), key=lambda each: each.order):
        href = section.href(page)
        if href:
            items.append(
                {
                    "text": section.label,
                    "href": href,
                    "current": section.key == current,
                    "count": section.count(page),
                    "invitation": section.invitation,
                    "voices": section.voices(page) if section.voices and not current else [],
                }
            )
    return items


def invitation(page: Page) -> tuple[str | Promise, str]:
    """Return the words of a button that leads to taking part, and its address; "" for neither."""
    for section in sorted(_sections.values(), key=lambda each: each.order):
        if section.invitation and (href := section.href(page)):
            return section.invitation, href
    return "", ""
