from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class StakeholdersConfig(AppConfig):
    default = True
    name = "portal.stakeholders"
    label = "stakeholders"
    verbose_name = _("Stakeholders")

    def ready(self) -> None:
        from django.db.models import ForeignKey
        from wagtail.admin.forms.models import register_form_field_override

        from portal.stakeholders import allauth_signals
        from portal.stakeholders.fields import StateChoiceField
        from portal.stakeholders.models import State
        from portal.stakeholders.notifications import register_kinds

        register_kinds()
        register_form_field_override(
            ForeignKey, to=State, override={"form_class": StateChoiceField}
        )
        allauth_signals.connect()


class PeopleAdminConfig(WagtailUsersAppConfig):
    """Wagtail's user administration, for people who have one name and no user name."""

    user_viewset = "portal.stakeholders.admin_views.people.PeopleViewSet"

    def ready(self) -> None:
        """Leave out deleting many at once: each deletion has a reason, which the person is told."""
        super().ready()
        from wagtail.users.views.bulk_actions import DeleteBulkAction

        DeleteBulkAction.models = []
