"""Outside the demonstration, an answer without a name begins where its texts on risk were read."""

import re

import pytest
from django.utils import timezone
from django.utils.translation import gettext, override

from consultations.responses import actions
from consultations.responses.errors import NamelessElsewhere
from consultations.responses.models import Channel, Draft, Identity, Response
from tests.consultations.responses.builders import (
    ACADEMIA,
    CIVIL_SOCIETY,
    NOBODY,
    begun,
    consultation_that_asks,
    draft_to_send,
    save,
)
from tests.consultations.responses.walk import Visitor
from tests.portal.proofreading.french import change, read_all, read_one, speak_french

pytestmark = pytest.mark.django_db


def in_french(message):
    """What the portal says in French, by the English of it."""
    with override("fr"):
        return gettext(message)


def title():
    return in_french("In this language we cannot take responses without a name yet")


REASON = (
    "If you give no name, you must be able to trust what this portal says about risk. In this "
    "language no native reader has checked these texts as they are now, and a mistake in them "
    "could harm you."
)
ADVICE = "Not sure? Ask somebody first, or do not answer."
ANONYMOUS = 'value="anonymous"'


class FrenchVisitor(Visitor):
    """A visitor of the same pages in French."""

    def at(self, name, *args):
        return super().at(name, *args).replace("/en/", "/fr/", 1)


@pytest.fixture
def french(settings, tmp_path):
    return speak_french(settings, tmp_path)


@pytest.fixture
def visitor(page, french):
    return FrenchVisitor(page)


def in_english(page, name="start"):
    with override("en"):
        return Visitor(page).at(name)


@pytest.mark.parametrize("name", ["start", "identity", "upload"])
def test_a_page_where_it_would_begin_says_why_not_and_where(visitor, page, name):
    text = visitor.text(name)
    assert title() in text
    assert in_french(REASON) in text
    section = text[text.index('id="nameless-title"') : text.index("</section>")]
    assert re.findall(r'href="([^"]+)" hreflang="(\w+)"', section) == [
        (in_english(page, name), "en")
    ]
    assert ANONYMOUS not in text


def test_after_the_deadline_it_is_the_same(consultations, french):
    closed = consultation_that_asks(closed=True)
    text = FrenchVisitor(closed).text("late")
    assert title() in text
    assert f'href="{in_english(closed, "late")}"' in text
    assert ANONYMOUS not in text


def test_what_came_on_paper_is_typed_in_by_staff_of_any_language(page, moderator, french):
    with override("fr"):
        begun = actions.enter_on_paper(
            consultation=page,
            by=moderator,
            channel=Channel.POST,
            received_on=timezone.localdate(),
            reason="",
            identity=Identity.ANONYMOUS,
            details=CIVIL_SOCIETY,
        )
    assert begun.code


def test_the_start_offers_no_way_without_a_name(visitor):
    assert "You write down a code" not in visitor.text("start")


def test_a_name_is_taken_all_the_same(visitor):
    visitor.begin("named", name="Ada Vrba")
    visitor.answer_all()
    visitor.submit()
    assert Response.objects.get().identity == Identity.NAMED


def test_once_all_texts_were_read_it_begins(visitor):
    read_all()
    for name in ("start", "identity", "upload"):
        assert title() not in visitor.text(name)
    assert ANONYMOUS in visitor.text("start")
    visitor.begin()
    assert Draft.objects.get().identity == Identity.ANONYMOUS


def test_one_text_that_was_not_read_is_enough(visitor):
    read_one("before_you_answer")
    assert title() in visitor.text("start")


def test_one_sentence_that_changed_is_enough(visitor, french):
    read_all()
    change(french, ADVICE, "Pas sûr ?")
    assert title() in visitor.text("start")


def test_each_language_that_is_open_is_named(visitor, page, settings):
    read_all()
    settings.LANGUAGES = [*settings.LANGUAGES, ("es", "Spanish")]
    spanish = visitor.client.get(in_english(page).replace("/en/", "/es/")).content.decode()
    section = spanish[spanish.index('id="nameless-title"') : spanish.index("</section>")]
    assert re.findall(r'hreflang="(\w+)" lang="(\w+)"[^>]*>([^<]+)<', section) == [
        ("en", "en", "English"),
        ("fr", "fr", "Français"),
    ]


def test_in_english_and_in_a_demonstration_it_is_open(visitor, page, settings):
    assert ANONYMOUS in Visitor(page).text("start")
    settings.DEMO = True
    text = visitor.text("start")
    assert ANONYMOUS in text
    assert title() not in text
    visitor.begin()


def test_a_consultation_that_takes_none_says_nothing_of_it(visitor, page):
    page.anonymous_allowed = False
    page.save()
    assert title() not in visitor.text("start")
    assert title() not in visitor.text("identity")


def test_a_form_that_asks_for_it_all_the_same_begins_nothing(visitor):
    data = {**CIVIL_SOCIETY, "place": "", "identity": "anonymous"}
    answer = visitor.send("identity", data)
    assert answer.status_code == 422
    assert title() in answer.content.decode()
    assert not Draft.objects.exists()


def test_the_action_refuses_it_too(page, french):
    with override("fr"):
        refused = re.escape(str(NamelessElsewhere.message))
        with pytest.raises(NamelessElsewhere, match=refused):
            begun(page)
        named = begun(page, identity=Identity.NAMED, details=ACADEMIA).draft
        with pytest.raises(NamelessElsewhere):
            actions.save_identity(
                draft=named, by=NOBODY, identity=Identity.ANONYMOUS, details=CIVIL_SOCIETY
            )
    with override("en"):
        assert begun(page).code
    read_all()
    with override("fr"):
        assert begun(page).code


def test_a_draft_without_a_name_goes_on_in_any_language(visitor, page):
    """Begun in English, then in French: said anew who answers, written, sent, withdrawn."""
    english = Visitor(page)
    english.begin()
    visitor.client = english.client
    text = visitor.text("identity")
    assert title() not in text
    visitor.begin(submitter_type="academia")
    assert Draft.objects.get().details["submitter_type"] == "academia"
    visitor.answer_all()
    assert visitor.submit().status_code == 302
    visitor.type_code(english.noted)
    assert visitor.send("withdraw", {"sure": "on"}).status_code == 302
    assert Response.objects.get().status == "withdrawn"


def test_what_was_sent_is_changed_in_any_language(page, french):
    draft, _code = draft_to_send(page)
    response = actions.submit_draft(draft=draft, by=NOBODY)
    with override("fr"):
        again = actions.begin_revision(response=response, by=NOBODY)
        save(again, 2, {"view": "Ask twice."})
        actions.save_identity(
            draft=again, by=NOBODY, identity=Identity.ANONYMOUS, details=CIVIL_SOCIETY
        )
        actions.submit_draft(draft=again, by=NOBODY)
    assert response.versions.count() == 2
