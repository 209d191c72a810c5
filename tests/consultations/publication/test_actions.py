"""What the public sees of each identity and handling; publishing, taking down, the record."""

from datetime import date, timedelta

import pytest

from consultations.publication.actions import prepare_copy, publish, redact, retire
from consultations.publication.copies import public_answers
from consultations.publication.errors import NotACut, NotPermitted, NotPublishable
from consultations.publication.models import AnsweredQuestion, PublicCopy
from consultations.publication.recording import PUBLISHED, UNPUBLISHED, check_published
from consultations.responses.hooks import run
from consultations.responses.models import Handling, Response, Status, StatusEvent
from portal.record.hashing import canonical, content_digest, new_salt, statement_hash
from portal.record.models import Entry
from portal.record.public import leaves
from portal.record.sequencer import publish_roots
from portal.search.models import Card
from tests.consultations.publication.building import (
    AT,
    NAME,
    ORGANISATION,
    accepted,
    four_nameless,
    officials,
    public,
    published,
)


def findings():
    kinds = (PUBLISHED, UNPUBLISHED)
    return list(check_published(Entry.objects.filter(kind__in=kinds).all_in_lists()))


@pytest.mark.parametrize(
    ("identity", "handling", "name", "organisation"),
    [
        ("named", "public", NAME, ORGANISATION),
        ("organisation", "public", ORGANISATION, ORGANISATION),
        ("anonymous", "public", "", ""),
        ("named", "name-withheld", "", ""),
        ("organisation", "name-withheld", "", ""),
        ("anonymous", "name-withheld", "", ""),
    ],
)
def test_whose_name_a_copy_bears(page, identity, handling, name, organisation):
    response = accepted(page, identity=identity, handling=handling, signatories=[("Bo Lind", True)])
    copy = prepare_copy(response)
    assert (copy.display_name, copy.organisation_name) == (name, organisation)
    assert copy.title == (name or f"Response {response.number}")
    # What narrows down who it was goes with the name.
    assert bool(copy.state) == bool(copy.signatories) == bool(name)
    assert copy.submitter_type == ("academia" if name else "undisclosed")


def test_a_named_response_without_any_name_is_nameless(page):
    copy = prepare_copy(accepted(page, name=" ", organisation_name=""))
    assert copy.is_nameless
    assert copy.state == ""


def test_what_is_confidential_as_a_whole_has_no_copy(page):
    response = accepted(page, handling="public")
    assert prepare_copy(response)
    response.handling = Handling.CONFIDENTIAL
    response.save()
    assert prepare_copy(response) is None
    assert not PublicCopy.objects.exists()


def test_unconfirmed_signatories_are_never_named(page, moderator):
    response = accepted(page, signatories=[("Bo Lind", True), ("Cleo Marsh", False)])
    copy = prepare_copy(response)
    assert [each["name"] for each in copy.signatories] == ["Bo Lind"]
    response.signatories.update(confirmed_on=date(2026, 11, 20), confirmed_by="address")
    (copy,) = publish(copies=[copy], by=moderator, at=AT)
    assert [each["name"] for each in copy.signatories] == ["Bo Lind", "Cleo Marsh"]


def test_officials_answers_stand_with_their_public_version_or_not_at_all(page):
    answers = {
        "indicators": officials("SECRET", "Broadly, the courts."),
        "clarity": officials(2),
        "who": public("We teach."),
    }
    shown = public_answers(page.questionnaire(), answers)
    assert shown == {
        "who": {"value": "We teach."},
        "indicators": {"value": "Broadly, the courts.", "confidential": True},
    }


def test_what_was_asked_only_because_of_an_officials_answer_is_left_out(page):
    answers = {
        "exporter": officials(True, "We prefer not to say."),
        "licences": public("12"),
        "review": public({"choice": "month", "other": ""}),
        "why": public("Left over from before."),
    }
    shown = public_answers(page.questionnaire(), answers)
    assert list(shown) == ["exporter", "review"]


def test_redacting_cuts_the_copy_and_leaves_the_original(page, moderator):
    response = accepted(page, {"indicators": public("Ask Jo Kern at the court.")})
    copy = prepare_copy(response)
    cut = [{"text": "Ask "}, {"redacted": "personal-data"}, {"text": " at the court."}]
    copy = redact(copy=copy, question_id="indicators", segments=cut, by=moderator, at=AT)
    assert copy.is_redacted
    assert copy.answers["indicators"] == {"segments": cut}
    assert response.versions.get().answers["indicators"]["value"] == "Ask Jo Kern at the court."
    entry = Entry.objects.get(kind="response.redacted")
    assert not entry.public
    assert entry.statement["reasons"] == ["personal-data"]
    whole = [{"text": "Ask Jo Kern at the court."}]
    copy = redact(copy=copy, question_id="indicators", segments=whole, by=moderator, at=AT)
    assert not copy.is_redacted
    assert copy.answers["indicators"] == {"value": "Ask Jo Kern at the court."}


@pytest.mark.parametrize("question", ["indicators", "unasked", "clarity"])
def test_redacting_refuses_what_is_no_cut(page, moderator, question):
    copy = prepare_copy(accepted(page, {"indicators": public("One."), "clarity": public(3)}))
    with pytest.raises(NotACut):
        redact(
            copy=copy,
            question_id=question,
            segments=[{"text": "Two."}, {"redacted": "abuse"}],
            by=moderator,
            at=AT,
        )


def test_the_own_words_of_a_choice_can_be_redacted_and_other_kinds_as_a_whole(page, moderator):
    copy = prepare_copy(
        accepted(
            page,
            {
                "review": public({"choice": "other", "other": "when Jo says"}),
                "tools": public({"check": "yes-very"}),
            },
        )
    )
    words = [{"text": "when "}, {"redacted": "personal-data"}, {"text": " says"}]
    mark = [{"redacted": "commercial"}]
    copy = redact(copy=copy, question_id="review", segments=words, by=moderator, at=AT)
    copy = redact(copy=copy, question_id="tools", segments=mark, by=moderator, at=AT)
    assert copy.answers["review"] == {
        "value": {"choice": "other", "other": ""},
        "segments": words,
    }
    assert copy.answers["tools"] == {"segments": mark}


def test_publishing_says_so_to_the_record_the_search_and_the_submitter(page, moderator):
    copy = published(page, moderator, signatories=[("Bo Lind", True)])
    entry = Entry.objects.get(kind=PUBLISHED)
    assert entry.public
    assert entry.leaf == copy.record_leaf
    assert entry.statement == {
        "kind": PUBLISHED,
        "day": "2026-11-24",
        "reference": copy.response.reference,
        "docket": page.docket,
        "version": 1,
        "redacted": False,
        "follows": None,
        "content_digest": entry.statement["content_digest"],
        "submission": copy.version.record_leaf,
    }
    card = Card.objects.get(kind="response")
    assert (card.title, card.group, card.state) == (NAME, "academia", "FR")
    assert (card.date.hour, card.date.minute) == (0, 0)
    assert "Bo Lind" in card.body
    assert copy.published_on == date(2026, 11, 24)
    assert Response.objects.get().status == Status.PUBLISHED
    assert StatusEvent.objects.get().kind == StatusEvent.Kind.PUBLISHED
    assert findings() == []


@pytest.mark.parametrize(
    "how", [{"identity": "anonymous"}, {"handling": "name-withheld"}], ids=["anonymous", "withheld"]
)
def test_the_record_never_ties_a_nameless_publication_to_its_submission(page, moderator, how):
    four_nameless(page, moderator)
    copy = published(page, moderator, **how)
    statement = Entry.objects.get(leaf=copy.record_leaf).statement
    assert "submission" not in statement
    assert copy.version.record_leaf not in statement.values()


def test_nothing_is_published_where_one_cannot_be(page, moderator, member):
    fine, rejected = prepare_copy(accepted(page)), prepare_copy(accepted(page))
    Response.objects.filter(pk=rejected.response_id).update(status=Status.REJECTED)
    with pytest.raises(NotPublishable):
        publish(copies=[fine, rejected], by=moderator, at=AT)
    with pytest.raises(NotPermitted):
        publish(copies=[fine], by=member, at=AT)
    assert not PublicCopy.objects.published().exists()
    publish(copies=[fine], by=moderator, at=AT)
    with pytest.raises(NotPublishable):
        publish(copies=[fine], by=moderator, at=AT)


def test_a_name_withheld_after_the_copy_was_made_is_not_published(page, moderator):
    copy = prepare_copy(accepted(page))
    Response.objects.update(handling=Handling.NAME_WITHHELD)
    with pytest.raises(NotPublishable):
        publish(copies=[copy], by=moderator, at=AT)


def test_the_order_is_not_the_order_of_coming_in(page, moderator):
    copies = [prepare_copy(accepted(page)) for _ in range(12)]
    done = publish(copies=copies, by=moderator, at=AT)
    came_in = [copy.pk for copy in copies]
    shown = PublicCopy.objects.published().in_order(by_name=False)
    assert [copy.pk for copy in done] != came_in  # but for one chance in 479 million
    assert [copy.pk for copy in shown] != came_in


def test_redacting_what_is_published_publishes_it_anew(page, moderator):
    copy = published(page, moderator, {"indicators": public("Ask Jo at home.")})
    first = copy.record_leaf
    cut = [{"text": "Ask "}, {"redacted": "personal-data"}]
    copy = redact(copy=copy, question_id="indicators", segments=cut, by=moderator, at=AT)
    assert Entry.objects.get(leaf=copy.record_leaf).statement["follows"] == first
    assert "Jo" not in Card.objects.get(kind="response").body
    assert findings() == []


def test_what_was_left_out_later_cannot_be_tried_out_against_the_first_entry(page, moderator):
    copy = published(page, moderator, {"indicators": public("Ask Jo at home.")})
    first = Entry.objects.get(leaf=copy.record_leaf)
    cut = [{"text": "Ask "}, {"redacted": "personal-data"}]
    copy = redact(copy=copy, question_id="indicators", segments=cut, by=moderator, at=AT)
    publish_roots(at=AT + timedelta(days=1))
    first.refresh_from_db()
    assert not first.public
    assert first.leaf in "".join(leaves(9))
    assert bytes(first.salt).hex() not in "".join(leaves(9))
    assert Entry.objects.get(leaf=copy.record_leaf).public


@pytest.mark.parametrize("kind", ["withdrawn", "removed"])
def test_nor_can_what_is_no_longer_published(page, moderator, kind):
    copy = retire(copy=published(page, moderator), kind=kind, at=AT)
    assert not Entry.objects.get(leaf=copy.record_leaf).public
    assert findings() == []


def test_an_entry_of_what_is_published_closed_by_hand_is_found(page, moderator):
    copy = published(page, moderator)
    Entry.objects.filter(leaf=copy.record_leaf).update(public=False)
    assert len(findings()) == 1


def test_a_withdrawal_after_publication_unpublishes_and_empties_the_copy(page, moderator):
    copy = published(page, moderator)
    run(copy.response, AT + timedelta(days=3))
    copy.refresh_from_db()
    assert copy.retired_on == date(2026, 11, 27)
    assert (copy.display_name, copy.answers, copy.signatories) == ("", {}, [])
    assert Response.objects.get().status == Status.WITHDRAWN
    assert not Card.objects.filter(kind="response").exists()
    assert not AnsweredQuestion.objects.exists()
    entry = Entry.objects.get(kind=UNPUBLISHED)
    assert entry.public
    assert entry.statement["reason"] == "withdrawn"
    assert entry.statement["published"] == copy.record_leaf
    assert findings() == []


def test_a_withdrawal_before_publication_forgets_the_copy(page):
    copy = prepare_copy(accepted(page))
    run(copy.response, AT)
    assert not PublicCopy.objects.exists()
    assert not Entry.objects.filter(kind=UNPUBLISHED).exists()


def test_what_was_removed_can_be_published_again(page, moderator):
    copy = published(page, moderator)
    copy = retire(copy=copy, kind="removed", at=AT)
    assert Response.objects.get().status == Status.REMOVED
    assert copy.display_name == NAME
    (copy,) = publish(copies=[copy], by=moderator, at=AT)
    assert copy.is_published
    assert findings() == []


def test_a_newer_version_takes_the_old_one_off_until_it_is_published(page, moderator):
    copy = published(page, moderator)
    Response.objects.update(status=Status.ACCEPTED)
    copy = prepare_copy(Response.objects.get())
    assert not copy.is_published
    assert Entry.objects.get(kind=UNPUBLISHED).statement["reason"] == "replaced"
    publish(copies=[copy], by=moderator, at=AT)
    assert findings() == []


def test_what_happens_on_one_day_is_checked_in_whatever_order_it_was_placed(page, moderator):
    """Published, cut, taken off, published again, ten times over: chance decides the order."""
    for number in range(10):
        copy = published(page, moderator, {"indicators": public(f"Ask Jo, {number}.")})
        cut = [{"text": "Ask "}, {"redacted": "personal-data"}]
        copy = redact(copy=copy, question_id="indicators", segments=cut, by=moderator, at=AT)
        copy = retire(copy=copy, kind="removed", at=AT)
        publish(copies=[copy], by=moderator, at=AT)
    assert findings() == []
    publish_roots(at=AT + timedelta(days=1))
    assert findings() == []


def test_entries_of_the_beginnings_are_checked_as_they_were_made(page, moderator):
    """They name others by place, and one that takes another's place does not say so."""
    copies = [published(page, moderator, {"indicators": public("Ask Jo.")}) for _ in range(3)]
    entries = []
    for kind, reference, named in (
        (PUBLISHED, copies[0], {}),
        (PUBLISHED, copies[1], {}),
        (PUBLISHED, copies[0], {}),
        (UNPUBLISHED, copies[1], {"published": 1}),
        (PUBLISHED, copies[1], {}),
    ):
        salt = new_salt()
        digest = content_digest(salt, reference.content())
        stated = {"kind": kind, "reference": reference.response.reference, **named}
        text = canonical({**stated, "content_digest": digest})
        entries.append(
            Entry.objects.create(
                leaf=statement_hash(salt, text).hex(),
                index=len(entries),
                kind=kind,
                text=text,
                salt=salt,
                day=AT.date(),
                public=True,
            )
        )
    Entry.objects.filter(leaf__in=[copy.record_leaf for copy in copies[:2]]).delete()
    for copy, entry in ((copies[0], entries[2]), (copies[1], entries[4])):
        PublicCopy.objects.filter(pk=copy.pk).update(record_leaf=entry.leaf)
    assert findings() == []
    cut = [{"text": "Ask "}, {"redacted": "personal-data"}]
    redact(copy=copies[0], question_id="indicators", segments=cut, by=moderator, at=AT)
    retire(copy=copies[1], kind="removed", at=AT)
    assert findings() == []
    Entry.objects.filter(index=1).update(kind="response.accepted")
    assert [finding.entry for finding in findings()] == [3]


def test_the_check_finds_what_was_touched(page, moderator):
    copy = published(page, moderator)
    other = published(page, moderator)
    PublicCopy.objects.filter(pk=copy.pk).update(answers={"who": {"value": "Somebody else"}})
    PublicCopy.objects.filter(pk=other.pk).update(published_on=None)
    assert {each.entry for each in findings()} == {copy.record_leaf, other.record_leaf}


def test_the_check_finds_a_publication_without_an_entry(page, moderator):
    copy = prepare_copy(accepted(page))
    copy.published_on, copy.record_leaf = date(2026, 11, 24), ""
    copy.save()
    assert len(findings()) == 1
