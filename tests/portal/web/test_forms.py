"""Every form of the portal takes in text in one way: no field is forgotten."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea
from wagtail.blocks import BlockWidget
from wagtail.models import get_page_models

import consultations
import knowledge
import portal
from portal.web.forms import Form, TypedText

WINGS = (portal, consultations, knowledge)
# Held against something that was kept, or a secret: taken to the sign.
TO_THE_SIGN = {("RedactionForm", "text"), ("VerifyForm", "receipt"), ("LoginForm", "password")}
# Of allauth, on no page of ours: telephones, and an address that takes no code.
UNUSED = {"ChangeEmailForm", "UserTokenForm", "VerifyPhoneForm"}


def below(form: type) -> Iterator[type]:
    for each in form.__subclasses__():
        yield each
        yield from below(each)


@pytest.fixture(scope="module")
def classes() -> set[type]:
    for wing in WINGS:
        for module in pkgutil.walk_packages(wing.__path__, f"{wing.__name__}."):
            if {"migrations", "settings", "wsgi", "asgi"}.isdisjoint(module.name.split(".")):
                importlib.import_module(module.name)
    for model in get_page_models():
        model.get_edit_handler().get_form_class()
    return set(below(forms.BaseForm))


def test_every_form_has_the_base(classes):
    own = tuple(f"{wing.__name__}." for wing in WINGS)
    ours = {each for each in classes if each.__module__.startswith(own)}
    assert len(ours) > 50
    assert {each for each in ours if not issubclass(each, TypedText)} == set()


def test_in_every_field_nothing_seen_is_nothing_typed(classes):
    kept = set()
    for form in classes - {Everything}:
        if not issubclass(form, TypedText) or not hasattr(form, "base_fields"):
            continue
        for name, field in form.base_fields.items():
            if isinstance(field.widget, BlockWidget | DraftailRichTextArea):
                continue  # Reads many fields, or what its script wrote, in ways of its own.
            bound = form.__new__(form)
            bound.data, bound.files, bound.prefix = {name: "\u200b\u3164\u2800\u0301"}, {}, None
            value = bound._widget_data_value(field.widget, name)
            if isinstance(value, str) and value:
                kept.add((form.__name__, name))
    assert kept == TO_THE_SIGN


def test_allauths_forms_of_text_are_replaced_by_ours(classes):
    used = {
        each
        for module in (account, mfa, totp)
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, forms.BaseForm)
    }
    asking = {
        each
        for each in used
        for field in getattr(each, "base_fields", {}).values()
        if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput)
    }
    ours = {base for each in classes if issubclass(each, TypedText) for base in each.__mro__}
    assert {each.__name__ for each in asking - ours} == UNUSED


class Everything(Form):
    text = forms.CharField(widget=forms.Textarea, max_length=5)
    line = forms.CharField()
    number = forms.IntegerField()
    day = forms.DateField()
    code = forms.CharField()
    email = forms.EmailField()
    password = forms.CharField(widget=forms.PasswordInput, strip=False)


def test_each_kind_of_field_is_read_as_it_is_meant():
    form = Everything(
        {
            "text": "\u200be\u0301\u2028\x1b[1mb\x0bc\u200b\r\n ",
            "line": " one\x0btwo\u3000 three\u00ad ",
            "number": "−١٢\u200f",
            "day": "٢٠٢٦–٠٣–٠٧",
            "code": "۷kq۲ — ＡＢ\u200b",
            "email": "ada@ｅｘample.org\u200f",
            "password": " \u200bcafe\u0301 ",
        }
    )
    assert form.is_valid(), form.errors
    assert {**form.cleaned_data, "day": form.cleaned_data["day"].isoformat()} == {
        "text": "é\nb\nc",
        "line": "one two three",
        "number": -12,
        "day": "2026-03-07",
        "code": "7kq2 - AB",
        "email": "ada@example.org",
        "password": " \u200bcafe\u0301 ",
    }


def test_a_form_with_a_prefix_reads_the_same():
    assert Everything({"a-line": "\u200b"}, prefix="a")["line"].data == ""
