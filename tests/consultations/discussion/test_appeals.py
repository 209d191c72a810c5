"""Appeals: the author of what was hidden is told, reads it still, and another moderator decides."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.discussion import actions, permissions
from consultations.discussion.errors import (
    AlreadyAppealed,
    AppealDecided,
    AppealWaits,
    InvalidAppeal,
    NotForYou,
    NothingToAppeal,
    NotPermitted,
    NotYours,
)
from consultations.discussion.models import Appeal, Comment, ModerationAct
from consultations.discussion.policy import EXPLANATIONS, HideReason
from consultations.moderation.statistics import comment_rules, told_of_parts
from portal.notifications.delivery import send_due
from portal.record import audit
from portal.record.models import Entry
from portal.search.models import Card
from portal.stakeholders.actions import delete_account
from portal.stakeholders.roles import ADMINISTRATOR, MODERATOR, ROLES
from tests import canaries
from tests.consultations.factories import ConsultationPageFactory, comment_on
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
MINE = "/en/accounts/comments/"


@pytest.fixture
def consultation(site_tree):
    return ConsultationPageFactory(title="Risk indicators", slug="signs")


@pytest.fixture
def author():
    return UserFactory(name="Ana Ruiz")


@pytest.fixture
def other():
    return UserFactory(role=MODERATOR)


@pytest.fixture
def comment(consultation, author, moderator):
    """Hidden for being off topic, and answered before that."""
    made = comment_on(consultation, author=author, body="Hiddencanary words. " * 30)
    comment_on(consultation, parent=made, body="A reply.")
    return actions.hide_comment(
        moderator=moderator, comment=made, reason="off-topic", note="Notecanary."
    )


def act_on(comment):
    return comment.moderation_acts.get(verb="hide")


def appealed(comment, text="Appealcanary: it is about the question."):
    return actions.appeal_hiding(author=comment.author, act=act_on(comment), text=text)


def of(client_of):
    client = Client()
    client.force_login(client_of)
    return client


def soup_of(answer, status=200):
    assert answer.status_code == status
    return BeautifulSoup(answer.content, "html.parser")


def mailed():
    send_due()
    told = [(message.to, message.subject, message.body) for message in mail.outbox]
    mail.outbox.clear()
    return told


def test_the_place_of_a_hidden_comment_leads_to_the_rule(client, comment):
    place = soup_of(client.get(f"/en/consultations/signs/discussion/?at={comment.pk}"))
    reason = place.select_one(f"#c-{comment.pk} .comment__reason")
    assert "Hidden by a moderator: Off topic" in " ".join(reason.text.split())
    rules, _, anchor = reason.a["href"].partition("#")
    rule = soup_of(client.get(rules)).find(id=anchor)
    assert "It has nothing to do with what the consultation asks." in rule.text
    reply = soup_of(client.get(f"/en/consultations/signs/discussion/reply/{comment.pk}/"))
    assert reply.select_one(".comment__reason a")["href"] == reason.a["href"]


def test_its_author_is_told_by_mail_without_their_words(comment, author):
    [(to, subject, body)] = mailed()
    assert to == [author.email]
    assert subject == "Your comment was hidden: Risk indicators"
    assert "Reason: Off topic" in body
    assert "/en/about/moderation/#rule-off-topic" in body
    assert MINE in body
    assert "canary" not in body


def test_nobody_else_reads_what_is_hidden(comment, author, moderator):
    history = f"/en/consultations/signs/discussion/history/{comment.pk}/"
    appeal = reverse("account_appeal", args=[act_on(comment).pk])
    for address, readers in ((history, {author, moderator}), (appeal, {author})):
        for who in (author, moderator, UserFactory()):
            answer = of(who).get(address)
            assert answer.status_code == (200 if who in readers else 404), (address, who)
            assert ("Hiddencanary" in answer.content.decode()) == (who in readers)
    assert Client().get(history).status_code == 404


def test_its_author_reads_all_of_it_among_their_own_and_appeals_there(comment, author):
    own = soup_of(of(author).get(MINE))
    assert own.text.count("Hiddencanary") == 30
    assert "Only you and moderators can still read it." in own.text
    link = own.find("a", string=lambda text: text and "Appeal to another moderator" in text)
    link = link or own.select_one('a[href*="/appeals/"]')
    form = soup_of(of(author).get(link["href"]))
    assert form.select_one("h1").text == "Appeal"
    answer = of(author).post(link["href"], {"text": "It is about question 2."}, follow=True)
    page = soup_of(answer)
    assert "Your appeal is in. Another moderator decides on it." in page.text
    assert "You appealed on" in page.text
    assert not page.select('a[href*="/appeals/"]')
    assert Appeal.objects.get().text == "It is about question 2."


def test_an_appeal_without_words_or_with_too_many_keeps_what_was_typed(comment, author):
    address = reverse("account_appeal", args=[act_on(comment).pk])
    assert "Say why." in soup_of(of(author).post(address, {"text": " "}), 422).text
    page = soup_of(of(author).post(address, {"text": "long " * 500}), 422)
    assert "At most 2,000 fit." in page.text
    assert page.select_one("textarea").text.count("long") == 500
    assert not Appeal.objects.exists()


def test_a_lost_session_and_an_old_form_lose_no_text(comment, author, other):
    address = reverse("account_appeal", args=[act_on(comment).pk])
    assert Client().get(address).status_code == 302
    lost = soup_of(Client().post(address, {"text": "My reasons."}), 403)
    assert lost.select_one("textarea").text.strip() == "My reasons."
    assert "You have been signed out." in lost.text
    assert "canary" not in lost.text
    appeal = appealed(comment)
    decide = reverse("discussion:decide_appeal", args=["signs", appeal.pk])
    for who, path, field in ((author, address, "text"), (other, decide, "answer")):
        client = Client(enforce_csrf_checks=True)
        client.force_login(who)
        old = soup_of(client.post(path, {field: "My reasons."}), 403)
        assert old.select_one("textarea").text.strip() == "My reasons."
    assert Appeal.objects.get().is_open


def test_one_appeal_against_each_hiding(comment, author, other):
    appeal = appealed(comment)
    with pytest.raises(AlreadyAppealed):
        appealed(comment, "Once more.")
    actions.decide_appeal(moderator=other, appeal=appeal, restores=True, answer="It fits.")
    with pytest.raises(AlreadyAppealed):
        appealed(comment, "Once more.")
    actions.hide_comment(moderator=other, comment=comment, reason="spam")
    again = comment.moderation_acts.get(verb="hide", reason="spam")
    assert actions.appeal_hiding(author=author, act=again, text="Not spam.").is_open


def test_what_is_shown_again_meanwhile_needs_no_appeal(comment, moderator):
    actions.restore_comment(moderator=moderator, comment=comment)
    with pytest.raises(NothingToAppeal):
        appealed(comment)
    answer = of(comment.author).post(
        reverse("account_appeal", args=[act_on(comment).pk]), {"text": "Please."}
    )
    assert "not hidden any more" in soup_of(answer, 409).text


def test_an_appeal_is_made_after_the_deadline_too(comment):
    late = timezone.now() + timedelta(weeks=30)
    assert actions.appeal_hiding(
        author=comment.author, act=act_on(comment), text="Late.", at=late
    ).is_open


@pytest.mark.parametrize("restores", [True, False], ids=["shown again", "stays hidden"])
def test_another_moderator_decides_and_the_author_is_told_why(
    comment, author, other, restores, client
):
    appeal = appealed(comment)
    mailed()
    address = reverse("discussion:decide_appeal", args=["signs", appeal.pk])
    page = soup_of(of(other).get(address))
    for words in ("Hiddencanary", "Appealcanary", "Off topic", "Notecanary."):
        assert words in page.text
    chosen = "show" if restores else "keep"
    of(other).post(address, {"decision": chosen, "answer": "Because of question 2."})
    comment.refresh_from_db()
    assert comment.is_hidden != restores
    [(to, subject, body)] = mailed()
    assert to == [author.email]
    wanted = "Your comment is shown again: " if restores else "Your appeal was decided: "
    assert subject == f"{wanted}Risk indicators"
    assert "Because" not in body
    own = soup_of(of(author).get(MINE)).text
    assert "Because of question 2." in own
    assert f"another moderator has decided that it {chosen_words(restores)}" in own
    thread = client.get("/en/consultations/signs/discussion/").content.decode()
    assert ("Hiddencanary" in thread) == restores
    assert "Because of question 2." not in thread
    assert Card.objects.filter(kind="comment", key=str(comment.pk)).exists() == restores
    assert list(audit.findings()) == []
    with pytest.raises(AppealDecided):
        actions.decide_appeal(moderator=other, appeal=appeal, restores=True, answer="No.")


def chosen_words(restores):
    return "is shown again." if restores else "stays hidden."


def test_who_hid_it_reads_the_appeal_and_is_told_that_another_decides(comment, moderator):
    appeal = appealed(comment)
    page = soup_of(
        of(moderator).get(reverse("discussion:decide_appeal", args=["signs", appeal.pk]))
    )
    assert "Appealcanary" in page.text
    assert "You hid it, so another moderator decides." in page.text
    assert not page.select("main textarea")


def test_what_is_hidden_is_not_hidden_again(comment, other):
    address = reverse("discussion:hide", args=["signs", comment.pk])
    page = soup_of(of(other).get(address))
    assert "This is hidden already." in page.text
    assert not page.select("main textarea")
    late = of(other).post(address, {"reason": "abuse", "note": "A long note."})
    assert "This is hidden already, so nothing was changed." in soup_of(late, 409).text
    assert "A long note." in late.content.decode()
    comment.refresh_from_db()
    assert comment.hidden_reason == "off-topic"


def test_a_decision_needs_a_reason(comment, other):
    appeal = appealed(comment)
    address = reverse("discussion:decide_appeal", args=["signs", appeal.pk])
    assert "Say why." in soup_of(of(other).post(address, {"decision": "keep"}), 422).text
    with pytest.raises(InvalidAppeal):
        actions.decide_appeal(moderator=other, appeal=appeal, restores=True, answer=" ")
    assert Appeal.objects.get().is_open


WHO = {
    # who: (appeals, decides, shows again without an appeal)
    "visitor": (False, False, False),
    "author": (True, False, False),
    "author who moderates": (True, False, False),
    "another member": (False, False, False),
    "moderator who hid it": (False, False, True),
    "another moderator": (False, True, True),
    "moderator of the host": (False, False, False),
    **dict.fromkeys(ROLES, (False, False, False)),
    MODERATOR: (False, True, True),
    ADMINISTRATOR: (False, True, True),
}


def person(who, comment, hid):
    if who == "visitor":
        return AnonymousUser()
    if who.startswith("author"):
        author = comment.author
        if who != "author":
            author.groups.set(hid.groups.all())
        return author
    if who == "moderator who hid it":
        return hid
    role = {"another moderator": MODERATOR, "moderator of the host": MODERATOR}.get(who, who)
    host = comment.thread.consultation.host if who == "moderator of the host" else None
    return UserFactory(role=role if role in ROLES else None, organisation=host)


@pytest.mark.parametrize("who", WHO)
def test_who_appeals_and_who_decides(comment, moderator, who):
    appeals, decides, shows_again = WHO[who]
    user = person(who, comment, moderator)
    act = act_on(comment)
    assert permissions.user_can_appeal(user, act) == appeals
    assert permissions.user_can_show_again(user, comment) == shows_again
    if not appeals:
        with pytest.raises(NotYours):
            actions.appeal_hiding(author=user, act=act, text="Please.")
    if not shows_again:
        with pytest.raises(NotPermitted):
            actions.restore_comment(moderator=user, comment=comment)
    appeal = appealed(comment)
    assert permissions.user_can_decide_appeal(user, appeal) == decides
    values = {"moderator": user, "appeal": appeal, "restores": True, "answer": "Fits."}
    if decides:
        assert actions.decide_appeal(**values).is_granted
        return
    with pytest.raises((NotPermitted, NotForYou)):
        actions.decide_appeal(**values)
    client = of(user) if who != "visitor" else Client()
    address = reverse("discussion:decide_appeal", args=["signs", appeal.pk])
    reads = who == "moderator who hid it"
    assert client.get(address).status_code in ((200,) if reads else (302, 403))
    assert client.post(address, {"decision": "show"}).status_code in (302, 403)
    assert Appeal.objects.get().is_open


def test_while_an_appeal_waits_nobody_shows_it_again_past_it(comment, moderator):
    appealed(comment)
    with pytest.raises(AppealWaits):
        actions.restore_comment(moderator=moderator, comment=comment)
    answer = of(moderator).post(f"/en/consultations/signs/discussion/restore/{comment.pk}/")
    assert "Its author has appealed." in soup_of(answer, 409).text
    comment.refresh_from_db()
    assert comment.is_hidden


def test_an_earlier_wording_is_appealed_by_itself(consultation, author, moderator, other):
    made = comment_on(consultation, author=author, body="Earliercanary.")
    actions.edit_comment(author=author, comment=made, body="Present.", language="en")
    version = made.versions.get()
    actions.hide_wording(moderator=moderator, version=version, reason="abuse")
    assert mailed()[0][1] == "Your comment was hidden: Risk indicators"
    own = soup_of(of(author).get(MINE))
    assert "An earlier wording is hidden by a moderator: Abuse or threats" in own.text
    form = soup_of(of(author).get(own.select_one('a[href*="/appeals/"]')["href"]))
    assert "Earliercanary." in form.text
    appeal = actions.appeal_hiding(
        author=author, act=ModerationAct.objects.get(), text="It quotes a law."
    )
    with pytest.raises(AppealWaits):
        actions.restore_wording(moderator=other, version=version)
    actions.decide_appeal(moderator=other, appeal=appeal, restores=True, answer="It does.")
    version.refresh_from_db()
    assert not version.is_hidden
    assert list(audit.findings()) == []


def test_staff_see_that_appeals_wait_and_where(comment, moderator, other):
    appeal = appealed(comment)
    listed = soup_of(of(other).get("/admin/appeals/?state=waiting"))
    address = reverse("discussion:decide_appeal", args=["signs", appeal.pk])
    assert listed.select_one(f'a[href="{address}"]')
    home = soup_of(of(moderator).get("/admin/"))
    assert "1 appeal about a hidden comment waits for a decision." in home.text
    actions.decide_appeal(moderator=other, appeal=appeal, restores=False, answer="No.")
    assert "No appeal waits" in soup_of(of(moderator).get("/admin/")).text
    assert "Stays hidden" in soup_of(of(other).get("/admin/appeals/?state=decided")).text


def test_the_record_tells_nobody_that_somebody_appealed(comment, other):
    actions.decide_appeal(
        moderator=other, appeal=appealed(comment), restores=False, answer="Off topic it is."
    )
    entry = Entry.objects.get(kind="comment.hiding-confirmed")
    assert not entry.public
    assert entry.statement["reason"] == "off-topic"
    told = Client().get(f"/c/{comment.pk}.json").json()
    assert told["statement"]["kind"] == "comment.hidden"
    ModerationAct.objects.filter(verb="uphold").update(reason="spam")
    assert list(audit.findings())


@pytest.mark.parametrize("is_decided", [True, False], ids=["decided", "waiting"])
@pytest.mark.parametrize("how", ["removed", "account deleted"])
def test_what_was_said_in_an_appeal_goes_with_the_comment(comment, author, other, how, is_decided):
    appeal = appealed(comment)
    if is_decided:
        actions.decide_appeal(
            moderator=other, appeal=appeal, restores=False, answer="Answercanary."
        )
    if how == "removed":
        actions.remove_comment(author=author, comment=comment)
    else:
        delete_account(user=author, erase=False)
    rows = list(Appeal.objects.values())
    canaries.require_absent({"rows": repr(rows)}, ["Appealcanary", "Answercanary"])
    assert len(rows) == int(is_decided)
    assert list(audit.findings()) == []
    assert [body for _to, _subject, body in mailed() if "Risk indicators" in body] == []


def test_the_page_of_the_rules_tells_each_reason_and_no_small_number(
    client, consultation, moderator, other
):
    page = soup_of(client.get("/en/about/moderation/"))
    for reason, meaning in EXPLANATIONS.items():
        rule = page.find(id=f"rule-{reason.value}").text
        assert str(reason.label) in rule
        assert str(meaning) in rule
        assert "Comments hidden for this reason: 0" in rule
    assert page.select_one('.contents a[href="#reasons"]')
    made = [comment_on(consultation) for _ in range(8)]
    for comment in made[:6]:
        actions.hide_comment(moderator=moderator, comment=comment, reason="spam")
    actions.hide_comment(moderator=moderator, comment=made[6], reason="abuse")
    for comment in made[:5]:
        appeal = appealed(Comment.objects.get(pk=comment.pk))
        actions.decide_appeal(moderator=other, appeal=appeal, restores=True, answer="Fits.")
    rules = comment_rules()
    used = {row.code: row.used for row in rules.rows}
    assert used == {
        **dict.fromkeys(HideReason.values, "0"),
        "spam": "6",
        "abuse": "fewer than 5",
    }
    assert rules[1:] == ("5", "5", "0")
    appealed(Comment.objects.get(pk=made[6].pk))
    assert comment_rules()[1:] == ("at least 5", "5", "0")
    page = soup_of(client.get("/en/about/moderation/")).text
    for told in ("hidden for this reason: 6", "Appeals: at least 5", "after an appeal: 5"):
        assert told in page


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ([], "0"),
        ([3], "fewer than 5"),
        ([3, 1], "fewer than 5"),
        ([7], "7"),
        ([7, 6], "13"),
        ([7, 2], "at least 5"),
        ([3, 3], "at least 5"),
    ],
)
def test_a_sum_gives_no_small_part_away(parts, told):
    assert told_of_parts(parts) == told
