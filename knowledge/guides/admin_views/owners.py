"""The owners of guides in the admin: who they are, and where they are reached."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from knowledge.guides.forms import OwnerForm
from knowledge.guides.models import Owner


class OwnerViewSet(SnippetViewSet):
    model = Owner
    icon = "group"
    menu_label = _("Owners of guides")
    menu_order = 251
    add_to_admin_menu = True
    list_display = ("unit", "mailbox", "mailbox_verified_on", "deputy_name", "deputy_verified_on")
    search_fields = ("unit", "mailbox", "deputy_name")
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("unit"),
            FieldPanel("mailbox"),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("deputy_name"), FieldPanel("deputy_mailbox")])],
                heading=_("Deputy"),
            ),
            FieldPanel("language"),
        ],
        base_form_class=OwnerForm,
    )
