"""Whom administrators clear."""

from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.stakeholders.models import User
from portal.stakeholders.roles import ADMINISTRATOR, ANALYST, MODERATOR
from portal.web.forms import Form


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
