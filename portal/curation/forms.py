"""What editors type."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm

from portal.curation.actions import save_synonyms
from portal.curation.models import (
    LONGEST_ENTRY,
    MOST_ENTRIES,
    MOST_WORDS,
    SynonymEntry,
    SynonymGroup,
)
from portal.curation.normalisation import key_of
from portal.web.forms import TypedText

# A comma or semicolon parts two entries too, whichever script it is of: search sees none in words.
_BETWEEN = re.compile(r"[\r\n,;،؛、]+")


class SynonymGroupForm(TypedText, WagtailAdminModelForm):
    """
    A group of synonyms, an entry a line.

    Accepts two to `MOST_ENTRIES` entries that search could find, each in no other group. The same
    entry twice, be it in capitals or with other accents, is kept once.
    """

    words = forms.CharField(
        label=gettext_lazy("Words and phrases that mean the same"),
        help_text=gettext_lazy(
            "One per line, in any language. A search for one of them finds what has any of them. "
            "Capitals and accents do not matter. Write plurals and other forms that people type on "
            "lines of their own. What a reader puts in quotation marks is searched as it is, "
            "without synonyms."
        ),
        max_length=(LONGEST_ENTRY + 2) * MOST_ENTRIES,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )

    class Meta:
        model = SynonymGroup
        fields = ("words",)

    def clean_words(self) -> str:
        entries: dict[str, str] = {}
        for line in _BETWEEN.split(self.cleaned_data["words"]):
            if entry := " ".join(line.split()):
                entries.setdefault(_checked(entry), entry)
        if len(entries) < 2:
            raise forms.ValidationError(_("Give at least two words or phrases that differ."))
        if len(entries) > MOST_ENTRIES:
            raise forms.ValidationError(
                _("A group has at most %(most)s words and phrases; these are %(given)s.")
                % {"most": MOST_ENTRIES, "given": len(entries)}
            )
        taken = SynonymEntry.objects.filter(key__in=entries).exclude(group=self.instance.pk)
        if there := taken.select_related("group").first():
            raise forms.ValidationError(
                _(
                    "“%(entry)s” is in another group: %(group)s. A word belongs to one group. Add "
                    "the others there, or take it out of that group first."
                )
                % {"entry": entries[there.key], "group": there.group}
            )
        return "\n".join(entries.values())

    def save(self, commit: bool = True) -> Any:
        """Raises `actions.SynonymTaken` where somebody else was quicker with one of the words."""
        if not commit:
            return super().save(commit=False)
        return save_synonyms(self.instance, self.cleaned_data["words"].splitlines())


def _checked(entry: str) -> str:
    """Return the entry's key; raises ValidationError where search could make nothing of it."""
    key = key_of(entry)
    if len(key.replace(" ", "")) < 2:
        message = _("“%(entry)s” is not a word: give at least two letters or digits.")
    elif len(entry) > LONGEST_ENTRY or len(key) > 3 * LONGEST_ENTRY:
        message = _("“%(entry)s” is too long: a line has at most %(longest)s characters.")
    elif len(key.split()) > MOST_WORDS:
        message = _("“%(entry)s” has more than %(most)s words.")
    else:
        return key
    raise forms.ValidationError(
        message % {"entry": entry[:40], "longest": LONGEST_ENTRY, "most": MOST_WORDS}
    )
