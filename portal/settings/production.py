"""
Production settings, the base of all others.

Everything that differs between deployments comes from the environment; the README's table lists
each variable, and a test compares the two. A missing SECRET_KEY, ALLOWED_HOSTS, EMAIL_URL or
SECURITY_CONTACT stops the start.
"""

from pathlib import Path

import environ

from portal.settings.accounts import *  # noqa: F403 - settings
from portal.settings.caches import FRONT_MEGABYTES, REDIS_URL, caches  # noqa: F401 - settings
from portal.settings.content_security import (  # noqa: F401 - settings
    ADMIN_CONTENT_SECURITY_POLICY,
    CONTENT_SECURITY_POLICY,
)
from portal.settings.elasticsearch import *  # noqa: F403 - settings
from portal.settings.https import *  # noqa: F403 - settings
from portal.settings.keys import PACK_KEY, RECORD_KEYS, SEALING_KEYS, whole  # noqa: F401
from portal.settings.languages import *  # noqa: F403 - settings
from portal.settings.logging import configure_logging
from portal.settings.wagtail import *  # noqa: F403 - settings

ROOT = Path(__file__).resolve().parents[2]
env = environ.Env()

SECRET_KEY = whole("SECRET_KEY", [env.str("SECRET_KEY")])[0]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
BASE_URL = env.str("BASE_URL", default=f"https://{ALLOWED_HOSTS[0]}")
# Where the same portal is reached inside Tor: xxx.onion (docs/deploy.md).
ONION_HOST = env.str("ONION_HOST", default="")
# Whom to tell of a weakness: mailto:…, https:… or tel:…. No default: nobody would read it.
SECURITY_CONTACT = env.list("SECURITY_CONTACT")
DATA_DIR = Path(env.str("DATA_DIR", default=str(ROOT / "var")))
DEBUG = False
DEMO = False

SITE_NAME = "Code in Practice"

INSTALLED_APPS = [
    "portal",
    "consultations.moderation",
    "consultations.publication",
    "consultations.discussion",
    "consultations.following",
    "consultations.responses",
    "consultations.calls",
    "consultations.questionnaires",
    "knowledge.self_assessment",
    "knowledge.learning",
    "knowledge.feedback",
    "knowledge.fact_checks",
    "knowledge.guide_files",
    "knowledge.packs",  # what it adds to a guide's page stands below the guide's own files
    "knowledge.guides",
    "knowledge.control_lists",
    "knowledge.sources",
    "knowledge.states",
    "knowledge.glossary",
    "portal.cms",
    "portal.saved_searches",
    "portal.traces",
    "portal.record",
    "portal.made",
    "portal.files",
    "portal.notifications",
    "portal.search",
    "portal.curation",
    "portal.proofreading",
    "portal.handbook",
    "portal.stakeholders",
    "portal.staff_log",
    "portal.sessions",
    "portal.taxonomy",
    "portal.catalogues",
    "portal.languages",
    "portal.background",
    "portal.web",
    "portal.front",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "portal.stakeholders.apps.PeopleAdminConfig",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.embeds",
    "wagtail.snippets",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # Before all others, which a kept page costs nothing.
    "portal.front.middleware.FrontMiddleware",
    # Before anything reads a body, which somebody may send slowly.
    "portal.web.arrival.ArrivalMiddleware",
    # Outermost of those that read cookies: inside it they have their plain names.
    "portal.cookies.PrefixedCookiesMiddleware",
    # First of those that answer: what others answer before any view, as a redirect to HTTPS, is
    # kept by no cache and handed to no other site either.
    "portal.cms.middleware.PrivatePagesMiddleware",
    "portal.open_data.CrossOriginMiddleware",
    "portal.onion.OnionMiddleware",
    "portal.onion.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # For slow phones where no proxy compresses. Answers are padded: their length tells nothing.
    "django.middleware.gzip.GZipMiddleware",
    "portal.cms.middleware.RequestLogMiddleware",
    "portal.cms.middleware.ContentSecurityPolicyMiddleware",
    "portal.cms.middleware.ReadableBodyMiddleware",
    "portal.cms.middleware.SiteRootsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.languages.middleware.LanguageMiddleware",
    "portal.health.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "portal.stakeholders.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.web.middleware.RefusalMiddleware",
    "portal.stakeholders.middleware.AccountFormsMiddleware",
    "portal.stakeholders.middleware.RefusalsOfStaffMiddleware",
    "portal.stakeholders.middleware.AdminDoorMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

# Public pages are Jinja2 (docs/decisions/0004-templates.md); Django templates serve the Wagtail
# admin and allauth, whose content is framed by the same Jinja2 layout.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "portal.cms.jinja.environment",
            "context_processors": [
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.cms.context_processors.site",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates" / "django"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# The embedded default is SQLite. Its stock settings lose writes to "database is locked" under
# concurrent writers; these do not (docs/decisions/0002-embedded-default.md).
DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'portal.sqlite3'}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "portal.sqlite"  # in which writers wait in turn
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000; "
            # What is erased is overwritten; some builds of SQLite only mark it as free.
            "PRAGMA secure_delete=ON;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Where files wait sealed until they are made anew: in no backup, best in memory.
WAITING_DIR = Path(env.str("WAITING_DIR", default=str(DATA_DIR / "waiting")))
CACHES = caches(DATABASES["default"], DATA_DIR, WAITING_DIR)

ACCOUNT_EMAIL_SUBJECT_PREFIX = f"{SITE_NAME}: "
MFA_TOTP_ISSUER = SITE_NAME

# No default: mail that goes to the console puts people's codes and addresses into the log.
EMAIL_CONFIG = env.email_url("EMAIL_URL")
vars().update(EMAIL_CONFIG)
if EMAIL_CONFIG["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
    EMAIL_BACKEND = "portal.notifications.smtp.EmailBackend"
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"portal@{ALLOWED_HOSTS[0]}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
if ONION_HOST:
    ALLOWED_HOSTS.append(ONION_HOST)
# Mail to whoever answers without a name: an address that says nothing, and no name beside it.
_SENDING_DOMAIN = DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
NEUTRAL_FROM_EMAIL = env.str("NEUTRAL_FROM_EMAIL", default=f"news@{_SENDING_DOMAIN}")

USE_TZ = True
TIME_ZONE = "UTC"

# Where people answer, come back, check, report and follow. Such requests leave no line in the log,
# whose times could be laid beside the order of the record, and no cache keeps their pages. A test
# compares the pattern with the proxy's (docs/nginx.conf) and with the views that are marked.
CONFIDENTIAL_PATHS = (
    r"(?i)/(respond|resume|exit|dispute|follow|form|accounts/responses|record/(verify|proof|[0-9]+)"
    r"|record\.json|before-you-answer|states/[^/]+/source|guides/[^/]+/useful|fact-check|made"
    r"|self-assessment|learning/(certificates|[^/]+/certificate))(?![\w-])"
)

# Servers send mail, feed Elasticsearch and place the record's entries from threads of
# theirs; else it falls to housekeeping.
BACKGROUND_IN_PROCESS = env.bool("BACKGROUND_IN_PROCESS", default=True)
# Requests to other hosts: nobody makes them without being told to.
CHECK_LINKS = env.bool("CHECK_LINKS", default=False)
# Uploads are scanned where a ClamAV daemon is named: tcp://host:port or unix:/path.
CLAMD_URL = env.str("CLAMD_URL", default="")
FILES_IN_BACKGROUND = MADE_IN_BACKGROUND = True
# What one client may have unsent on a day, what all may have together, and what one may send.
UNSENT_DRAFTS_A_CLIENT = env.int("UNSENT_DRAFTS_A_CLIENT", default=3)
UNSENT_MEGABYTES_A_CLIENT = env.int("UNSENT_MEGABYTES_A_CLIENT", default=30)
UNSENT_MEGABYTES = env.int("UNSENT_MEGABYTES", default=2_000)
SENT_RESPONSES_AN_HOUR = env.int("SENT_RESPONSES_AN_HOUR", default=10)
DATA_UPLOAD_MAX_NUMBER_FILES = 20
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # a book in a field comes back with what is wrong
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "portal.files.uploads.NamelessUploadHandler",
]

STATIC_URL = "/static/"
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no font or script of ours is for other sites
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
# What editors upload is checked and rid of its properties by the storage itself, so on every way
# in (docs/decisions/0022-editors-files.md); the forms say why a file is refused.
STORAGES = {
    "default": {"BACKEND": "portal.cms.library.storage.EditorialStorage"},
    "renditions": {"BACKEND": "portal.cms.library.storage.RenditionStorage"},
    "staticfiles": {"BACKEND": "portal.static_files.StaticFilesStorage"},
}

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = BASE_URL
TAGGIT_CASE_INSENSITIVE = True

CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
# Until the browser is closed, not Django's year: on a shared machine it would tell of a visit, and
# the same value would come back with every one.
CSRF_COOKIE_AGE = None
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[BASE_URL])
if BEHIND_TLS_PROXY := env.bool("BEHIND_TLS_PROXY", default=True):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Limits count by the address that our own proxy saw; what is kept is a daily hash.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_TLS_PROXY else 0
# A file of networks that many people share, one a line: Tor's exits, carriers of phones.
SHARED_NETWORKS = env.str("SHARED_NETWORKS", default="")

LOGGING_CONFIG = None
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
configure_logging(level=LOG_LEVEL, renderer="json")
# Looks for Django's own SecurityMiddleware by its name; ours is that and one line more. The checks
# that depend on the name are run by tests/test_settings.py. W021 asks for HSTS in the preload list.
SILENCED_SYSTEM_CHECKS = ["security.W001", "security.W021"]
