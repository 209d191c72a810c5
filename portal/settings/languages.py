"""The languages of the interface, and what is written by language."""

from pathlib import Path

# A language joins this list when its catalogue is complete; content may be in any. Each stands here
# by its own name, as whoever looks for it reads it.
LANGUAGE_CODE = "en"
WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("es", "Español"),
    ("ru", "Русский"),
    ("ar", "العربية"),
]
WAGTAIL_I18N_ENABLED = True
# Addresses are cited, in print and by voice: letters that every keyboard has, whatever the title.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]
FORMAT_MODULE_PATH = "portal.settings.formats"
