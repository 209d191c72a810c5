"""What tests build consultations and discussions with."""

import json
import random
import uuid
from contextlib import contextmanager
from datetime import timedelta

import factory
from django.utils import timezone
from wagtail.models import Locale

from consultations.calls.models import ConsultationIndexPage, ConsultationPage
from consultations.discussion.actions import submit_comment
from consultations.discussion.actions.sequence import next_ids
from consultations.discussion.models import Comment, Thread
from consultations.discussion.threads import paths
from consultations.questionnaires.blocks import QuestionnaireBlock
from tests.factories import OrganisationFactory, UserFactory
from tests.pages import add_published


def noon(distance):
    """
    Twelve o'clock UTC on the day this far from today.

    Consultations open and close far from midnight, as they do outside: an hour before the deadline
    is the same day in Brussels, at whatever hour the suite runs.
    """
    return timezone.now().replace(hour=12, minute=0, second=0, microsecond=0) + distance


class ConsultationPageFactory(factory.Factory):
    """
    A published consultation under the site tree, open now.

    Traits `scheduled`, `closed`, `outcome` and `cancelled` put it into another phase.
    `questionnaire=True` asks `questionnaire_stream()`; any other value is the stream to ask.
    """

    class Meta:
        model = ConsultationPage

    class Params:
        scheduled = factory.Trait(
            opens_at=factory.LazyFunction(lambda: noon(timedelta(days=7))),
        )
        closed = factory.Trait(
            opens_at=factory.LazyFunction(lambda: noon(-timedelta(weeks=20))),
            closes_at=factory.LazyFunction(lambda: noon(-timedelta(days=3))),
        )
        outcome = factory.Trait(
            opens_at=factory.LazyFunction(lambda: noon(-timedelta(weeks=40))),
            closes_at=factory.LazyFunction(lambda: noon(-timedelta(weeks=20))),
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
    opens_at = factory.LazyFunction(lambda: noon(-timedelta(days=10)))
    closes_at = factory.LazyAttribute(lambda page: page.opens_at + timedelta(weeks=13))
    commitments = factory.LazyFunction(lambda: ["licensing"])
    decided_already = "That there will be a list of indicators."
    can_change = "What stands in the list."
    who_decides = "The licensing office, after the deadline."

    @classmethod
    def _create(cls, model_class, *args, live=True, questionnaire=None, **kwargs):
        if questionnaire is not None:
            kwargs["questionnaire_parts"] = (
                questionnaire_stream() if questionnaire is True else questionnaire
            )
        page = model_class(*args, live=live, **kwargs)
        parent = ConsultationIndexPage.objects.get(locale=Locale.get_default())
        return add_published(parent, page) if live else parent.add_child(instance=page)


def close(page):
    """Close a consultation a minute ago: from now on what was accepted may be published."""
    page.closes_at = timezone.now() - timedelta(minutes=1)
    ConsultationPage.objects.filter(pk=page.pk).update(closes_at=page.closes_at)
    return page


@contextmanager
def closed_meanwhile(pages, at):
    """Have consultations be over at an instant, and be again as they were afterwards."""
    found = ConsultationPage.objects.filter(pk__in=[page.pk for page in pages])
    before = list(found.values("pk", "opens_at", "closes_at"))
    found.update(opens_at=at - timedelta(weeks=20), closes_at=at - timedelta(minutes=1))
    yield
    for row in before:
        ConsultationPage.objects.filter(pk=row.pop("pk")).update(**row)


def asked(kind, id_, text, *, options=None, rows=None, only=("", ""), **values):
    """
    The raw block of one question, as the database keeps it.

    `options` and `rows` map keys to labels; `only` is a question's number and the answers to it.
    """
    for name, labels in (("options", options), ("rows", rows)):
        if labels is not None:
            values[name] = [
                {"type": "item", "id": key, "value": label} for key, label in labels.items()
            ]
    condition = {"question": only[0], "answers": only[1]}
    value = {"help": "", "required": False, **values, "text": text, "condition": condition}
    return {"type": kind.replace("-", "_"), "id": id_, "value": value}


def section(id_, title, questions, *, introduction="", only=("", "")):
    """The raw block of one section of `asked` questions."""
    return {
        "type": "section",
        "id": id_,
        "value": {
            "title": title,
            "introduction": introduction,
            "condition": {"question": only[0], "answers": only[1]},
            "questions": questions,
        },
    }


def stream_of(*sections):
    """What the field `questionnaire_parts` takes, made of raw `section` blocks."""
    return ConsultationPage._meta.get_field("questionnaire_parts").to_python(json.dumps(sections))


def questionnaire_stream():
    """
    Every kind in three sections; question 5 and the last section depend on earlier answers.

    Ids are words: `exporter` (yes-no, required), `who`, `indicators` (required, 300 words),
    `review` (one choice with other), `why` (only where reviewed yearly), `sources` (many choices
    with other), `clarity` (1–5), `order`, `tools` (matrix), `licences` (number from 0), `since`
    (date), and `evidence` (two files) in the section for exporters.
    """
    # As the editor keeps it: conditions by the ids of questions.
    return QuestionnaireBlock().clean(_as_typed())


def _as_typed():
    return stream_of(
        section(
            "about",
            "About you",
            [
                asked("yes-no", "exporter", "Do you export listed items?", required=True),
                asked("short-text", "who", "What do you do?", limit=80, unit="characters"),
            ],
            introduction="<p>Tell us <b>who</b> is speaking.</p>",
        ),
        section(
            "practice",
            "Your practice",
            [
                asked(
                    "long-text",
                    "indicators",
                    "Which indicators should weigh most?",
                    help="Name the source of each.",
                    required=True,
                    limit=300,
                    unit="words",
                ),
                asked(
                    "one-choice",
                    "review",
                    "How often should a licence be reviewed?",
                    options={"month": "Every month", "year": "Every year"},
                    allow_other=True,
                ),
                asked(
                    "long-text",
                    "why",
                    "Why is once a year enough?",
                    limit=None,
                    unit="words",
                    only=("4", "Every year"),
                ),
                asked(
                    "many-choices",
                    "sources",
                    "Which sources do you use?",
                    options={"courts": "Court rulings", "press": "The press", "own": "Enquiries"},
                    allow_other=True,
                ),
                asked(
                    "scale",
                    "clarity",
                    "How clear is the draft?",
                    minimum=1,
                    maximum=5,
                    minimum_label="Not clear",
                    maximum_label="Very clear",
                ),
                asked(
                    "ranking",
                    "order",
                    "What should come first?",
                    options={"train": "Training", "laws": "Model laws", "lists": "Shared lists"},
                ),
                asked(
                    "matrix",
                    "tools",
                    "How useful are these?",
                    rows={"check": "Checklists", "cases": "Case studies"},
                    options={"yes-very": "Useful", "not-at-all": "Not useful"},
                ),
            ],
        ),
        section(
            "exports",
            "Your exports",
            [
                asked(
                    "number",
                    "licences",
                    "How many licences last year?",
                    minimum="0",
                    maximum=None,
                ),
                asked("date", "since", "Since when do you export?"),
                asked("file", "evidence", "What should we read?", maximum=2),
            ],
            only=("1", "yes"),
        ),
    )


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
                author_name=author.name,
                submitter_type=author.submitter_type,
                group=author.group,
                body=f"Comment number {pk}.",
                language="en",
            )
        )
    return Comment.objects.bulk_create(comments)
