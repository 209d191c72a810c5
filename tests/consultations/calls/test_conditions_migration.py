"""What editors typed before, by numbers, means the same question after the change to ids."""

from importlib import import_module

from consultations.questionnaires.parsing import questionnaire_of
from tests.consultations.factories import asked, section, stream_of

migration = import_module(
    "consultations.calls.migrations.0008_keep_conditions_by_the_question_s_id"
)


def before():
    return [
        section("s", "One", [asked("yes-no", "a", "Do you export?")]),
        section(
            "t",
            "Two",
            [
                asked("yes-no", "b", "Often?"),
                asked("date", "c", "Since when?", only=("2", "yes")),
                asked("date", "d", "Until when?", only=("9", "yes")),
            ],
            only=("1", "no"),
        ),
    ]


def test_numbers_become_ids_and_mean_the_same():
    sections = before()
    meant = questionnaire_of(stream_of(*sections))
    assert migration.by_id(sections)
    condition = sections[1]["value"]["questions"][1]["value"]["condition"]
    assert condition == {"question": "b", "answers": "yes", "asked": "Often?"}
    assert questionnaire_of(stream_of(*sections)) == meant
    assert meant.find("c").condition.question == "b"


def test_the_way_back_gives_the_numbers():
    sections = before()
    migration.by_id(sections)
    assert migration.by_number(sections)
    assert sections == before()


def test_a_page_and_its_drafts_are_changed(consultations):
    from django.apps import apps

    from tests.consultations.factories import ConsultationPageFactory

    page = ConsultationPageFactory(questionnaire=stream_of(*before()))
    revision = page.save_revision(clean=False)
    migration.to_ids(apps, None)
    page.refresh_from_db()
    revision.refresh_from_db()
    for stream in (page.questionnaire_parts, revision.as_object().questionnaire_parts):
        kept = stream.get_prep_value()[1]["value"]
        assert kept["condition"]["question"] == "a"
        assert kept["questions"][1]["value"]["condition"]["question"] == "b"
