"""Entries of control lists in the admin: editors and administrators keep them, as sources."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from knowledge.control_lists import registry
from knowledge.control_lists.models import ListEntry


class ListEntryViewSet(SnippetViewSet):
    model = ListEntry
    icon = "list-ol"
    menu_label = _("Control lists")
    menu_order = 251  # behind the sources
    add_to_admin_menu = True
    list_display = ("number", "title", "wassenaar", "eccn")
    search_fields = ("number", "title", "wassenaar", "eccn")
    copy_view_enabled = False  # a copy would have the number of the first
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("number"),
                    FieldPanel("title"),
                    FieldPanel("about"),
                    FieldPanel("language"),
                    FieldPanel("technologies"),
                ],
                heading=_("What it is"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("wassenaar"), FieldPanel("eccn")]),
                    FieldPanel("other_codes"),
                ],
                heading=_("The same thing in other lists"),
            ),
            InlinePanel(
                "versions",
                heading=_("Versions"),
                label=_("version"),
                help_text=_(
                    "Add one when the entry has another text. Every guide that cites the entry "
                    "and was reviewed before then becomes due on that day."
                ),
            ),
        ]
    )


register_snippet(ListEntryViewSet)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def tell_changed(request: HttpRequest, instance: Any) -> None:
    """Tell the pages that cite an entry that it may have another text."""
    if isinstance(instance, ListEntry):
        registry.tell_changed(instance)
