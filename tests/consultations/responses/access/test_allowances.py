"""What one client may have unsent and send: bounded, with a sentence and another way."""

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from consultations.responses.models import Draft, Response
from portal.files.models import StoredFile
from portal.web.limit_store import StoreAway
from tests.consultations.factories import ConsultationPageFactory
from tests.consultations.responses.builders import consultation_that_asks
from tests.consultations.responses.filed import PROGRAM
from tests.consultations.responses.walk import Visitor

ANOTHER_WAY = "download the form from the page of the consultation"


@pytest.fixture(autouse=True)
def bounds(settings):
    """As in production, but smaller where that is quicker."""
    settings.UNSENT_DRAFTS_A_CLIENT = 3
    settings.UNSENT_MEGABYTES_A_CLIENT = 1
    settings.UNSENT_MEGABYTES = 2
    settings.SENT_RESPONSES_AN_HOUR = 2


def from_address(page, address="192.0.2.1"):
    return Visitor(page, Client(REMOTE_ADDR=address))


def begin(visitor):
    return visitor.client.post(
        visitor.at("identity"),
        {"identity": "anonymous", "submitter_type": "academia", "language": "en"},
    )


def whole(visitor):
    visitor.begin()
    visitor.answer_all()
    return visitor


def test_a_client_has_three_unsent_drafts(page):
    for _ in range(3):
        assert begin(from_address(page)).status_code == 302
    answer = begin(from_address(page))
    assert answer.status_code == 429
    said = answer.content.decode()
    assert "From your internet connection 3 responses were begun today and not sent." in said
    assert ANOTHER_WAY in said
    assert Draft.objects.count() == 3
    assert begin(from_address(page, "192.0.2.2")).status_code == 302


@pytest.mark.parametrize("end", ["sent", "erased"])
def test_a_draft_that_is_sent_or_erased_counts_no_more(page, end):
    visitors = [whole(from_address(page)) for _ in range(3)]
    if end == "sent":
        visitors[0].submit()
    else:
        visitors[0].send("discard", {"sure": "on"})
    assert begin(from_address(page)).status_code == 302
    assert begin(from_address(page)).status_code == 429


def test_a_draft_that_could_not_be_begun_does_not_count(consultations):
    page = consultation_that_asks(anonymous_allowed=False)
    for _ in range(4):
        assert begin(from_address(page)).status_code == 422
    assert from_address(page).begin("named", name="Ada Vrba").status_code == 302


def test_drafts_in_accounts_are_not_counted(page):
    from tests.factories import UserFactory

    for _ in range(4):
        visitor = from_address(page)
        visitor.client.force_login(UserFactory())
        visitor.begin("named", name="Ada Vrba")
    assert Draft.objects.count() == 4


@pytest.mark.usefixtures("one_minute")
def test_a_client_sends_so_many_in_an_hour_and_what_was_not_sent_is_kept(page):
    visitors = [whole(from_address(page)) for _ in range(3)]
    for visitor in visitors[:2]:
        assert visitor.submit().status_code == 302
    answer = visitors[2].submit()
    assert answer.status_code == 429
    said = answer.content.decode()
    assert "Your response is kept here" in said
    assert ANOTHER_WAY in said
    assert (Response.objects.count(), Draft.objects.count()) == (2, 1)
    elsewhere = from_address(page, "192.0.2.2")
    elsewhere.type_code(visitors[2].noted)
    assert elsewhere.submit().status_code == 302


def test_a_response_that_was_not_complete_does_not_count(page):
    visitor = from_address(page)
    visitor.begin()
    for _ in range(4):
        assert visitor.submit().status_code == 409
    visitor.answer_all()
    assert visitor.submit().status_code == 302


def test_staff_who_type_in_what_came_on_paper_are_not_counted(page, moderator):
    for _ in range(4):
        visitor = from_address(page)
        visitor.client.force_login(moderator)
        assert whole(visitor).submit().status_code == 302


def test_where_nothing_can_be_counted_responses_are_sent(page, monkeypatch):
    """The store goes when the day's key is known here: only what counts asks for it then."""
    visitor = whole(from_address(page))

    def away(*_arguments, **_named):
        raise StoreAway

    for name in ("add", "incr", "decr"):
        monkeypatch.setattr(caches["default"], name, away)
    assert visitor.submit().status_code == 302
    assert begin(from_address(page)).status_code == 302
    assert Response.objects.count() == 1


# -- files -----------------------------------------------------------------------------------------


@pytest.fixture
def asks_for_files(consultations, work_off, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return ConsultationPageFactory(questionnaire=True)


def attach(visitor, size, data=None):
    data = data or b"a" * size
    return visitor.send("part", {"q-evidence": SimpleUploadedFile("a.txt", data)}, 3)


def writer(page, address="192.0.2.1"):
    visitor = from_address(page, address)
    visitor.begin()
    visitor.send("part", {"q-exporter": "yes"}, 1)
    visitor.send("part", {"q-indicators": "The courts."}, 2)
    return visitor


def test_a_client_has_so_many_megabytes_unsent(asks_for_files):
    visitor = writer(asks_for_files)
    assert attach(visitor, 600_000).status_code == 302
    answer = attach(visitor, 600_000)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert (
        "“a.txt” was not added. From your internet connection there would be more than 1 MB" in said
    )
    assert ANOTHER_WAY in said
    assert attach(writer(asks_for_files, "192.0.2.2"), 600_000).status_code == 302


@pytest.mark.parametrize("end", ["removed", "sent", "refused"])
def test_a_file_that_is_not_there_unsent_any_more_counts_no_more(asks_for_files, work_off, end):
    visitor = writer(asks_for_files)
    attach(visitor, 600_000, data=PROGRAM + bytes(600_000) if end == "refused" else None)
    if end == "removed":
        pk = str(StoredFile.objects.get().pk)
        visitor.send("part", {"q-evidence-remove": pk}, 3)
    elif end == "sent":
        visitor.submit()
    else:
        work_off()
    assert attach(writer(asks_for_files), 600_000).status_code == 302


def test_all_together_have_so_much_unsent(asks_for_files):
    for number in range(1, 4):
        assert attach(writer(asks_for_files, f"192.0.2.{number}"), 600_000).status_code == 302
    visitor = writer(asks_for_files, "192.0.2.9")
    answer = attach(visitor, 600_000)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "There is no room for more files of responses that were not sent yet." in said
    assert ANOTHER_WAY in said
    assert visitor.submit().status_code == 302  # without it


def test_what_was_sent_takes_no_room_of_what_was_not(asks_for_files):
    for number in range(1, 4):
        visitor = writer(asks_for_files, f"192.0.2.{number}")
        attach(visitor, 600_000)
        if number < 3:
            visitor.submit()
    assert StoredFile.objects.unsent_bytes() == 600_000


def test_behind_an_address_that_many_share_nobody_is_refused_for_the_others(page):
    carriers = "100.64.7.9"
    visitors = [whole(from_address(page, carriers)) for _ in range(5)]
    for visitor in visitors:
        visitor.submit()
    assert Response.objects.count() == 5
