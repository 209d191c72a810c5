"""What readers said of guides, in the admin: counts for owners, and texts for editors."""

from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from knowledge.feedback import statistics
from knowledge.feedback.models import Feedback
from knowledge.guides.admin_views import ReportOnReadersView
from knowledge.guides.models import Owner
from portal.small_counts import FEWEST
from portal.stakeholders.models import Person
from portal.web.forms import Form


class OwnerFilterForm(Form):
    """A filter that narrows the report to the guides of one owner."""

    owner = forms.ModelChoiceField(
        label=_("Owner"), queryset=Owner.objects.all(), required=False, empty_label=_("All")
    )


class UsefulView(ReportOnReadersView):
    """The report on what readers found useful, by guide and by what they searched for."""

    template_name = "feedback/useful.html"
    page_title = _("Useful to readers?")
    header_icon = "help"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = OwnerFilterForm(self.request.GET)
        owner = form.cleaned_data.get("owner") if form.is_valid() else None
        return super().get_context_data(
            **kwargs,
            form=form,
            guides=statistics.by_guide(owner),
            searches=statistics.by_search(owner),
            fewest=FEWEST,
            texts_url=reverse("feedback:index"),
        )


class TextsView(IndexView):
    """The list of what readers miss; neither what else they said nor what they searched for."""

    def get_base_queryset(self) -> Any:
        return Feedback.objects.with_text()


class ReadersWords(ModelPermissionPolicy):
    """Nobody adds or changes what readers said, whatever else they may do."""

    def user_has_permission(self, user: Person, action: str) -> bool:
        return action not in ("add", "change") and super().user_has_permission(user, action)


class FeedbackViewSet(ModelViewSet):
    model = Feedback
    icon = "help"
    menu_label = _("What readers miss")
    form_fields: ClassVar = ("text",)
    index_view_class = TextsView
    list_display: ClassVar = ["text", "guide", "language", "day"]
    inspect_view_enabled = True
    inspect_view_fields: ClassVar = ["text", "guide", "language", "day"]
    copy_view_enabled = False

    @property
    def permission_policy(self) -> ReadersWords:
        return ReadersWords(self.model)
