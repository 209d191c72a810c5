"""`python -m tests.browser.tomorrow COMMAND`: a management command as if a day had passed."""

import sys
from datetime import UTC, datetime, timedelta

import django

django.setup()

import time_machine  # noqa: E402
from django.core.management import call_command  # noqa: E402

with time_machine.travel(datetime.now(UTC) + timedelta(days=1), tick=False):
    call_command(*sys.argv[1:])
