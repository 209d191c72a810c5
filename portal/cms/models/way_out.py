"""Where "Exit this page" leads, by the language of the page that is left."""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

# The weather, where many people of each language look it up. None is of a broadcaster or of a
# newspaper, which some countries block: to ask for a blocked page draws attention.
DEFAULTS = {
    "en": "https://weather.com/",
    "fr": "https://meteofrance.com/",
    "es": "https://www.tiempo.com/",
    "ru": "https://www.gismeteo.ru/",
    "ar": "https://www.arabiaweather.com/",
}


def validate_way_out(address: str) -> None:
    """Refuse what would tell of the portal, or could not be reached without being read."""
    parts = urlsplit(address)
    if parts.scheme != "https":
        raise ValidationError(_("Begin it with https://, so that nobody on the way can read it."))
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValidationError(
            _("Give the address of a page alone, with no name, “?” or “#” in it.")
        )
    ours = {urlsplit(settings.BASE_URL).hostname, *settings.ALLOWED_HOSTS}
    if parts.hostname in ours:
        raise ValidationError(_("Name another site: people must not come back to this one."))


def _address(language: str, label: Any) -> models.URLField:
    return models.URLField(
        label, max_length=200, default=DEFAULTS[language], validators=[validate_way_out]
    )


class WayOutQuerySet(models.QuerySet["WayOut"]):
    def address(self, language: str) -> str:
        """Return where a page in a language leads out to; the default where nobody has set any."""
        key = language.partition("-")[0]
        if key not in DEFAULTS:
            key = "en"
        named = self.filter(site__is_default_site=True).values_list(key, flat=True).first()
        return named or DEFAULTS[key]


@register_setting(icon="link-external")
class WayOut(BaseSiteSetting):
    """
    The pages that “Exit this page” leads to: harmless, and such as anybody may have open.

    Each is of another site, has nothing to do with the portal's subject, and is in the language of
    the page that is left: a sudden page in another language draws attention.
    """

    en = _address("en", _("from pages in English"))
    fr = _address("fr", _("from pages in French"))
    es = _address("es", _("from pages in Spanish"))
    ru = _address("ru", _("from pages in Russian"))
    ar = _address("ar", _("from pages in Arabic"))

    objects = WayOutQuerySet.as_manager()

    panels: ClassVar = [FieldPanel(language) for language in DEFAULTS]

    class Meta:
        verbose_name = _("where “Exit this page” leads")
