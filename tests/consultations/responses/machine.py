"""
Every order of beginning, saving, sending, withdrawing, cutting the tie, sending again, extending
and closing.
"""

from copy import copy
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from consultations.responses import actions, record_audit, recording
from consultations.responses.errors import (
    AnswersClosed,
    CannotChange,
    ChangedMeanwhile,
    DraftGone,
    Incomplete,
    NotPermitted,
    Refused,
)
from consultations.responses.models import Draft, Response, ResponseVersion, Status
from consultations.responses.record_audit import check_choices
from consultations.responses.recording import TRANSLATION_CHOSEN
from portal.record.hashing import content_digest
from portal.record.models import Entry
from tests.consultations.responses.builders import NOBODY, begun, consultation_that_asks, save

HOUR = timedelta(hours=1)
GRACE = 3
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=40)


@dataclass
class Expected:
    """An answer as the test remembers it; `sent` are the texts of its versions."""

    draft: Any
    in_time: bool
    exporter: bool | None = None
    text: str | None = None
    response: Any = None
    sent: list[tuple[bool | None, str | None]] = field(default_factory=list)
    withdrawn: bool = False
    public: bool = False
    cut: bool = False
    only: bool = False  # published only in translation
    alone: bool = False  # published even if it is the only one
    last_draft: Any = None

    @property
    def draft_is_there(self) -> bool:
        return self.draft is not None


class Answering(RuleBasedStateMachine):
    """One consultation with grace, a clock that the rules move, any number of answers."""

    asking: Any = None  # the consultation that `run` made; each example leaves it as it was

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.page = copy(self.asking)
        self.now = self.page.opens_at + HOUR
        self.answers: list[Expected] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    # -- the clock and the deadline ----------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        return self.now < self.page.closes_at

    def takes(self, answer: Expected) -> bool:
        return self.is_open or (answer.in_time and self.now < self.page.closes_at + GRACE * HOUR)

    @rule()
    def an_hour_passes(self) -> None:
        self.now += HOUR

    @precondition(lambda self: self.is_open)
    @rule(before=st.sampled_from([timedelta(0), timedelta(seconds=1)]))
    def the_deadline_comes(self, before: timedelta) -> None:
        self.now = self.page.closes_at - before

    @precondition(lambda self: not self.is_open)
    @rule(before=st.sampled_from([timedelta(0), timedelta(seconds=1)]))
    def the_grace_ends(self, before: timedelta) -> None:
        self.now = max(self.now, self.page.closes_at + GRACE * HOUR - before)

    @rule()
    def the_deadline_is_extended(self) -> None:
        self.page.closes_at = max(self.now, self.page.closes_at) + 2 * HOUR
        type(self.page).objects.filter(pk=self.page.pk).update(closes_at=self.page.closes_at)

    # -- what a submitter does ---------------------------------------------------------------------

    @rule()
    def begin(self) -> None:
        try:
            draft, code = begun(self.page, at=self.now)
        except AnswersClosed:
            assert not self.is_open
        else:
            assert self.is_open
            assert code
            self.answers.append(Expected(draft, in_time=True))

    def pick(self, data: Any, ready: Any) -> Expected | None:
        able = [each for each in self.answers if ready(each)]
        return data.draw(st.sampled_from(able)) if able else None

    @rule(data=st.data(), exporter=st.booleans(), text=TEXTS)
    def save(self, data: Any, exporter: bool, text: str) -> None:
        answer = self.pick(data, lambda each: each.draft_is_there)
        if answer is None:
            return
        try:
            save(answer.draft, 1, {"exporter": exporter}, at=self.now)
            save(answer.draft, 2, {"view": text}, at=self.now)
        except AnswersClosed:
            assert not self.takes(answer)
        else:
            assert self.takes(answer)
            answer.exporter, answer.text = exporter, text

    @rule(data=st.data(), text=TEXTS)
    def save_over_another_window(self, data: Any, text: str) -> None:
        answer = self.pick(data, lambda each: each.draft_is_there and each.text is not None)
        if answer is None or not self.takes(answer) or text == answer.text:
            return
        try:
            save(answer.draft, 2, {"view": text}, seen="stale", at=self.now)
        except ChangedMeanwhile:
            return
        raise AssertionError("overwritten without a word")

    @rule(data=st.data())
    def submit(self, data: Any) -> None:
        answer = self.pick(data, lambda each: each.draft_is_there)
        if answer is None:
            return
        try:
            response = actions.submit_draft(draft=answer.draft, by=NOBODY, at=self.now)
        except AnswersClosed:
            assert not self.takes(answer)
        except Incomplete:
            assert answer.exporter is None
        except CannotChange:
            assert answer.public
        else:
            assert self.takes(answer)
            assert answer.exporter is not None
            assert answer.response in (None, response)
            answer.response = response
            answer.sent.append((answer.exporter, answer.text))
            answer.last_draft, answer.draft = answer.draft, None

    @rule(data=st.data())
    def submit_again(self, data: Any) -> None:
        answer = self.pick(data, lambda each: each.last_draft is not None)
        if answer is None:
            return
        try:
            again = actions.submit_draft(draft=answer.last_draft, by=NOBODY, at=self.now)
        except DraftGone:
            assert answer.cut
        else:
            assert again == answer.response

    @rule(data=st.data())
    def change(self, data: Any) -> None:
        answer = self.pick(data, lambda each: each.response is not None)
        if answer is None:
            return
        try:
            draft = actions.begin_revision(response=answer.response, by=NOBODY, at=self.now)
        except CannotChange:
            assert not self.is_open or answer.withdrawn or answer.public or answer.cut
            return
        assert self.is_open
        assert not answer.withdrawn
        assert not answer.cut
        if answer.draft is None:
            answer.exporter, answer.text = answer.sent[-1]
            answer.in_time = True
        else:
            assert draft.pk == answer.draft.pk
        answer.draft = draft

    @rule(data=st.data())
    def discard(self, data: Any) -> None:
        answer = self.pick(data, lambda each: each.draft_is_there)
        if answer is None:
            return
        actions.discard_draft(draft=answer.draft, by=NOBODY)
        try:
            actions.submit_draft(draft=answer.draft, by=NOBODY, at=self.now)
        except DraftGone:
            answer.draft = None
        else:
            raise AssertionError("sent after it was deleted")

    @rule(data=st.data())
    def publish(self, data: Any) -> None:
        answer = self.pick(data, lambda each: each.response is not None and not each.withdrawn)
        if answer is not None:
            Response.objects.filter(pk=answer.response.pk).update(status=Status.PUBLISHED)
            answer.public = True

    @rule(data=st.data(), only=st.booleans())
    def choose_translation(self, data: Any, only: bool) -> None:
        answer = self.pick(data, lambda each: each.response is not None)
        if answer is None:
            return
        try:
            actions.choose_translation(
                response=answer.response, by=NOBODY, translation_only=only, at=self.now
            )
        except CannotChange:
            assert answer.public or answer.withdrawn
        else:
            assert not answer.public
            assert not answer.withdrawn
            answer.only = only

    @rule(data=st.data(), alone=st.booleans())
    def choose_alone(self, data: Any, alone: bool) -> None:
        answer = self.pick(data, lambda each: each.response is not None)
        if answer is None:
            return
        try:
            actions.choose_alone(response=answer.response, by=NOBODY, even_if_alone=alone)
        except NotPermitted:
            assert answer.cut
        except CannotChange:
            assert answer.public or answer.withdrawn
        else:
            assert not answer.public
            assert not answer.withdrawn
            answer.alone = alone

    @rule(data=st.data())
    def withdraw(self, data: Any) -> None:
        answer = self.pick(data, lambda each: each.response is not None)
        if answer is None:
            return
        try:
            actions.withdraw_response(response=answer.response, by=NOBODY, at=self.now)
        except NotPermitted:
            assert answer.cut
            return
        assert not answer.cut
        if not answer.withdrawn:
            answer.withdrawn, answer.draft = True, None

    @rule(data=st.data())
    def cut_the_tie(self, data: Any) -> None:
        answer = self.pick(data, lambda each: each.response is not None)
        if answer is not None:
            actions.cut_tie(response=answer.response, by=NOBODY, at=self.now)
            answer.cut, answer.draft = True, None

    @rule(data=st.data())
    def a_question_after_withdrawing(self, data: Any) -> None:
        answer = self.pick(data, lambda each: each.withdrawn)
        if answer is None:
            return
        try:
            actions.begin_revision(response=answer.response, by=NOBODY, at=self.now)
        except Refused:
            return
        raise AssertionError("changed after it was withdrawn")

    # -- what always holds -------------------------------------------------------------------------

    @invariant()
    def drafts_are_as_they_were_left(self) -> None:
        kept = {
            draft.pk: (
                draft.answers.get("exporter", {}).get("value"),
                draft.answers.get("view", {}).get("value"),
            )
            for draft in Draft.objects.all()
        }
        assert kept == {
            each.draft.pk: (each.exporter, each.text) for each in self.answers if each.draft
        }

    @invariant()
    def responses_are_what_was_sent(self) -> None:
        expected = {each.response.pk: each for each in self.answers if each.response}
        versions: dict[int, list[ResponseVersion]] = {pk: [] for pk in expected}
        for version in ResponseVersion.objects.order_by("response", "number"):
            versions[version.response_id].append(version)
        for response in Response.objects.all():
            answer = expected.pop(response.pk)
            assert response.account_id is None
            assert (response.code_hash is None) is answer.cut
            assert (response.status == Status.WITHDRAWN) is answer.withdrawn
            if not answer.withdrawn:
                assert response.translation_only is answer.only
                assert response.even_if_alone is answer.alone
            kept = versions[response.pk]
            assert [version.number for version in kept] == list(range(1, len(answer.sent) + 1))
            erased = answer.withdrawn and not answer.public
            for version, (exporter, text) in zip(kept, answer.sent, strict=True):
                if erased:
                    assert (version.answers, version.salt) == ({}, None)
                    continue
                assert version.answers["exporter"]["value"] == exporter
                assert version.answers.get("view", {}).get("value") == text
                assert version.content_digest == content_digest(version.salt, version.content())
        assert not expected

    @invariant()
    def the_record_knows_what_was_chosen(self) -> None:
        entries = Entry.objects.filter(kind=TRANSLATION_CHOSEN)
        assert [finding.text for finding in check_choices(entries.all_in_lists())] == []

    @invariant()
    def every_version_has_its_entry_and_no_entry_is_alone(self) -> None:
        entries = Entry.objects.filter(kind__in=recording.STATING)
        erased = Entry.objects.filter(text__contains=recording.UNTIED)
        entered = entries.exclude(erased_by__in=erased.values("leaf"))
        assert set(entered.values_list("leaf", flat=True)) == set(
            ResponseVersion.objects.values_list("record_leaf", flat=True)
        )
        assert list(record_audit.check_versions(entries.all_in_lists())) == []


def run(examples: int, steps: int, **kwargs: Any) -> None:
    """Try so many orders of so many steps; raises at the first that breaks a promise."""
    Answering.asking = consultation_that_asks(grace_hours=GRACE)
    run_state_machine_as_test(
        Answering,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            **kwargs,
        ),
    )
