"""A questionnaire is frozen when it opens; what changes then is the wording, in the open."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import streamfield

from consultations.calls.actions import issue_corrigendum
from consultations.calls.models import ConsultationPage, Corrigendum
from tests.consultations.calls.test_forms import form_for, typed
from tests.consultations.factories import ConsultationPageFactory, asked, section, stream_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def one_question(text="Which indicators?", id_="q", **values):
    return stream_of(
        section("s", "One", [asked("yes-no", id_, text, **values)], introduction="<p>Hello.</p>")
    )


@pytest.fixture
def page(consultations):
    """Opens on a whole minute, so that the form gives back what it shows."""
    opens_at = (timezone.now() + timedelta(days=3)).replace(second=0, microsecond=0)
    return ConsultationPageFactory(opens_at=opens_at, questionnaire=one_question())


def edit_form(page, text="Which indicators?", **changed):
    zone = ZoneInfo(page.timezone)
    parts = [
        (
            "section",
            {
                "title": "One",
                "introduction": '{"blocks": [{"key": "zz9", "text": "Hello.", "type": "unstyled", '
                '"depth": 0, "inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}',
                "condition": {"question": "", "answers": ""},
                "questions": streamfield(
                    [("yes_no", {"text": text, "condition": {"question": "", "answers": ""}})]
                ),
            },
        )
    ]
    data = typed(
        title=page.title,
        slug=page.slug,
        host=page.host_id,
        opens_at=f"{page.opens_at.astimezone(zone):%Y-%m-%d %H:%M}",
        closes_at=f"{page.closes_at.astimezone(zone) - timedelta(minutes=1):%Y-%m-%d %H:%M}",
        questionnaire_parts=streamfield(parts),
    )
    data["questionnaire_parts-0-id"] = "s"
    data["questionnaire_parts-0-value-questions-0-id"] = "q"
    return form_for(ConsultationPage.objects.get(pk=page.pk), {**data, **changed})


def test_until_the_second_of_opening_everything_may_change(page):
    with time_machine.travel(page.opens_at - SECOND, tick=False):
        form = edit_form(page, "Which indicators, and why?")
        assert form.is_valid(), form.errors


def test_from_the_second_of_opening_the_form_refuses_a_change_and_keeps_what_was_typed(page):
    with time_machine.travel(page.opens_at, tick=False):
        form = edit_form(page, "Which indicators, and why?")
        assert not form.is_valid()
        assert "corrigendum" in str(form.errors["questionnaire_parts"])
        assert "Which indicators, and why?" in str(form["questionnaire_parts"])


def test_an_open_consultation_is_saved_as_long_as_nothing_asked_changes(page):
    with time_machine.travel(page.opens_at, tick=False):
        form = edit_form(page, summary="Shorter.")
        assert form.is_valid(), form.errors


def test_an_open_consultation_does_not_open_again_later(page):
    with time_machine.travel(page.opens_at, tick=False):
        later = page.opens_at + timedelta(days=1)
        form = edit_form(page, opens_at=f"{later:%Y-%m-%d %H:%M}")
        assert not form.is_valid()
        assert "opens_at" in form.errors


def test_a_draft_from_before_the_opening_does_not_change_what_is_asked(page):
    page.questionnaire_parts = one_question("Another?")
    page.summary = "A better summary."
    draft = page.save_revision()
    with time_machine.travel(page.opens_at, tick=False):
        draft.publish()
    page = ConsultationPage.objects.get(pk=page.pk)
    assert page.summary == "A better summary."
    assert page.questionnaire().find("q").text == "Which indicators?"


@pytest.mark.parametrize(
    ("months", "is_open", "is_taken"),
    [
        *(("11", False, True), ("4", False, True), ("3", False, False), ("61", False, False)),
        *(("12", True, True), ("13", True, True), ("60", True, True), ("11", True, False)),
    ],
)
def test_once_open_the_months_of_its_codes_only_grow(page, months, is_open, is_taken):
    at = page.opens_at if is_open else page.opens_at - SECOND
    with time_machine.travel(at, tick=False):
        form = edit_form(page, code_months=months)
        assert form.is_valid() is is_taken, form.errors
        assert ("code_months" in form.errors) is not is_taken


def test_a_draft_from_before_the_opening_does_not_end_codes_sooner(page):
    drafts = {}
    for months in (6, 24):
        page.code_months = months
        drafts[months] = page.save_revision()
    with time_machine.travel(page.opens_at, tick=False):
        for months, kept in ((6, 12), (24, 24), (6, 24)):
            drafts[months].publish()
            assert ConsultationPage.objects.get(pk=page.pk).code_months == kept


@pytest.mark.parametrize(("before", "is_open", "is_taken"), [(0, 0, 1), (0, 1, 0), (1, 1, 1)])
def test_once_open_publication_while_it_is_open_is_only_turned_off(page, before, is_open, is_taken):
    ConsultationPage.objects.update(publishes_while_open=before, anonymous_allowed=False)
    page.refresh_from_db()
    at = page.opens_at if is_open else page.opens_at - SECOND
    with time_machine.travel(at, tick=False):
        form = edit_form(page, publishes_while_open="on", anonymous_allowed="")
        assert form.is_valid() is bool(is_taken), form.errors
        assert list(form.errors) == ([] if is_taken else ["publishes_while_open"])
        assert edit_form(page, anonymous_allowed="").is_valid()


def test_a_draft_from_before_the_opening_publishes_nothing_sooner(page):
    page.publishes_while_open, page.anonymous_allowed = True, False
    draft = page.save_revision()
    ConsultationPage.objects.update(anonymous_allowed=False)
    with time_machine.travel(page.opens_at, tick=False):
        draft.publish()
    assert not ConsultationPage.objects.get(pk=page.pk).publishes_while_open


def correct(page, by, **kwargs):
    kwargs.setdefault("reason", "A slip.")
    return issue_corrigendum(consultation=page, by=by, **{"question_id": "q", **kwargs})


def test_a_corrigendum_corrects_what_is_published_and_is_shown(page, editor, client):
    with time_machine.travel(page.opens_at, tick=False):
        rows = correct(page, editor, text="Which <b> indicators?", help="All of them.")
        shown = client.get(page.get_url()).content.decode()
    assert [(row.what, row.before, row.after) for row in rows] == [
        ("text", "Which indicators?", "Which <b> indicators?"),
        ("help", "", "All of them."),
    ]
    question = ConsultationPage.objects.get(pk=page.pk).questionnaire().find("q")
    assert (question.text, question.help, question.number) == (
        "Which <b> indicators?",
        "All of them.",
        "1",
    )
    assert "Corrigenda" in shown
    for words in ("Question 1", "Which indicators?", "Which &lt;b&gt; indicators?", "A slip."):
        assert words in shown


def test_a_corrigendum_reaches_a_draft_and_leaves_it_its_own_text(page, editor):
    page.summary = "A better summary."
    old = page.save_revision()
    with time_machine.travel(page.opens_at, tick=False):
        correct(page, editor, text="Which risk indicators?")
        page = ConsultationPage.objects.get(pk=page.pk)
        draft = page.get_latest_revision_as_object()
        assert draft.summary == "A better summary."
        assert page.summary != draft.summary
        assert draft.questionnaire().find("q").text == "Which risk indicators?"
        old.publish()
    page = ConsultationPage.objects.get(pk=page.pk)
    assert page.summary == "A better summary."
    assert page.questionnaire().find("q").text == "Which risk indicators?"


def test_an_introduction_is_corrected_too(page, editor, client):
    with time_machine.travel(page.opens_at, tick=False):
        correct(page, editor, question_id="s", introduction="<p>Good <b>day</b>.</p>")
        shown = client.get(page.get_url()).content.decode()
    assert "Good <b>day</b>." in shown
    assert "Section 1, Introduction" in shown
    assert "<dd>Good day .</dd>" in shown or "<dd>Good day.</dd>" in shown


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"text": "Which indicators?"}, "Nothing would change"),
        ({"text": "  "}, "needs a text"),
        ({"text": "New?", "reason": " "}, "Say why"),
        ({"text": "New?", "question_id": "gone"}, "not in the questionnaire"),
        ({"introduction": "<p>New.</p>"}, "Nothing would change"),
    ],
)
def test_what_is_no_correction_is_refused(page, editor, changed, words):
    frozen = time_machine.travel(page.opens_at, tick=False)
    with frozen, pytest.raises(ValidationError, match=words):
        correct(page, editor, **changed)
    assert not Corrigendum.objects.exists()


@pytest.mark.parametrize("shift", [-SECOND, timedelta(weeks=13)])
def test_only_what_is_being_asked_is_corrected(page, editor, shift):
    frozen = time_machine.travel(page.opens_at + shift, tick=False)
    with frozen, pytest.raises(ValidationError, match="only while the consultation is open"):
        correct(page, editor, text="New?")


def test_members_and_moderators_correct_nothing(page, member, moderator):
    with time_machine.travel(page.opens_at, tick=False):
        for user in (member, moderator):
            with pytest.raises(PermissionDenied):
                correct(page, user, text="New?")


def test_an_editor_corrects_in_the_admin(consultations, editor, client):
    page = ConsultationPageFactory(questionnaire=one_question())
    client.force_login(editor)
    choice = reverse("words_to_correct", args=[page.pk])
    address = reverse("issue_corrigendum", args=[page.pk, "q"])
    assert address in client.get(choice).content.decode()
    assert "Which indicators?" in client.get(address).content.decode()
    wrong = client.post(address, {"text": "Typed.", "help": "", "reason": ""})
    assert wrong.status_code == 200
    assert "Typed." in wrong.content.decode()
    same = client.post(address, {"text": "Which indicators?", "help": "", "reason": "Why."})
    assert "Nothing would change" in same.content.decode()
    right = client.post(address, {"text": "Which ones?", "help": "", "reason": "Shorter."})
    assert right.status_code == 302
    assert Corrigendum.objects.get().by == editor
    assert client.get(reverse("issue_corrigendum", args=[page.pk, "s"])).status_code == 200
    gone = client.get(reverse("issue_corrigendum", args=[page.pk, "gone"]), follow=True)
    assert gone.status_code == 404


def test_the_menu_offers_a_corrigendum_only_while_something_is_asked(consultations, client):
    client.force_login(UserFactory(is_superuser=True, is_staff=True, role="Administrators"))
    asking = ConsultationPageFactory(questionnaire=one_question())
    silent = ConsultationPageFactory()
    over = ConsultationPageFactory(questionnaire=one_question(), closed=True)
    for page, offered in ((asking, True), (silent, False), (over, False)):
        shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert (reverse("words_to_correct", args=[page.pk]) in shown) is offered


def test_people_without_the_role_find_no_corrigendum_form(consultations, moderator, client):
    page = ConsultationPageFactory(questionnaire=one_question())
    client.force_login(moderator)
    for address in (
        reverse("words_to_correct", args=[page.pk]),
        reverse("issue_corrigendum", args=[page.pk, "q"]),
    ):
        assert client.get(address).status_code in (302, 403)
