"""The queue in the admin: what it lists, in which order, and acting on several."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from consultations.calls.models import ConsultationPage
from consultations.moderation import actions
from consultations.moderation.admin_views import queue as queue_view
from consultations.moderation.admin_views.filters import next_with
from consultations.moderation.queries import queue, unpublished, waiting
from consultations.publication.small_cells import FEWEST
from consultations.responses.models import Response, Status
from portal.stakeholders import roles
from tests.consultations.factories import ConsultationPageFactory
from tests.consultations.moderation.building import (
    accepted,
    cleared,
    new_version,
    officials,
    public,
    published,
    received,
)
from tests.factories import UserFactory


@pytest.fixture
def desk(client, by):
    client.force_login(by)
    return client


def listed(desk, **filters):
    answer = desk.get(reverse("screen_responses"), filters)
    assert answer.status_code == 200
    return [each.reference for each in answer.context["object_list"]]


def test_it_is_for_those_who_read_responses(client, page):
    response = received(page)
    addresses = [
        reverse("screen_responses"),
        reverse("screen_responses_results"),
        reverse("screen_response", args=[response.reference]),
        reverse("screen_several_responses", args=["accept"]),
        reverse("preview_response", args=[response.reference]),
        reverse("redact_response", args=[response.reference, "indicators"]),
        reverse("translate_response", args=[response.reference, "indicators"]),
    ]
    for who in (AnonymousUser(), UserFactory(), UserFactory(role=roles.EDITOR)):
        if who.is_authenticated:
            client.force_login(who)
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code in (302, 403), address
            assert response.reference not in answer.content.decode()
    client.force_login(UserFactory(role=roles.ANALYST))
    assert client.get(addresses[0]).status_code == 200
    assert client.get(addresses[2]).status_code == 200
    assert client.get(addresses[3]).status_code in (302, 403)


def test_those_that_wait_longest_come_first_and_those_done_last(desk, page, by):
    done = accepted(page, by, received_on=date(2026, 10, 1))
    late = received(page, received_on=date(2026, 11, 9))
    early = received(page, received_on=date(2026, 11, 2))
    assert listed(desk) == [early.reference, late.reference, done.reference]


def test_within_a_day_the_order_is_that_of_the_drawn_numbers(desk, page):
    numbers = [7301, 42, 9001, 512, 3333]
    for number in numbers:
        received(page, identity="anonymous", number=number)
    expected = [f"{page.docket}-{number:04d}" for number in sorted(numbers)]
    assert listed(desk) == expected
    for order in ("pk", "-pk", "received_on", "-reference", "id"):
        assert listed(desk, ordering=order) == expected


def test_no_time_of_day_and_no_row_number_is_on_the_page(desk, page):
    response = received(page, identity="anonymous")
    html = desk.get(reverse("screen_responses_results")).content.decode()
    assert response.reference in html
    assert f'value="{response.pk}"' not in html
    assert "Nov. 3, 2026" in html or "3 November 2026" in html


def test_it_is_narrowed_by_what_a_screener_looks_for(desk, page, by):
    other_page = ConsultationPageFactory(questionnaire=True)
    kept = {
        "status": None,
        "group": received(page, group="industry"),
        "identity": received(page, identity="anonymous"),
        "language": received(page, language="ar"),
        "channel": received(page, channel="post"),
        "late": received(page, is_late=True),
        "consultation": received(other_page),
        "files": received(page, files={"a" * 32: "b" * 64}),
        "reported": published(page, by),
        "disputed": published(page, by),
        "proposal": received(page),
        "renewed": received(page),
    }
    kept["status"] = accepted(page, by)
    actions.open_dispute(response=kept["reported"], text="Not me.")
    dispute = actions.open_dispute(response=kept["disputed"], text="Not me.")
    actions.take_up_dispute(dispute=dispute, by=by)
    actions.propose_rejection(response=kept["proposal"], by=by, reason="spam")
    actions.propose_rejection(response=kept["renewed"], by=by, reason="spam")
    new_version(kept["renewed"], {"indicators": public("Anew.")})
    asked = {
        "status": "accepted",
        "group": "industry",
        "identity": "anonymous",
        "language": "ar",
        "channel": "post",
        "late": "yes",
        "consultation": other_page.docket,
        "files": "yes",
        "reported": "yes",
        "disputed": "yes",
        "proposal": "yes",
        "renewed": "yes",
    }
    for name, value in asked.items():
        assert listed(desk, **{name: value}) == [kept[name].reference], name
    without = listed(desk, files="no")
    assert kept["files"].reference not in without
    assert len(without) == len(kept) - 1
    number = kept["group"].reference[-4:]
    assert kept["group"].reference in listed(desk, q=number)
    assert listed(desk, q="nothing-of-the-kind") == []


def test_the_number_of_queries_does_not_grow_with_the_rows(
    desk, page, by, django_assert_max_num_queries
):
    def ask():
        return desk.get(reverse("screen_responses"))

    received(page)
    ask()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        ask()
    for _ in range(15):
        received(page)
    for _ in range(3):
        response = published(page, by)
        actions.open_dispute(response=response, text="Not me.")
    with django_assert_max_num_queries(len(few)):
        assert len(ask().context["object_list"]) == 19


def test_accepting_several_asks_first_and_leaves_those_that_do_not_fit(desk, page, by):
    first, second = received(page), received(page)
    done = published(page, by)
    address = reverse("screen_several_responses", args=["accept"])
    chosen = [first.reference, second.reference, done.reference]
    asked = desk.get(address, {"response": chosen})
    assert [each.reference for each in asked.context["fitting"]] == chosen[:2]
    assert [each for each, _ in asked.context["others"]] == chosen[2:]
    assert Response.objects.filter(status=Status.ACCEPTED).count() == 0
    new_version(second, {"indicators": public("Changed meanwhile.")})
    sent = {"handling": "public", "reason": "within-rules"}
    answer = desk.post(address, {**sent, "response": [f"{each}:1" for each in chosen]})
    assert answer.status_code == 302
    assert [each.reference for each in Response.objects.filter(status=Status.ACCEPTED)] == chosen[
        :1
    ]


def test_publishing_several_leaves_out_what_is_confidential(desk, page, by):
    ConsultationPage.objects.update(publishes_while_open=True, anonymous_allowed=False)
    ready = [accepted(page, by) for _ in range(3)]
    secret = accepted(page, by, handling="confidential", reason="claim-holds")
    address = reverse("screen_several_responses", args=["publish"])
    chosen = [f"{each.reference}:1" for each in [*ready, secret]]
    desk.post(address, {"response": chosen})
    assert Response.objects.filter(status=Status.PUBLISHED).count() == 3
    secret.refresh_from_db()
    assert secret.status == Status.ACCEPTED


def test_a_form_for_several_without_reason_comes_back(desk, page):
    response = received(page)
    address = reverse("screen_several_responses", args=["accept"])
    answer = desk.post(address, {"response": f"{response.reference}:1", "note": "Kept words"})
    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()
    assert desk.get(address).status_code == 302
    unknown = reverse("screen_several_responses", args=["burn"])
    # what is not found is looked for under a language as well
    assert desk.get(unknown, follow=True).status_code == 404


def test_the_home_page_says_how_many_wait_and_since_when(desk, page, by):
    assert "No response waits" in desk.get(reverse("wagtailadmin_home")).content.decode()
    received(page, received_on=date(2026, 11, 9))
    received(page, received_on=date(2026, 11, 2))
    assert waiting() == (2, date(2026, 11, 2), 0, 0)
    html = desk.get(reverse("wagtailadmin_home")).content.decode()
    assert "2 responses wait" in html
    assert "2 November 2026" in html


def test_a_confidential_answer_is_no_part_of_the_listing(desk, page):
    received(page, {"indicators": officials("Our supplier is Acme Lenses.")})
    assert "Acme" not in desk.get(reverse("screen_responses")).content.decode()
    assert not hasattr(queue().get(), "answers")


# Publishing together


def press(desk, page):
    return desk.post(reverse("publish_together"), {"consultation": page.pk}, follow=True)


def test_staff_see_what_waits_for_publication_and_why_it_is_held(desk, page, by):
    assert "waiting for publication" not in desk.get(reverse("screen_responses")).content.decode()
    accepted(page, by)
    held = accepted(page, by, identity="anonymous", even_if_alone=False)
    accepted(page, by, identity="anonymous")
    received(page)
    assert unpublished() == [("Warning signs", 3, 2, 1)]
    for address in ("wagtailadmin_home", "screen_responses", "screen_responses_results"):
        html = desk.get(reverse(address)).content.decode()
        assert "Accepted, waiting for publication:" in html, address
        assert "Warning signs</bdi>: 3 (of which without a name: 2; held back because fewer" in html
    html = desk.get(reverse("publish_together")).content.decode()
    assert "2 accepted responses can be published now." in html
    assert "1 response without a name is held back" in html
    assert held.reference in html
    assert "1 response still waits to be screened." in html
    assert "What is accepted after you publish comes later." in html
    html = desk.get(reverse("screen_response", args=[held.reference])).content.decode()
    assert "It is held back: fewer than five responses without a name" in html
    assert "2 responses published." in press(desk, page).content.decode()
    assert Response.objects.get(status=Status.ACCEPTED) == held
    assert "No response is ready" in press(desk, page).content.decode()


def test_with_five_nothing_is_held(desk, page, by):
    for _number in range(FEWEST):
        accepted(page, by, identity="anonymous", even_if_alone=False)
    assert unpublished() == [("Warning signs", 5, 5, 0)]
    assert "5 responses published." in press(desk, page).content.decode()
    assert unpublished() == []


def test_the_day_of_the_close_is_that_of_the_last_minute(desk, page, by):
    """A deadline at 23:59 ends with the day, and not on the next."""
    accepted(page, by)
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    ends = midnight + timedelta(days=9)
    ConsultationPage.objects.update(closes_at=ends, timezone="UTC")
    html = desk.get(reverse("publish_together")).content.decode()
    last = ends - timedelta(days=1)
    assert f"The consultation closes on {last.day} {last:%B %Y}." in html


def test_before_the_close_there_is_no_button(desk, page, by):
    response = accepted(page, by)
    closes_at = timezone.now().replace(hour=12) + timedelta(days=1)
    ConsultationPage.objects.update(closes_at=closes_at)
    html = desk.get(reverse("publish_together")).content.decode()
    assert "1 accepted response waits for the close." in html
    assert f"The consultation closes on {closes_at.day} {closes_at:%B %Y}." in html
    assert "<button" not in html.split("screening-alone")[1].split("</section>")[0]
    assert "No response is ready" in press(desk, page).content.decode()
    html = desk.get(reverse("screen_response", args=[response.reference])).content.decode()
    assert "It is published together with the others of its consultation." in html
    assert reverse("act_on_response", args=[response.reference, "publish"]) not in html


def test_who_only_reads_does_not_publish(client, page, by):
    accepted(page, by)
    client.force_login(UserFactory(role=roles.ANALYST))
    html = client.get(reverse("publish_together")).content.decode()
    assert "1 accepted response can be published now." in html
    assert "Publish 1 response" not in html
    press(client, page)
    assert Response.objects.get().status == Status.ACCEPTED
    for key in ("", "x", "9" * 30, "0"):
        posted = client.post(reverse("publish_together"), {"consultation": key})
        assert posted.status_code in (302, 404)


def test_before_the_close_it_is_said_which_would_be_held_back(desk, page, by):
    held = accepted(page, by, identity="anonymous", even_if_alone=False)
    accepted(page, by)
    received(page)
    received(page, status=Status.CLARIFICATION)
    ConsultationPage.objects.update(closes_at=timezone.now() + timedelta(days=1))
    html = desk.get(reverse("publish_together")).content.decode()
    assert "1 of them has no name and would be held back" in html
    assert held.reference in html
    assert "1 response still waits to be screened." in html, "as on the dashboard"
    assert waiting().responses == 1
    assert "1 response waits for its writer" in html
    assert "after you publish" not in html, "there is no button"
    html = desk.get(reverse("screen_response", args=[held.reference])).content.decode()
    assert "It is held back: fewer than five responses without a name" in html


def test_what_is_left_out_of_several_says_why(desk, page, by):
    response = received(page)
    actions.propose_rejection(response=response, by=by, reason="spam")
    address = reverse("screen_several_responses", args=["accept"])
    html = desk.get(address, {"response": response.reference}).content.decode()
    assert "Rejection proposed" in html
    assert "To be screened" not in html
    html = desk.get(address, {"response": received(page).reference}).content.decode()
    assert "their submitters are told" not in html
    assert "whoever asked for news by e-mail gets an e-mail" in html


# The next one


def test_the_next_one_is_the_next_in_the_queue_with_its_filters(desk, page, by):
    first = received(page, received_on=date(2026, 11, 2), language="ar")
    between = received(page, received_on=date(2026, 11, 3))
    last = received(page, received_on=date(2026, 11, 4), language="ar")
    done = accepted(page, by, received_on=date(2026, 10, 1), language="ar")
    assert next_with("", first, by) == between
    assert next_with("language=ar", first, by) == last
    assert next_with("language=ar", between, by) == last, "it need not be among them"
    assert next_with("language=ar", last, by) == done
    assert next_with("language=ar&status=received", last, by) is None
    assert next_with("language=%FF&status=none&p=x&q=", first, by) == between


# Pages, search, what was opened, and what others changed


def test_pages_are_read_on_and_back_across_both_halves(desk, page, by, monkeypatch):
    monkeypatch.setattr(queue_view, "PAGE_SIZE", 3)
    for day in (4, 2, 3, 5):
        received(page, received_on=date(2026, 11, day))
        accepted(page, by, received_on=date(2026, 11, day))
    context = desk.get(reverse("screen_responses"), {"group": "academia"}).context
    every = [row.reference for row in context["object_list"]]
    assert context["pages"]["previous"] == ""
    while context["pages"]["next"]:
        assert "group=academia" in context["pages"]["next"]
        context = desk.get(context["pages"]["next"]).context
        every += [row.reference for row in context["object_list"]]
    assert len(every) == len(set(every)) == 8
    days = Response.objects.in_bulk(every, field_name="reference")
    order = [(days[each].status != "received", days[each].newest_on, each) for each in every]
    assert order == sorted(order)
    backwards = desk.get(reverse("screen_responses"), {"last": "1"}).context
    seen = [row.reference for row in backwards["object_list"]]
    while backwards["pages"]["previous"]:
        backwards = desk.get(backwards["pages"]["previous"]).context
        seen = [row.reference for row in backwards["object_list"]] + seen
    assert seen == every


def test_an_act_on_the_last_of_a_page_skips_nothing(desk, page, by, monkeypatch):
    monkeypatch.setattr(queue_view, "PAGE_SIZE", 2)
    found = [received(page, received_on=date(2026, 11, day)) for day in (2, 3, 4, 5)]
    following = desk.get(reverse("screen_responses")).context["pages"]["next"]
    actions.accept(response=found[1], by=by, handling="public", reason="within-rules")
    context = desk.get(following).context
    assert [row.reference for row in context["object_list"]] == [
        each.reference for each in found[2:]
    ]


def test_a_place_that_is_none_leads_to_the_first_page(desk, page):
    response = received(page)
    for wrong in ("x", "waiting.20261399.A", "waiting.00000000.A", "done.20261103.", "\u0661.2.3"):
        assert listed(desk, after=wrong) == [response.reference]
    assert listed(desk, after="done.20261103.ZZZ") == [response.reference], "what was there is gone"
    assert listed(desk, before="waiting.20200101.A") == [response.reference]


def test_a_response_is_found_by_words_names_notes_and_reference(desk, page, by):
    answer = received(page, {"indicators": public("Экспорт de la caméra thermique.")})
    named = received(page, name="Élodie Мартин", organisation_name="Observatoire")
    noted = received(page)
    actions.add_note(response=noted, by=by, note="Ask the Zebra desk.")
    assert listed(desk, q="camera") == [answer.reference]
    assert listed(desk, q="экспорт THERMIQUE") == [answer.reference]
    assert listed(desk, q="мартин") == [named.reference]
    assert listed(desk, q="elodie observatoire") == [named.reference]
    assert listed(desk, q="zebra") == [noted.reference]
    assert listed(desk, q=noted.reference[-7:]) == [noted.reference]
    assert listed(desk, q="camera zebra") == []
    assert listed(desk, q="%") == listed(desk, q="_'") == []
    assert listed(desk, q="camera", group="industry") == []


def test_nothing_is_found_by_what_must_not_be_known(client, page, by):
    secret = received(page, {"indicators": officials("Our supplier is Acme.", "A supplier.")})
    nameless = received(page, identity="anonymous", name="Typed Anyway")
    whole = accepted(
        page,
        by,
        {"indicators": public("Zirconium.")},
        handling="confidential",
        reason="claim-holds",
    )
    changed = received(page, {"indicators": public("Once there was quartz.")})
    new_version(changed, {"indicators": public("It was taken back.")})
    for who in (by, cleared(), UserFactory(role=roles.ANALYST)):
        client.force_login(who)
        for words in ("Acme", "Typed", "Zirconium", "quartz", "officials"):
            assert listed(client, q=words) == [], words
        assert listed(client, q="a supplier") == [secret.reference]
        assert listed(client, q=nameless.reference) == [nameless.reference]
        assert listed(client, q=whole.reference) == [whole.reference]


def test_words_are_found_together_wherever_each_stands(desk, page, by):
    """One in a name and another in a note; one in an answer and another in the reference."""
    both = received(page, {"indicators": public("Thermal cameras.")}, name="Elodie Martin")
    actions.add_note(response=both, by=by, note="Ask about the zebra.")
    other = received(page, {"indicators": public("A camera for a zebra.")})
    assert listed(desk, q="elodie zebra") == [both.reference]
    assert listed(desk, q=f"{both.reference} thermal") == [both.reference]
    assert listed(desk, q=f"thermal zebra martin {both.reference}") == [both.reference]
    assert set(listed(desk, q="zebra came")) == {both.reference, other.reference}
    assert listed(desk, q=f"thermal {other.reference}") == []


def test_what_is_withdrawn_is_found_by_its_words_no_more(desk, page):
    response = received(page, {"indicators": public("Zirconium.")}, name="Ana Ruiz")
    response.versions.all().erase(date(2026, 11, 9))
    assert listed(desk, q="zirconium") == listed(desk, q="ruiz") == []


def test_the_newest_version_is_known_of_every_response(page):
    response = received(page, received_on=date(2026, 11, 2))
    new_version(response, {"indicators": public("Anew.")}, submitted_on=date(2026, 11, 9))
    received(page)
    for each in Response.objects.all():
        newest = each.versions.latest("number")
        assert (each.newest_number, each.newest_on) == (newest.number, newest.submitted_on)


def test_short_answers_stand_in_the_queue_and_long_ones_are_unfolded(desk, page):
    received(page, {"indicators": public("A short word.")})
    received(page, {"indicators": public("Long. " * 900)})
    html = desk.get(reverse("screen_responses")).content.decode()
    assert "A short word." in html
    assert html.count("<summary>Read 1 answer") == 1
    assert html.count("Long. ") < 600
    assert "It goes on: open the response" in html


def test_what_one_has_opened_is_marked_for_oneself_until_it_changes(desk, client, page, other):
    first, second = received(page), received(page)
    desk.get(reverse("screen_response", args=[first.reference]))
    assert listed(desk, opened="yes") == [first.reference]
    assert listed(desk, opened="no") == [second.reference]
    assert "not opened by you" in desk.get(reverse("screen_responses")).content.decode()
    client.force_login(other)
    assert listed(client, opened="yes") == []


def test_a_new_version_of_what_was_opened_is_not_opened(desk, page):
    response = received(page)
    desk.get(reverse("screen_response", args=[response.reference]))
    new_version(response, {"indicators": public("Anew.")})
    assert listed(desk, opened="yes") == []
    desk.get(reverse("screen_response", args=[response.reference]))
    assert listed(desk, opened="yes") == [response.reference]


def test_several_leave_what_changed_meanwhile_and_name_it(desk, page, by, other):
    steady, changed, proposed = (received(page) for _ in range(3))
    sent = [f"{each.reference}:1" for each in (steady, changed, proposed)]
    new_version(changed, {"indicators": public("Changed meanwhile.")})
    actions.propose_rejection(response=proposed, by=other, reason="spam")
    data = {"handling": "public", "reason": "within-rules", "queue": "status=received"}
    address = reverse("screen_several_responses", args=["accept"])
    answer = desk.post(address, {**data, "response": sent}, follow=True)
    assert answer.redirect_chain[0][0] == f"{reverse('screen_responses')}?status=received"
    html = answer.content.decode()
    assert "1 response accepted." in html
    assert "2 responses were left as they are:" in html
    assert f"{changed.reference}: A new version came in" in html
    assert f"{proposed.reference}: Rejection proposed" in html
    assert [each.reference for each in Response.objects.filter(status=Status.ACCEPTED)] == [
        steady.reference
    ]


def test_all_of_the_page_or_all_that_are_found_are_chosen(desk, page, monkeypatch):
    monkeypatch.setattr(queue_view, "PAGE_SIZE", 2)
    found = [received(page, language="ar").reference for _ in range(4)]
    received(page)
    address = reverse("screen_several_responses", args=["accept"])
    chosen = desk.get(address, {"all": "page", "shown": found[:2]})
    assert [row.reference for row in chosen.context["fitting"]] == found[:2]
    chosen = desk.get(address, {"all": "found", "queue": "language=ar"})
    assert [row.reference for row in chosen.context["fitting"]] == sorted(found)
    html = desk.get(reverse("screen_responses"), {"language": "ar"}).content.decode()
    assert "All 2 on this page" in html
    assert "All 4 that are found" in html


def test_a_row_leads_to_its_page_with_the_filters(desk, page):
    response = received(page, language="ar")
    html = desk.get(reverse("screen_responses"), {"language": "ar", "q": "courts"}).content.decode()
    address = reverse("screen_response", args=[response.reference])
    assert f"{address}?queue=language%3Dar%26q%3Dcourts" in html
