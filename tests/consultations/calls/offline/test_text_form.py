"""What somebody wrote into the plain-text form is what is read from it."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations.calls.offline import text_form
from consultations.questionnaires.parsing import questionnaire_of
from portal.text import is_empty
from tests.consultations.factories import ConsultationPageFactory, questionnaire_stream

QUESTIONNAIRE = questionnaire_of(questionnaire_stream())


@pytest.fixture
def form(consultations):
    page = ConsultationPageFactory(questionnaire=True, contact_email="desk@state.example")
    return page, text_form.render(page)


@pytest.fixture(scope="module")
def blank():
    """A form made without a database."""
    from types import SimpleNamespace

    return text_form.render(
        SimpleNamespace(
            docket="ECHRI-2026-01",
            title="Indicators",
            deadline=datetime(2027, 4, 30, 21, 59, 59, tzinfo=UTC),
            timezone="Europe/Brussels",
            contact_email="",
            privacy_note="",
            anonymous_allowed=True,
            publishes_while_open=False,
            questionnaire=lambda: QUESTIONNAIRE,
        ),
        "https://portal.example/en/consultations/indicators/",
    )


def write(form, name, text):
    """Type into the region of a question or detail."""
    mark = f"[[{name}]]\r\n"
    assert mark in form
    return form.replace(mark, f"{mark}{text}\r\n")


def tick(form, name, line, mark="x"):
    """Mark the option whose line begins so, in one region."""
    before, opening, rest = form.partition(f"[[{name}]]")
    region, closing, after = rest.partition(f"[[/{name}]]")
    assert f"[ ] {line}" in region
    return before + opening + region.replace(f"[ ] {line}", f"[{mark}] {line}") + closing + after


def fill(form, answers):
    """The form with answers (id → value) in it, as a careful person writes them."""
    for question in QUESTIONNAIRE.questions:
        value, name = answers.get(question.id), question.number
        letters = {option.key: option.letter for option in question.lettered()}
        match question.kind:
            case _ if value is None:
                pass
            case "short-text" | "long-text" | "number" | "date":
                form = write(form, name, value)
            case "one-choice":
                form = tick(form, name, f"{letters[value['choice']]}.")
                form = form.replace("Other: ", f"Other: {value['other']}", 1)
            case "many-choices":
                for key in value["choices"]:
                    form = tick(form, name, f"{letters[key]}.")
                before, mark, rest = form.partition(f"[[{name}]]")
                form = before + mark + rest.replace("Other: ", f"Other: {value['other']}", 1)
            case "scale":
                form = tick(form, name, f"{value}\r\n")
            case "ranking":
                for rank, key in enumerate(value, 1):
                    form = tick(form, name, f"{letters[key]}.", mark=rank)
            case "matrix":
                for place, row in enumerate(question.rows, 1):
                    if row.key in value:
                        form = tick(form, name, f"{place}{letters[value[row.key]]}.")
            case "yes-no":
                form = tick(form, name, "a." if value else "b.")
    return form


line_of = st.text(
    st.characters(exclude_categories=("C", "Z")) | st.just(" "), min_size=1, max_size=60
).map(lambda text: text_form.plain_lines(" ".join(text.split()))[0])
line_of = line_of.filter(
    lambda line: not is_empty(line) and "[" not in line and "Other" not in line
)
plain = st.text("abc ,.é中ع", max_size=20).map(lambda t: " ".join(t.split()))
options = {question.id: question.lettered() for question in QUESTIONNAIRE.questions}


def one(id_, others):
    keys = [option.key for option in options[id_]]
    return st.sampled_from(keys).flatmap(
        lambda key: st.fixed_dictionaries(
            {"choice": st.just(key), "other": others if key == "other" else st.just("")}
        )
    )


def many(id_, others):
    keys = [option.key for option in options[id_]]
    chosen = st.sets(st.sampled_from(keys), min_size=1).map(
        lambda some: [key for key in keys if key in some]
    )
    return chosen.flatmap(
        lambda some: st.fixed_dictionaries(
            {"choices": st.just(some), "other": others if "other" in some else st.just("")}
        )
    )


answers_given = st.fixed_dictionaries(
    {},
    optional={
        "exporter": st.booleans(),
        "who": line_of,
        "indicators": st.lists(line_of, min_size=1, max_size=5).map("\n".join),
        "why": st.lists(line_of, min_size=1, max_size=3).map("\n\n".join),
        "review": one("review", plain),
        "sources": many("sources", plain),
        "clarity": st.integers(1, 5),
        "order": st.permutations(["train", "laws", "lists"]).flatmap(
            lambda order: st.integers(1, 3).map(lambda most: order[:most])
        ),
        "tools": st.dictionaries(
            st.sampled_from(["check", "cases"]),
            st.sampled_from(["yes-very", "not-at-all"]),
            min_size=1,
        ),
        "licences": st.decimals(0, 10**6, places=2).map(lambda n: format(n, "f")),
        "since": st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(lambda day: day.isoformat()),
    },
)


@given(answers_given)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_was_filled_in_is_what_is_read(blank, answers):
    parsed = text_form.parse(fill(blank, answers), QUESTIONNAIRE)
    assert parsed.problems == []
    assert {id_: answer["value"] for id_, answer in parsed.answers.items()} == answers


@given(answers_given)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_editors_and_phones_do_no_harm(blank, answers):
    filled = fill(blank, answers)
    whole = text_form.parse(filled, QUESTIONNAIRE)
    for harmed in (
        "\ufeff" + filled.replace("\r\n", "\n"),
        filled.replace("\r\n", "\r"),
        filled.replace("[x]", "[ X ]"),
        filled.replace("[x]", "[✓]"),
        filled.replace("[x]", "- [x]"),
        filled.replace("[[", "\u200f[[ ").replace("\r\n[ ]", "\r\n\r\n[]"),
    ):
        parsed = text_form.parse(harmed, QUESTIONNAIRE)
        assert parsed.problems == []
        assert parsed.answers == whole.answers


@pytest.mark.parametrize("mark", ["[[3]]", "[[/3]]"])
def test_without_one_of_its_marks_an_answer_is_not_guessed(blank, mark):
    form = write(write(blank, "3", "Court rulings."), "5", "It is enough.").replace(mark, "", 2)
    parsed = text_form.parse(form, QUESTIONNAIRE)
    assert parsed.answers == {"why": {"value": "It is enough."}}
    assert "[[/3]] is missing" in parsed.problems[0]


@given(st.text() | st.text("[]/x0123456789abc.:\r\n \u2028٣"))
@settings(max_examples=200, deadline=None)
def test_anything_at_all_is_read_without_breaking(text):
    parsed = text_form.parse(text, QUESTIONNAIRE)
    assert parsed.problems


@given(st.sampled_from(range(1, 12)), st.text("[]x()0123456789abc.:/-,\r\n ٣√💩", max_size=300))
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_anything_in_a_region_is_read_without_breaking(blank, number, text):
    text_form.parse(write(blank, str(number), text), QUESTIONNAIRE)


def test_a_form_that_nobody_filled_in_says_nothing(blank):
    parsed = text_form.parse(blank, QUESTIONNAIRE)
    assert (parsed.details, parsed.answers, parsed.problems) == ({}, {}, [])
    assert parsed.docket == "ECHRI-2026-01"


def test_who_answers_and_what_is_for_officials_only(blank):
    form = tick(blank, "identity", "a.")
    form = write(form, "name", "Ada Nguyen")
    form = write(form, "organisation_name", "Open Trade Watch")
    form = tick(form, "submitter_type", "a.")
    form = write(form, "state", "no")
    form = tick(form, "language", "b.")
    form = write(form, "3", "A secret.")
    form = write(form, "officials", "3, 77")
    form = write(form, "justification", "It names a source.")
    parsed = text_form.parse(form, QUESTIONNAIRE)
    assert parsed.details == {
        "identity": "named",
        "name": "Ada Nguyen",
        "organisation_name": "Open Trade Watch",
        "submitter_type": "civil-society",
        "state": "NO",
        "language": "fr",
        "confidentiality": {"justification": "It names a source."},
    }
    assert parsed.answers["indicators"] == {"value": "A secret.", "visibility": "officials"}
    assert parsed.problems == ["For officials only: there is no question 77."]


@pytest.mark.parametrize(
    ("line", "words", "code"),
    [("e.", "", "ar"), ("f.", "", "zh"), ("g.", "Amharic", "am"), ("g.", "አማርኛ", "am")],
)
def test_any_language_can_be_written_and_letters_of_old_forms_mean_the_same(
    blank, line, words, code
):
    option = "g. Another language: "
    form = tick(blank, "language", line).replace(option, f"{option}{words}")
    assert text_form.parse(form, QUESTIONNAIRE).details == {"language": code}


def test_a_language_that_nobody_knows_is_told(blank):
    option = "g. Another language: "
    parsed = text_form.parse(blank.replace(option, f"{option}Elbonian"), QUESTIONNAIRE)
    assert "language" not in parsed.details
    assert parsed.problems == [
        "The language of your answers: “Elbonian” is no language that we know. "
        "Write its name in English."
    ]


def test_a_name_typed_into_an_anonymous_form_is_left_out(blank):
    form = write(tick(blank, "identity", "c."), "name", "Ada Nguyen")
    parsed = text_form.parse(form, QUESTIONNAIRE)
    assert parsed.details == {"identity": "anonymous"}
    assert "not to be named" in parsed.problems[0]


@pytest.mark.parametrize(
    ("number", "typed", "problem"),
    [
        ("4", "[x] a. Every month\r\n[x] b. Every year", "choose one"),
        ("4", "[x] q. Never", "not an option"),
        ("7", "[x] 9", "not on the scale"),
        ("7", "[x] 1\r\n[x] 2", "choose one"),
        ("8", "[x] a. Training", "rank with numbers"),
        ("8", "[1] a. Training\r\n[1] b. Model laws", "given twice"),
        ("9", "[x] 1a.\r\n[x] 1b.", "choose one"),
        ("10", "many", "in digits"),
        ("10", "1,234", "Write 1234, or 1.234"),
        ("11", "31/12/2026", "year-month-day"),
        ("11", "2026-02-30", "must be a real date"),
        ("11", "1447-05-10", "between 1900 and 2100"),
    ],
)
def test_what_is_not_clear_is_a_problem_and_no_answer(blank, number, typed, problem):
    parsed = text_form.parse(write(blank, number, typed), QUESTIONNAIRE)
    assert parsed.answers == {}
    assert problem in parsed.problems[0]
    assert f"Question {number}" in parsed.problems[0]


@pytest.mark.parametrize(
    ("number", "typed", "value"),
    [
        ("10", "12,5", "12.5"),
        ("10", " ١٢ ", "12"),
        ("10", "1.234,5", "1234.5"),
        ("10", "1'234", "1234"),
        ("10", "1.234.567", "1234567"),
        ("10", "1,234,567", "1234567"),
        ("10", "１２．５", "12.5"),
        ("11", "2026.3.7", "2026-03-07"),
        ("4", "[ ] c. Other: when asked", {"choice": "other", "other": "when asked"}),
        ("4", "[x] Every year", {"choice": "year", "other": ""}),
    ],
)
def test_other_ways_of_writing_are_understood(blank, number, typed, value):
    parsed = text_form.parse(write(blank, number, typed), QUESTIONNAIRE)
    assert parsed.problems == []
    assert [answer["value"] for answer in parsed.answers.values()] == [value]


def test_a_form_of_another_questionnaire_is_told(blank):
    shorter = type(QUESTIONNAIRE)(QUESTIONNAIRE.parts[:1])
    assert "not the form of this consultation" in text_form.parse(blank, shorter).problems[0]


@pytest.mark.django_db
def test_the_form_that_is_downloaded_can_be_read(client, form):
    page, _text = form
    response = client.get(f"{page.get_url()}form.txt")
    assert response.content.startswith(b"\xef\xbb\xbf" + page.docket.encode())
    text = response.content.decode()
    assert "desk@state.example" in text
    parsed = text_form.parse(write(text, "2", "We export."), page.questionnaire())
    assert parsed.answers == {"who": {"value": "We export."}}
    assert (parsed.docket, parsed.problems) == (page.docket, [])


def test_every_language_stands_in_its_own_letters(blank):
    for line in ("العربية", "Русский", "中文 (Chinese)"):
        assert f". {line}\r\n" in blank
    parsed = text_form.parse(tick(blank, "language", "f. 中文 (Chinese)"), QUESTIONNAIRE)
    assert (parsed.details["language"], parsed.problems) == ("zh", [])


def test_no_text_of_a_few_hundred_thousand_characters_takes_long(blank):
    import time

    started = time.perf_counter()
    for text in ("[" * 300_000, "[x]\n" * 80_000, "[[1]]\n" * 50_000, "\u0301" * 200_000):
        text_form.parse(write(blank, "4", text), QUESTIONNAIRE)
    assert time.perf_counter() - started < 20
