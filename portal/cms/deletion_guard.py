"""Pages that are not deleted because of what people have put under them."""

from collections.abc import Callable, Sequence

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page


def keep_pages(holds: Callable[[QuerySet], bool], message: str | Promise) -> None:
    """
    Refuse in the admin to delete a page, alone or with others, under which there is something.

    `holds(ids)` says whether there is under any of the pages with these ids, which come as a
    subquery; `message` tells why, with `%(page)s` for the page. Called in a room's `wagtail_hooks`.
    """

    def refuse(request: HttpRequest, pages: Sequence[Page]) -> HttpResponse | None:
        for page in pages:
            if holds(Page.objects.descendant_of(page, inclusive=True).values("pk")):
                messages.error(request, str(message) % {"page": page})
                return redirect("wagtailadmin_explore", page.get_parent().pk)
        return None

    def one(request: HttpRequest, page: Page) -> HttpResponse | None:
        return refuse(request, [page])

    def several(
        request: HttpRequest, action_type: str, objects: Sequence[object], action_class: object
    ) -> HttpResponse | None:
        pages = [each for each in objects if isinstance(each, Page)]
        return refuse(request, pages) if action_type == "delete" and pages else None

    hooks.register("before_delete_page", one)
    hooks.register("before_bulk_action", several)
