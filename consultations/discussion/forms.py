"""What people type into a discussion. What is accepted is decided by the actions."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.discussion.models import MAX_APPEAL, MAX_BODY
from consultations.discussion.policy import HideReason
from portal.taxonomy import languages
from portal.taxonomy.fields import LanguageField
from portal.taxonomy.scripts import other_script
from portal.web.forms import Form


class WordingForm(Form):
    """The text of a comment and its language."""

    # The limit is the action's to check, which counts a line end once; here it feeds the counter.
    body = forms.CharField(
        label=_("Your comment"),
        help_text=_("Plain text, published at once under your name. Web addresses become links."),
        error_messages={"required": _("Write your comment.")},
        widget=forms.Textarea(attrs={"maxlength": MAX_BODY, "spellcheck": "true"}),
    )
    language = LanguageField(
        label=_("Language of your comment"),
        error_messages={"required": _("Choose the language of your comment.")},
    )
    # Set once it was asked whether the language is right: a second press publishes.
    language_asked = forms.CharField(widget=forms.HiddenInput, required=False, max_length=3)

    def clean(self) -> dict[str, Any]:
        """Ask once for the language where the letters of the text are those of another."""
        typed = super().clean() or self.cleaned_data
        was_asked = typed.pop("language_asked", "")
        language = typed.get("language", "")
        script = other_script(typed.get("body", ""), language)
        if script and not was_asked:
            said = {self.add_prefix("language_asked"): "yes"}
            self.data = dict(self.data.items()) | said
            # Translators: script is one of “Arabic”, “Chinese”, “Cyrillic”, “Latin”.
            words = _(
                "Most letters of this text are %(script)s, and the language chosen is "
                "%(language)s. Choose the language, or publish as it is."
            )
            named = {"script": script, "language": languages.name_of(language)}
            self.add_error("language", words % named)
        return typed


class CommentForm(WordingForm):
    """A new comment, with the box for an answer on behalf of the host."""

    official = forms.BooleanField(
        label=_("This is an official answer"),
        help_text=_("It is marked as given for the consulting body."),
        required=False,
    )
    submission_key = forms.CharField(
        widget=forms.HiddenInput, required=False, initial=uuid.uuid4, max_length=36
    )

    def withhold_official(self) -> None:
        """Do not offer the box, to those whom the action would refuse."""
        self.fields.pop("official", None)

    def clean_submission_key(self) -> uuid.UUID:
        """Return the key that came with the form; a new one where it is damaged."""
        try:
            return uuid.UUID(self.cleaned_data["submission_key"])
        except ValueError:
            return uuid.uuid4()


class RestoreForm(Form):
    """A reason to show a comment again."""

    note = forms.CharField(
        label=_("Note for moderators"),
        help_text=_("Not published."),
        required=False,
        max_length=500,
        widget=forms.Textarea,
    )


class HideForm(RestoreForm):
    """A reason to hide a comment."""

    field_order = ("reason", "note")
    reason = forms.ChoiceField(
        label=_("Reason"),
        help_text=_("Shown in place of the comment."),
        choices=HideReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )


class ClosingForm(Form):
    """A reason to close a discussion before its time."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Shown to everybody at the top of the discussion."),
        max_length=500,
        widget=forms.Textarea,
        error_messages={"required": _("Say why.")},
    )


class AppealForm(Form):
    """The words of an author against the hiding of their text."""

    text = forms.CharField(
        label=_("Why should it be shown again?"),
        help_text=_(
            "Only moderators read this. Say what the rule does not fit, in your comment or in what "
            "it replies to."
        ),
        error_messages={"required": _("Say why.")},
        widget=forms.Textarea(attrs={"maxlength": MAX_APPEAL, "spellcheck": "true"}),
    )


class DecisionForm(Form):
    """A moderator's decision on an appeal."""

    SHOW, KEEP = "show", "keep"
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(SHOW, _("Show it again")), (KEEP, _("It stays hidden"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a decision.")},
    )
    answer = forms.CharField(
        label=_("Why"),
        help_text=_("Its author reads this. It is not published."),
        error_messages={"required": _("Say why.")},
        widget=forms.Textarea(attrs={"maxlength": MAX_APPEAL, "spellcheck": "true"}),
    )
