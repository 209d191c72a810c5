"""What is typed to change a document that readers have, and to decide about it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.cms.document_changes.actions import propose_change, require_proposable
from portal.cms.library import forms as library
from portal.cms.library.findings import pages_with
from portal.cms.models import DocumentChange
from portal.stakeholders.models import User
from portal.web.forms import Form

# Tags are for editors alone, so they are changed at once.
SEEN_BY_READERS = ("title", "file", "collection")


class DocumentForm(library.DocumentForm):
    """
    Set as `WAGTAILDOCS_DOCUMENT_FORM_BASE`: every form in which a document is added or changed.

    Where readers have the document, saving the form proposes what they would see; the proposal is
    `change` then. Otherwise `change` stays None, and the form saves as Wagtail's does.
    """

    reason = forms.CharField(
        label=_("What changes, and why"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Needed for a new file, title or collection, since readers have this document. A second"
            " person decides and reads this. It is kept in the history of the pages."
        ),
    )

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.user = user
        self.change: DocumentChange | None = None
        self.proposed: dict[str, Any] = {}
        if not self.pages:
            del self.fields["reason"]

    @cached_property
    def pages(self) -> list[Page]:
        """Return the pages whose readers have the document."""
        return pages_with(self.instance) if self.instance.pk else []

    def clean(self) -> Any:
        super().clean()
        found = self.cleaned_data
        if not self.pages:
            return found
        # Taken out of what is cleaned, so that it does not come into the document.
        changed = [name for name in SEEN_BY_READERS if name in self.changed_data]
        self.proposed = {name: found.pop(name) for name in changed if name in found}
        if self.proposed:
            self._check(str(found.get("reason", "")))
        return found

    def _check(self, reason: str) -> None:
        file = self.proposed.get("file")
        try:
            require_proposable(document=self.instance, reason=reason, file=file)
        except ValidationError as error:
            self.add_error(None, error)

    def save(self, commit: bool = True) -> Any:
        if not self.proposed:
            return super().save(commit=commit)
        reason = self.cleaned_data["reason"]
        self.change = propose_change(
            document=self.instance, by=self.user, reason=reason, **self.proposed
        )
        self.instance.tags.set(self.cleaned_data.get("tags", []))
        return self.instance


class DecideForm(Form):
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            (DocumentChange.Decision.ACCEPTED, _("Accept: readers have it at once")),
            (DocumentChange.Decision.DECLINED, _("Do not accept")),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Why not"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only if you do not accept it. Whoever proposed it reads it."),
    )


class WithdrawForm(Form):
    """Nothing to fill in: there is only the button."""
