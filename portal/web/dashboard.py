"""Panels of the admin's home page: each a list that leads to somebody's work."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils.functional import Promise
from wagtail import hooks
from wagtail.admin.ui.components import Component

# What one panel lists; there is a way to all of it where there is more.
MOST = 8

Words = str | Promise


class Line(NamedTuple):
    """One line of a panel: what it is about, where it leads, and what there is to know first."""

    text: Words
    href: str = ""
    detail: Words = ""


class WorkPanel(Component):
    """
    A panel that lists what waits for whoever looks; without a line it says `empty`, or nothing.

    `more_words` and `more_href` lead to all of it.
    """

    template_name = "web/work_panel.html"
    name = ""
    heading: Words = ""
    empty: Words = ""
    more_words: Words = ""

    def lines(self, request: HttpRequest) -> Sequence[Line]:
        """Return what waits for the person of this request, what is most urgent first."""
        raise NotImplementedError

    def more_href(self) -> str:
        return ""

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        request = (parent_context or {})["request"]
        return {
            "name": self.name,
            "heading": self.heading,
            "lines": self.lines(request),
            "empty": self.empty,
            "more_words": self.more_words,
            "more_href": self.more_href(),
        }


def show_to(permission: Callable[[Any], bool], *panels: type[Component]) -> None:
    """Put panels on the home page of those of whom `permission` says so."""

    def add(request: HttpRequest, shown: list[Any]) -> None:
        if permission(request.user):
            shown.extend(panel() for panel in panels)

    hooks.register("construct_homepage_panels", add)
