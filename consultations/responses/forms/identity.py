"""Who answers: first how, then what that way needs; no browser fills in a name before."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from consultations.responses.models import Identity
from consultations.responses.models.choices import ON_BEHALF, is_asked_on_behalf
from portal.stakeholders import countries
from portal.stakeholders.models import Organisation
from portal.stakeholders.names import checked_name, clean_name, reserved_from
from portal.taxonomy.fields import LanguageField
from portal.taxonomy.vocabularies import SUBMITTER_TYPE
from portal.web.forms import Form

EVERYBODY = ("submitter_type", "place", "language")
# What is asked of those who answer so. Without a name nothing is asked that names or reaches them.
ASKED: Mapping[str, tuple[str, ...]] = {
    Identity.NAMED: ("name", "organisation_name", *EVERYBODY),
    Identity.ORGANISATION: ("organisation_name", *EVERYBODY),
    Identity.ANONYMOUS: (*EVERYBODY, "translation_only"),
}
# The field of the form that each of `Draft.details` is typed into.
FIELD_OF_DETAIL = {
    "name": "name",
    "organisation_name": "organisation_name",
    "submitter_type": "submitter_type",
    "state": "place",  # browsers fill in what is called a state
    "language": "language",
    "translation_only": "translation_only",
    **{name: name for name in ON_BEHALF},
}
HINTS = {
    Identity.NAMED: _("Your name, and your organisation's if you give it, are published."),
    Identity.ORGANISATION: _("We publish only your organisation's name. We do not ask for yours."),
    Identity.ANONYMOUS: _(
        "We neither ask for nor keep anything that names you. A code, not an account, opens your "
        "response."
    ),
}


TRANSLATION_ONLY = _(
    "Your way of writing and your language can show who you are. Moderators of the portal make "
    "the translation, and it is called unofficial. Your files are then not published."
)


class IdentityForm(Form):
    """
    Form for how somebody answers and, once `chosen`, what is asked of those who answer so.

    `whole` asks everything at once, of staff who type in what somebody wrote.
    """

    identity = forms.ChoiceField(
        label=_("How do you want to respond?"),
        choices=Identity.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you want to respond.")},
    )
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("It is published."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    organisation_name = forms.CharField(
        label=_("Your organisation"),
        help_text=_("It is published, if you give it."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "spellcheck": "false"}),
    )
    submitter_type = forms.ChoiceField(
        label=_("You speak as"),
        help_text=_("Counted and published by group. You can choose “Prefer not to say”."),
        choices=[("", _("Choose")), *SUBMITTER_TYPE.choices],
        error_messages={"required": _("Choose what you speak as, or “Prefer not to say”.")},
    )
    place = forms.ChoiceField(
        label=_("Where you or your organisation work"),
        help_text=_(
            "This can narrow down who you are. Leave it out if that could harm you. It is "
            "published only beside a name."
        ),
        required=False,
    )
    language = LanguageField(
        label=_("Language of your response"),
        error_messages={"required": _("Choose the language of your response.")},
    )
    on_behalf_of = forms.CharField(
        label=_("On whose behalf you speak"),
        help_text=_(
            "Name the client or the body. If you speak only for your own organisation, write that. "
            "It is published. If you leave it empty, “not stated” is published."
        ),
        required=False,
        max_length=200,
    )
    register_number = forms.CharField(
        label=_("Number in a register of interest representatives"),
        help_text=_(
            "With the name of the register. It is published. If you leave it empty, “not stated” "
            "is published."
        ),
        required=False,
        max_length=100,
    )
    translation_only = forms.BooleanField(
        label=_("Publish my words only in translation"),
        help_text=TRANSLATION_ONLY,
        required=False,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        anonymous_allowed: bool,
        chosen: str = "",
        fixed: str = "",
        organisation: Organisation | None = None,
        by: Any = None,
        asks_on_behalf: bool = False,
        whole: bool = False,
        **kwargs: Any,
    ) -> None:
        """
        `chosen` is the way that was chosen before, `fixed` that of a response that is being
        changed: it stays. `organisation` is whose people answer together: its name is not asked.
        `by` is whoever answers: a body that was verified may be called what it is.
        `asks_on_behalf` says that the consultation asks for whom companies and the like speak.
        """
        super().__init__(data, **kwargs)
        self.again: dict[str, Any] = {
            "anonymous_allowed": anonymous_allowed,
            "fixed": fixed,
            "organisation": organisation,
            "by": by,
            "asks_on_behalf": asks_on_behalf,
        }
        self.organisation = organisation
        self.by = by
        offered = [
            (key, label)
            for key, label in Identity.choices
            if fixed in ("", key) and (anonymous_allowed or key != Identity.ANONYMOUS or fixed)
        ]
        typed = data.get("identity", "") if data is not None else ""
        self.chosen = typed if typed in dict(offered) else "" if typed else fixed or chosen
        self.is_whole = whole
        speaks_as = data.get("submitter_type", "") if data is not None else ""
        speaks_as = speaks_as or str(self.initial.get("submitter_type", ""))
        way = self.chosen
        self.may_speak_for_others = is_asked_on_behalf(asks_on_behalf, way, speaks_as)
        self.shows_on_behalf = self.may_speak_for_others or (whole and asks_on_behalf)
        identity = cast(forms.ChoiceField, self.fields["identity"])
        identity.choices = offered
        identity.widget.option_hints = {key.value: hint for key, hint in HINTS.items()}
        if self.chosen and not whole:
            identity.initial = self.chosen
            identity.widget = forms.HiddenInput()
        self._ask_only_what_is_needed()

    def _ask_only_what_is_needed(self) -> None:
        asked = () if not self.chosen else ASKED[self.chosen]
        for name in [*self.fields]:
            mine = self.is_whole or name in ("identity", *asked)
            if name in ON_BEHALF:
                mine = self.shows_on_behalf
            if not mine or (name == "organisation_name" and self.organisation is not None):
                del self.fields[name]
            elif self.is_whole or self.chosen in ("", Identity.ANONYMOUS):
                widget = self.fields[name].widget
                if not widget.is_hidden:  # HTML allows it where something can be filled in
                    widget.attrs["autocomplete"] = "off"
        if "place" in self.fields:
            cast(forms.ChoiceField, self.fields["place"]).choices = countries.choices()

    def is_choice_alone(self, sent: Mapping[str, Any]) -> bool:
        """Say whether of what was `sent` only the way to answer is known: ask the rest."""
        own = [name for name in self.fields if name != "identity"]
        return self.is_bound and bool(self.chosen) and not any(name in sent for name in own)

    def asks_more_than(self, sent: Mapping[str, Any]) -> bool:
        """Say whether what was `sent`, right in itself, calls for what was not asked yet."""
        unasked = [name for name in ON_BEHALF if name in self.fields and name not in sent]
        return self.is_bound and bool(unasked) and self.is_valid()

    def opened(self, initial: Mapping[str, Any]) -> "IdentityForm":
        """Return the form with what is asked of those who answer as was chosen."""
        return IdentityForm(chosen=self.chosen, initial={**initial}, **self.again)

    def closed(self) -> "IdentityForm":
        """Return the form that asks for the way to answer alone, with what was chosen."""
        return IdentityForm(initial={"identity": self.chosen}, **self.again)

    @property
    def way(self) -> Any:
        """Return the words of the way that was chosen."""
        return Identity(self.chosen).label if self.chosen else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for field in ("name", "organisation_name"):
            if field in data:
                data[field] = self._name(field, data[field])
        identity = data.get("identity")
        if identity == Identity.NAMED and not data.get("name") and "name" not in self.errors:
            self.add_error("name", _("Enter your name, or choose another way to respond."))
        if self.organisation is not None:
            data["organisation_name"] = self.organisation.name
        organisation = data.get("organisation_name") or "organisation_name" in self.errors
        if identity == Identity.ORGANISATION and not organisation:
            self.add_error(
                "organisation_name",
                _("Enter your organisation's name, or choose another way to respond."),
            )
        if data.get("translation_only") and identity not in ("", None, Identity.ANONYMOUS):
            self.add_error("translation_only", _("This is only for a response without any name."))
        asked = {*ASKED.get(identity or "", ()), *(ON_BEHALF if self.may_speak_for_others else ())}
        left_out = set(FIELD_OF_DETAIL.values()).difference(asked)
        return data | dict.fromkeys(left_out, "")

    def _name(self, field: str, typed: str) -> str:
        """Return a name as it is kept; of paper that staff type in, as it stands there."""
        if self.is_whole:
            return clean_name(typed)
        try:
            return checked_name(typed, reserved_from(self.by))
        except ValidationError as error:
            self.add_error(field, error)
            return ""

    def details(self) -> dict[str, Any]:
        """Return them as `Draft.details` keeps them."""
        kept = {detail: self.cleaned_data[name] for detail, name in FIELD_OF_DETAIL.items()}
        return {**kept, "translation_only": bool(kept["translation_only"])}


def from_profile(by: Any, way: str) -> dict[str, str]:
    """
    Return what the profile of somebody who is signed in says, by the form's fields.

    For a response under a name alone: into one without a name nothing is carried over.
    """
    if not by.is_authenticated or way not in (Identity.NAMED, Identity.ORGANISATION):
        return {}
    organisation = by.organisation
    return {
        "name": by.name,
        "organisation_name": by.public_affiliation,
        "submitter_type": by.submitter_type,
        "place": organisation.state.iso2 if organisation and organisation.state else "",
    }


def typed_from(details: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `Draft.details` hold by the form's fields: `IdentityForm.details` undone."""
    names = {**FIELD_OF_DETAIL, "identity": "identity"}
    return {names[key]: value for key, value in details.items() if key in names}
