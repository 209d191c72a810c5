"""Controls that are drawn at once where there are hundreds of choices."""

from collections.abc import Iterable
from html import escape
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


class QuickSelect(forms.Select):
    """
    A choice among hundreds, with or without groups, drawn in one go.

    Django's own makes an object and renders a template for each: of 600 languages that was four
    fifths of a whole page.
    """

    # Read by the component `field`, which need not look at each choice either.
    draws_itself = True

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        said = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        drawn = "".join(_drawn(self.choices, set(self.format_value(value))))
        return format_html("<select{}>{}</select>", flatatt(said), mark_safe(drawn))


def _drawn(choices: Iterable[Any], chosen: set[str]) -> Iterable[str]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield f'<optgroup label="{escape(str(key))}">'
            yield from _drawn(label, chosen)
            yield "</optgroup>"
        else:
            key = "" if key is None else str(key)
            mark = " selected" * (key in chosen)
            yield f'<option value="{escape(key)}"{mark}>{escape(str(label))}</option>'
