"""What nobody uses any more is removed, a few days later."""

import datetime

import pytest

from portal.files import storage, usage
from portal.files.actions import take_in
from portal.files.models import State, StoredFile
from tests.portal.files.conftest import stored_paths

LATER = datetime.timedelta(days=3)


@pytest.fixture(autouse=True)
def rooms(monkeypatch):
    """No room but those that a test registers."""
    monkeypatch.setattr(usage, "_users", {})


@pytest.mark.django_db
def test_nothing_is_removed_while_nobody_says_what_is_used(media, upload):
    stored = take_in(upload(b"hello"))
    assert usage.remove_unused(today=stored.stored_on + LATER) == (0, 0)
    assert StoredFile.objects.exists()


@pytest.mark.django_db
def test_what_is_used_stays(media, upload, django_capture_on_commit_callbacks):
    draft, answer, lost = (take_in(upload(text)) for text in (b"one", b"two", b"three"))
    usage.register("drafts", lambda: [draft.id])
    usage.register("answers", lambda: [str(answer.id)])
    assert usage.in_use() == {draft.id, answer.id}
    with django_capture_on_commit_callbacks(execute=True):
        assert usage.remove_unused(today=lost.stored_on + LATER) == (1, 0)
    assert set(StoredFile.objects.all()) == {draft, answer}
    assert len(stored_paths(media)) == 2


@pytest.mark.django_db
def test_what_is_new_stays(media, upload):
    stored = take_in(upload(b"hello"))
    usage.register("nobody", list)
    for days in range(usage.DAYS_KEPT + 1):
        day = stored.stored_on + datetime.timedelta(days=days)
        assert usage.remove_unused(today=day) == (0, 0)


@pytest.mark.django_db
def test_bytes_without_a_row_go_too(media, upload):
    kept = take_in(upload(b"hello"))
    for state in (State.CLEAN, State.QUARANTINED):
        storage.write(StoredFile(kind="txt", state=state, stored_on=kept.stored_on), b"left behind")
    usage.register("somebody", lambda: [kept.id])
    assert usage.remove_unused(today=kept.stored_on) == (0, 0)
    assert usage.remove_unused(today=kept.stored_on + LATER) == (0, 2)
    assert len(stored_paths(media)) == 1
