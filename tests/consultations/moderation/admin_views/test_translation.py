"""The staff's page on which a response that is published only in translation is translated."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from consultations.calls.models import ConsultationPage
from consultations.moderation import actions
from consultations.moderation.errors import NewVersion, NotPermitted, WrongStatus
from consultations.moderation.models import ScreeningAct
from consultations.publication.errors import NotTranslated, ShownInTranslation
from consultations.publication.models import PublicCopy
from consultations.publication.translations import fingerprint_of
from consultations.responses.actions import choose_translation
from consultations.responses.models import Response, Status
from portal.notifications.delivery import send_due
from portal.stakeholders import roles
from tests import canaries
from tests.consultations.moderation.building import (
    accepted,
    new_version,
    officials,
    public,
    put_in_public,
    received,
    screener,
)
from tests.consultations.responses.builders import NOBODY
from tests.consultations.responses.walk import Visitor
from tests.factories import OrganisationFactory, UserFactory

ORIGINAL = "Les tribunaux, et Mme Perez du 4 rue Haute."
ANSWERS = {
    "who": public("Nous enseignons."),
    "indicators": public(ORIGINAL),
    "exporter": public(True),
}


@pytest.fixture
def desk(client, by):
    client.force_login(by)
    return client


@pytest.fixture
def response(page, by):
    """Accepted, written in French, published only in translation."""
    return only(accepted(page, by, ANSWERS, identity="anonymous", language="fr"))


def only(response):
    Response.objects.filter(pk=response.pk).update(translation_only=True)
    response.refresh_from_db()
    return response


def address(response, question="indicators", name="translate_response"):
    return reverse(name, args=[response.reference, question])


def html(answer):
    return answer.content.decode()


def fields(shown):
    """What the page's hidden fields hold."""
    return dict(re.findall(r'type="hidden" name="(version|seen)" value="([^"]*)"', html(shown)))


def send(desk, response, text, question="indicators", **data):
    """Type a translation on its page as it stands now."""
    at = address(response, question)
    return desk.post(at, {**fields(desk.get(at)), "into": "en", "text": text, **data})


def translate(response, by, **values):
    values = {
        "question_id": "indicators",
        "segments": [{"text": "The courts."}],
        "into": "en",
        **values,
    }
    return actions.translate(response=response, by=by, **values)


# -- who, and when ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (None, False),
        (roles.EDITOR, False),
        (roles.ANALYST, False),
        (roles.OFFICIAL, False),
        (roles.STATE_DELEGATE, False),
        (roles.MODERATOR, True),
        (roles.ADMINISTRATOR, True),
    ],
)
def test_those_who_screen_translate_and_nobody_else(client, page, response, role, may):
    person = UserFactory(role=role)
    client.force_login(person)
    shown = client.get(address(response))
    assert (shown.status_code == 200) is may
    assert (ORIGINAL in html(shown)) is may
    seen = fingerprint_of(PublicCopy.objects.get(), "indicators")
    typed = {"version": 1, "seen": seen, "into": "en", "text": "The courts."}
    sent = client.post(address(response), typed)
    assert bool(PublicCopy.objects.get().translations) is may
    assert sent.status_code in (302, 403)
    if not may:
        with pytest.raises(NotPermitted):
            translate(response, person)
    # For an analyst the response's page says how it stands, and offers nothing.
    if role == roles.ANALYST:
        page_shown = html(client.get(reverse("screen_response", args=[response.reference])))
        assert "Not translated yet" in page_shown
        assert address(response) not in page_shown


def test_nobody_translates_their_own_organisations(page, by):
    organisation = OrganisationFactory()
    moderator = screener(organisation=organisation)
    response = accepted(page, by, ANSWERS, identity="organisation", organisation=organisation)
    with pytest.raises(NotPermitted):
        translate(response, moderator)


@pytest.mark.parametrize("status", Status.values)
def test_it_is_translated_once_accepted_and_while_published(page, by, response, status):
    if status == Status.PUBLISHED:
        for question in ("who", "indicators"):
            translate(response, by, question_id=question)
        actions.publish(responses=[response], by=by)
    else:
        Response.objects.filter(pk=response.pk).update(status=status)
    before = ScreeningAct.objects.count()
    if status in (Status.ACCEPTED, Status.PUBLISHED):
        translate(response, by)
        assert ScreeningAct.objects.count() == before + 1
        return
    with pytest.raises(WrongStatus):
        translate(response, by)
    assert ScreeningAct.objects.count() == before


# -- the page --------------------------------------------------------------------------------------


def test_translate_takes_the_place_of_leaving_passages_out(desk, response):
    shown = html(desk.get(reverse("screen_response", args=[response.reference])))
    assert address(response) in shown
    assert address(response, name="redact_response") not in shown
    assert address(response, "exporter", "redact_response") in shown, "it has no words"
    assert "Only in translation and without files: the writer chose this" in shown
    led = desk.get(address(response, name="redact_response"))
    assert led["Location"] == address(response)
    with pytest.raises(ShownInTranslation):
        actions.redact(
            response=response,
            by=screener(),
            question_id="indicators",
            segments=[{"redacted": "abuse"}],
        )


def test_the_original_stands_beside_the_field_and_never_in_it(desk, response):
    shown = html(desk.get(address(response)))
    assert f'lang="fr" dir="auto">{ORIGINAL}' in shown
    area = re.search(r"<textarea[^>]*>([^<]*)</textarea>", shown)
    assert area.group(1).strip() == ""
    offered = re.findall(r'<option value="(\w\w)"', shown)
    assert offered[:5] == ["en", "es", "ru", "ar", "zh"], "not the language that it is written in"
    assert "am" in offered
    assert "fr" not in offered
    assert "Do not give the words to a service elsewhere" in shown


def test_answer_after_answer_is_translated_and_then_published(desk, by, response):
    first = send(desk, response, "We teach.", "who")
    assert first["Location"] == address(response, "indicators")
    assert "This is the next answer" in html(desk.get(first["Location"]))
    publish, press = reverse("publish_together"), {"consultation": response.consultation_id}
    assert "Still to be translated: answer" in html(desk.get(publish))
    assert "No response is ready" in html(desk.post(publish, press, follow=True))
    last = send(desk, response, "The courts, and [[personal-data]].")
    assert last["Location"] == reverse("screen_response", args=[response.reference])
    assert "Every answer is translated" in html(desk.get(last["Location"]))
    preview = html(desk.get(reverse("preview_response", args=[response.reference])))
    assert "We teach." in preview
    assert "[[personal-data]]" in preview
    assert "Perez" not in preview
    assert "tribunaux" not in preview
    assert "1 response published" in html(desk.post(publish, press, follow=True))
    assert PublicCopy.objects.published().get().is_redacted


def test_what_is_not_finished_is_kept_and_not_published(desk, by, response):
    kept = send(desk, response, "The cou", unfinished="yes")
    assert kept["Location"] == address(response)
    shown = html(desk.get(kept["Location"]))
    assert "The cou" in shown
    assert "Translation not finished" in shown
    send(desk, response, "We teach.", "who")
    with pytest.raises(WrongStatus, match="Still to be translated"):
        actions.publish(responses=[response], by=by)


def test_what_is_still_to_be_translated_stays_and_the_rest_is_published(desk, page, by, response):
    other = accepted(page, by)
    answer = desk.post(reverse("publish_together"), {"consultation": page.pk}, follow=True)
    assert "1 response published" in html(answer)
    assert "is published only in translation. Still to be translated" in html(answer)
    assert PublicCopy.objects.published().get().response == other


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": ""}, "Write the translation."),
        ({"text": " \n"}, "Write the translation."),
        ({"text": ORIGINAL}, "These are the writer&#x27;s own words"),
        ({"text": "Ask [[jo]]."}, "is no reason for a redaction"),
        ({"into": "fr"}, "Select a valid choice"),
        ({"into": "xx"}, "Select a valid choice"),
        ({"version": "7"}, "A new version came in"),
        ({"version": "x"}, "Enter a whole number"),
        ({"text": "\u200b\u2800"}, "Write the translation."),
        ({"seen": "stale"}, "Somebody saved another translation"),
    ],
)
def test_what_is_not_right_keeps_what_was_typed(desk, response, typed, said):
    text = typed.get("text", "Typed words <b>.")
    answer = send(desk, response, **{"text": text, **typed})
    assert answer.status_code == 422
    assert said in html(answer)
    shown = text.strip(" \n\u200b\u2800").replace("<", "&lt;").replace(">", "&gt;")
    assert shown in html(answer)
    assert PublicCopy.objects.get().translations == {}


def test_two_who_translate_at_once_see_each_others_and_lose_nothing(desk, response, other):
    opened = fields(desk.get(address(response)))
    translate(response, other, segments=[{"text": "Theirs."}])
    mine = {**opened, "into": "en", "text": "Mine."}
    refused = desk.post(address(response), mine)
    assert refused.status_code == 422
    assert "Theirs." in html(refused)
    assert "Mine." in html(refused)
    again = {**fields(refused), "into": "en", "text": "Mine."}
    assert desk.post(address(response), again).status_code == 302
    assert PublicCopy.objects.get().translations["indicators"]["segments"] == [{"text": "Mine."}]


def test_a_revision_meanwhile_loses_nothing_that_was_typed(desk, by, response):
    opened = fields(desk.get(address(response)))
    changed = {**ANSWERS, "indicators": public("Les juges.")}
    new_version(response, changed, identity="anonymous", language="fr")
    typed = {**opened, "into": "en", "text": "The courts, typed for hours."}
    refused = desk.post(address(response), typed)
    assert refused.status_code == 422
    assert "The courts, typed for hours." in html(refused)
    actions.accept(response=response, by=by, handling="public", reason="within-rules")
    with pytest.raises(NewVersion):
        translate(response, by, version=1)
    refused = desk.post(address(response), typed)
    assert "A new version came in" in html(refused)
    assert "The courts, typed for hours." in html(refused)
    assert "Les juges." in html(refused)
    read = {**fields(refused), "into": "en", "text": "The judges."}
    assert desk.post(address(response), read).status_code == 302


def test_the_translator_sees_which_answer_was_changed_and_what_it_said(desk, by, response):
    send(desk, response, "We teach.", "who")
    send(desk, response, "The courts.")
    changed = {**ANSWERS, "indicators": public("Les juges.")}
    new_version(response, changed, identity="anonymous", language="fr")
    actions.accept(response=response, by=by, handling="public", reason="within-rules")
    listed = html(desk.get(reverse("screen_response", args=[response.reference])))
    assert listed.count("Changed by its writer since it was translated") == 1
    shown = html(desk.get(address(response)))
    assert "Its writer changed this answer after it was translated" in shown
    assert "Les juges." in shown
    assert "What it said when it was translated" in shown
    assert ORIGINAL in shown
    assert "The courts." in shown, "to be brought up to date"
    assert "Its writer changed" not in html(desk.get(address(response, "who")))


def test_own_words_chosen_meanwhile_lose_nothing_that_was_typed(desk, response):
    opened = fields(desk.get(address(response)))
    Response.objects.update(translation_only=False)
    refused = desk.post(address(response), {**opened, "into": "en", "text": "The courts."})
    assert refused.status_code == 422
    assert str(NotTranslated()) in html(refused)
    assert "The courts." in html(refused)
    assert desk.get(address(response))["Location"].endswith(f"{response.reference}/")


def test_a_translation_only_chosen_meanwhile_keeps_the_marks_that_were_typed(desk, page, by):
    response = accepted(page, by, ANSWERS, identity="anonymous", language="fr")
    only(response)
    typed = "Les tribunaux, et [[personal-data]]."
    refused = desk.post(address(response, name="redact_response"), {"version": 1, "text": typed})
    assert refused.status_code == 422
    assert typed in html(refused)
    assert "Leave the passage out of the translation." in html(refused)


def test_passages_left_out_of_a_translation_are_shown_to_whoever_redacts_own_words(
    desk, by, response
):
    send(desk, response, "The courts, and [[personal-data]].")
    send(desk, response, "We teach.", "who")
    Response.objects.update(translation_only=False)
    with pytest.raises(WrongStatus, match="Look for them in answer"):
        actions.publish(responses=[response], by=by)
    shown = html(desk.get(address(response, name="redact_response")))
    assert "The courts, and [[personal-data]]." in shown
    text = "Les tribunaux, et [[personal-data]]."
    desk.post(address(response, name="redact_response"), {"version": 1, "text": text})
    actions.publish(responses=[response], by=by)
    assert "Perez" not in str(PublicCopy.objects.get().answers)


def test_a_public_version_is_translated_and_what_it_stands_for_stays_closed(desk, page, by):
    answers = {"indicators": officials("Notre fournisseur Acme.", "Des fournisseurs.")}
    response = only(accepted(page, by, answers, identity="anonymous", language="fr"))
    shown = html(desk.get(address(response)))
    assert "Des fournisseurs." in shown
    assert "Acme" not in shown


# -- what is kept of it ----------------------------------------------------------------------------


def test_who_translated_which_answer_is_staffs_alone_and_holds_no_word(desk, by, response):
    send(desk, response, "The courts, and [[personal-data]].")
    act = response.screening_acts.get(verb="translate")
    assert act.by == by
    assert (act.detail["question"], act.detail["into"]) == ("indicators", "en")
    assert act.detail["reasons"] == ["personal-data"]
    assert "courts" not in str(act.detail)
    assert act.record_leaf == ""
    shown = html(desk.get(reverse("screen_response", args=[response.reference])))
    assert f"answer {act.detail['number']}" in shown.partition("What was done")[2]


def test_the_queue_finds_what_is_to_be_published_only_in_translation(desk, page, response):
    received(page)
    listed = desk.get(reverse("screen_responses"), {"translation": "yes"})
    assert [each.reference for each in listed.context["object_list"]] == [response.reference]
    assert "Only in translation" in html(listed)


def test_queries_of_the_page_do_not_grow_with_the_answers(
    desk, page, by, django_assert_max_num_queries
):
    def cost(answers):
        one = only(accepted(page, by, answers, identity="anonymous", language="fr"))
        desk.get(address(one))
        with django_assert_max_num_queries(60) as captured:
            desk.get(address(one))
        return len(captured)

    few = cost({"indicators": public(ORIGINAL)})
    more = {"review": public({"choice": "other", "other": "jamais"}), "why": public("Non.")}
    assert cost({**ANSWERS, **more}) == few


# -- the whole way ---------------------------------------------------------------------------------


def test_from_the_choice_to_the_publication_the_words_stay_where_they_were_sent(
    desk, page, by, settings, tmp_path, work_off
):
    """Of every row there is, only the version that was sent holds them."""
    settings.MEDIA_ROOT = tmp_path
    ConsultationPage.objects.update(closes_at=timezone.now() + timedelta(days=1))
    canary = "Xylophagelangue"
    visitor = Visitor(page)
    visitor.begin(language="fr", translation_only="on")
    visitor.send("part", {"q-exporter": "yes", "q-who": f"Nous, {canary}."}, 1)
    visitor.send("part", {"q-indicators": f"Les {canary} tribunaux."}, 2)
    visitor.send("part", {"q-evidence": canaries.telling_file()}, 3)
    assert visitor.submit().status_code == 302
    work_off()
    response = Response.objects.get()
    visitor.come_back()
    visitor.send("translation", {"words": "own"}, hidden=False)
    visitor.send("translation", {"words": "only"}, hidden=False)
    actions.accept(response=response, by=by, handling="public", reason="within-rules")
    send(desk, response, "We.", "who")
    send(desk, response, "The courts.")
    put_in_public(response, by=by)
    send_due()
    rows = canaries.every_row()
    telling = {
        table for table, held in rows.items() if canaries.found_in("\n".join(held), [canary])
    }
    assert telling == {"responses_responseversion"}
    assert canaries.found_in(canaries.cached(), [canary]) == []
    assert canaries.found_in(canaries.mailed(), [canary]) == []
    assert mail.outbox == []
    kept = visitor.text("status")
    assert canary in kept, "its writer reads what they sent"
    assert "Only in translation." in kept
    choose_refused = visitor.send("translation", {"words": "own"}, hidden=False)
    assert choose_refused.status_code == 302
    assert Response.objects.get().translation_only


def test_a_choice_between_reading_and_pressing_is_kept_to(desk, page, by):
    """Whoever asks for a translation while somebody publishes is not published in own words."""
    response = accepted(page, by, ANSWERS, identity="anonymous", language="fr")
    Response.objects.filter(pk=response.pk).update(code_hash="a" * 64)
    choose_translation(response=response, by=NOBODY, translation_only=True)
    answer = desk.post(reverse("publish_together"), {"consultation": page.pk}, follow=True)
    assert "No response is ready" in html(answer)
    assert not PublicCopy.objects.published().exists()
