"""Wagtail's own pages of the admin, where they need a word of ours."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.workflow import WorkflowAction

from portal.cms.completeness import in_words


class WorkflowActionView(WorkflowAction):
    """Approves or sends back from the dashboard; says what a page lacks that cannot be approved."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().post(request, *args, **kwargs)
        except ValidationError as error:
            found = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        told = in_words(self.object.specific_class, found)
        # Translators: missing is one or more sentences, as in “Title: This is needed.”
        messages.error(request, _("Not approved. %(missing)s") % {"missing": told})
        address = reverse("wagtailadmin_pages:edit", args=[self.object.pk])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return self.render_modal_json(request, {"step": "success", "redirect": address})
        return redirect(address)
