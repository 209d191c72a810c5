"""What fields, forms, blocks and panels say is looked up when somebody reads it."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.db import models
from django.utils.choices import CallableChoiceIterator
from django.utils.functional import Promise
from wagtail.fields import StreamField
from wagtail.models import Page

from portal.taxonomy.fields import OfferedLanguages

WINGS = ("portal", "consultations", "knowledge")
WORDS = re.compile(r"[^\W\d_]{2}")
# What says the same in every language, or is said by a library in its own catalogue.
NAMES = {
    "ID": "the key of a row, which nobody reads",
    "Image": "of Wagtail's own block for a picture",
}
SAME_CHOICES = {
    "ConsultationPage.timezone": "zones by their names in the IANA database",
    "ConsultationForm.timezone": "zones by their names in the IANA database",
}
# Rows that no list, form or history of ours names by what they are.
NAMELESS = {
    *("DocketYear", "FacetSet", "Forgotten", "GuideChange", "GuideDocument"),
    *("GuideEntry", "ReviewReminder", "SynonymEntry", "WayOut", "WordCount"),
}
# Their templates write what stands beside the control.
NO_LABEL = {
    "LeaveOutForm.out",
    "ConfirmForm.sure",
    "ProofCodeForm.code",
    "AddPasskeyForm.name",
    "PasskeyNameForm.name",
}
OF_WAGTAIL = {"comment_notifications"}


def is_plain(words: Any) -> bool:
    """Whether these are words that stay as they were when the module was loaded."""
    is_text = isinstance(words, str) and not isinstance(words, Promise)
    return is_text and words not in NAMES and bool(WORDS.search(words))


def labels(choices: Any) -> Iterator[Any]:
    """The words of choices and of their groups; a function is asked anew for each form."""
    if isinstance(choices, (CallableChoiceIterator, OfferedLanguages)):
        return
    for value, label in choices or []:
        if isinstance(label, (list, tuple)):
            yield value
            yield from labels(label)
        else:
            yield label


def our_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m.__module__.split(".")[0] in WINGS]


def of_model_field(field: Any) -> Iterator[Any]:
    yield from (field._verbose_name, field.help_text, *field.error_messages.values())
    if f"{field.model.__name__}.{field.name}" not in SAME_CHOICES:
        yield from labels(field.choices)


def test_every_field_of_a_model_says_what_it_is_in_the_reader_s_language():
    fields = [
        (model, field)
        for model in our_models()
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if not isinstance(field, models.OneToOneField) or not field.remote_field.parent_link
    ]
    assert len(fields) > 300
    found = [
        f"{model.__name__}.{field.name}: {words}"
        for model, field in fields
        for words in of_model_field(field)
        if is_plain(words)
    ]
    assert found == []


def test_every_model_is_named_in_the_reader_s_language():
    plain = {
        model.__name__
        for model in our_models()
        if not model._meta.auto_created
        for name in ("verbose_name", "verbose_name_plural")
        if not isinstance(model._meta.original_attrs.get(name), Promise)
    }
    assert plain == NAMELESS


def our_forms() -> Iterator[type[forms.BaseForm]]:
    """Every class of a form in our modules, and the form of every type of page."""
    for wing in WINGS:
        for module in pkgutil.walk_packages([wing], f"{wing}."):
            if not re.search(r"\.(settings|migrations)\b|\.(wsgi|asgi|bootstrap)$", module.name):
                importlib.import_module(module.name)
    waiting = [forms.BaseForm]
    seen = set()
    while waiting:
        for form in waiting.pop().__subclasses__():
            if form not in seen:
                seen.add(form)
                waiting.append(form)
                if form.__module__.split(".")[0] in WINGS:
                    yield form
    for model in our_models():
        if issubclass(model, Page):
            yield model.get_edit_handler().get_form_class()


def of_form_field(form: type[forms.BaseForm], name: str, field: forms.Field) -> Iterator[Any]:
    attributes = ("placeholder", "title", "aria-label")
    yield from (field.label, field.help_text, *field.error_messages.values())
    yield from (field.widget.attrs.get(attribute) for attribute in attributes)
    is_same = f"{form.__name__}.{name}" in SAME_CHOICES
    if not is_same and not isinstance(field, forms.ModelChoiceField):
        given = getattr(field, "_choices", None)
        yield from labels(given if given is not None else getattr(field, "choices", None))


def test_every_form_says_what_it_asks_in_the_reader_s_language():
    seen = list(our_forms())
    assert len(seen) > 100
    found = [
        f"{form.__module__}.{form.__name__}.{name}: {words}"
        for form in seen
        for name, field in getattr(form, "base_fields", {}).items()
        for words in of_form_field(form, name, field)
        if is_plain(words)
    ]
    assert found == []


def test_every_control_has_a_label_of_ours():
    """Without one Django makes it of the field's name, in English."""
    found = {
        f"{form.__name__}.{name}"
        for form in our_forms()
        for name, field in getattr(form, "base_fields", {}).items()
        if field.label is None and not field.widget.is_hidden and name not in OF_WAGTAIL
    }
    assert found == NO_LABEL


def of_block(block: Any, seen: set[int]) -> Iterator[Any]:
    """What a block of a page's body says to editors, and the blocks in it."""
    if id(block) in seen:
        return
    seen.add(id(block))
    yield from (block.label, *(getattr(block.meta, x, None) for x in ("help_text", "description")))
    if field := getattr(block, "field", None):
        yield field.help_text
        if not isinstance(field, forms.ModelChoiceField):
            yield from labels(getattr(field, "choices", None))
    inner = list((getattr(block, "child_blocks", None) or {}).values())
    for each in [*inner, *filter(None, [getattr(block, "child_block", None)])]:
        yield from of_block(each, seen)


def of_panel(panel: Any) -> Iterator[Any]:
    yield from (panel.heading, panel.help_text)
    for child in getattr(panel, "children", []):
        yield from of_panel(child)


@pytest.mark.parametrize("model", [m for m in our_models() if issubclass(m, Page)])
def test_every_panel_and_block_speaks_the_editor_s_language(model):
    found = [model.page_description, *of_panel(model.get_edit_handler())]
    for field in model._meta.get_fields():
        if isinstance(field, StreamField):
            found += of_block(field.stream_block, set())
    assert [words for words in found if is_plain(words)] == []


@pytest.mark.parametrize("choices", [[("a", "Words")], [("Group", [("a", "b")])]])
def test_what_is_not_lazy_is_found(choices):
    assert any(map(is_plain, labels(choices)))
    assert is_plain("Words")
    assert not is_plain("")
