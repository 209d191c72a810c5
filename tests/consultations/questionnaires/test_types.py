"""What every kind of question promises, tried with the samples of each."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.template import engines
from django.urls import reverse

from consultations.calls.offline import text_form
from consultations.moderation.presenters import parts_of
from consultations.publication.copies import own_words, public_answer, with_segments, with_words
from consultations.publication.models import PublicCopy
from consultations.publication.parsing import parse_marked
from consultations.publication.presenters import exported_answer, plain_answer, shown_answer
from consultations.publication.statistics import tallies
from consultations.questionnaires.conditions import Kept, kept, resolve
from consultations.questionnaires.parts import Part, Questionnaire
from consultations.questionnaires.printable import sheet_of
from consultations.questionnaires.question_blocks import KIND_BLOCKS
from consultations.questionnaires.schema import Condition
from consultations.questionnaires.types import TYPES, Unknown, type_of
from consultations.responses.forms.part import PartForm
from consultations.responses.offline.child import fields as fields_in
from consultations.responses.offline.parsing import read
from consultations.responses.offline.pdf import text_of_fields
from portal.pdf import pango, rendering
from tests.consultations import factories
from tests.consultations.moderation.building import public, published, screener
from tests.consultations.responses.filled import filled_pdf, write
from tests.consultations.responses.forms.test_part import drawn, form_for
from tests.consultations.responses.forms.test_part_round_trip import sent_by

BLOCKS = dict(KIND_BLOCKS)
ALL = [type_.samples for type_ in TYPES.values()]
SAMPLES = [(kind, sample) for kind, type_ in TYPES.items() for sample in type_.samples]
EXAMPLES = tuple(
    replace(type_.example(), id=kind, number=str(number))
    for number, (kind, type_) in enumerate(TYPES.items(), 1)
)
each_kind = pytest.mark.parametrize("kind", TYPES)
each_sample = pytest.mark.parametrize(
    ("kind", "sample"), SAMPLES, ids=[f"{kind}-{n}" for n, (kind, _) in enumerate(SAMPLES)]
)


def asked(kind):
    """The example of a kind, with a number of its own."""
    return next(each for each in EXAMPLES if each.kind == kind)


def page_that_asks(*questions):
    """What the forms to take away need of a consultation."""
    questionnaire = Questionnaire((Part("part", 1, "Part", questions=questions),))
    page = SimpleNamespace(
        docket="ECHRI-2026-01",
        title="Indicators",
        deadline=datetime(2027, 4, 30, 21, 59, 59, tzinfo=UTC),
        timezone="Europe/Brussels",
        contact_email="",
        privacy_note="",
        anonymous_allowed=True,
        publishes_while_open=False,
        text_languages=[],
        questionnaire=lambda: questionnaire,
        in_language=lambda: page,
    )
    return page


def rendered(source, **context):
    return engines["jinja2"].from_string(source).render(context)


def sheet(*questions, fillable=False):
    (part,) = sheet_of(page_that_asks(*questions).questionnaire())
    source = (
        "{% from 'consultations/calls/sheet.html' import asked %}"
        "{% for each, condition in entries %}{{ asked(each, condition, fillable) }}{% endfor %}"
    )
    return rendered(source, entries=part.questions, fillable=fillable)


# -- the contract ----------------------------------------------------------------------------------


@each_kind
def test_every_kind_has_a_sample_with_answers(kind):
    assert TYPES[kind].sample["text"]
    assert TYPES[kind].samples
    assert TYPES[kind].kind == kind


@each_kind
def test_editors_can_build_the_sample(kind):
    block = BLOCKS[kind.replace("-", "_")]
    value = block.clean(block.normalize(block.meta.preview_value))
    built, example = block.asks.from_block(kind, "1", value), TYPES[kind].example()
    assert [option.label for option in built.options] == [o.label for o in example.options]
    assert replace(built, options=(), rows=()) == replace(example, options=(), rows=())


@each_sample
def test_an_answer_comes_back_through_the_web_form(kind, sample, monkeypatch):
    monkeypatch.setattr(PartForm, "listed_files", lambda *args: [])
    question = asked(kind)
    answer = {"value": sample.value, "visibility": "public"}
    page = drawn(form_for(question, answers={kind: answer}))
    assert question.text in page.get_text()
    sent = dict(sent_by(page).lists())
    for data in (sent, question.sent(f"q-{kind}", sample.value)):
        stored = {kind: answer} if question.has_files else {}
        form = form_for(question, data=data, answers=stored)
        assert form.answers() == {kind: answer}
    assert question.is_answered(sample.value)


@each_kind
def test_nothing_is_no_answer(kind):
    question = asked(kind)
    assert form_for(question, data={}).answers() == {kind: None}
    assert question.readable(None) == []
    assert not question.is_answered(None)
    assert question.keys_given(None) == frozenset()
    assert list(question.tally_keys(None)) == []
    assert question.own_words(None) == ""
    assert question.file_ids(None) == []


@each_sample
def test_an_answer_is_read_in_words(kind, sample):
    question = asked(kind)
    lines = question.readable(sample.value, files=["Attachment 1 (PDF)"])
    assert lines
    assert all(isinstance(line, str) and line for line in lines)
    if not isinstance(sample.value, str):
        assert str(sample.value) not in lines, "a value as machines have it"


@each_sample
def test_an_answer_written_on_paper_is_read_back(kind, sample):
    question = asked(kind)
    page = page_that_asks(question)
    blank = text_form.render(page)
    if not question.is_on_paper:
        assert question.paper_note in blank
        assert question.paper_note in sheet(question) or "Enclose the documents" in sheet(question)
        return
    found = read(write(blank, question.number, sample.written), page)
    assert found.notes == []
    assert {key: each["value"] for key, each in found.answers.items()} == {kind: sample.value}


@each_kind
def test_what_is_not_understood_on_paper_is_never_lost(kind):
    question = asked(kind)
    page = page_that_asks(question)
    blank = text_form.render(page)
    place = f"[[{question.number}]]\r\n[x] 77. \x00 ٣\r\n[[/{question.number}]]\r\n"
    found = read(blank + place, page)
    assert found.answers or any(f"Question {question.number}: " in n["text"] for n in found.notes)


@pytest.mark.skipif(not pango.is_installed(), reason="no Pango here")
def test_answers_in_the_fields_of_the_pdf_are_read_back():
    page = page_that_asks(*EXAMPLES)
    blank = rendering.pdf_of(f"<html lang=en><title>Form</title>{sheet(*EXAMPLES, fillable=True)}")
    for samples in ([each[0] for each in ALL], [each[-1] for each in ALL]):
        filled = {
            f"q{question.number}{ending}": text
            for question, sample in zip(EXAMPLES, samples, strict=True)
            for ending, text in sample.fields.items()
        }
        fields = fields_in(filled_pdf(blank, filled))
        assert filled.keys() <= fields.keys(), "a field that the sheet does not have"
        first = text_form.first_line(page)
        found = read(text_of_fields({**fields, "form": first}, page), page)
        assert found.notes == []
        assert {key: each["value"] for key, each in found.answers.items()} == {
            question.id: sample.value
            for question, sample in zip(EXAMPLES, samples, strict=True)
            if question.is_on_paper
        }


@each_sample
def test_own_words_can_be_left_out_and_put_into_others(kind, sample):
    question = asked(kind)
    answer = public_answer({"value": sample.value, "visibility": "public"})
    words = own_words(question, answer)
    if not words:
        return
    assert words in plain_answer(question, answer) or not question.is_text
    cut = with_segments(question, answer, parse_marked(words, "[[abuse]]"))
    assert own_words(question, cut) == ""
    assert words not in exported_answer(shown_answer(question, cut, {}))
    assert "[left out: abuse]" in exported_answer(shown_answer(question, cut, {}))
    other = with_words(question, answer, [{"text": "Other words"}])
    assert own_words(question, other) == "Other words"


@each_sample
def test_an_answer_is_published_and_exported_in_words(kind, sample):
    question = asked(kind)
    shown = shown_answer(question, {"value": sample.value}, {})
    page = BeautifulSoup(
        rendered(
            "{% from 'consultations/publication/answer.html' import shown_answer %}"
            "{{ shown_answer(answer, 'en', 'slug', 'R-1', {}) }}",
            answer=shown,
        ),
        "html.parser",
    ).get_text()
    for line in shown.lines:
        assert line in page
        assert line in exported_answer(shown)
    assert shown.lines or question.has_files


@each_sample
def test_an_answer_counts_for_what_is_offered(kind, sample):
    question = asked(kind)
    labels = dict(question.tally_labels())
    keys = list(question.tally_keys(sample.value))
    assert set(keys) <= labels.keys()
    assert bool(keys) == bool(labels)
    assert len(keys) == len(set(keys))


@each_sample
def test_a_condition_rests_on_what_can_be_answered(kind, sample):
    question = asked(kind)
    options = question.condition_options()
    given = question.keys_given(sample.value)
    assert given <= {option.key for option in options}
    assert bool(given) == bool(options)
    if not options:
        with pytest.raises(ValidationError):
            resolve(Kept(question.number, "a"), [question])
        return
    for option in options:
        condition = resolve(Kept(question.number, option.label), [question])
        assert condition == Condition(kind, frozenset([option.key]))
        assert resolve(kept(condition, [question]), [question]) == condition
        assert condition.holds({kind: given}) == (option.key in given)


@each_kind
def test_whatever_was_kept_can_be_shown(kind):
    """A kind of an older portal kept another shape; it is shown as it is, and breaks nothing."""
    question = asked(kind)
    for value in ("x", 7, True, 2.5, ["x", 3], {"x": 1}, {"choice": ["a"]}, "NaN"):
        lines = question.readable(value)
        assert lines or question.has_files
        exported_answer(shown_answer(question, {"value": value}, {}))
        assert question.is_answered(value) in (True, False)
        assert isinstance(question.own_words(value), str)
        assert all(isinstance(key, str) for key in question.keys_given(value))
        list(question.tally_keys(value))
        question.fill(value)


# -- kinds that are gone, and kinds that paper has no place for ------------------------------------


def test_an_answer_of_a_kind_that_is_gone_is_shown_as_it_is():
    assert type_of("colour") is Unknown
    question = Unknown(id="old", number="1", text="Which colour?", required=True)
    answers = {"old": {"value": "Green", "visibility": "public"}}
    assert question.readable("Green") == ["Green"]
    assert exported_answer(shown_answer(question, answers["old"], {})) == "Green"
    assert question.is_answered(None), "it holds nobody up"
    form = form_for(question, answers=answers, data={})
    assert form.is_valid()
    assert form.answers() == {}, "what was kept is left alone"
    assert "This is no longer asked." in sheet(question)
    assert "This is no longer asked." in text_form.render(page_that_asks(question))


class OnlyOnTheWeb(TYPES["short-text"]):
    is_on_paper = False


def test_a_question_that_paper_has_no_place_for_says_so_on_paper_and_to_who_sends_the_form():
    question = OnlyOnTheWeb(id="web", number="2", text="Where on the map?")
    page = page_that_asks(asked("long-text"), question)
    told = "This cannot be answered on paper"
    assert told in sheet(question)
    form = text_form.render(page)
    assert told in form
    assert "[[2]]" not in form
    found = read(write(form, "1", "Rulings."), page)
    assert [note["text"] for note in found.notes if told in note["text"]] == [
        "Question 2: This cannot be answered on paper, only on the portal."
    ]


def test_an_answer_for_officials_that_was_not_understood_stays_for_officials():
    question = asked("number")
    page = page_that_asks(question)
    form = write(text_form.render(page), question.number, "1,234")
    form = write(form, "officials", question.number)
    (note,) = read(form, page).notes
    assert note["typed"] == {f"q-{question.id}": ["1,234"], f"v-{question.id}": ["officials"]}


# -- the whole way ---------------------------------------------------------------------------------


def as_kept(kind):
    """The block of a sample as the database keeps it."""
    type_ = TYPES[kind]
    values = {
        name: {option.key: option.label for option in getattr(asked(kind), name)}
        if name in ("options", "rows")
        else str(value)
        if isinstance(value, Decimal)
        else value
        for name, value in type_.sample.items()
    }
    return factories.asked(kind, kind, values.pop("text"), **values)


@pytest.mark.django_db
def test_answers_of_every_kind_are_screened_published_counted_and_exported(client, consultations):
    answers = {kind: public(TYPES[kind].samples[0].value) for kind in TYPES}
    shown = {kind: asked(kind).readable(each["value"]) for kind, each in answers.items()}
    del answers["file"]
    page = factories.ConsultationPageFactory(
        questionnaire=factories.stream_of(
            factories.section("all", "All", [as_kept(kind) for kind in TYPES])
        )
    )
    by = screener()
    response = published(page, by, answers)
    version = response.versions.get()
    (part,) = parts_of(response, version, opened=False)
    assert {each.question.id: each.lines for each in part.answers} == {
        kind: shown[kind] for kind in answers
    }
    copy = PublicCopy.objects.get(response=response)
    assert {key: each["value"] for key, each in copy.answers.items()} == {
        key: each["value"] for key, each in answers.items()
    }
    address = reverse("publication:response", args=[page.slug, response.reference])
    told = BeautifulSoup(client.get(address).content, "html.parser").get_text()
    exported = client.get(reverse("publication:export", args=[page.slug, "json"])).getvalue()
    (row,) = json.loads(exported)["responses"]
    for question in page.questionnaire().questions:
        if question.id not in answers:
            continue
        for line in shown[question.id]:
            assert line in told
            assert line in row["answers"][question.number]["text"]
        counted = [each for each in tallies(question, PublicCopy.objects.all()) if each.given]
        assert bool(counted) == bool(question.tally_labels())
        address = reverse("publication:index", args=[page.slug])
        listed = client.get(address, {"question": question.number}).content.decode()
        assert all(each.label in listed for each in counted)
