"""Choosing a state in a form."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator

from portal.stakeholders.countries import in_order


class _ByName(ModelChoiceIterator):
    """The states in the order of the reader's language, which no database knows."""

    def __iter__(self) -> Iterator[Any]:
        choices = list(super().__iter__())
        yield from (choice for choice in choices if not choice[0])
        yield from in_order(choice for choice in choices if choice[0])


class StateChoiceField(forms.ModelChoiceField):
    iterator = _ByName
