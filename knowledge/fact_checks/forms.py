"""What editors ask for, and what experts say of each section."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from knowledge.fact_checks.actions.answering import Answer
from knowledge.fact_checks.models import Verdict
from portal.web.forms import Form

PARTS = ("kind", "wrong", "evidence", "evidence_url")


def _day(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, **options)


def _text(label: Any, most: int, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, widget=widget, max_length=most, help_text=help_text, required=required
    )


class ExpertForm(Form):
    """Form for one expert to ask."""

    name = forms.CharField(label=_("Name of the expert"), max_length=120)
    affiliation = forms.CharField(
        label=_("Affiliation"),
        max_length=200,
        help_text=_("As readers will see it, if the expert agrees to be named."),
    )
    email = forms.EmailField(label=_("E-mail address"))
    language = forms.ChoiceField(label=_("Language of the mail and of the page"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]


class OpeningForm(ExpertForm):
    """Form for a round and its first expert."""

    title = forms.CharField(
        label=_("Title of the round"), max_length=150, help_text=_("Experts see it.")
    )
    deadline = _day(_("Deadline"), help_text=_("A day in the future. It ends at midnight UTC."))
    brief = _text(
        _("What to look at"), 2000, _("The facts that you are not sure of, in plain words.")
    )
    contact = forms.EmailField(
        label=_("Whom experts write to"),
        help_text=_("An address that somebody reads. Experts who are late write to it."),
    )
    field_order = ("title", "deadline", "brief", "contact")

    def of_round(self) -> dict[str, Any]:
        """Return what was typed about the round."""
        return {name: self.cleaned_data[name] for name in self.field_order}

    def of_expert(self) -> dict[str, Any]:
        """Return what was typed about the first expert."""
        return {name: self.cleaned_data[name] for name in ExpertForm.base_fields}


class DeadlineForm(Form):
    """Form for a later deadline."""

    deadline = _day(_("New deadline"), help_text=_("A day after the old deadline."))


class SettlingForm(Form):
    """Form for what became of a finding."""

    outcome = forms.ChoiceField(
        label=_("What became of it"), choices=Verdict.Outcome.choices, widget=forms.RadioSelect
    )
    because = _text(
        _("Because"),
        1000,
        _("Needed if the text is not changed. Only staff see it."),
        required=False,
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("outcome") == Verdict.Outcome.KEPT and not self.cleaned_data.get(
            "because"
        ):
            self.add_error("because", _("Say why the text is not changed."))
        return cleaned


class Row(NamedTuple):
    """The fields about one section; `number` counts from 1."""

    number: int
    kind: forms.BoundField
    wrong: forms.BoundField
    evidence: forms.BoundField
    evidence_url: forms.BoundField


class AnswersForm(Form):
    """
    Form for an expert's word on each of so many sections.

    Anything may be saved unfinished; `is_final` asks for a verdict on each section, and what is
    wrong wherever something is. What was saved stands in it.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        sections: int,
        saved: Sequence[Verdict],
        may_be_named: bool,
        is_final: bool = False,
    ) -> None:
        before = {f"{part}_{each.section}": getattr(each, part) for each in saved for part in PARTS}
        super().__init__(data, initial={**before, "named": "yes" if may_be_named else "no"})
        self.is_final, self.sections = is_final, sections
        for number in range(sections):
            self._add(number)
        self.fields["named"] = forms.ChoiceField(
            label=_("May we say publicly that you checked it?"),
            choices=[("no", _("No")), ("yes", _("Yes, with my name and affiliation"))],
            widget=forms.RadioSelect,
        )

    def _add(self, number: int) -> None:
        said = {"number": number + 1}
        self.fields[f"kind_{number}"] = forms.ChoiceField(
            label=_("Section %(number)s: your verdict") % said,
            choices=Verdict.Kind.choices,
            widget=forms.RadioSelect,
            required=self.is_final,
            error_messages={"required": _("Section %(number)s: choose your verdict.") % said},
        )
        self.fields[f"wrong_{number}"] = _text(
            _("Section %(number)s: what is wrong") % said,
            2000,
            _("Needed if you chose “Incorrect”."),
            required=False,
        )
        self.fields[f"evidence_{number}"] = _text(
            _("Section %(number)s: evidence") % said, 2000, required=False
        )
        self.fields[f"evidence_url_{number}"] = forms.URLField(
            label=_("Section %(number)s: link to evidence") % said,
            max_length=500,
            required=False,
            assume_scheme="https",
            validators=[URLValidator(schemes=["http", "https"])],
        )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for number in range(self.sections if self.is_final else 0):
            told, name = self.cleaned_data.get(f"kind_{number}"), f"wrong_{number}"
            if told == Verdict.Kind.INCORRECT and self.cleaned_data.get(name) == "":
                said = {"number": number + 1}
                self.add_error(name, _("Section %(number)s: say what is wrong.") % said)
        return cleaned

    def rows(self) -> Iterator[Row]:
        """Yield the fields section by section."""
        for number in range(self.sections):
            yield Row(number + 1, *(self[f"{part}_{number}"] for part in PARTS))

    def answers(self) -> list[Answer]:
        """Return what was said, section by section."""
        found = self.cleaned_data
        return [
            Answer(
                section=number,
                kind=found[f"kind_{number}"],
                wrong=found[f"wrong_{number}"],
                evidence=found[f"evidence_{number}"],
                evidence_url=found[f"evidence_url_{number}"],
            )
            for number in range(self.sections)
        ]

    def may_be_named(self) -> bool:
        """Say whether the expert agreed to be named."""
        return self.cleaned_data["named"] == "yes"

    def typed(self) -> list[str]:
        """Return all that was typed in words, so that nothing is lost where it is not taken in."""
        names = (f"{part}_{number}" for number in range(self.sections) for part in PARTS[1:])
        return [text for name in names if (text := self.data.get(name, ""))]
