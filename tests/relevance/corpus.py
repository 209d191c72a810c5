"""The demonstration with those responses published that the queries were judged with."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from consultations.publication.actions import publish
from consultations.publication.models import PublicCopy
from consultations.responses.models import Response
from portal.stakeholders.models import User
from tests.consultations.factories import closed_meanwhile
from tests.relevance.judged import HELD_OUT, TUNED


@contextmanager
def as_judged() -> Iterator[None]:
    """Publish what its open consultations have accepted, for as long as this lasts."""
    with transaction.atomic():
        now = timezone.now()
        public = " ".join(map(_words, PublicCopy.objects.published()))
        names = [name for name in _names() if name not in public]
        waiting = PublicCopy.objects.waiting().select_related("response", "consultation")
        copies = [copy for copy in waiting if any(name in _words(copy) for name in names)]
        nameless = [copy.response_id for copy in copies if copy.is_nameless]
        Response.objects.filter(pk__in=nameless).update(even_if_alone=True)
        with closed_meanwhile([copy.consultation for copy in copies], now):
            by = User.objects.get(email="moderator@demo.example")
            publish(copies=copies, by=by, at=now)
        yield
        transaction.set_rollback(True)


def _names() -> set[str]:
    """Return the words by which judgements name a response."""
    return {
        name.removeprefix("response:")
        for file in (TUNED, HELD_OUT)
        for entry in tomllib.loads(file.read_text(encoding="utf-8"))["query"]
        for grade in "3210"
        for name in entry.get(grade, [])
        if name.startswith("response:")
    }


def _words(copy: PublicCopy) -> str:
    named = f"{copy.display_name} {copy.organisation_name}"
    return f"{named} {[*copy.answers.values()]} {[*copy.translations.values()]}"
