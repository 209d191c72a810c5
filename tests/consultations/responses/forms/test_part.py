"""A part of a questionnaire as a plain form: what is taken, what is refused and in which words."""

from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.template import engines
from django.template.defaultfilters import filesizeformat
from django.test import RequestFactory
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from consultations.questionnaires.parts import Part, Questionnaire
from consultations.questionnaires.schema import Condition, Limit, Option
from consultations.questionnaires.types import TYPES, Question, type_of
from consultations.responses.answers.completeness import missing
from consultations.responses.forms import intake as taking_in
from consultations.responses.forms.part import PartForm
from consultations.responses.models import Draft
from portal.files.errors import FileRefused
from portal.files.sandbox import limits

OPTIONS = (Option("a", "Cost"), Option("b", "Time"), Option("c", "Staff"))
ROWS = (Option("r", "Training"), Option("s", "Checklists"))


def ask(kind: str, **values) -> Question:
    return type_of(kind)(**{"id": kind, "number": "1", "text": "What?"} | values)


def form_for(*questions: Question, data=None, files=None, **arguments) -> PartForm:
    """A form of one part; `data` is a dict, a list in it stands for several values of a name."""
    part = Part("part", 1, "Part", questions=questions)
    if data is not None:
        query = QueryDict(mutable=True)
        for name, value in data.items():
            query.setlist(name, value if isinstance(value, list) else [value])
        data = query
    arguments = {"answers": {}, "allow_confidential": False} | arguments
    return PartForm(Questionnaire((part,)), part, data=data, files=files, **arguments)


def value_of(question: Question, **data):
    """The value that a form keeps; `name` stands for the field, `name_x` for `q-…-x`."""
    data = {key.replace("name", f"q-{question.id}").replace("_", "-"): v for key, v in data.items()}
    form = form_for(question, data=data)
    assert form.is_valid(), form.errors
    answer = form.answers()[question.id]
    return answer and answer["value"]


def errors_of(question: Question, **data) -> list[str]:
    data = {key.replace("name", f"q-{question.id}").replace("_", "-"): v for key, v in data.items()}
    form = form_for(question, data=data)
    assert not form.is_valid()
    assert form.answers() == {}, "a wrong value is not kept"
    return list(form.errors[f"q-{question.id}"])


def drawn(form: PartForm) -> BeautifulSoup:
    source = (
        "{% from 'components/question.html' import question %}"
        "{% from 'components/error_summary.html' import error_summary %}{{ error_summary(form) }}"
        "{% for each in form.questions %}{{ question(form, each) }}{% endfor %}"
    )
    html = engines["jinja2"].from_string(source).render({"form": form})
    return BeautifulSoup(html, "html.parser")


# -- what is taken -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", TYPES)
def test_nothing_is_an_error_while_a_draft_is_written(kind):
    question = ask(kind, options=OPTIONS, rows=ROWS, required=True)
    form = form_for(question, data={})
    assert form.is_valid()
    assert form.answers() == {kind: None}


def test_text_is_kept_whole_with_one_kind_of_line_end():
    typed = "  Two\r\nlines\x00, and \u202bيمين\u202c.\v\ue000e\u0301 "
    assert value_of(ask("long-text"), name=typed) == "Two\nlines, and يمين.\n\ue000é"
    assert value_of(ask("short-text"), name=" One\r\nline\x07 ") == "One line"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12", "12"),
        ("1,5", "1.5"),
        ("1.50", "1.50"),
        ("١٢٫٥", "12.5"),
        ("۱۲", "12"),
        ("1 234,5", "1234.5"),
        ("1\u202f234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234,567", "1234567"),
        ("1٬234", "1234"),
        ("−2", "-2"),
        ("\u200f٣", "3"),
        (".5", "0.5"),
        ("-0", "0"),
    ],
)
def test_numbers_as_five_languages_write_them(typed, kept):
    assert value_of(ask("number"), name=typed) == kept


def test_a_date_in_digits_of_any_script():
    assert value_of(ask("date"), name_day="٢٧", name_month="3", name_year="2027") == "2027-03-27"


def test_choices_with_other():
    one, many = (
        ask("one-choice", options=OPTIONS, allow_other=True),
        ask("many-choices", options=OPTIONS, allow_other=True),
    )
    assert value_of(one, name_other="Law") == {"choice": "other", "other": "Law"}
    assert value_of(many, name=["c", "a"]) == {"choices": ["a", "c"], "other": ""}
    assert value_of(many, name=["a"], name_other="Law") == {
        "choices": ["a", "other"],
        "other": "Law",
    }


@pytest.mark.parametrize(("key", "words"), [("b", "Every year"), ("", "No answer")])
def test_own_words_beside_another_option_are_refused_and_both_are_kept(key, words):
    question = ask("one-choice", options=OPTIONS, allow_other=True)
    words = question.label_of(key) if key else words
    assert errors_of(question, name=key, name_other="Law") == [
        f"You chose “{words}” and also wrote your own words. Choose “Other”, or clear the box."
    ]
    form = form_for(question, data={f"q-{question.id}": key, f"q-{question.id}-other": "Law"})
    form.is_valid()
    page = drawn(form)
    assert page.find("input", attrs={"name": f"q-{question.id}-other"})["value"] == "Law"
    if key:
        assert page.find("input", value=key).has_attr("checked")
    assert value_of(question, name=key, name_other=" ") == (
        {"choice": key, "other": ""} if key else None
    )


def test_an_answer_can_be_taken_back():
    for kind in ("one-choice", "scale", "yes-no"):
        question = ask(kind, options=OPTIONS)
        assert drawn(form_for(question)).find("input", value="", type="radio")
        assert value_of(question, name="") is None


def test_a_ranking_closes_gaps_and_leaves_options_out():
    question = ask("ranking", options=OPTIONS)
    assert value_of(question, name_o_c="1", name_o_a="3", name_o_b="") == ["c", "a"]


def test_yes_no_and_scale_and_matrix():
    assert value_of(ask("yes-no"), name="no") is False
    assert value_of(ask("scale", minimum=Decimal(-2), maximum=Decimal(2)), name="-2") == -2
    matrix = ask("matrix", options=OPTIONS, rows=ROWS)
    assert value_of(matrix, name_r_r="a", name_r_s="") == {"r": "a"}


# -- what is refused -----------------------------------------------------------------------------


def test_a_limit_says_by_how_much():
    words = ask("long-text", limit=Limit(3))
    assert errors_of(words, name="one two three four") == [
        "Your answer is 1 word too long. At most 3 fit."
    ]
    assert value_of(words, name=" one  two\nthree ")
    signs = ask("short-text", limit=Limit(1200, "characters"))
    assert errors_of(signs, name="é" * 2500) == [
        "Your answer is 1,300 characters too long. At most 1,200 fit."
    ]
    assert value_of(signs, name="e\u0301" * 1200) == "é" * 1200


def test_one_endless_word_does_not_pass_a_limit_in_words():
    assert "characters too long" in errors_of(ask("long-text", limit=Limit(2)), name="x" * 90)[0]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("many", "Write a number in digits, such as 12 or 12.5."),
        ("1e5", "Write a number in digits, such as 12 or 12.5."),
        ("1 to 5", "Write a number in digits, such as 12 or 12.5."),
        ("40 %", "Write the number alone: 40. Leave out “%”."),
        ("about 40", "Write the number alone: 40. Leave out “about”."),
        ("ca. ٤٠ licences", "Write the number alone: 40. Leave out “ca.”, “licences”."),
        ("1.234.5", "Write a number in digits, such as 12 or 12.5."),
        ("9" * 400, "Write a number in digits, such as 12 or 12.5."),
        ("1,000", "Write 1000, or 1.000 if you mean a fraction."),
        ("-1", "The number must be between 0 and 5000."),
        ("5000.1", "The number must be between 0 and 5000."),
    ],
)
def test_wrong_numbers(typed, said):
    assert errors_of(ask("number", minimum=Decimal(0), maximum=Decimal(5000)), name=typed) == [said]


def test_a_number_with_one_end():
    assert errors_of(ask("number", minimum=Decimal(1)), name="0") == [
        "The number must be 1 or more."
    ]
    assert errors_of(ask("number", maximum=Decimal("2.5")), name="3") == [
        "The number must be 2.5 or less."
    ]


RANGE = (
    "The year must be between 1900 and 2100. Write the date in the Gregorian calendar, such as 27 3"
    " 2026."
)


@pytest.mark.parametrize(
    ("day", "month", "year", "said"),
    [
        ("27", "", "2027", "The date must include a month."),
        ("", "", "2027", "The date must include a day and a month."),
        ("31", "2", "2027", "The date must be a real date."),
        ("1", "1", "27", "The year must have 4 digits."),
        ("1", "March", "2027", "Write the date in digits, such as 27 3 2026."),
        *(("1", "1", year, RANGE) for year in ("0000", "9999", "1447", "۱۴۰۵", "๒๕๖๙")),
        ("9" * 500, "1", "2027", "Write the date in digits, such as 27 3 2026."),
    ],
)
def test_wrong_dates(day, month, year, said):
    given = {"name_day": day, "name_month": month, "name_year": year}
    assert errors_of(ask("date"), **given) == [said]


def test_a_ranking_names_both_that_share_a_place():
    question = ask("ranking", options=OPTIONS)
    assert errors_of(question, name_o_a="2", name_o_b="2", name_o_c="1") == [
        "“Cost” and “Time” have the same place, 2. Give each a place of its own."
    ]


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        ("one-choice", {"name": "other"}),
        ("many-choices", {"name": ["a", "zz"]}),
        ("scale", {"name": "6"}),
        ("scale", {"name": "1.0"}),
        ("ranking", {"name_o_a": "4"}),
        ("matrix", {"name_r_r": "zz"}),
        ("yes-no", {"name": "maybe"}),
    ],
)
def test_what_was_not_offered_cannot_be_chosen(kind, sent):
    question = ask(kind, options=OPTIONS, rows=ROWS)
    assert errors_of(question, **sent) == ["Choose from the options that are given."]


# -- what is wrong stays on the page, what is right is kept ----------------------------------------


def test_what_was_typed_comes_back_and_the_rest_is_kept():
    date, text = ask("date", number="7"), ask("short-text")
    stored = {"date": {"value": "2020-01-02"}}
    form = form_for(
        date,
        text,
        answers=stored,
        data={"q-date-day": "٣١", "q-date-month": "", "q-date-year": "<b>", "q-short-text": "Yes"},
    )
    assert not form.is_valid()
    assert form.answers() == {"short-text": {"value": "Yes", "visibility": "public"}}
    page = drawn(form)
    assert [
        page.find("input", {"name": f"q-date-{part}"})["value"] for part in ("day", "year")
    ] == [
        "٣١",
        "<b>",
    ]
    link = page.find(class_="govuk-error-summary").find("a")
    assert link.get_text(strip=True) == "Question 7: The date must include a month."
    assert page.find(id=link["href"][1:])["name"] == "q-date-day"


@pytest.mark.parametrize("kind", TYPES)
def test_the_summary_leads_to_the_first_control(kind):
    question = ask(kind, options=OPTIONS, rows=ROWS, allow_other=True)
    form = form_for(question, data={})
    form.add_error(f"q-{kind}", "No.")
    page = drawn(form)
    target = page.find(id=page.find(class_="govuk-error-summary").find("a")["href"][1:])
    assert target.name in ("input", "textarea", "select")
    assert target == page.find("div", class_="question").find(["input", "textarea", "select"])
    said = [page.find(id=each) for each in described(target)]
    assert any("No." in each.get_text() for each in said)


def described(control) -> list[str]:
    """The ids of what describes a control or the group that it stands in."""
    holders = [control, *control.find_parents("fieldset")]
    return [each for holder in holders for each in holder.get("aria-describedby", "").split()]


def test_every_control_has_a_name_and_matrix_radios_that_of_row_and_column():
    questions = [ask(kind, id=kind, options=OPTIONS, rows=ROWS, allow_other=True) for kind in TYPES]
    page = drawn(form_for(*questions, allow_confidential=True))
    labels = {label["for"]: label.get_text(" ", strip=True) for label in page.find_all("label")}
    for control in page.find_all(["input", "select", "textarea"]):
        assert labels[control["id"]]
    radio = page.find("input", {"name": "q-matrix-r-s", "value": "b"})
    assert labels[radio["id"]] == "Checklists: Time"


# -- who may read it -----------------------------------------------------------------------------


def test_who_may_read_it_is_public_until_said_otherwise():
    text = ask("short-text")
    form = form_for(text, allow_confidential=True, data={"q-short-text": "Yes"})
    assert form.answers()["short-text"]["visibility"] == "public"
    form = form_for(
        text,
        allow_confidential=True,
        answers={"short-text": {"value": "No", "visibility": "officials", "public_version": "…"}},
        data={"q-short-text": "Yes", "v-short-text": "officials"},
    )
    assert form.answers()["short-text"] == {
        "value": "Yes",
        "visibility": "officials",
        "public_version": "…",
    }


def test_officials_only_is_never_undone_by_a_form_that_does_not_ask():
    stored = {"short-text": {"value": "No", "visibility": "officials"}}
    form = form_for(ask("short-text"), answers=stored, data={"q-short-text": "Yes"})
    assert form.answers()["short-text"]["visibility"] == "officials"
    assert drawn(form).find("select") is None


def test_a_tampered_reader_is_refused_and_nothing_is_kept():
    form = form_for(
        ask("short-text"),
        allow_confidential=True,
        data={"q-short-text": "Yes", "v-short-text": "everyone!"},
    )
    assert form.answers() == {}
    assert "Choose who may read this answer." in drawn(form).get_text()


# -- conditions ----------------------------------------------------------------------------------

FIRST = ask("one-choice", options=OPTIONS, allow_other=True, number="4")
SECOND = ask(
    "number", number="5", required=True, condition=Condition("one-choice", frozenset("ca"))
)
THIRD = ask("yes-no", number="6", condition=Condition("one-choice", frozenset(["other"])))


def test_a_question_that_depends_on_this_page_is_there_and_says_when():
    page = drawn(form_for(FIRST, SECOND))
    question = page.find(attrs={"data-when": True})
    assert "Answer only if you chose “Cost” or “Staff” in question 4." in question.get_text()
    assert (question["data-when"], question["data-when-keys"]) == ("q-one-choice", "a c")
    assert page.find("input", {"name": "q-number"})
    assert "data-when" not in str(page.find(id="question-4"))


def test_what_does_not_apply_is_kept_but_neither_wrong_nor_missing():
    form = form_for(FIRST, SECOND, data={"q-one-choice": "b", "q-number": "lots"})
    assert form.is_valid()
    assert form.answers() == {
        "one-choice": {"value": {"choice": "b", "other": ""}, "visibility": "public"}
    }
    form = form_for(FIRST, SECOND, data={"q-one-choice": "b", "q-number": "12"})
    assert form.answers()["number"]["value"] == "12"
    assert missing(form.questionnaire, form.answers()) == []
    form = form_for(FIRST, SECOND, data={"q-one-choice": "a", "q-number": "lots"})
    assert not form.is_valid()


def test_a_question_that_depends_on_an_earlier_page_is_there_only_where_it_applies():
    parts = (
        Part("p1", 1, "One", questions=(FIRST,)),
        Part("p2", 2, "Two", questions=(SECOND, THIRD)),
    )
    questionnaire = Questionnaire(parts)

    def asked(choice: str) -> list[str]:
        answers = {"one-choice": {"value": {"choice": choice, "other": ""}}}
        applicable = questionnaire.applicable(answers)
        form = PartForm(questionnaire, applicable[-1], answers=answers, allow_confidential=False)
        assert all(not form.condition_note(question) for question in form.questions)
        return [question.id for question in form.questions]

    assert asked("a") == ["number"]
    assert asked("other") == ["yes-no"]


def test_a_question_that_depends_on_one_that_is_not_asked_is_not_asked():
    gate = replace(FIRST, id="gate")
    first = replace(FIRST, condition=Condition("gate", frozenset("a")))
    parts = (
        Part("p1", 1, "One", questions=(gate,)),
        Part("p2", 2, "Two", questions=(first, SECOND)),
    )
    stored = {
        "gate": {"value": {"choice": "b", "other": ""}},
        "one-choice": {"value": {"choice": "a", "other": ""}},
    }
    form = PartForm(Questionnaire(parts), parts[1], answers=stored, allow_confidential=False)
    assert form.questions == []


# -- what is missing -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "value", "whole"),
    [
        ("short-text", "Yes", True),
        ("yes-no", False, True),
        ("scale", 0, True),
        ("one-choice", {"choice": "other", "other": ""}, False),
        ("one-choice", {"choice": "other", "other": "Law"}, True),
        ("many-choices", {"choices": ["other"], "other": ""}, False),
        ("many-choices", {"choices": ["a", "other"], "other": ""}, True),
        ("matrix", {"r": "a"}, False),
        ("matrix", {"r": "a", "s": "b"}, True),
        ("ranking", ["a"], True),
    ],
)
def test_what_counts_as_answered(kind, value, whole):
    question = ask(kind, options=OPTIONS, rows=ROWS, allow_other=True, required=True)
    questionnaire = form_for(question).questionnaire
    assert missing(questionnaire, {}) == [(questionnaire.parts[0], question)]
    assert (missing(questionnaire, {kind: {"value": value}}) == []) is whole


# -- files ---------------------------------------------------------------------------------------

OLD, GONE = str(uuid4()), str(uuid4())


@pytest.fixture
def intake(monkeypatch):
    """Receives any file but those that end in .exe; returns the ids that it gave."""
    ids: list[str] = []

    def receive(upload, **wanted):
        if upload.name.endswith(".exe"):
            raise FileRefused("name", "This kind of file is not accepted.")
        ids.append(str(uuid4()))
        return SimpleNamespace(id=ids[-1])

    monkeypatch.setattr(taking_in, "receive", receive)
    monkeypatch.setattr(taking_in, "take_bytes", lambda *args: None)
    return ids


def take_in_files(form):
    request = RequestFactory().post("/")
    request.user = AnonymousUser()
    taking_in.take_in_files(form, Draft(), request)


def upload_form(names: list[str], *, remove=(), maximum=3) -> PartForm:
    files = MultiValueDict({"q-file": [SimpleUploadedFile(name, b"x") for name in names]})
    return form_for(
        ask("file", maximum=Decimal(maximum)),
        answers={"file": {"value": [OLD, GONE]}},
        data={"q-file-remove": list(remove)},
        files=files,
    )


def test_files_are_added_and_removed(intake):
    form = upload_form(["a.pdf", "b.pdf"], remove=[GONE])
    take_in_files(form)
    assert form.is_valid()
    assert form.answers()["file"]["value"] == [OLD, *intake]


def test_too_many_files_are_refused_together_and_none_is_lost(intake):
    form = upload_form(["a.pdf", "b.pdf"])
    take_in_files(form)
    assert intake == []
    assert "file" not in form.answers()
    assert "At most 3 files fit here; with these it would be 4." in form.errors["q-file"][0]


def test_a_refused_file_is_named_and_those_beside_it_are_kept(intake):
    form = upload_form(["<b>\u202e.exe", "b.pdf"], remove=[GONE])
    take_in_files(form)
    assert form.errors["q-file"] == ["“<b>.exe” was not added. This kind of file is not accepted."]
    assert form.answers()["file"]["value"] == [OLD, *intake]


def test_a_file_question_says_which_files_are_taken_and_how_large():
    page = drawn(form_for(ask("file")))
    assert "You can attach PDF, Word (.docx)" in page.text
    assert f"Each may have at most {filesizeformat(limits().file_bytes)}." in page.text
    assert ".docx" in page.find("input", type="file")["accept"].split(",")


def test_a_form_names_no_file_of_another(intake):
    form = form_for(ask("file"), answers={}, data={"q-file": str(uuid4()), "q-file-remove": [OLD]})
    take_in_files(form)
    assert form.answers() == {"file": None}


@pytest.mark.django_db
def test_files_that_are_there_are_listed_with_a_box_to_remove_them():
    from portal.files.models import StoredFile

    stored = StoredFile.objects.create(
        kind="pdf", size=120_000, sha256="0" * 64, state="clean", stored_on="2026-11-24"
    )
    page = drawn(form_for(ask("file"), answers={"file": {"value": [str(stored.id), OLD]}}))
    box = page.find("input", {"name": "q-file-remove"})
    assert box["value"] == str(stored.id)
    assert "Attachment 1 (PDF" in page.find("label", {"for": box["id"]}).get_text()
    assert page.find("input", type="file").has_attr("multiple")
    for still_told in ("names in a footer", "faces", "wording"):
        assert still_told in page.get_text()


def test_messages_follow_the_language_of_the_page():
    with translation.override("ar"):
        form = form_for(ask("number"), data={"q-number": "x"})
        assert not form.is_valid()
        assert drawn(form).get_text()
