"""The Jinja2 environment of the public site."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import jinja2
from django.template.defaultfilters import filesizeformat
from django.templatetags.static import static
from django.urls import reverse
from django.utils import formats, timezone, translation
from wagtail.admin.jinja2tags import WagtailUserbarExtension
from wagtail.images.jinja2tags import WagtailImagesExtension
from wagtail.jinja2tags import WagtailCoreExtension

from portal.static_files import integrity


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """Return the address of a named route, in the page's language."""
    return reverse(name, args=args, kwargs=kwargs)


def datetime_in(moment: datetime, zone: str) -> str:
    """Write an aware datetime in a named zone, e.g. "24 November 2026, 23:59 (Europe/Paris)"."""
    local = timezone.localtime(moment, ZoneInfo(zone))
    return f"{formats.date_format(local, 'j F Y, H:i')} ({zone.replace('_', ' ')})"


def day(moment: Any) -> str:
    """Write out a date (a "2026-11-30" too), or the day of an aware datetime in UTC."""
    if isinstance(moment, str):
        moment = date.fromisoformat(moment)
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment, ZoneInfo("UTC"))
    return formats.date_format(moment, "j F Y")


def environment(**options: Any) -> jinja2.Environment:
    """Django's Jinja2 options plus the GOV.UK macros, Wagtail's tags and our globals."""
    options["loader"] = jinja2.ChoiceLoader(
        [
            options["loader"],
            jinja2.PrefixLoader(
                {"govuk_frontend_jinja": jinja2.PackageLoader("govuk_frontend_jinja")}
            ),
        ]
    )
    options["extensions"] = [
        "jinja2.ext.i18n",
        "jinja2.ext.do",
        WagtailCoreExtension,
        WagtailImagesExtension,
        WagtailUserbarExtension,  # shows itself only to those who may enter the admin
    ]
    # Autoescape is among Django's options.
    env = jinja2.Environment(  # noqa: S701
        trim_blocks=True, lstrip_blocks=True, **options
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=translation.gettext, ngettext=translation.ngettext, newstyle=True
    )
    env.globals.update(url=url, static=static, integrity=integrity, now=timezone.now)
    env.filters.update(datetime_in=datetime_in, day=day, filesize=filesizeformat)
    return env
