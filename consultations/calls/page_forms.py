"""How editors type a consultation's dates: as clocks show them in its own zone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm

from consultations.calls import zones
from consultations.calls.publishing.freeze import published_and_open
from consultations.questionnaires.parsing import questionnaire_of
from portal.cms.page_forms import PageForm
from portal.web.forms import TypedText

# Typed as the instant itself.
MOMENTS = ("opens_at", "outcome_published_at", "cancelled_at")
# Typed as the last minute that is in time; what is stored is the exclusive instant that ends it.
DEADLINE = "closes_at"
PARTS = "questionnaire_parts"


class ZoneInput(forms.TextInput):
    """A zone is typed, by its town too; the browser offers those that fit. Works without script."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, {**(attrs or {}), "list": f"{name}-offered"})

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        options = format_html_join("", '<option value="{}">{}</option>', zones.zone_choices())
        drawn = super().render(name, value, attrs, renderer)
        return format_html('{}<datalist id="{}-offered">{}</datalist>', drawn, name, options)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        typed = super().value_from_datadict(data, files, name)
        return zones.zone_named(typed) if isinstance(typed, str) else typed


class WallTimeField(forms.DateTimeField):
    """
    A date and time without a zone, kept as typed.

    Django's own field would read it in the zone of the server, or of the editor's account in the
    Wagtail admin; which zone it is in, only the whole form knows.
    """

    def prepare_value(self, value: Any) -> Any:
        return value

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override("UTC"):  # a zone in which every time exists, exactly once
            moment = super().to_python(value)
        return moment and moment.replace(tzinfo=None)


class ConsultationForm(PageForm):
    """The editing form of a consultation. Times are in the zone that the same form names."""

    class Meta(WagtailAdminPageForm.Meta):
        field_classes = dict.fromkeys((*MOMENTS, DEADLINE), WallTimeField)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in self.instance.required_to_open.items():
            if name in self.fields:
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = words
        if "timezone" in self.fields:
            self.fields["timezone"].error_messages["invalid_choice"] = _(
                "“%(value)s” is not a time zone we know. Type a town, such as Brussels, and choose "
                "from the list."
            )
        zone = self.instance.timezone
        for name in MOMENTS:
            if moment := self.initial.get(name):
                self.initial[name] = zones.wall_time(moment, zone)
        if closes_at := self.initial.get(DEADLINE):
            self.initial[DEADLINE] = zones.last_minute(closes_at, zone)

    def clean_slug(self) -> str:
        """Return the slug; Wagtail itself checks its letters only in the browser."""
        slug: str = self.cleaned_data["slug"]
        if slug:
            validate_slug(slug)
        return slug

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        zone = cleaned.get("timezone")
        for name in (*MOMENTS, DEADLINE):
            wall = cleaned.get(name)
            if not wall:
                continue
            if not zone:  # its own field tells why; without it no time can be understood
                del cleaned[name]
                continue
            read = zones.end_of_minute if name == DEADLINE else zones.instant
            try:
                cleaned[name] = read(wall, zone)
            except ValidationError as error:
                self.add_error(name, error)
        if published := published_and_open(self.instance, timezone.now()):
            self._keep_promises(cleaned, published)
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        if "timezone" in self.errors:  # a time that was typed lacks nothing else
            for name in (*MOMENTS, DEADLINE):
                if self.data.get(self.add_prefix(name)):
                    self.errors.pop(name, None)

    def _keep_promises(self, cleaned: dict[str, Any], published: Any) -> None:
        """
        Let only extensions move the deadline, and corrigenda the words, while people answer.

        Codes open answers for as long as was said, or longer, and no response is published before
        people were told that it is.
        """
        if (closes_at := cleaned.get(DEADLINE)) and closes_at != published.closes_at:
            self.add_error(
                DEADLINE,
                _("This consultation has opened. Use “Extend the deadline” to give more time."),
            )
        if opens_at := cleaned.get("opens_at"):
            if opens_at == published.opens_at.replace(second=0, microsecond=0):
                cleaned["opens_at"] = published.opens_at  # to the second: when it was published
            else:
                self.add_error(
                    "opens_at", _("This consultation has opened; its opening cannot change.")
                )
        if (months := cleaned.get("code_months")) and months < published.code_months:
            self.add_error(
                "code_months",
                _("This consultation has opened: its codes were promised for %(months)d months.")
                % {"months": published.code_months},
            )
        if cleaned.get("publishes_while_open") and not published.publishes_while_open:
            self.add_error(
                "publishes_while_open",
                _(
                    "This consultation has opened: people were told that nothing is published "
                    "before it closes."
                ),
            )
        parts = cleaned.get(PARTS)
        if parts is not None and questionnaire_of(parts) != published.questionnaire():
            self.add_error(
                PARTS,
                _(
                    "This consultation has opened: its questionnaire is frozen. "
                    "Use “Issue a corrigendum” to correct the wording."
                ),
            )


class CopyAsDraftForm(TypedText, CopyForm):
    """Copies a page as a draft: its copy has no dates yet, so that it cannot be published."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("publish_copies", "alias"):
            self.fields.pop(name, None)
