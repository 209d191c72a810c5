"""Quizzes: right, wrong, by halves and twice, without a cookie and without a score."""

import pytest
from django.core.management import call_command
from django.test import Client

from knowledge.learning.models import KeptProgress
from knowledge.learning.progress import opened
from tests.factories import UserFactory
from tests.knowledge.learning.building import (
    RIGHT,
    WRONG,
    answers,
    carried,
    guide_with_version,
    module,
    path_of,
    words,
    work_through,
)

pytestmark = pytest.mark.django_db
QUIZ = "/en/learning/first/modules/one/"


def test_a_path_leads_to_its_quizzes_and_sets_no_cookie(client, path):
    shown = client.get(path.url)
    assert "0 of 2 modules are worked through." in words(shown)
    assert QUIZ in shown.content.decode()
    quiz = client.get(QUIZ)
    assert "Question 1?" in words(quiz)
    assert not shown.cookies
    assert not quiz.cookies


def test_right_answers_work_a_module_through_and_no_score_is_told(client, path):
    response = client.post(QUIZ, answers(RIGHT, RIGHT))
    assert "All answers are right" in words(response)
    assert "The law says so." in words(response)
    assert "It applies and does not decide." in words(response), "the reason of the other answer"
    assert "Next module" in words(response)
    done = opened(carried(response), path.key).done
    assert [(each.language, each.version) for each in done.values()] == [("en", 1)]
    assert not response.cookies


def test_a_wrong_answer_is_shown_again_with_the_reason_of_each(client, path):
    response = client.post(QUIZ, answers(RIGHT, WRONG))
    assert response.status_code == 200
    assert "Not all answers are right yet" in words(response)
    assert "The law says so." in words(response)
    assert "It applies and does not decide." in words(response)
    assert response.content.decode().count("checked") == 2
    assert carried(response) == ""


def test_a_quiz_sent_by_halves_keeps_what_was_chosen_and_says_what_lacks(client, path):
    response = client.post(QUIZ, answers(RIGHT))
    assert response.status_code == 422
    assert "Choose an answer to this question." in words(response)
    assert response.content.decode().count("checked") == 1


def test_a_quiz_sent_twice_gives_the_same(client, path):
    first = client.post(QUIZ, answers(RIGHT, RIGHT))
    again = client.post(QUIZ, answers(RIGHT, RIGHT, carried=carried(first)))
    assert carried(again) == carried(first)
    assert "All answers are right" in words(again)


@pytest.mark.parametrize("value", ["2", "-1", "x" * 5000, "\x00", "٢", ""])
def test_an_answer_that_is_none_is_told_at_the_question(client, path, value):
    response = client.post(QUIZ, answers(RIGHT, value))
    assert response.status_code == 422
    assert "Choose an answer to this question." in words(response)


def test_a_form_that_claims_progress_which_we_did_not_seal_is_not_believed(client, path):
    state = work_through(client, path)
    for forged in (state[:-2] + "xx", "abc", "é:ü", "x" * 100_000, '["a"]'):
        response = client.post("/en/learning/first/progress/", {"carried": forged, "open": "yes"})
        assert response.status_code == 200
        assert "0 of 2 modules" in words(response)
        assert "cannot be used" in words(response) or "too big" in words(response)


def test_what_is_carried_belongs_to_one_path(client, path):
    other = path_of(guide_with_version(slug="third"), slug="other-path", title="Other path")
    state = work_through(client, path)
    response = client.post(f"/en/learning/{other.slug}/progress/", {"carried": state})
    assert "belongs to another path" in words(response)


def test_a_module_without_questions_is_worked_through_by_a_button(client, site_tree):
    guide = guide_with_version(slug="plain")
    path = path_of(guide)
    path.modules = [(each["type"], each["value"] | {"guide": guide}) for each in [module(guide, 0)]]
    path.save()
    at = "/en/learning/first/modules/plain/"
    assert "I worked through this module" in words(client.get(at))
    assert "You worked through the whole path." in words(client.post(at, answers()))


def test_a_module_whose_guide_is_withdrawn_is_not_needed(client, path):
    path.modules_shown[1].guide.unpublish()
    response = client.get(path.url)
    assert "not published at present" in words(response)
    assert client.get("/en/learning/first/modules/other/").status_code == 404
    assert "You worked through the whole path." in words(client.post(QUIZ, answers(RIGHT, RIGHT)))


def test_a_path_that_is_no_longer_published_has_no_quizzes(client, path):
    path.unpublish()
    for at in (QUIZ, "/en/learning/first/progress/", "/en/learning/first/certificate/"):
        assert client.get(at).status_code == 404
        assert client.post(at).status_code == 404


def test_an_account_that_keeps_a_path_keeps_what_is_worked_through(client, path):
    person = UserFactory()
    client.force_login(person)
    client.post("/en/accounts/learning/keep/", {"path": "first"})
    assert KeptProgress.objects.get().progress.done == {}
    client.post(QUIZ, answers(RIGHT, RIGHT))
    assert len(KeptProgress.objects.get().progress.done) == 1
    assert "1 of 2 modules" in words(client.get(path.url))


def test_a_forged_quiz_changes_nothing_in_an_account(path):
    strict = Client(enforce_csrf_checks=True)
    person = UserFactory()
    strict.force_login(person)
    KeptProgress.objects.create(owner=person, path=path.key, day="2026-01-01")
    assert strict.post(QUIZ, answers(RIGHT, RIGHT)).status_code == 200
    assert KeptProgress.objects.get().done == []
    assert strict.post("/en/accounts/learning/keep/", {"path": "first"}).status_code == 403


def test_queries_do_not_grow_with_modules(client, site_tree, django_assert_max_num_queries):
    path_of(*[guide_with_version(slug=f"a{n}") for n in range(2)])
    path_of(*[guide_with_version(slug=f"b{n}") for n in range(12)], slug="long")
    counts = []
    for slug in ("first", "long"):
        client.get(f"/en/learning/{slug}/")
        with django_assert_max_num_queries(16) as asked:
            client.get(f"/en/learning/{slug}/")
        with django_assert_max_num_queries(16) as quiz:
            client.get(f"/en/learning/{slug}/modules/{'a0' if slug == 'first' else 'b0'}/")
        counts.append((len(asked), len(quiz)))
    assert counts[0] == counts[1]


def test_in_arabic_a_quiz_in_english_says_so_and_is_marked(client, path):
    call_command("create_site", languages=["ar"], verbosity=0)
    response = client.get("/ar/learning/first/modules/one/")
    html = response.content.decode()
    assert response.status_code == 200
    assert 'dir="rtl"' in html
    assert 'lang="en" dir="ltr"' in html
