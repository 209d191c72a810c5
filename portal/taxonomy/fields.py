"""Fields that hold terms of a vocabulary: one key, or a list of keys in reading order."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import gettext_lazy as _

from portal.taxonomy import languages, vocabularies
from portal.taxonomy.terms import Vocabulary
from portal.web.widgets import QuickSelect

BY_KEY = {
    vocabulary.key: vocabulary
    for vocabulary in vars(vocabularies).values()
    if isinstance(vocabulary, Vocabulary)
}


class OfferedLanguages(BaseChoiceIterator):
    """Languages in the reader's order, as they are: Django looks at each one of a function's."""

    def __iter__(self) -> Iterator[Any]:
        return iter(languages.choices())


class LanguageField(forms.ChoiceField):
    """Any language of the CLDR's, offered in the reader's order."""

    widget = QuickSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=OfferedLanguages(), **kwargs)

    def valid_value(self, value: Any) -> bool:
        """Say whether it is one of the codes, without going through the list of names."""
        return value in vocabularies.LANGUAGE


class TermsField(models.JSONField):
    """
    A list of keys of one vocabulary, e.g. `["licensing", "end-use"]`.

    Rejects a key that the vocabulary lacks. Reading and counting by term goes through search
    cards, so no column of terms is ever queried and a revision carries it as plain JSON.
    """

    default_error_messages = {
        "unknown": _("%(key)s is not a term of this vocabulary."),
        "no_list": _("This is not a list of terms."),
    }

    def __init__(self, vocabulary: Vocabulary | str, **kwargs: Any) -> None:
        self.vocabulary = BY_KEY[vocabulary] if isinstance(vocabulary, str) else vocabulary
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("verbose_name", self.vocabulary.label)
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("verbose_name", None)  # a translation, no matter of the schema
        return name, path, [self.vocabulary.key], kwargs

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        if not isinstance(value, list):
            raise ValidationError(self.error_messages["no_list"], code="no_list")
        for key in value:
            if not isinstance(key, str) or key not in self.vocabulary:
                raise ValidationError(
                    self.error_messages["unknown"], code="unknown", params={"key": key}
                )

    def formfield(self, **kwargs: Any) -> forms.Field:
        kwargs.pop("encoder", None), kwargs.pop("decoder", None)
        return forms.MultipleChoiceField(
            choices=self.vocabulary.choices,
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
            initial=kwargs.get("initial"),
        )


class TermField(models.CharField):
    """One key of a vocabulary, e.g. `"guidance"`."""

    def __init__(self, vocabulary: Vocabulary | str, **kwargs: Any) -> None:
        self.vocabulary = BY_KEY[vocabulary] if isinstance(vocabulary, str) else vocabulary
        kwargs.setdefault("max_length", 32)
        kwargs.setdefault("choices", self.vocabulary.choices)
        kwargs.setdefault("verbose_name", self.vocabulary.label)
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        kwargs.pop("verbose_name", None)
        return name, path, [self.vocabulary.key], kwargs

    def formfield(self, **kwargs: Any) -> Any:
        """Offer languages as every form does: grouped, by name."""
        field = super().formfield(**kwargs)
        if self.vocabulary is vocabularies.LANGUAGE and isinstance(field, forms.ChoiceField):
            field.widget = QuickSelect(attrs=field.widget.attrs)
            field.choices = OfferedLanguages()
        return field
