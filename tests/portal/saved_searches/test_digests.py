"""What is told by mail, to whom, and when."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.notifications.delivery import send_due
from portal.notifications.models import Message
from portal.saved_searches import digests
from portal.saved_searches.actions import change_search, delete_search
from portal.saved_searches.models import SavedSearch
from portal.search import facet_counts
from portal.search.cards import put, remove
from portal.stakeholders.models import User
from tests.factories import UserFactory
from tests.portal.saved_searches.factories import saved
from tests.portal.search.factories import card, put_card

pytestmark = pytest.mark.django_db

WEDNESDAY = datetime(2026, 11, 25, 5, 10, tzinfo=UTC)
THURSDAY = WEDNESDAY + timedelta(days=1)
MONDAY = datetime(2026, 11, 30, 5, 10, tzinfo=UTC)


def test_no_mail_to_an_address_that_merely_looks_like_the_proved_one(member, clock, run):
    saved(member)
    clock.shift(60)
    put_card("Surveillance")
    member.emailaddress_set.update(email="a-b@example.org")
    User.objects.filter(pk=member.pk).update(email="a_b@example.org")
    clock.move_to(WEDNESDAY)
    assert run() == []


def test_a_mail_says_what_came_in(member, clock, run, settings):
    settings.BASE_URL = "https://portal.example/"
    put_card("Surveillance before", key="1")
    clock.shift(60)
    saved(member, name="Cameras & co")
    clock.shift(60)
    day = datetime(2026, 3, 14, 23, 30, tzinfo=UTC)
    put_card("Surveillance <cameras> & “more”", key="2", date=day)
    put_card("Ships", key="3")
    clock.move_to(WEDNESDAY)
    (message,) = run()
    assert message.recipients() == [member.email]
    assert message.subject == "Code in Practice: news for your saved searches"
    assert "Cameras & co\n------------\n" in message.body
    assert (
        "\nSurveillance <cameras> & “more”\nGuide, 14 March 2026\n"
        "https://portal.example/en/guide/2/\n"
    ) in message.body
    assert "before" not in message.body
    assert "Ships" not in message.body
    assert " more:" not in message.body
    assert "https://portal.example/en/accounts/searches/\n" in message.body


def test_nothing_new_no_mail(member, clock, run):
    saved(member)
    put_card("Ships")
    clock.move_to(WEDNESDAY)
    assert run() == []


def test_a_second_run_tells_nothing_again(member, clock, run):
    saved(member)
    clock.shift(1)
    put_card("Surveillance")
    clock.move_to(WEDNESDAY)
    assert len(run()) == 1
    assert run() == []
    clock.move_to(THURSDAY)
    assert run() == []


def test_one_mail_for_all_that_is_due(member, clock, run):
    saved(member, "q=surveillance", name="Cameras")
    saved(member, "q=ships", name="Vessels")
    saved(member, "q=drones", name="Flying")
    saved(member, "q=ships&commitment=licensing", name="Monthly", frequency="none")
    other = UserFactory()
    saved(other, "q=ships", name="Theirs")
    clock.shift(1)
    put_card("Surveillance of ships")
    clock.move_to(WEDNESDAY)
    mails = {message.recipients()[0]: message.body for message in run()}
    assert set(mails) == {member.email, other.email}
    assert mails[member.email].count("Surveillance of ships") == 2
    assert "Flying" not in mails[member.email]
    assert "Monthly" not in mails[member.email]
    assert "Theirs" not in mails[member.email]


def test_many_are_counted_and_linked_to(member, clock, run, settings):
    settings.BASE_URL = "https://portal.example"
    saved(member, "q=surveillance&commitment=licensing")
    clock.shift(1)
    for number in range(73):
        put_card(f"Surveillance {number}", facets={"commitment": ["licensing"]})
    clock.move_to(WEDNESDAY.replace(hour=5, minute=5))
    put_card("Surveillance after the hour", facets={"commitment": ["licensing"]})
    clock.move_to(WEDNESDAY)
    (message,) = run()
    assert message.body.count("/en/guide/") == 20
    link = "https://portal.example/en/search/?q=surveillance&commitment=licensing&sort=newest"
    assert f"\n53 more:\n{link}\n" in message.body


def test_what_comes_in_at_the_hour_is_told_once_whichever_side_it_falls(member, clock, run):
    saved(member)
    hour = WEDNESDAY.replace(minute=0)
    for seconds in (-1, 0, 1):
        clock.move_to(hour + timedelta(seconds=seconds))
        put_card(f"Surveillance {seconds:+}")
    clock.move_to(WEDNESDAY)
    (first,) = run()
    clock.move_to(THURSDAY)
    (second,) = run()
    assert [title in first.body for title in ("-1\n", "+0\n", "+1\n")] == [True, True, False]
    assert [title in second.body for title in ("-1\n", "+0\n", "+1\n")] == [False, False, True]


@pytest.mark.parametrize(
    ("frequency", "expected"),
    [("daily", ["25", "26", "27", "28", "29", "30", "01"]), ("weekly", ["30"]), ("none", [])],
)
def test_it_comes_on_its_days(member, clock, run, frequency, expected):
    saved(member, frequency=frequency)
    told = []
    for hours in range(24 * 7):
        clock.move_to(datetime(2026, 11, 24, 12, 30, tzinfo=UTC) + timedelta(hours=hours))
        put_card("Surveillance")
        if run():
            told.append(f"{timezone.now():%d}")
    assert told == expected


@pytest.mark.parametrize(("minute", "mails"), [(9, 0), (10, 1)])
def test_it_comes_once_what_was_being_written_at_the_hour_is_there(
    member, clock, run, minute, mails
):
    saved(member)
    clock.shift(1)
    put_card("Surveillance")
    clock.move_to(WEDNESDAY.replace(minute=minute))
    assert len(run()) == mails


def test_a_timer_that_was_away_loses_nothing(member, clock, run):
    saved(member, frequency="weekly")
    clock.shift(1)
    put_card("Surveillance one")
    clock.move_to(MONDAY + timedelta(days=1))
    put_card("Surveillance two")
    clock.move_to(MONDAY + timedelta(days=3))
    (late,) = run()
    assert "Surveillance one\n" in late.body
    assert "Surveillance two\n" not in late.body
    clock.move_to(MONDAY + timedelta(days=7))
    (next_one,) = run()
    assert "Surveillance two\n" in next_one.body


def test_more_often_from_now_on_tells_the_rest_of_the_week_and_nothing_twice(member, clock, run):
    daily = saved(member, "q=surveillance", name="Daily")
    weekly = saved(member, "q=ships", name="Weekly", frequency="weekly")
    clock.shift(1)
    put_card("Surveillance of ships")
    clock.move_to(WEDNESDAY)
    (first,) = run()
    assert "Weekly" not in first.body
    change_search(search=weekly, by=member, name="Weekly", frequency="daily", language="en")
    (second,) = run()
    assert "Weekly" in second.body
    assert daily.name not in second.body


def test_mail_asked_for_later_does_not_tell_the_past(member, clock, run):
    search = saved(member, frequency="none")
    clock.shift(1)
    put_card("Surveillance")
    clock.move_to(WEDNESDAY)
    change_search(search=search, by=member, name="x", frequency="daily", language="en")
    clock.move_to(THURSDAY)
    assert run() == []


def test_a_run_that_breaks_off_loses_nothing_and_doubles_nothing(member, clock, run, monkeypatch):
    for owner in (member, UserFactory(), UserFactory()):
        saved(owner)
    clock.shift(1)
    put_card("Surveillance")
    clock.move_to(WEDNESDAY)
    notify, calls = digests.notify, []

    def broken(*args, **kwargs):
        calls.append(kwargs["to"])
        notify(*args, **kwargs)
        if len(calls) == 2:
            raise SystemExit("power")

    monkeypatch.setattr(digests, "notify", broken)
    with pytest.raises(SystemExit):
        call_command("send_search_digests", verbosity=0)
    monkeypatch.setattr(digests, "notify", notify)
    call_command("send_search_digests", verbosity=0)
    send_due()
    told = [message.recipients()[0] for message in mail.outbox]
    assert len(told) == len(set(told)) == 3


def test_one_persons_failure_keeps_nobody_elses_mail(member, clock, run, monkeypatch, caplog):
    saved(member, "q=soughtcanary")
    saved(UserFactory())
    clock.shift(1)
    put_card("Surveillance")
    put_card("Soughtcanary")
    clock.move_to(WEDNESDAY)
    news_of = digests.news_of

    def broken(asked, **kwargs):
        if asked.text == "soughtcanary":
            raise RuntimeError(f"cannot look for {asked.text}")
        return news_of(asked, **kwargs)

    monkeypatch.setattr(digests, "news_of", broken)
    with pytest.raises(CommandError, match="For 1 people"):
        run()
    assert Message.objects.count() == 1
    assert "RuntimeError" in caplog.text
    assert "soughtcanary" not in caplog.text
    monkeypatch.setattr(digests, "news_of", news_of)
    assert member.email in [message.recipients()[0] for message in run()]


def test_of_two_runs_at_once_one_tells(member, clock, run, monkeypatch):
    saved(member)
    clock.shift(1)
    put_card("Surveillance")
    clock.move_to(WEDNESDAY)
    news_of = digests.news_of

    def meanwhile(*args, **kwargs):
        monkeypatch.setattr(digests, "news_of", news_of)
        call_command("send_search_digests", verbosity=0)
        return news_of(*args, **kwargs)

    monkeypatch.setattr(digests, "news_of", meanwhile)
    call_command("send_search_digests", verbosity=0)
    assert Message.objects.count() == 1


def restrict(one) -> None:
    put(card(one.title, key=one.key, visible_to="circle"))


def hide(one) -> None:
    remove(one.kind, one.key)


@pytest.mark.parametrize("change", [hide, restrict])
def test_what_is_hidden_before_it_is_sent_is_in_no_mail(member, clock, change):
    saved(member)
    clock.shift(1)
    secret, shown = put_card("Surveillance secret"), put_card("Surveillance shown")
    clock.move_to(WEDNESDAY)
    call_command("send_search_digests", verbosity=0)
    change(secret)
    send_due()
    (message,) = mail.outbox
    assert "Surveillance shown" in message.body
    assert "secret" not in message.body
    assert secret.url not in message.body
    assert shown.url in message.body


def test_where_all_is_hidden_meanwhile_no_mail_goes(member, clock):
    saved(member)
    clock.shift(1)
    secret = put_card("Surveillance")
    clock.move_to(WEDNESDAY)
    call_command("send_search_digests", verbosity=0)
    hide(secret)
    send_due()
    assert mail.outbox == []


@pytest.mark.parametrize(
    "ending",
    [
        lambda search: delete_search(search=search, by=search.owner),
        lambda search: search.owner.delete(),
        lambda search: SavedSearch.objects.update(frequency="none"),
        lambda search: search.owner.emailaddress_set.update(verified=False),
        lambda search: type(search.owner).objects.update(is_active=False),
    ],
    ids=["deleted", "account gone", "stopped", "address unproved", "account closed"],
)
@pytest.mark.parametrize("before", [True, False], ids=["before the run", "before it is sent"])
def test_whoever_wants_or_can_get_none_gets_none(member, clock, ending, before):
    search = saved(member)
    clock.shift(1)
    put_card("Surveillance")
    clock.move_to(WEDNESDAY)
    if before:
        ending(search)
    call_command("send_search_digests", verbosity=0)
    if not before:
        ending(search)
    send_due()
    assert mail.outbox == []


def test_restricted_things_are_neither_told_nor_counted(member, clock, run):
    saved(member)
    clock.shift(1)
    for number in range(25):
        put_card(f"Surveillance {number}")
        put_card(f"Surveillance canary {number}", visible_to="circle")
    clock.move_to(WEDNESDAY)
    (message,) = run()
    assert "canary" not in message.body
    assert "\n5 more:\n" in message.body


def test_restricted_things_alone_are_no_news(member, clock, run):
    saved(member)
    clock.shift(1)
    put_card("Surveillance canary", visible_to="circle")
    clock.move_to(WEDNESDAY)
    assert run() == []


def test_a_word_is_not_taken_for_a_beginning_because_nothing_has_it_today(member, clock, run):
    """The page finds "use"; that nothing new has it does not make "usual" news."""
    put_card("End use")
    saved(member, "q=use")
    clock.shift(1)
    put_card("The usual")
    clock.move_to(WEDNESDAY)
    assert run() == []


def test_an_unfinished_word_that_the_page_completes_is_completed_here_too(member, clock, run):
    put_card("Surveillance of old")
    saved(member, "q=surveil")
    clock.shift(1)
    put_card("Surveillance anew")
    clock.move_to(WEDNESDAY)
    (message,) = run()
    assert "anew" in message.body


def test_the_outbox_holds_neither_words_nor_titles(member, clock):
    saved(member, "q=surveillance", name="Secretname")
    clock.shift(1)
    put_card("Surveillance canary")
    clock.move_to(WEDNESDAY)
    call_command("send_search_digests", verbosity=0)
    kept = str(Message.objects.values())
    assert "saved-searches.digest" in kept
    for word in ("surveillance", "canary", "secretname", member.email):
        assert word not in kept.lower()


def test_no_subject_quotes_what_is_sought(member, clock, run):
    saved(member, "q=surveillance", name="Secretname")
    clock.shift(1)
    put_card("Surveillance canary")
    clock.move_to(WEDNESDAY)
    (message,) = run()
    headers = str(dict(message.message().items())).lower()
    for word in ("surveillance", "canary", "secretname"):
        assert word not in headers


def test_somebody_who_looks_for_their_own_address_is_told_too(member, clock, run):
    saved(member, f"q={member.email}", name=member.email)
    clock.shift(1)
    put_card(f"Write to {member.email}")
    clock.move_to(WEDNESDAY)
    assert len(run()) == 1


def cost_of_a_run() -> int:
    facet_counts._remembered.clear()  # as in a process of its own
    with CaptureQueriesContext(connection) as queries:
        call_command("send_search_digests", verbosity=0)
    return len(queries)


def test_a_run_costs_the_same_however_much_came_in(member, clock):
    saved(member)
    clock.shift(1)
    put_card("Surveillance")
    clock.move_to(WEDNESDAY)
    little = cost_of_a_run()
    for _number in range(40):
        put_card("Surveillance")
    clock.move_to(THURSDAY)
    assert cost_of_a_run() == little
    assert Message.objects.count() == 2


def test_a_run_with_nothing_due_costs_one_statement(member, clock, django_assert_num_queries):
    for number in range(5):
        saved(member, f"q=word{number}")
    with django_assert_num_queries(1):
        call_command("send_search_digests", verbosity=0)
