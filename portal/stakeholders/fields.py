"""Choosing a state in a form."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator

from portal.stakeholders.countries import in_order


class _ByName(ModelChoiceIterator):
    """The states in the order of the reader's language, which no database knows."""

    def __iter__(self) -> Iterator[Any]:
        none, states = [], []
        for choice in super().__iter__():
            (states if choice[0] else none).append(choice)
        yield from [*none, *in_order(states)]


class StateChoiceField(forms.ModelChoiceField):
    iterator = _ByName
