"""What tests build consultations and discussions with."""

import random
import uuid
from datetime import timedelta

import factory
from django.utils import timezone

from consultations.calls.models import ConsultationIndexPage, ConsultationPage
from consultations.discussion import paths
from consultations.discussion.actions import submit_comment
from consultations.discussion.models import Comment, Thread
from consultations.discussion.sequence import next_ids
from tests.factories import OrganisationFactory, UserFactory


class ConsultationPageFactory(factory.Factory):
    """
    A published consultation under the site tree, open now.

    Traits `scheduled`, `closed`, `outcome` and `cancelled` put it into another phase.
    """

    class Meta:
        model = ConsultationPage

    class Params:
        scheduled = factory.Trait(
            opens_at=factory.LazyFunction(lambda: timezone.now() + timedelta(days=7)),
        )
        closed = factory.Trait(
            opens_at=factory.LazyFunction(lambda: timezone.now() - timedelta(weeks=20)),
            closes_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=3)),
        )
        outcome = factory.Trait(
            opens_at=factory.LazyFunction(lambda: timezone.now() - timedelta(weeks=40)),
            closes_at=factory.LazyFunction(lambda: timezone.now() - timedelta(weeks=20)),
            outcome_published_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=2)),
            outcome_summary="Two indicators were added.",
        )
        cancelled = factory.Trait(
            cancelled_at=factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1)),
            cancel_reason="The draft was withdrawn.",
        )

    title = factory.Sequence(lambda n: f"Consultation {n}")
    summary = "What should count as a warning sign?"
    host = factory.SubFactory(OrganisationFactory)
    timezone = "Europe/Brussels"
    opens_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=10))
    closes_at = factory.LazyAttribute(lambda page: page.opens_at + timedelta(weeks=13))
    commitments = factory.LazyFunction(lambda: ["licensing"])

    @classmethod
    def _create(cls, model_class, *args, live=True, **kwargs):
        page = model_class(*args, live=live, **kwargs)
        ConsultationIndexPage.objects.get().add_child(instance=page)
        if live:
            page.save_revision().publish()
            page = ConsultationPage.objects.get(pk=page.pk)
        return page


def comment_on(consultation, *, author=None, body="I agree with most of it.", **kwargs):
    """A comment as people post it; takes what `submit_comment` takes."""
    kwargs.setdefault("language", "en")
    kwargs.setdefault("submission_key", uuid.uuid4())
    return submit_comment(
        author=author or UserFactory(), consultation=consultation, body=body, **kwargs
    )


def build_thread(consultation, count, *, seed=1, author=None):
    """`count` comments in a reply tree, written at once; a quarter of them start a branch."""
    rng = random.Random(seed)
    author = author or UserFactory()
    thread, _ = Thread.objects.get_or_create(consultation=consultation)
    comments = []
    for pk in next_ids(count):
        parent = None if not comments or rng.random() < 0.25 else rng.choice(comments[-60:])
        comments.append(
            Comment(
                id=pk,
                thread=thread,
                parent=parent,
                path=paths.child(parent.path if parent else "", pk),
                author=author,
                submitter_type=author.submitter_type,
                group=author.group,
                body=f"Comment number {pk}.",
                language="en",
            )
        )
    return Comment.objects.bulk_create(comments)
