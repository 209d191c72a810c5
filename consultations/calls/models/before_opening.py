"""What a consultation says before it opens: what is open at all, who decides, whom it asks."""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.calls import zones
from consultations.calls.models.elections import Election
from consultations.calls.models.taking_part import OpenToAnswers
from portal.stakeholders.countries import country_codes, in_order, name_of
from portal.stakeholders.models import State
from portal.taxonomy.holidays import DayOff, days_off


class StatesField(models.JSONField):
    """A list of codes of Subscribing States; empty means all of them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"default": list, "blank": True, **kwargs})

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        if not isinstance(value, list) or not country_codes().issuperset(map(str, value)):
            raise ValidationError(_("Choose States from the list."), code="unknown")

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=subscribing_states,
            required=False,
            label=self.verbose_name,
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple(attrs={"class": "states-asked"}),
            initial=kwargs.get("initial"),
        )


def subscribing_states() -> list[tuple[str, str]]:
    """Return code and name of every Subscribing State, by name in the active language."""
    codes = State.objects.filter(code_status=State.CodeStatus.SUBSCRIBING)
    return in_order((code, name_of(code)) for code in codes.values_list("iso2", flat=True))


class BeforeOpening(OpenToAnswers):
    """A consultation's answer to whether a response is worth somebody's time."""

    # It is one page in every language, with its texts beside each other.
    has_translations: ClassVar[bool] = False

    decided_already = models.TextField(
        _("what is decided already"),
        max_length=1000,
        blank=True,
        help_text=_("Published. What no response can change. If nothing is decided, say so."),
    )
    can_change = models.TextField(
        _("what can still change"),
        max_length=1000,
        blank=True,
        help_text=_("Published. What responses can change, as plainly as you can."),
    )
    who_decides = models.TextField(
        _("who decides, and when"),
        max_length=500,
        blank=True,
        help_text=_("Published. The body, not a person; and the month in which it decides."),
    )
    asked_states = StatesField(
        verbose_name=_("States whose people are asked"),
        help_text=_(
            "To warn you of their public holidays and elections. Choose none where people of all "
            "Subscribing States are asked. Not published."
        ),
    )

    asks_on_behalf = models.BooleanField(
        _("on whose behalf"),
        default=False,
        help_text=_(
            "Ask companies, trade bodies, consultancies, law firms and think tanks that respond "
            "with a name for whom they speak, and under which register number. Nobody else is "
            "asked. The answers are published, or “not stated”."
        ),
    )

    # Message by field, for the editing form too.
    required_to_open: ClassVar[dict[str, Any]] = {
        "decided_already": _("Say what is decided already. If nothing is, say so."),
        "can_change": _("Say what responses can still change."),
        "who_decides": _("Say who decides, and when."),
    }

    class Meta:
        abstract = True

    interests: Any
    opens_at: Any
    closes_at: Any
    timezone: Any

    def missing(self, at: datetime) -> dict[str, Any]:
        """Say by field what it lacks to go live: these three too, which a draft may leave empty."""
        required = self.required_to_open.items()
        unsaid = {name: words for name, words in required if not getattr(self, name).strip()}
        return {**super().missing(at), **unsaid}

    def bars(self, user: Any) -> bool:
        """Say whether this person declared an interest in it, so neither approves nor publishes."""
        return bool(self.pk and self.interests.in_force().filter(person=user.pk).exists())

    def states_asked(self) -> list[str]:
        """Return the codes of the States whose people are asked; one query where it is all."""
        return self.asked_states or [code for code, _name in subscribing_states()]

    def days_off(self) -> list[DayOff]:
        """Return the public holidays of those asked within its time; none without both dates."""
        return days_off(self.states_asked(), *self._span()) if self._has_span() else []

    def elections(self) -> list[Election]:
        """Return the elections of those asked within its time; none without both dates."""
        if not self._has_span():
            return []
        return list(Election.objects.between(self.states_asked(), *self._span()))

    def last_weeks(self) -> date:
        """Return the day from which on most responses come: two weeks before the deadline."""
        return self._span()[1] - timedelta(weeks=2)

    def _has_span(self) -> bool:
        return bool(self.opens_at and self.closes_at and self.opens_at < self.closes_at)

    def _span(self) -> tuple[date, date]:
        """Return its first and last day by the clock of its zone."""
        return (
            zones.wall_time(self.opens_at, self.timezone).date(),
            zones.last_minute(self.closes_at, self.timezone).date(),
        )
