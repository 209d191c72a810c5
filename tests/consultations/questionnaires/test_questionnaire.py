"""What editors build and what people are asked: numbers, kinds, conditions, words."""

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
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
from consultations.questionnaires.printable import sheet_of
from consultations.questionnaires.question_blocks import KIND_BLOCKS
from consultations.questionnaires.schema import Condition
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


def test_words_that_were_changed_where_they_stand_are_read_anew():
    stream = questionnaire_stream()
    before = questionnaire_of(stream)
    stream[0].value["title"] = "In other words"
    assert questionnaire_of(stream).parts[0].title == "In other words"
    assert before.parts[0].title != "In other words"


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
        (("1", "Yearly"), {"y"}, ("one", "Yearly")),
        (("1.", "b"), {"y"}, ("one", "Yearly")),
        ((" Question 1", "B.\n\n A)"), {"m", "y"}, ("one", "Monthly\nYearly")),
        (("one", "Yearly"), {"y"}, ("one", "Yearly")),
        (("how? ", "Yearly"), {"y"}, ("one", "Yearly")),
        (("1", "MON"), {"m"}, ("one", "Monthly")),
        (("1", "other"), {"other"}, ("one", "other")),
        (("1", "c"), {"other"}, ("one", "other")),
        (("2", "Yes"), {"yes"}, ("yes", "yes")),
        (("2", "no"), {"no"}, ("yes", "no")),
    ],
)
def test_a_condition_is_typed_in_many_ways_and_kept_by_the_question_s_id(only, keys, kept):
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
        (("3", "Yearly"), "question", "“When?” does not come before this"),
        (("When?", "Yearly"), "question", "“When?” does not come before this"),
        (("0", "Yearly"), "question", "before this one"),
        (("x", "Yearly"), "question", "before this one"),
        (("a3-1", "Yearly"), "question", "before this one"),
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


def when(only, *questions, **values):
    """What is kept of a questionnaire whose last question depends on another."""
    last = asked("date", "d", "When?", only=only, **values)
    return BLOCK.clean(stream_of(section("s", "One", [*questions, last]))).get_prep_value()


def condition_of(raw, question_id="d"):
    """The condition of a question, when what is kept is saved again."""
    questionnaire = questionnaire_of(BLOCK.clean(stream_of(*raw)))
    return questionnaire.find(question_id).condition


SECOND = asked("yes-no", "new", "Are you sure?")


def test_a_question_put_in_front_never_changes_what_a_condition_means():
    raw = when(("1", "yes"), YES)
    raw[0]["value"]["questions"].insert(0, SECOND)
    assert condition_of(raw) == Condition("yes", frozenset(["yes"]))
    sheet = sheet_of(questionnaire_of(BLOCK.clean(stream_of(*raw))))
    assert sheet[0].questions[2].condition == "Only if you answered question 2 with “Yes”."


def test_a_question_that_moves_or_is_renamed_keeps_what_depends_on_it():
    raw = when(("1", "yes"), YES, SECOND)
    questions = raw[0]["value"]["questions"]
    questions[0], questions[1] = questions[1], questions[0]
    questions[1]["value"]["text"] = "Truly?"
    assert condition_of(raw) == Condition("yes", frozenset(["yes"]))
    kept = BLOCK.clean(stream_of(*raw))[0].value["questions"][2].value["condition"]
    assert kept["asked"] == "Truly?"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda questions: questions.pop(0), "“Really?” is not in the questionnaire any more."),
        (lambda questions: questions.append(questions.pop(0)), "“Really?” does not come before"),
    ],
)
def test_a_condition_on_a_question_gone_or_below_is_refused_by_its_words(change, words):
    raw = when(("1", "yes"), YES, SECOND)
    change(raw[0]["value"]["questions"])
    at = [block["id"] for block in raw[0]["value"]["questions"]].index("d")
    told = refused(*raw)[0]["blockErrors"]["questions"]["blockErrors"][at]["blockErrors"]
    assert words in told["condition"]["blockErrors"]["question"]["messages"][0]


def test_a_question_that_is_not_saved_yet_is_chosen_by_its_words():
    new = {**YES, "id": None}
    stream = BLOCK.clean(
        stream_of(section("s", "One", [new, asked("date", "d", "When?", only=("Really?", "yes"))]))
    )
    first, second = stream.get_prep_value()[0]["value"]["questions"]
    assert first["id"]
    assert second["value"]["condition"]["question"] == first["id"]


def test_an_approver_compares_conditions_in_words(consultations):
    before, after = (
        BLOCK.to_python(when(only, YES))[0].value["questions"][1].value["condition"]
        for only in (("1", "yes"), ("1", "no"))
    )
    block = KIND_BLOCKS[0][1].child_blocks["condition"]
    compared = block.get_comparison_class()(block, True, True, before, after)
    assert compared.has_changed()
    assert compared.htmlvalue(after) == "Really? – no"
    assert "yes" in compared.htmldiff()


def test_words_that_two_questions_have_do_not_choose_one():
    twin = {**YES, "id": "twin"}
    errors = refused(
        section("s", "One", [YES, twin, asked("date", "d", "When?", only=("Really?", "yes"))])
    )
    assert "Several questions have the words “Really?”" in str(errors)


def test_words_with_a_number_in_them_are_not_read_as_a_number():
    many = asked("yes-no", "many", "More than 1 country?")
    raw = when(("More than 1 country?", "yes"), YES, many)
    assert condition_of(raw).question == "many"


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
    asked = BeautifulSoup(shown, "html.parser").select(".asked__text")
    for number, (each, question) in enumerate(zip(asked, QUESTIONNAIRE.questions, strict=True), 1):
        words = each.get_text(" ", strip=True)
        assert words.startswith(f"{number}. {question.text}")
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
