"""What readers told of states, in the admin under “Settings”: read, followed up, deleted."""

from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from knowledge.states.models import SourceTip


class SourceTipViewSet(ModelViewSet):
    model = SourceTip
    icon = "link"
    add_to_settings_menu = True
    # Nobody adds or changes one here: no role has the permission.
    form_fields = ("text",)
    list_display = ("source", "state", "text", "told_on")
    inspect_view_enabled = True
    copy_view_enabled = False


@hooks.register("register_admin_viewset")
def register_source_tips() -> SourceTipViewSet:
    return SourceTipViewSet("source_tips")
