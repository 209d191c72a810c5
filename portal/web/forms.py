"""The base of every form: what people type is read in one way, whoever made the field."""

from typing import Any, ClassVar

from django import forms

from portal import text

FIGURES = (forms.NumberInput, forms.DateInput, forms.DateTimeInput, forms.TimeInput)


class TypedText(forms.BaseForm):
    """
    A form, ours or a library's, whose text comes in as `portal.text` says.

    So "empty" means that nothing is seen, limits are counted after cleaning, and numbers, dates and
    codes may have the digits of any script. `codes` names the fields that ask for a code, `exact`
    those that are taken to the sign, because they are held against something that was kept.
    Passwords are taken to the sign everywhere.
    """

    codes: ClassVar[frozenset[str]] = frozenset({"code"})
    exact: ClassVar[frozenset[str]] = frozenset()

    def _widget_data_value(self, widget: forms.Widget, html_name: str) -> Any:
        value = super()._widget_data_value(widget, html_name)  # type: ignore[misc]
        name = html_name.removeprefix(f"{self.prefix}-") if self.prefix else html_name
        if not isinstance(value, str) or name in self.exact or is_secret(widget):
            return value
        if text.is_empty(value):
            return ""
        return text.code(value) if name in self.codes else taken_in(widget, value)


class Form(TypedText, forms.Form):
    """A form of the portal's own."""


def is_secret(widget: forms.Widget) -> bool:
    """Say whether a password is typed into it."""
    return getattr(widget, "input_type", "") == "password"


def taken_in(widget: forms.Widget, typed: str) -> str:
    """Return what was typed into a widget as it is kept."""
    if getattr(widget, "input_type", "") == "email":
        return text.address(typed)
    if isinstance(widget, FIGURES):
        return text.figures(typed)
    is_line = isinstance(widget, forms.TextInput)
    return text.clean_line(typed) if is_line else text.clean_text(typed)
