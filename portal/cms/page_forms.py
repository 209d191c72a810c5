"""The page editor's form, for pages that a second person approves in it."""

from typing import Any

from django.forms.models import model_to_dict
from wagtail.admin.forms import WagtailAdminPageForm

from portal.web.forms import TypedText


class TwoPersonPageForm(TypedText, WagtailAdminPageForm):
    """
    Tells a change from a file or a note that comes back as it was.

    A row that was never published has no id, so Wagtail takes it for new when the form is sent.
    Who approved a page with one in the editor would have "changed" it, and a third had to approve.
    """

    def has_changed(self) -> bool:
        return bool(self.changed_data) or any(
            row_has_changed(formset, number, form)
            for formset in self.formsets.values()
            for number, form in enumerate(formset.forms)
        )


def row_has_changed(formset: Any, number: int, form: Any) -> bool:
    """Say whether a row of a formset differs from the row that was shown in its place."""
    shown = list(formset.get_queryset())
    if form.instance.pk or number >= min(len(shown), formset.initial_form_count()):
        return form.has_changed()
    before = {name: field.initial for name, field in form.fields.items()}
    before.update(model_to_dict(shown[number], fields=list(form.fields)))
    return any(
        field.has_changed(before[name], form[name].data)
        for name, field in form.fields.items()
        if name != formset.model._meta.pk.name
    )
