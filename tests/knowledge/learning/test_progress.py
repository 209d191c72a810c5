"""How far somebody has come: in a file of theirs, in their account, or nowhere."""

import json
import uuid

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge.learning.models import KeptProgress
from portal.stakeholders.actions import delete_account
from portal.stakeholders.departures import kept, told
from tests.factories import UserFactory
from tests.knowledge.learning.building import (
    carried,
    guide_with_version,
    path_of,
    words,
    work_through,
)

pytestmark = pytest.mark.django_db
PROGRESS = "/en/learning/first/progress/"


def saved(client, path, until=None):
    state = work_through(client, path, until=until)
    response = client.post(PROGRESS, {"carried": state, "save": "yes"})
    assert response["Content-Type"] == "application/json"
    assert "first-progress.json" in response["Content-Disposition"]
    return response.content


def load(client, content, **data):
    file = SimpleUploadedFile("progress.json", content)
    return client.post(PROGRESS, {"file": file, "load": "yes", **data})


def test_a_file_is_saved_and_loaded_on_another_device(client, path):
    content = saved(client, path)
    row = json.loads(content)["worked_through"][0]
    assert {"title", "guide", "language", "version"} == set(row)
    response = load(client, content)
    assert "Your progress is loaded." in words(response)
    assert "2 of 2 modules are worked through." in words(response)
    assert "A paper for what you worked through" in words(response)
    assert not response.cookies


def test_a_file_says_neither_who_nor_when(client, path):
    content = json.loads(saved(client, path))
    assert set(content) == {"kind", "format", "title", "path", "worked_through", "seal"}


def test_loading_adds_to_what_there_is_and_loses_nothing(client, path):
    content = saved(client, path, until=1)
    _first, second = path.modules_shown
    state = client.post(
        f"/en/learning/first/modules/{second.guide.slug}/",
        {"question-1": "1", "question-2": "1", "sent": "yes"},
    )
    response = load(client, content, carried=carried(state))
    assert "2 of 2 modules" in words(response)


def changed(content, **fields):
    return json.dumps({**json.loads(content), **fields}).encode()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda content: content.replace(b'"version": 1', b'"version": 9'), "was changed"),
        (lambda content: changed(content, seal="x"), "was changed"),
        (lambda content: changed(content, seal=5), "was changed"),
        (lambda content: changed(content, more="x"), "was changed"),
        (lambda content: changed(content, format=2), "another version of the portal"),
        (lambda content: changed(content, kind="other"), "not a file of progress"),
        (lambda content: b"[" * 50_000, "not a file of progress"),
        (lambda content: b"[]", "not a file of progress"),
        (lambda content: b"\xff\xfe", "not a file of progress"),
        (lambda content: b'{"kind": NaN}', "not a file of progress"),
        (lambda content: content + b" " * 70_000, "too big"),
        (lambda content: b"", "file is empty"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why_and_loses_nothing(client, path, change, told):
    content = saved(client, path)
    state = work_through(client, path, until=1)
    response = load(client, change(content), carried=state)
    assert response.status_code == 422
    assert told in words(response)
    assert "1 of 2 modules" in words(response), "what was there is still there"


def test_no_file_at_all_is_told(client, path):
    response = client.post(PROGRESS, {"load": "yes"})
    assert response.status_code == 422
    assert "Choose the file that you saved." in words(response)


def test_a_file_of_another_path_is_told(client, path):
    path_of(guide_with_version(slug="third"), slug="second", title="Second")
    content = saved(client, path)
    file = SimpleUploadedFile("progress.json", content)
    response = client.post("/en/learning/second/progress/", {"file": file, "load": "yes"})
    assert "belongs to another path" in words(response)


def test_progress_opened_without_a_form_leads_to_the_path(client, path):
    assert client.get(PROGRESS).url == path.url


def test_an_account_keeps_progress_when_asked_and_only_then(client, path):
    person = UserFactory()
    client.force_login(person)
    state = work_through(client, path)
    assert not KeptProgress.objects.exists()
    response = client.post(
        "/en/accounts/learning/keep/", {"path": "first", "carried": state}, follow=True
    )
    assert "Your account keeps how far you have come" in response.content.decode()
    page = client.get("/en/accounts/learning/")
    assert "2 modules worked through" in words(page)
    [row] = KeptProgress.objects.all()
    assert not hasattr(row.day, "hour"), "the day alone"
    client.post("/en/accounts/learning/forget/", {"key": str(row.path)})
    assert not KeptProgress.objects.exists()


def test_nobody_erases_what_another_keeps(client, path):
    row = KeptProgress.objects.create(owner=UserFactory(), path=path.key, day="2026-01-01")
    client.force_login(UserFactory())
    for key in (str(row.path), "x", ""):
        assert client.post("/en/accounts/learning/forget/", {"key": key}).status_code == 404
    assert KeptProgress.objects.exists()
    assert "Nothing yet" in words(client.get("/en/accounts/learning/"))


def test_a_kept_path_that_is_gone_is_still_listed(client, path):
    person = UserFactory()
    KeptProgress.objects.create(owner=person, path=path.key, day="2026-01-01")
    path.unpublish()
    client.force_login(person)
    assert "no longer published" in words(client.get("/en/accounts/learning/"))


def test_kept_progress_is_in_the_owners_file_and_goes_with_the_account(client, path):
    person = UserFactory()
    KeptProgress.objects.create(
        owner=person, path=path.key, day="2026-01-01", done=[[path.key, "en", 1]]
    )
    mine = [each.rows["learning_progress"] for each in kept(person, for_owner=True)
            if "learning_progress" in each.rows]  # fmt: skip
    assert mine[0][0]["done"] == [[path.key, "en", 1]]
    for_staff = [each.rows["learning_progress"] for each in kept(person, for_owner=False)
                 if "learning_progress" in each.rows]  # fmt: skip
    assert for_staff == [[]]
    assert any("learning paths is erased" in each for each in told(person))
    delete_account(user=person, erase=False)
    assert not KeptProgress.objects.exists()


def test_what_an_account_keeps_takes_a_fixed_number_of_queries(
    client, path, django_assert_max_num_queries
):
    person = UserFactory()
    client.force_login(person)
    KeptProgress.objects.create(owner=person, path=path.key, day="2026-01-01")
    client.get("/en/accounts/learning/")
    with django_assert_max_num_queries(15) as few:
        client.get("/en/accounts/learning/")
    for _n in range(20):
        KeptProgress.objects.create(owner=person, path=uuid.uuid4(), day="2026-01-01")
    with django_assert_max_num_queries(15) as many:
        client.get("/en/accounts/learning/")
    assert len(few) == len(many)


@pytest.mark.parametrize("at", [PROGRESS, "/en/learning/first/modules/other/"])
def test_another_language_of_a_page_that_was_posted_loses_no_progress(client, path, at):
    call_command("create_site", languages=["fr"], verbosity=0)
    state = work_through(client, path, until=1)
    page = BeautifulSoup(client.post(at, {"carried": state}).content, "html.parser")
    assert not page.select("nav.languages a")
    [form] = [
        each for each in page.select("nav.languages form") if each.select_one('button[lang="fr"]')
    ]
    response = client.post(form["action"], {"carried": form.select_one("input")["value"]})
    assert response.status_code == 200
    assert carried(response) == state
    assert BeautifulSoup(response.content, "html.parser").html["lang"] == "fr"


def test_the_languages_of_a_page_that_was_opened_are_links(client, path):
    page = BeautifulSoup(client.get(path.url).content, "html.parser")
    assert page.select_one('nav.languages a[lang="fr"]')
    assert not page.select("nav.languages form")


def test_what_an_account_keeps_is_read_once_for_a_page(client, path):
    client.force_login(UserFactory())
    client.post("/en/accounts/learning/keep/", {"path": "first", "carried": ""})
    with CaptureQueriesContext(connection) as queries:
        client.post(PROGRESS, {"carried": ""})
    read = [each for each in queries if 'FROM "learning_keptprogress"' in each["sql"]]
    assert len(read) == 1
