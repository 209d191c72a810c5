"""What the rooms put into the Wagtail admin: entries of its menu, and listings."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.pages.listing import PageListingMixin


class MenuItemFor(MenuItem):
    """An entry of the menu that leads to a named page, for those of whom `permission` says so."""

    def __init__(
        self, permission: Callable[[Any], bool], label: Any, page: str, **options: Any
    ) -> None:
        super().__init__(label, reverse(page), **options)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return self.permission(request.user)


def listing(address: str, view: type[IndexView], name: str) -> list[URLPattern]:
    """Return the paths of a listing, and of its rows alone, which its filters ask for."""
    rows = view.as_view(results_only=True)
    return [
        path(address, view.as_view(), name=name),
        path(f"{address}results/", rows, name=f"{name}_results"),
    ]


def page_columns(*names: str) -> list[Column]:
    """Return those of Wagtail's columns of pages that have these names."""
    return [column for column in PageListingMixin.base_columns if column.name in names]
