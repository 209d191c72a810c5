"""What staff and the public fill in about a response that was sent."""

from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consultations.moderation.errors import ReasonDoesNotGo
from consultations.moderation.models import Dispute
from consultations.moderation.policy import (
    FOR_ACCEPTING,
    FOR_LATE,
    FOR_REJECTING,
    FOR_REMOVING,
    HANDLING_OF,
    Reason,
    choices,
    explain,
    require_pair,
)
from consultations.publication.redaction import RedactionReason
from consultations.responses.models import Handling
from portal.stakeholders.models import User
from portal.stakeholders.roles import ADMINISTRATOR, ANALYST, MODERATOR
from portal.taxonomy import languages
from portal.web.forms import Form

PRIVATE = _("For staff only. It is shown nowhere else.")


def note_field(*, required: bool = False, **said: Any) -> forms.CharField:
    """Return the field of a note to the staff; `said` is what it says of itself."""
    return forms.CharField(
        **{"label": _("Private note"), "help_text": PRIVATE, **said},
        max_length=2000,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class VersionForm(Form):
    """Names the version that was read, so that none is judged unread; its form's only button."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class PairForm(Form):
    """A form in which a response is accepted, and a reason that goes with it."""

    def clean(self) -> dict[str, Any]:
        """Check that the reason goes with how the response is accepted."""
        data = self.cleaned_data
        if "handling" in data and "reason" in data:
            try:
                require_pair(data["handling"], Reason(data["reason"]))
            except ReasonDoesNotGo as error:
                self.add_error("reason", str(error))
        return data


class AcceptForm(VersionForm):
    """
    A choice of how to accept a response: each reason goes with one way alone.

    A form that names a way of its own (`handling`) is held against that.
    """

    reason = forms.ChoiceField(
        label=_("Accept as"),
        choices=[
            (each.value, format_lazy("{} · {}", HANDLING_OF[each].label, each.label))
            for each in FOR_ACCEPTING
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how to accept it.")},
    )
    note = note_field()

    def clean(self) -> dict[str, Any]:
        """Add the way that goes with the reason."""
        data = self.cleaned_data
        if "reason" in data:
            reason = Reason(data["reason"])
            data["handling"] = HANDLING_OF[reason].value
            try:
                require_pair(self.data.get("handling") or data["handling"], reason)
            except ReasonDoesNotGo as error:
                self.add_error("reason", str(error))
        return data


class AskForm(VersionForm):
    question = forms.CharField(
        label=_("Your question"),
        help_text=_("The submitter reads it on the response's page, and can answer there."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ProposeQuestionForm(AskForm):
    """A question to whoever answered without a name: somebody else reads it before it goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].help_text = _(
            "This person gave no name. A second person reads your question before it goes. It ends "
            "with: “You need not answer. If you do not, nothing changes.”"
        )


class SendQuestionForm(VersionForm):
    proposal = forms.IntegerField(widget=forms.HiddenInput)


class DeclineQuestionForm(SendQuestionForm):
    note = note_field()


class ProposeRejectionForm(VersionForm):
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=choices(FOR_REJECTING),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    note = note_field()


class DecideRejectionForm(VersionForm):
    note = note_field()


def leave_out_late_reasons(form: forms.Form) -> None:
    """Offer no reason of late responses: for a response that is not marked as late."""
    reason: Any = form.fields.get("reason")
    if reason is not None:
        reason.choices = [each for each in reason.choices if each[0] not in FOR_LATE]


class NoteForm(Form):
    note = note_field(required=True)


def reasons_for_removing() -> list[tuple[str, str]]:
    """Return each reason with what it means, as its submitter and the public read it."""
    return [(reason.value, explain(reason)) for reason in FOR_REMOVING]


class RemoveForm(Form):
    """No reason is chosen beforehand: each says something else about the response, in public."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        help_text=_(
            "Everybody can read it. Where publication puts somebody at risk, the response is "
            "removed at once, and a second person confirms or lifts that. For any other reason it "
            "stays published until a second person confirms."
        ),
        choices=reasons_for_removing,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    note = note_field(
        label=_("Why it must be removed"),
        help_text=_("For the person who confirms it. Only staff read this."),
        error_messages={"required": _("Say why, for the person who confirms it.")},
        required=True,
    )


class DecideRemovalForm(Form):
    """Names the act that was read, so that nothing is confirmed unread."""

    removal = forms.IntegerField(widget=forms.HiddenInput)
    note = note_field()


class ProposeReturnForm(Form):
    note = note_field(
        label=_("Why it should be published again"),
        help_text=_("For the person who confirms it. Only staff read this."),
        error_messages={"required": _("Say why, for the person who confirms it.")},
        required=True,
    )


class TakeUpDisputeForm(Form):
    dispute = forms.IntegerField(widget=forms.HiddenInput)
    note = note_field()


class DecideDisputeForm(TakeUpDisputeForm):
    field_order = ("dispute", "outcome", "note")
    outcome = forms.ChoiceField(
        label=_("Decision"), choices=Dispute.Outcome.choices, widget=forms.RadioSelect
    )


class RedactionForm(VersionForm):
    exact = frozenset({"text"})  # it is held against the words that were sent
    text = forms.CharField(
        label=_("Text of the public copy"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "dir": "auto", "spellcheck": "false"}),
    )


class TranslationForm(VersionForm):
    """
    The translation of one answer; `seen` is of the one that was kept when the page was opened.

    `written_in` is the language that it is not to be translated into.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    into = forms.ChoiceField(
        label=_("Language of the translation"), help_text=_("One for the whole response.")
    )
    text = forms.CharField(
        label=_("Translation"),
        help_text=_(
            "Put a mark, such as [[personal-data]], in place of each passage that you leave out."
        ),
        widget=forms.Textarea(attrs={"rows": 16, "dir": "auto"}),
        error_messages={"required": _("Write the translation.")},
    )

    def __init__(self, *args: Any, written_in: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into = cast(forms.ChoiceField, self.fields["into"])
        into.choices = languages.choices(without=written_in)


class WholeRedactionForm(VersionForm):
    """For an answer without words, such as a file: it is shown or left out as a whole."""

    reason = forms.ChoiceField(
        label=_("Leave the answer out because of"),
        choices=[
            ("", _("Nothing: show it")),
            *((each.value, each.label) for each in RedactionReason),
        ],
        required=False,
    )


class BulkAcceptForm(PairForm):
    """Accepting several at once as they came in: what needs judgement is done one by one."""

    handling = forms.ChoiceField(
        label=_("Accept as"),
        choices=[(each.value, each.label) for each in Handling if each != Handling.CONFIDENTIAL],
        widget=forms.RadioSelect,
        initial=Handling.PUBLIC,
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=choices(tuple(each for each in FOR_ACCEPTING if each != Reason.CLAIM_HOLDS)),
    )
    note = note_field()


class BulkPublishForm(Form):
    """Publishing asks nothing more."""


class DisputeForm(Form):
    """“Sent in my name falsely”. `website` is for machines: people do not see it."""

    text = forms.CharField(
        label=_("What is wrong?"),
        help_text=_(
            "Say whose name was used, and how we can tell. Do not send identity documents."
        ),
        max_length=3000,
        widget=forms.Textarea,
        error_messages={"required": _("Write what is wrong.")},
    )
    website = forms.CharField(required=False, label=_("Leave this empty"), max_length=200)

    @property
    def is_from_machine(self) -> bool:
        """Say whether the field that people do not see was filled in."""
        return bool(self.cleaned_data.get("website"))


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, person: User) -> str:
        return f"{person.name} ({person.email})"


# Whose role lets them read responses; superusers beside them.
CLEARED_ROLES = (MODERATOR, ANALYST, ADMINISTRATOR)


class ClearanceForm(Form):
    """A choice of whom to clear: somebody whose role lets them read responses."""

    person = PersonField(
        queryset=User.objects.none(),
        label=_("Person who may open what is for officials only"),
        empty_label=_("Choose a person"),
        error_messages={"required": _("Choose a person.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        read = Q(is_superuser=True) | Q(groups__name__in=CLEARED_ROLES)
        people = User.objects.filter(read, is_active=True).distinct().order_by("name", "pk")
        cast(PersonField, self.fields["person"]).queryset = people
