"""Dates read as people write them in each language of the interface."""

import datetime

import pytest
from babel.dates import format_date
from django.utils import formats, translation

from portal.languages.dates import month_and_year

DAY = datetime.date(2027, 1, 3)
WRITTEN = {
    "en": ("3 January 2027", "January 2027"),
    "fr": ("3 janvier 2027", "janvier 2027"),
    "es": ("3 de enero de 2027", "enero de 2027"),
    "ru": ("3 января 2027\u202fг.", "январь 2027\u202fг."),
    "ar": ("3 يناير 2027", "يناير 2027"),
}


@pytest.mark.parametrize("language", WRITTEN)
def test_a_day_and_a_month_are_written_as_the_language_writes_them(language):
    with translation.override(language):
        assert (formats.date_format(DAY), month_and_year(DAY)) == WRITTEN[language]


@pytest.mark.parametrize("language", WRITTEN)
def test_every_month_is_written_as_unicode_says(language):
    locale = "en_GB" if language == "en" else language
    for month in range(1, 13):
        day = DAY.replace(month=month)
        with translation.override(language):
            written = formats.date_format(day)
        assert written.replace("إ", "أ") == format_date(day, "long", locale=locale)


@pytest.mark.parametrize("language", WRITTEN)
def test_a_deadline_says_its_minute_on_a_clock_of_24_hours(language):
    moment = datetime.datetime(2027, 1, 3, 23, 59, tzinfo=datetime.UTC)
    with translation.override(language):
        assert formats.date_format(moment, "DATETIME_FORMAT").endswith("23:59")
