"""What editors build and what people are asked: numbers, kinds, conditions, words."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.blocks import StreamBlockValidationError
from wagtail.test.utils.form_data import rich_text, streamfield

from consultations.calls.models import ConsultationPage
from consultations.questionnaires.blocks import QuestionnaireBlock
from consultations.questionnaires.conditions import in_words
from consultations.questionnaires.paper import letter
from consultations.questionnaires.parsing import questionnaire_of
from consultations.questionnaires.question_blocks import KIND_BLOCKS
from consultations.questionnaires.types import TYPES, type_of
from portal.search.models import Card
from tests.consultations.calls.test_forms import form_for, typed
from tests.consultations.factories import (
    ConsultationPageFactory,
    asked,
    questionnaire_stream,
    section,
    stream_of,
)
from tests.factories import UserFactory

BLOCK = QuestionnaireBlock()
QUESTIONNAIRE = questionnaire_of(questionnaire_stream())


def cleaned(*sections):
    return questionnaire_of(BLOCK.clean(stream_of(*sections)))


def refused(*sections):
    """The error as the editor's page gets it: nested by blocks, with the words at the field."""
    with pytest.raises(StreamBlockValidationError) as refusal:
        BLOCK.clean(stream_of(*sections))
    return refusal.value.as_json_data()["blockErrors"]


def test_every_kind_of_question_has_a_block():
    assert {name.replace("_", "-") for name, _block in KIND_BLOCKS} == set(TYPES)


def test_questions_are_numbered_through_all_sections():
    numbers = [question.number for question in QUESTIONNAIRE.questions]
    assert numbers == [str(number) for number in range(1, 13)]
    assert [part.number for part in QUESTIONNAIRE.parts] == [1, 2, 3]
    assert {question.kind for question in QUESTIONNAIRE.questions} <= set(TYPES)


def test_saving_what_editors_built_changes_nothing_of_it():
    again = BLOCK.clean(questionnaire_stream())
    assert questionnaire_of(again) == QUESTIONNAIRE
    stored = BLOCK.to_python(again.get_prep_value())
    assert questionnaire_of(stored) == QUESTIONNAIRE


def test_what_applies_follows_the_answers():
    parts = QUESTIONNAIRE.applicable({"exporter": {"value": False}})
    assert [part.id for part in parts] == ["about", "practice"]
    assert "why" not in [question.id for question in parts[1].questions]
    yearly = {"review": {"value": {"choice": "year", "other": ""}}}
    assert "why" in [q.id for part in QUESTIONNAIRE.applicable(yearly) for q in part.questions]


ONE = asked("one-choice", "one", "How?", options={"m": "Monthly", "y": "Yearly"}, allow_other=True)
YES = asked("yes-no", "yes", "Really?")


@pytest.mark.parametrize(
    ("only", "keys", "kept"),
    [
        (("1", "Yearly"), {"y"}, ("1", "Yearly")),
        (("1.", "b"), {"y"}, ("1", "Yearly")),
        ((" Question 1", "B.\n\n A)"), {"m", "y"}, ("1", "Monthly\nYearly")),
        (("1", "MON"), {"m"}, ("1", "Monthly")),
        (("1", "other"), {"other"}, ("1", "other")),
        (("1", "c"), {"other"}, ("1", "other")),
        (("2", "Yes"), {"yes"}, ("2", "yes")),
        (("2", "no"), {"no"}, ("2", "no")),
    ],
)
def test_a_condition_is_typed_by_letters_or_words_and_kept_by_words(only, keys, kept):
    stream = BLOCK.clean(
        stream_of(section("s", "One", [ONE, YES, asked("date", "d", "When?", only=only)]))
    )
    questions = list(questionnaire_of(stream).questions)
    assert questions[2].condition.keys == keys
    condition = stream[0].value["questions"][2].value["condition"]
    assert (condition["question"], condition["answers"]) == kept


@pytest.mark.parametrize(
    ("only", "field", "words"),
    [
        (("3", "Yearly"), "question", "before this one"),
        (("0", "Yearly"), "question", "before this one"),
        (("x", "Yearly"), "question", "before this one"),
        (("", "Yearly"), "question", "before this one"),
        (("1", ""), "answers", "at least one answer"),
        (("1", "Weekly"), "answers", "a. Monthly; b. Yearly; c. Other"),
        (("2", "Maybe"), "answers", "a. Yes; b. No"),
    ],
)
def test_a_condition_that_cannot_be_meant_is_told_at_its_field(only, field, words):
    question = asked("date", "d", "When?", only=only)
    errors = refused(section("s", "One", [ONE, YES, question]))
    told = errors[0]["blockErrors"]["questions"]["blockErrors"][2]["blockErrors"]["condition"]
    assert words in told["blockErrors"][field]["messages"][0]


def test_a_section_depends_only_on_questions_before_it():
    wrong = refused(section("s", "One", [ONE], only=("1", "Yearly")))
    assert "question" in wrong[0]["blockErrors"]["condition"]["blockErrors"]
    parts = cleaned(section("s", "One", [ONE]), section("t", "Two", [YES], only=("1", "b"))).parts
    assert parts[1].condition.question == "one"


def test_nothing_depends_on_a_text():
    text = asked("long-text", "t", "Why?", limit=None, unit="words")
    errors = refused(section("s", "One", [text, asked("date", "d", "When?", only=("1", "a"))]))
    assert "neither a choice" in str(errors)


def test_a_question_put_in_front_never_changes_what_a_condition_means():
    stream = BLOCK.clean(
        stream_of(section("s", "One", [ONE, asked("date", "d", "When?", only=("1", "b"))]))
    )
    raw = stream.get_prep_value()
    other = asked("one-choice", "new", "Where?", options={"p": "Here", "q": "There"})
    raw[0]["value"]["questions"].insert(0, other)
    assert "no answer “Yearly”" in str(refused(*raw))


@pytest.mark.parametrize(
    "question",
    [
        asked("one-choice", "o", "Which?", options={"a": "Yes", "b": " yes "}),
        asked("matrix", "m", "Which?", rows={"a": "X", "b": "x"}, options={"c": "1", "d": "2"}),
        asked("one-choice", "o", "Which?", options={"a": "Only one"}),
        asked("scale", "s", "How much?", minimum=5, maximum=5),
        asked("scale", "s", "How much?", minimum=-10, maximum=10),
        asked("number", "n", "How many?", minimum="5", maximum="1"),
        asked("long-text", "t", "", limit=None, unit="words"),
        asked("long-text", "t", "Why?", limit=0, unit="words"),
        asked("file", "f", "Files?", maximum=0),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(question):
    assert refused(section("s", "One", [question]))


def test_conditions_in_words():
    questions = list(QUESTIONNAIRE.questions)
    assert in_words(None, questions) == ""
    several = cleaned(
        section("s", "One", [ONE, asked("date", "d", "When?", only=("1", "a\nother"))])
    )
    *_, last = several.questions
    assert in_words(last.condition, list(several.questions)) == (
        "Only if you answered question 1 with “Monthly” or “Other”."
    )


def test_letters_go_on_after_z():
    assert [letter(place) for place in (0, 25, 26, 51, 52)] == ["a", "z", "aa", "az", "ba"]


def question(id_):
    return QUESTIONNAIRE.find(id_)


@pytest.mark.parametrize(
    ("id_", "value", "lines"),
    [
        ("who", "We export.", ["We export."]),
        ("indicators", "One.\nStill one.\n\nTwo.", ["One.\nStill one.", "Two."]),
        ("review", {"choice": "year", "other": ""}, ["Every year"]),
        ("review", {"choice": "other", "other": "Never"}, ["Other: Never"]),
        ("review", {"choice": "gone", "other": ""}, ["gone"]),
        ("sources", {"choices": ["press", "other"], "other": ""}, ["The press", "Other"]),
        ("clarity", 4, ["4 (1: Not clear, 5: Very clear)"]),
        ("order", ["laws", "train"], ["1. Model laws", "2. Training"]),
        (
            "tools",
            {"cases": "not-at-all", "check": "yes-very"},
            ["Checklists: Useful", "Case studies: Not useful"],
        ),
        ("licences", "1200.50", ["1200.5"]),
        ("licences", "100", ["100"]),
        ("since", "2026-03-07", ["7 March 2026"]),
        ("exporter", True, ["Yes"]),
        ("exporter", False, ["No"]),
    ],
)
def test_an_answer_is_read_as_people_read(id_, value, lines):
    assert question(id_).readable(value) == lines


def test_files_are_read_by_what_they_are_called():
    assert question("evidence").readable(["an-id"], files=["Attachment 1 (PDF)"]) == [
        "Attachment 1 (PDF)"
    ]


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize(
    "value", [None, "", "x", "NaN", "1e999999", 7, 2.5, True, [], ["x", 3], {}, {"x": 1}]
)
def test_no_value_breaks_the_reading(kind, value):
    read = type_of(kind)(id="q", number="1", text="?", minimum=Decimal(1)).readable(value)
    assert all(isinstance(line, str) for line in read)


@pytest.mark.django_db
def test_the_page_shows_every_question_without_a_query_for_it(
    client, consultations, django_assert_num_queries
):
    small = ConsultationPageFactory(questionnaire=stream_of(section("s", "One", [YES])))
    large = ConsultationPageFactory(questionnaire=True)
    for page in (small, large):
        client.get(page.get_url())
    with CaptureQueriesContext(connection) as counted:
        client.get(small.get_url())
    with django_assert_num_queries(len(counted)):
        shown = client.get(large.get_url()).content.decode()
    for number, words in enumerate((q.text for q in QUESTIONNAIRE.questions), 1):
        assert f"{number}. {words}" in shown
    with django_assert_num_queries(0):
        assert large.questionnaire() is large.questionnaire()


@pytest.mark.django_db
def test_whether_anything_is_asked_is_known_without_reading_it(
    consultations, django_assert_num_queries
):
    asking = ConsultationPageFactory(questionnaire=True, scheduled=True)
    silent = ConsultationPageFactory()
    asking, silent = (
        ConsultationPage.objects.readable().get(pk=page.pk) for page in (asking, silent)
    )
    with django_assert_num_queries(0):
        assert (asking.asks_questions, silent.asks_questions) == (True, False)
    full = ConsultationPage.objects.get(pk=asking.pk)
    full.questionnaire_parts = []
    full.save_revision().publish()
    assert not ConsultationPage.objects.get(pk=asking.pk).asks_questions


@pytest.mark.django_db
def test_what_is_asked_can_be_searched(consultations):
    page = ConsultationPageFactory(questionnaire=True)
    body = Card.objects.get(kind="consultation", key=str(page.pk)).body
    for words in ("Your practice", "Name the source of each.", "Court rulings", "Case studies"):
        assert words in body


@pytest.mark.django_db
def test_a_questionnaire_is_typed_in_the_admin_and_options_keep_their_keys(consultations):
    def with_options(*options, **changed):
        choice = {
            "text": "How often?",
            "help": "",
            "options": {
                "count": str(len(options)),
                **{
                    str(place): {"deleted": "", "order": str(place), "id": key, "value": label}
                    for place, (key, label) in enumerate(options)
                },
            },
            "allow_other": "on",
            "condition": {"question": "", "answers": ""},
        }
        text = {
            "text": "Why?",
            "help": "",
            "limit": "100",
            "unit": "words",
            "condition": {"question": "1", "answers": "b"},
        }
        part = {
            "title": "Practice",
            "introduction": rich_text("<p>Hello.</p>"),
            "condition": {"question": "", "answers": ""},
            "questions": streamfield([("one_choice", choice), ("long_text", text)]),
        }
        return typed(questionnaire_parts=streamfield([("section", part)]), **changed)

    page = ConsultationPage()
    page.set_url_path(consultations)
    form = form_for(page, with_options(("k1", "Monthly"), ("k2", "Yearly")))
    assert form.is_valid(), form.errors
    first, second = form.save(commit=False).questionnaire().questions
    assert [(option.key, option.label) for option in first.options] == [
        ("k1", "Monthly"),
        ("k2", "Yearly"),
    ]
    assert second.condition.keys == {"k2"}
    relabelled = form_for(page, with_options(("k2", "Once a year"), ("k1", "Monthly")))
    assert relabelled.is_valid(), relabelled.errors
    first, _second = relabelled.save(commit=False).questionnaire().questions
    assert [option.key for option in first.options] == ["k2", "k1"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["section", *(name for name, _block in KIND_BLOCKS)])
def test_blocks_show_editors_what_they_are_for(client, consultations, name):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    part = ConsultationPage._meta.get_field("questionnaire_parts").stream_block
    part = part.child_blocks["section"]
    block = part if name == "section" else part.child_blocks["questions"].child_blocks[name]
    assert block.meta.description
    shown = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert shown.status_code == 200
    sample = block.meta.preview_value
    assert (sample.get("text") or sample["title"]) in shown.content.decode()
