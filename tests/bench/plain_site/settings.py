"""Settings of the plain site: those of Wagtail's project template, on the worker's database."""

from tests.bench import worker

SECRET_KEY = "benchmark"
ALLOWED_HOSTS = ["127.0.0.1"]
DEBUG = False
ROOT_URLCONF = "tests.bench.plain_site.urls"
USE_TZ = True
INSTALLED_APPS = [
    "tests.bench.plain_site",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    *worker.PLAIN_MIDDLEWARE,
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": worker.database_path(),
        "OPTIONS": worker.SQLITE_OPTIONS,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "/static/"
WAGTAIL_SITE_NAME = "Plain"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
# No page is searched for: the index would ask for a table that only migrations make.
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}
}


class NoMigrations(dict[str, None]):
    """The tables are made as the models are now: all of Wagtail's migrations take a minute."""

    def __missing__(self, app: str) -> None:
        return None

    def __contains__(self, app: object) -> bool:
        return True


MIGRATION_MODULES = NoMigrations()
