"""Who speaks is who spoke: a later change of profile changes nothing that was said before."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consultations.discussion.actions import edit_comment, hide_comment
from consultations.discussion.models import Comment, Spoken
from portal.record.models import Entry
from portal.record.sequencer import publish_roots
from portal.search.models import Card
from portal.stakeholders.actions import update_profile
from tests.consultations.factories import ConsultationPageFactory, build_thread, comment_on
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation(consultations):
    return ConsultationPageFactory(title="Risk indicators")


@pytest.fixture
def author():
    return UserFactory(name="Ana Ruiz", submitter_type="civil-society", affiliation="Rights Watch")


def rename(person):
    update_profile(
        user=person, name="Optica Press Desk", submitter_type="company", affiliation="Optica"
    )


def texts_of(client, consultation, comment):
    """Every page on which a comment stands, and who spoke."""
    return [
        client.get(address).content.decode()
        for address in (
            reverse("discussion:thread", args=[consultation.slug]),
            f"{reverse('discussion:thread', args=[consultation.slug])}?order=newest",
            reverse("discussion:history", args=[consultation.slug, comment.pk]),
            reverse("discussion:reply", args=[consultation.slug, comment.pk]),
        )
    ]


def test_what_was_said_before_keeps_name_group_and_organisation(client, consultation, author):
    comment = comment_on(consultation, author=author, body="Ask who operates it.")
    comment_on(consultation, parent=comment)
    before = Spoken._meta.get_fields()
    rename(author)
    comment.refresh_from_db()
    assert [getattr(comment, field.name) for field in before] == [
        "Ana Ruiz",
        "civil-society",
        "Rights Watch",
        False,
    ]
    for page in texts_of(client, consultation, comment):
        assert "Ana Ruiz" in page
        assert "Optica" not in page
    assert Card.objects.get(kind="comment", key=comment.pk).group == "civil-society"


def test_staff_who_verify_a_body_later_verify_nothing_that_was_said_before(consultation, author):
    comment = comment_on(consultation, author=author)
    author.organisation = OrganisationFactory(verified_on=timezone.localdate())
    author.save()
    later = comment_on(consultation, author=author)
    comment.refresh_from_db()
    assert (comment.is_verified, later.is_verified) == (False, True)
    author.organisation.verified_on = None
    author.organisation.name = "Another body"
    author.organisation.save()
    later.refresh_from_db()
    assert later.is_verified
    assert later.organisation_name != "Another body"


def test_each_version_keeps_who_spoke_it(client, consultation, author):
    comment = comment_on(consultation, author=author, body="One.")
    rename(author)
    edit_comment(author=author, comment=comment, body="Two.", language="en")
    comment.refresh_from_db()
    (version,) = comment.versions.all()
    assert (version.author_name, version.group, version.number) == (
        "Ana Ruiz",
        "civil-society",
        1,
    )
    assert (comment.author_name, comment.group) == ("Optica Press Desk", "industry")
    history = client.get(reverse("discussion:history", args=[consultation.slug, comment.pk]))
    page = history.content.decode()
    assert page.index("Optica Press Desk") < page.index("Ana Ruiz")


def test_reading_joins_no_profile(client, consultation):
    build_thread(consultation, 30)
    address = reverse("discussion:thread", args=[consultation.slug])
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    assert not [each for each in captured if "stakeholders_user" in each["sql"]]


def test_a_comment_leads_to_its_entry(client, consultation, author, time_machine_at_noon):
    comment = comment_on(consultation, author=author)
    thread = reverse("discussion:thread", args=[consultation.slug])
    history = reverse("discussion:history", args=[consultation.slug, comment.pk])
    assert f'href="{history}#record"' in client.get(thread).content.decode()
    page = client.get(history).content.decode()
    assert 'id="record"' in page
    assert "The record shows its entry when the day has ended" in page
    time_machine_at_noon.shift(24 * 3600)
    publish_roots(at=timezone.now())
    page = client.get(history).content.decode()
    index = Entry.objects.get(leaf=comment.record_leaf).index
    assert f"Entry {index} of the record" in page
    assert comment.record_leaf in client.get(f"/record/{index}/").content.decode()


@pytest.fixture
def time_machine_at_noon():
    import time_machine

    noon = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    with time_machine.travel(noon, tick=False) as traveller:
        yield traveller


def test_a_hidden_comment_tells_no_name(client, consultation, author, moderator):
    comment = comment_on(consultation, author=author)
    reply = comment_on(consultation, parent=comment)
    hide_comment(moderator=moderator, comment=comment, reason="abuse")
    for address in ("", f"?at={reply.pk}", "?order=newest"):
        page = client.get(reverse("discussion:thread", args=[consultation.slug]) + address)
        for word in ("Ana Ruiz", "Rights Watch"):
            assert word not in page.content.decode()


def test_an_unnamed_row_is_called_a_former_member():
    assert Comment(author_name="").speaker == "Former member"


def test_the_consultation_says_how_much_each_group_has_said(client, consultations):
    page = ConsultationPageFactory()
    for kind in ("company", "civil-society", "civil-society"):
        comment_on(page, author=UserFactory(submitter_type=kind))
    shown = BeautifulSoup(client.get(page.get_url()).content, "html.parser")
    rows = [each.get_text(" ", strip=True) for each in shown.select(".voices li")]
    assert rows == ["Industry 1 comment", "Civil society 2 comments"]
    of_industry = client.get(shown.select_one(".voices a")["href"].partition("#")[0])
    assert len(BeautifulSoup(of_industry.content, "html.parser").select(".comment")) == 1
