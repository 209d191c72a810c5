"""How editors find one among many organisations: by a search, in a window of its own."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from portal.text import clean_line, spellings
from portal.web.forms import TypedText


class ByNameForm(TypedText, BaseFilterForm):
    """Narrows a list to the names that have all the words."""

    q = forms.CharField(label=pgettext_lazy("of a thing", "Name"), required=False)

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        self.search_query = clean_line(self.cleaned_data.get("q", ""))
        self.is_searching = bool(self.search_query)
        for word in self.search_query.split():
            said = Q()
            for each in spellings(word):
                said |= Q(name__icontains=each)
            objects = objects.filter(said)
        return super().filter(objects)


class ChooseOrganisationView(ChooseView):
    filter_form_class = ByNameForm
    ordering: ClassVar = ["name", "pk"]


class OrganisationsFoundView(ChooseResultsView):
    filter_form_class = ByNameForm
    ordering: ClassVar = ["name", "pk"]


class OrganisationChooserViewSet(ChooserViewSet):
    """Stands in each form of the admin that names an organisation."""

    model = "stakeholders.Organisation"
    icon = "group"
    choose_view_class = ChooseOrganisationView
    choose_results_view_class = OrganisationsFoundView
    choose_one_text = _("Choose an organisation")
    choose_another_text = _("Choose another organisation")
    edit_item_text = _("Edit this organisation")
