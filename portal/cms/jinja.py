"""The Jinja2 environment of the public site."""

import json
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import jinja2
from babel.dates import get_timezone_location
from django.template.defaultfilters import filesizeformat
from django.templatetags.static import static
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from jinja2.runtime import Context
from markupsafe import Markup
from wagtail.admin.jinja2tags import WagtailUserbarExtension
from wagtail.images.jinja2tags import WagtailImagesExtension
from wagtail.jinja2tags import WagtailCoreExtension
from wagtail.rich_text import RichText, expand_db_html

from portal.cms.navigation import address
from portal.cms.time_left import dial, time_left
from portal.languages.addresses import keeping_language
from portal.languages.lists import in_words
from portal.proofreading.notices import review_notice
from portal.static_files import integrity
from portal.taxonomy.languages import direction_of, language_of_name, name_of, translated_name_of
from portal.web.form_handling import named_errors
from portal.web.text_direction import isolate_codes, isolated

# What would end the script element, or begin another.
_IN_SCRIPT = str.maketrans({sign: f"\\u{ord(sign):04X}" for sign in "<>&"})


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """Return the address of a named route, in the page's language."""
    return reverse(name, args=args, kwargs=kwargs)


def richtext(text: RichText | str) -> Markup:
    """
    Return an editor's text as HTML.

    Wagtail's own filter, and a RichText that is written out, each look for a Django template among
    ours on the disk before they find theirs.
    """
    source = text.source if isinstance(text, RichText) else text
    return Markup(expand_db_html(source or ""))  # noqa: S704 - it is HTML, cleaned when it was kept


def datetime_in(moment: datetime, zone: str) -> str:
    """Write an aware datetime in a named zone: "24 November 2026, 23:59 (Brussels time)"."""
    local = timezone.localtime(moment, ZoneInfo(zone))
    name = zone_name(zone, translation.get_language())
    return f"{formats.date_format(local, 'DATETIME_FORMAT')} ({name})"


def zone_name(zone: str, language: str | None) -> str:
    """Name a zone of the IANA database as people do in the active language, e.g. "Oslo time"."""
    # Translators: a time zone by its city, as in “23:59 (Brussels time)”.
    return zone if zone == "UTC" else _("%(place)s time") % {"place": _city(zone, language or "en")}


@lru_cache(maxsize=1024)
def _city(zone: str, language: str) -> str:
    locale = language.replace("-", "_")
    return get_timezone_location(zone, locale=locale, return_city=True).rpartition("/")[2]


def deadline_in_words(moment: datetime, zone: str) -> str:
    """
    Write a deadline (aware) as text: "24 November 2026, 23:59 (Brussels time), 12 days left".

    What is left is right for now alone: for what is read later, as a form on paper or a feed, there
    is `datetime_in`. On pages stands the component `deadline`, which tells the same.
    """
    words = datetime_in(moment, zone)
    return words if moment < timezone.now() else f"{words}, {time_left(moment).words}"


def linked_data(thing: dict[str, Any]) -> Markup:
    """Write a thing of schema.org as JSON that can stand in a page's script element."""
    return Markup(json.dumps(thing, ensure_ascii=False).translate(_IN_SCRIPT))  # noqa: S704


def day(moment: Any, zone: str = "UTC") -> str:
    """Write out a date (a "2026-11-30" too), or the day of an aware datetime in a named zone."""
    if isinstance(moment, str):
        moment = date.fromisoformat(moment)
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment, ZoneInfo(zone))
    return formats.date_format(moment)


def tongue(language: str) -> Markup:
    """Write the attributes of an element whose text is in a language; none for the page's own."""
    if not language or language == translation.get_language():
        return Markup("")
    return Markup(' lang="{}" dir="{}"').format(language, direction_of(language))


def spoken(text: Any, language: str) -> Any:
    """Return a text so that a page in another language says which one it is in."""
    return _within(tongue(language), text)


def language_name(code: str) -> Any:
    """Name a language as lists do, marked where it stands under its own name."""
    return spoken(name_of(code), language_of_name(code))


def _within(marks: Markup, text: Any) -> Any:
    return Markup("<span{}>{}</span>").format(marks, text) if marks and text else text


@jinja2.pass_context
def theirs_marks(context: Context) -> Markup:
    """Write the attributes of an element of a block that holds an editor's text."""
    return tongue(_text_language(context))


@jinja2.pass_context
def ours_marks(context: Context) -> Markup:
    """Write the attributes of an element of a block that leads back to the reader's language."""
    reader = translation.get_language() or ""
    if _text_language(context) in ("", reader):
        return Markup("")
    return Markup(' lang="{}" dir="{}"').format(reader, direction_of(reader))


@jinja2.pass_context
def ours(context: Context, text: Any) -> Any:
    """Return words of the interface so that amid an editor's they are the reader's language's."""
    return _within(ours_marks(context), text)


@jinja2.pass_context
def theirs(context: Context, text: Any) -> Any:
    """Return words of an editor so that amid the interface's they are in their own language."""
    return _within(theirs_marks(context), text)


def _text_language(context: Context) -> str:
    """
    Return the language of a block's text, "" where it is not known.

    It is `text_language` where a template sets it, else its page's.
    """
    return context.get("text_language") or getattr(context.get("page"), "written_in", "")


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
        gettext=translation.gettext,
        ngettext=translation.ngettext,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
        newstyle=True,
    )
    env.globals.update(
        tongue=tongue,
        ours_marks=ours_marks,
        theirs_marks=theirs_marks,
        url=url,
        address=address,
        static=static,
        integrity=integrity,
        now=timezone.now,
        review_notice=review_notice,
    )
    env.filters.update(
        richtext=richtext,
        datetime_in=datetime_in,
        time_left=time_left,
        dial=dial,
        day=day,
        filesize=filesizeformat,
        linked_data=linked_data,
        named_errors=named_errors,
        isolate_codes=isolate_codes,
        isolated=isolated,
        in_words=in_words,
        capfirst=capfirst,
        direction_of=direction_of,
        keeping_language=keeping_language,
        ours=ours,
        theirs=theirs,
        spoken=spoken,
        language_name=language_name,
        translated_name_of=translated_name_of,
    )
    return env
