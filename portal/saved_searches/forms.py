"""What is asked when somebody keeps a search."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.saved_searches.criteria import LONGEST_QUERY, Asked, labels_of
from portal.saved_searches.models import SavedSearch
from portal.saved_searches.schedule import Frequency
from portal.search.cards import clean
from portal.web.forms import Form


class SavedSearchForm(Form):
    """A search's name, and how its owner hears of news."""

    name = forms.CharField(
        label=pgettext_lazy("of a thing", "Name"),
        max_length=100,
        help_text=_("Only you see it, here and in the mails."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        error_messages={"required": _("Enter a name for this search.")},
    )
    frequency = forms.ChoiceField(
        label=_("E-mail"),
        choices=Frequency.choices,
        widget=forms.RadioSelect,
        help_text=_("One mail for all your searches, in the morning (05:10 UTC)."),
        error_messages={"required": _("Choose how often you want mail.")},
    )
    language = forms.ChoiceField(
        label=_("Language of the mails"),
        error_messages={"required": _("Choose a language.")},
    )

    asked: Asked | None = None

    def __init__(self, data: Any = None, *, initial: dict[str, Any]) -> None:
        languages = dict(settings.LANGUAGES)
        if initial.get("language") not in languages:
            initial = {**initial, "language": get_language() or settings.LANGUAGE_CODE}
        super().__init__(data, initial=initial)
        language = self.fields["language"]
        language.choices = settings.LANGUAGES  # type: ignore[attr-defined]
        if len(languages) == 1:
            # Nothing to choose; a language that is no more is taken for the one there is.
            language.widget = forms.HiddenInput()
            language.required = False

    @classmethod
    def asking(cls, asked: Asked, sent: Mapping[str, str], data: Any = None) -> "SavedSearchForm":
        """
        Return a form for a new search, with what was `sent` along with its address.

        A search that finds nothing ever, or is longer than any page of ours makes one, is an error.
        """
        initial = {"name": asked.in_words(labels_of([asked])), "frequency": Frequency.WEEKLY}
        form = cls(data, initial={**initial, **{n: v for n, v in sent.items() if v}})
        form.asked = asked
        return form

    @classmethod
    def of(cls, search: SavedSearch, data: Any = None) -> "SavedSearchForm":
        """Return a form for a search that is kept already."""
        names = ("name", "frequency", "language")
        return cls(data, initial={name: getattr(search, name) for name in names})

    def clean_name(self) -> str:
        """Keep it to one line: mails are plain text, in which a line break could feign an entry."""
        name = clean(self.cleaned_data["name"], 100)
        if not name:
            raise forms.ValidationError(self.fields["name"].error_messages["required"])
        return name

    def clean(self) -> dict[str, Any]:
        asked = self.asked
        if asked and not asked.finds_something:
            raise forms.ValidationError(
                _("A search needs at least one word to find; this one would never find anything.")
            )
        if asked and len(asked.query_string) > LONGEST_QUERY:
            raise forms.ValidationError(_("This search has too many filters to be saved."))
        return self.cleaned_data

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or settings.LANGUAGE_CODE
