"""When responses are published: together, after the close, and none without a name alone."""

from copy import copy as copied
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from consultations.calls.models import ConsultationPage
from consultations.moderation.actions import publish_accepted
from consultations.moderation.errors import NothingReady
from consultations.publication.actions import batch_of, prepare_copy, publish, retire
from consultations.publication.errors import HeldBack, TooEarly
from consultations.publication.models import PublicCopy
from consultations.publication.small_cells import FEWEST
from consultations.responses.models import Response
from tests.consultations.publication.building import AT, accepted, four_nameless

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


def waiting(page, **values):
    return prepare_copy(accepted(page, **values))


def nameless(page, **values):
    return waiting(page, identity="anonymous", even_if_alone=False, **values)


def in_public():
    return PublicCopy.objects.published()


# -- the close -------------------------------------------------------------------------------------


def test_nothing_is_published_before_the_second_of_the_close(page, moderator):
    copy = waiting(page)
    with pytest.raises(TooEarly, match="after the consultation has closed"):
        publish(copies=[copy], by=moderator, at=page.closes_at - SECOND)
    assert not in_public().exists()
    publish(copies=[copy], by=moderator, at=page.closes_at)
    assert in_public().exists()


def test_the_close_is_after_the_hours_of_grace(page, moderator):
    """Who began in time may send a change until then."""
    ConsultationPage.objects.update(grace_hours=3)
    copy, end = waiting(page), page.closes_at + 3 * HOUR
    with pytest.raises(TooEarly):
        publish(copies=[copy], by=moderator, at=end - SECOND)
    publish(copies=[copy], by=moderator, at=end)


def test_an_extension_puts_publication_off(page, moderator):
    copy = waiting(page)
    ConsultationPage.objects.update(closes_at=AT + HOUR)
    with pytest.raises(TooEarly):
        publish(copies=[copy], by=moderator, at=AT)


def test_a_consultation_that_was_cancelled_is_over(page, moderator):
    copy = waiting(page)
    ConsultationPage.objects.update(closes_at=AT + HOUR, cancelled_at=AT)
    with pytest.raises(TooEarly):
        publish(copies=[copy], by=moderator, at=AT - SECOND)
    publish(copies=[copy], by=moderator, at=AT)


def test_where_people_were_told_so_what_has_a_name_is_published_earlier(page, moderator):
    ConsultationPage.objects.update(publishes_while_open=True, closes_at=AT + HOUR)
    withheld = [waiting(page, handling="name-withheld") for _ in range(FEWEST)]
    with pytest.raises(TooEarly, match="What has no name always waits"):
        publish(copies=withheld, by=moderator, at=AT)
    publish(copies=[waiting(page)], by=moderator, at=AT)
    assert in_public().count() == 1
    publish(copies=withheld, by=moderator, at=AT + HOUR)


# -- company ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("together", "is_published"), [(1, False), (4, False), (5, True)])
def test_without_a_name_five_are_published_together_or_none(
    page, moderator, together, is_published
):
    copies = [nameless(page) for _ in range(together)]
    if not is_published:
        with pytest.raises(HeldBack, match="Fewer than five"):
            publish(copies=[*copies, waiting(page)], by=moderator, at=AT)
        assert not in_public().exists()
    else:
        assert len(publish(copies=copies, by=moderator, at=AT)) == together


def test_whoever_allowed_it_stands_alone_and_no_other(page, moderator):
    willing, other = waiting(page, identity="anonymous", even_if_alone=True), nameless(page)
    with pytest.raises(HeldBack):
        publish(copies=[willing, other], by=moderator, at=AT)
    publish(copies=[willing], by=moderator, at=AT)
    with pytest.raises(HeldBack):
        publish(copies=[other], by=moderator, at=AT)


def test_a_fifth_beside_four_that_are_public_does_not_stand_alone(page, moderator):
    four = four_nameless(page, moderator)
    publish(copies=[nameless(page)], by=moderator, at=AT)
    for copy in four[:2]:
        retire(copy=copy, kind="withdrawn", at=AT)
    with pytest.raises(HeldBack):
        publish(copies=[nameless(page)], by=moderator, at=AT)


def test_a_name_withheld_by_staff_is_held_back_like_none(page, moderator):
    with pytest.raises(HeldBack):
        publish(copies=[waiting(page, handling="name-withheld")], by=moderator, at=AT)


def test_a_batch_tells_what_can_go_what_is_held_and_what_is_early(page, moderator):
    named, held = waiting(page), nameless(page)
    stale = waiting(page)
    stale.response.versions.erase(on=AT.date())
    batch = batch_of(page, AT)
    assert batch.ready == [named]
    assert batch.held == [held]
    assert [copy for copy, _why in batch.unready] == [stale]
    assert batch.early == []
    assert batch_of(page, page.closes_at - SECOND).early == [named, held]


# -- every order of all that -----------------------------------------------------------------------


class Publishing(RuleBasedStateMachine):
    """One consultation, a clock, responses that are accepted, chosen for, withdrawn, published."""

    closing: Any = None
    moderator: Any = None

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.page = copied(self.closing)
        self.now = self.page.closes_at - 2 * HOUR
        self.nameless_then: dict[int, int] = {}  # how many were public when each became so

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @rule()
    def an_hour_passes(self) -> None:
        self.now += HOUR

    @rule(handling=st.sampled_from(["public", "name-withheld"]))
    def accept_a_named_one(self, handling: str) -> None:
        waiting(self.page, handling=handling)

    @rule(willing=st.booleans(), count=st.integers(1, 3))
    def accept_nameless_ones(self, willing: bool, count: int) -> None:
        for _ in range(count):
            waiting(self.page, identity="anonymous", even_if_alone=willing)

    @rule(data=st.data(), willing=st.booleans())
    def choose(self, data: Any, willing: bool) -> None:
        before = self.public()
        found = Response.objects.filter(identity="anonymous", status="accepted").order_by("pk")
        if keys := list(found.values_list("pk", flat=True)):
            one = found.filter(pk=data.draw(st.sampled_from(keys)))
            one.update(even_if_alone=willing)
        assert self.public() == before, "a choice changes nothing that anybody sees"

    @rule(data=st.data())
    def withdraw(self, data: Any) -> None:
        found = PublicCopy.objects.filter(retired_on=None).order_by("pk")
        if copies := list(found.select_related("response")):
            one = data.draw(st.sampled_from(copies))
            retire(copy=one, kind="withdrawn", at=self.now)
            Response.objects.filter(pk=one.response_id).update(status="withdrawn")

    @rule()
    def press(self) -> None:
        ready = {copy.pk for copy in batch_of(self.page, self.now).ready}
        before = self.public()
        try:
            done = publish_accepted(consultation=self.page, by=self.moderator, at=self.now)
        except NothingReady:
            assert not ready
            return
        assert {copy.pk for copy in done} == ready
        assert self.now >= self.page.closes_at
        public = in_public().nameless().count()
        for copy in done:
            if copy.is_nameless:
                self.nameless_then[copy.pk] = public
        assert self.public() == before | ready
        left = batch_of(self.page, self.now)
        assert left.ready == left.early == []

    def public(self) -> set[int]:
        return set(in_public().values_list("pk", flat=True))

    @invariant()
    def nothing_is_public_before_the_close(self) -> None:
        assert self.now >= self.page.closes_at or not self.public()

    @invariant()
    def nobody_stands_alone_who_did_not_allow_it(self) -> None:
        for copy in in_public().nameless().select_related("response"):
            beside = self.nameless_then[copy.pk]
            assert copy.response.even_if_alone or beside >= FEWEST


def test_no_order_of_steps_publishes_early_or_alone(page, moderator):
    Publishing.closing, Publishing.moderator = page, moderator
    run_state_machine_as_test(
        Publishing,
        settings=settings(
            max_examples=20,
            stateful_step_count=15,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
