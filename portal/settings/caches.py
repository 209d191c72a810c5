"""
What is counted, and what is remembered: two places, so that neither can push the other out.
What somebody asked for is in a third, sealed, for ten minutes (`portal.made`).

`default` is the store of limits: allauth counts there. "pages" may forget whatever it likes.
"""

from pathlib import Path
from typing import Any

import environ

env = environ.Env()

REDIS_URL = env.str("REDIS_URL", default="")
# Pages that each worker keeps for readers without a cookie (`portal.front`); 0 keeps none.
FRONT_MEGABYTES = env.int("FRONT_MEGABYTES", default=64)


def caches(
    database: dict[str, Any], data_dir: Path, waiting_dir: Path
) -> dict[str, dict[str, Any]]:
    """
    Return the setting CACHES for a database, and the folder in which an embedded one lies.

    `waiting_dir` is in no backup, and all processes of a machine share it.
    """
    if REDIS_URL:
        limits = {"BACKEND": "portal.web.limit_store.RedisStore", "LOCATION": REDIS_URL}
        pages = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        made = {"BACKEND": "portal.made.storage.EndingRedis", "LOCATION": REDIS_URL}
    else:
        # Whichever process is asked next must find it: not the memory of one.
        made = {"BACKEND": "portal.made.storage.EndingFiles", "LOCATION": str(waiting_dir / "made")}
        pages = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages"}
        if database["ENGINE"] == "portal.sqlite":
            limits = {
                "BACKEND": "portal.web.limit_store.SQLiteStore",
                "LOCATION": str(data_dir / "limits.sqlite3"),
            }
        else:
            limits = {
                "BACKEND": "portal.web.limit_store.PostgreSQLStore",
                "LOCATION": "default",  # of DATABASES
            }
    return {
        "default": {**limits, "KEY_PREFIX": "limits"},
        "pages": {**pages, "KEY_PREFIX": "pages"},
        "made": {**made, "KEY_PREFIX": "made"},
        "renditions": {**pages, "KEY_PREFIX": "renditions"},  # Wagtail's own name for its pictures
    }
