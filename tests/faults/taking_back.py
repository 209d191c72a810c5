"""
`python -m tests.faults.taking_back FOLDER`: somebody says telling words, and takes them back.

They comment twice and change one of the two; somebody has the search send them what is new, which
waits; a moderator hides a wording with a note that quotes it. Then one comment is removed by its
author, and an account is deleted with its comments. What is left is for others to look through;
mail lies in FOLDER, and so does an export of the record.
"""

import io
import logging
import sys
from contextlib import redirect_stdout
from datetime import timedelta
from pathlib import Path

import django

django.setup()

import time_machine  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone, translation  # noqa: E402

from consultations.discussion import actions  # noqa: E402
from portal.notifications.models import Message  # noqa: E402
from portal.saved_searches.actions import save_search  # noqa: E402
from portal.saved_searches.digests import KIND  # noqa: E402
from portal.settings.logging import configure_logging  # noqa: E402
from portal.stakeholders.models import User  # noqa: E402
from portal.stakeholders.roles import MODERATOR  # noqa: E402
from tests.consultations.factories import ConsultationPageFactory, comment_on  # noqa: E402
from tests.factories import UserFactory  # noqa: E402
from tests.staff import prove_again  # noqa: E402

folder = Path(sys.argv[1])
configure_logging(level="DEBUG", renderer="json")
logging.getLogger("factory").setLevel(logging.WARNING)  # the tests' own, and not the portal's
settings.ALLOWED_HOSTS.append("testserver")
settings.EMAIL_FILE_PATH = folder / "mail"
settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
translation.activate("en")


def quietly(*command, **options):
    with redirect_stdout(io.StringIO()):
        call_command(*command, **options)


def read_about(*comments):
    """Everything that shows a comment is asked for, so that whatever keeps a page has kept it."""
    browser = Client()
    thread = reverse("discussion:thread", args=[page.slug])
    for address in (thread, f"{thread}?order=newest", "/en/search/?q=telltale", "/feeds/search/"):
        assert browser.get(address).status_code == 200, address
    for comment in comments:
        for name in ("reply", "history"):
            browser.get(reverse(f"discussion:{name}", args=[page.slug, comment.pk]))


page = ConsultationPageFactory(title="Risk indicators")
speaker = UserFactory(name="Ana Namecanary", affiliation="Bodycanary Watch")
leaver = UserFactory(name="Ben Leavercanary", affiliation="Gonecanary Works")
listener = UserFactory(email="listener@people.example")
moderator = UserFactory(role=MODERATOR)
save_search(owner=listener, query="q=telltale", name="Mine", frequency="daily", language="en")

browser = Client()
browser.force_login(speaker)
sent = {"body": "An earlier telltale firstcanary.", "language": "en"}
browser.post(reverse("discussion:thread", args=[page.slug]), sent)
comment = speaker.comments.get()
changed = {**sent, "body": "A later telltale secondcanary."}
browser.post(reverse("discussion:edit", args=[page.slug, comment.pk]), changed)
comment.refresh_from_db()
version = comment.versions.get()
actions.hide_wording(
    moderator=moderator, version=version, reason="abuse", note="Says firstcanary aloud."
)
other = comment_on(page, author=leaver, body="Another telltale leftcanary.")
for number in range(30):
    comment_on(page, body=f"What others say of it, {number}.")
read_about(comment, other)
quietly("count_search_words")

with time_machine.travel(timezone.now() + timedelta(days=1, hours=9), tick=False):
    quietly("send_search_digests")
    assert Message.objects.filter(kind=KIND).due(timezone.now()).exists(), "mail waits"
    assert browser.post(reverse("account_remove_comment", args=[comment.pk])).status_code == 302
    browser.force_login(leaver)
    prove_again(browser)
    assert browser.post(reverse("account_delete"), {"comments": "erase"}).status_code == 302
    read_about(comment, other)
    quietly("housekeeping")
    quietly("send_notifications")
with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
    quietly("housekeeping")
    quietly("export_record", folder / "export")
    quietly("verify_record")
    read_about(comment, other)
assert not User.objects.filter(pk=leaver.pk).exists()
# It is the profile's as long as the account is there, and no part of what was taken back.
User.objects.filter(pk=speaker.pk).update(name="Ana", affiliation="")
quietly("count_search_words")
print(comment.pk, other.pk)
