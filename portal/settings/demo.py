"""The demonstration on one's own machine: `make run`. Never for a public host."""

import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PORT = os.environ.get("PORT", "8000")
DATA_DIR = Path(os.environ.get("DATA_DIR", ROOT / "var"))
(DATA_DIR / "static").mkdir(exist_ok=True, parents=True)
SECRET_FILE = DATA_DIR / "secret_key"
if not SECRET_FILE.exists():
    with open(SECRET_FILE, "x", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        file.write(secrets.token_urlsafe(50))

os.environ.setdefault("SECRET_KEY", SECRET_FILE.read_text())
os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
os.environ.setdefault("BASE_URL", f"http://127.0.0.1:{PORT}")
os.environ.setdefault("EMAIL_URL", "consolemail://")  # not used: see EMAIL_BACKEND
os.environ.setdefault("DEFAULT_FROM_EMAIL", "portal@code-in-practice.example")
os.environ.setdefault("SECURITY_CONTACT", "mailto:security@code-in-practice.example")
os.environ.setdefault("STAFF_MFA_REQUIRED", "false")
os.environ.setdefault("LOG_LEVEL", "WARNING")
os.environ["CHECK_LINKS"] = "false"  # a demonstration asks nobody outside
os.environ.setdefault("BEHIND_TLS_PROXY", "false")
# On one's own machine everybody comes from one address.
os.environ.setdefault("UNSENT_DRAFTS_A_CLIENT", "100")
os.environ.setdefault("UNSENT_MEGABYTES_A_CLIENT", "1000")
os.environ.setdefault("SENT_RESPONSES_AN_HOUR", "1000")

from portal.settings.logging import configure_logging  # noqa: E402
from portal.settings.production import *  # noqa: E402, F403
from portal.settings.production import LOG_LEVEL, MIDDLEWARE, STORAGES  # noqa: E402

DEMO = True
# Mail is kept in files, shown in the terminal, and read at /demo/mail/ (portal/demo_mail.py).
EMAIL_BACKEND = "portal.demo_mail.DemoMailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SECURE_PROXY_SSL_HEADER = None  # type: ignore[assignment]
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
CSRF_TRUSTED_ORIGINS = [f"http://127.0.0.1:{PORT}", f"http://localhost:{PORT}"]

# Served straight from the source: the manifest of Wagtail's files takes a minute to build.
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
# So there are no compressed copies of them: they are compressed as pages are.
MIDDLEWARE.remove("django.middleware.gzip.GZipMiddleware")
MIDDLEWARE.insert(
    MIDDLEWARE.index("whitenoise.middleware.WhiteNoiseMiddleware"),
    "django.middleware.gzip.GZipMiddleware",
)

configure_logging(level=LOG_LEVEL, renderer="console")
