"""The demonstration, sending through a real mail server on this machine: SMTP_PORT."""

import os

from portal.settings.demo import *  # noqa: F403

EMAIL_BACKEND = "portal.notifications.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ["SMTP_PORT"])
EMAIL_TIMEOUT = 30
