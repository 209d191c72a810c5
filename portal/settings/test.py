"""The suite's settings: the demonstration's, with nothing kept and nothing slow."""

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="portal-test-"))
os.environ["SECRET_KEY"] = "the-suite-keeps-no-secret"  # noqa: S105

from portal.settings.demo import *  # noqa: F403
from portal.settings.demo import CACHES, DATABASES, WAGTAILSEARCH_BACKENDS

# Whatever the environment says: else each process of the suite compiles all of it anew.
sys.dont_write_bytecode = False
BACKGROUND_IN_PROCESS = False  # a test sends when it wants to
MADE_IN_BACKGROUND = False  # and has files made
FILES_IN_BACKGROUND = False  # and has files looked at when it wants to (the fixture work_off)
# Of its own for each process: tests of files that were lost clear away what lies there.
WAITING_DIR = Path(
    os.environ.get("WAITING_DIR") or f"{os.environ['DATA_DIR']}/waiting-{os.getpid()}"
)
# Tests of Elasticsearch use the real one that the environment names; all others the database.
ELASTICSEARCH_FOR_TESTS = os.environ.get("ELASTICSEARCH_URL", "").split(",")[0]
ELASTICSEARCH_URL = []
FRONT_MEGABYTES = 0  # a test that is about kept pages keeps them (tests/portal/front)
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# No test asks the search of the admin; its index slows every save of a page.
WAGTAILSEARCH_BACKENDS["default"]["AUTO_UPDATE"] = False  # type: ignore[assignment]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
WHITENOISE_AUTOREFRESH = True
# A test's clock jumps, and whoever was signed in stays so.
STAFF_SESSION_IDLE_MINUTES = STAFF_SESSION_HOURS = MEMBER_SESSION_DAYS = 10_000_000
if DATABASES["default"]["ENGINE"] == "portal.sqlite":
    # A browser test reads what the server's thread wrote, so the database is a file, in memory
    # where the machine has such a place.
    DATABASES["default"]["TEST"] = {
        "NAME": os.path.join(os.environ["DATA_DIR"], f"test-{os.getpid()}.sqlite3")
    }
    CACHES["default"]["LOCATION"] = os.path.join(
        os.environ["DATA_DIR"], f"limits-{os.getpid()}.sqlite3"
    )
