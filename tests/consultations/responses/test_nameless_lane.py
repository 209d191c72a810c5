"""Answering without a name: no page asks for one, and no browser is offered to fill one in."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from consultations.responses import actions
from consultations.responses.models import Clarification, Draft, Response
from portal.management.demo.questionnaires import questionnaire_of
from tests.consultations.factories import ConsultationPageFactory
from tests.consultations.responses.builders import consultation_that_asks
from tests.consultations.responses.walk import Visitor
from tests.faults.strangers_client import Page, Stranger

CONTROLS = ("input", "select", "textarea")
# What browsers and their add-ons fill in, by the names that they look for.
NAMING = re.compile(
    r"name|organi[sz]ation|company|mail|phone|tel$|address|street|city|postal|zip|country|"
    r"^state$|^user|login|birth|gender",
    re.I,
)


class Forms(HTMLParser):
    """Every control of a page with whether its form, or itself, forbids filling it in."""

    def __init__(self, html):
        super().__init__()
        self.controls, self._form = [], {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self._form = attrs
        elif tag in CONTROLS and attrs.get("type") not in ("hidden", "submit"):
            said = attrs.get("autocomplete", self._form.get("autocomplete", "on"))
            self.controls.append((attrs.get("name", ""), said))

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = {}


def controls(html):
    """Those of the page itself: not of the search box above it."""
    return [each for each in Forms(html).controls if each[0] != "q"]


def require_unfillable(html, page):
    hidden = [each for each in re.findall("<input[^>]*>", html) if 'type="hidden"' in each]
    assert not [each for each in hidden if "autocomplete" in each], f"no HTML: {page}"
    for name, said in controls(html):
        assert said == "off", (page, name)
        assert not NAMING.search(name), (page, name)


def pages_of(visitor):
    """Each page of this way that has something to fill in, from the choice to the withdrawal."""
    yield "choice", visitor.text("identity")
    chosen = visitor.client.post(visitor.at("identity"), {"identity": "anonymous"}, follow=True)
    yield "who", chosen.content.decode()
    visitor.begin()
    yield "who again", visitor.text("identity")
    for part in (1, 2, 3):
        yield f"part {part}", visitor.text("part", part)
    assert visitor.send("part", {"q-exporter": "yes", "q-who": "x" * 99}, 1).status_code == 422
    visitor.send("part", {"q-exporter": "no"}, 1)
    visitor.send("part", {"q-indicators": "The courts.", "v-indicators": "officials"}, 2)
    for name in ("confidentiality", "discard", "resume", "upload"):
        yield name, visitor.text(name)
    visitor.send(
        "confidentiality",
        {"justification": "x", "legal_basis": "security", "public-indicators": "Courts."},
    )
    yield "check", visitor.text("check")
    assert visitor.submit().url == visitor.at("sent")
    visitor.come_back()
    response = Response.objects.get()
    Clarification.objects.create(
        response=response, question="Which court?", asked_on=timezone.now().date()
    )
    for name in ("status", "withdraw", "untie"):
        yield name, visitor.text(name)


def test_no_browser_fills_anything_in(consultations):
    visitor = Visitor(consultation_that_asks(questionnaire=True))
    seen = set()
    for page, html in pages_of(visitor):
        require_unfillable(html, page)
        seen.add((page, bool(controls(html))))
    assert len([page for page, has_controls in seen if has_controls]) >= 12, sorted(seen)


def test_a_late_answer_asks_for_no_name_either(consultations, moderator):
    page = consultation_that_asks(closed=True)
    given = actions.give_late_token(
        consultation=page,
        by=moderator,
        reason="person",
        expires_at=timezone.now() + timedelta(days=1),
    )
    visitor = Visitor(page)
    require_unfillable(visitor.text("late"), "late")
    chosen = visitor.client.post(
        visitor.at("late"), {"code": given.code, "identity": "anonymous"}
    ).content.decode()
    assert "You speak as" in chosen
    require_unfillable(chosen, "late, chosen")


def test_the_choice_comes_before_any_field_for_a_name(page):
    assert {name for name, _said in controls(Visitor(page).text("identity"))} == {"identity"}


@pytest.mark.parametrize(
    ("identity", "asked"),
    [
        ("named", {"name", "organisation_name", "submitter_type", "place", "language"}),
        ("organisation", {"organisation_name", "submitter_type", "place", "language"}),
        ("anonymous", {"submitter_type", "place", "language", "translation_only"}),
    ],
)
def test_each_way_is_asked_what_it_needs(page, identity, asked):
    visitor = Visitor(page)
    answer = visitor.client.post(visitor.at("identity"), {"identity": identity}, follow=True)
    assert answer.status_code == 200
    assert {name for name, _said in controls(answer.content.decode())} == asked
    assert "Error" not in answer.content.decode()


def test_another_way_can_be_chosen_until_it_is_sent(page):
    visitor = Visitor(page)
    visitor.begin("named", name="Ada Vrba")
    shown = visitor.text("identity", query="?return=check")
    assert 'value="Ada Vrba"' in shown
    again = re.search(r'href="(\?[^"]*choose=yes)"', shown).group(1).replace("&amp;", "&")
    choice = visitor.text("identity", query=again)
    assert {name for name, _said in controls(choice)} == {"identity"}
    answer = visitor.client.post(
        visitor.at("identity") + again, {"identity": "anonymous"}, follow=True
    )
    assert "Ada Vrba" not in answer.content.decode()
    answer = visitor.client.post(
        visitor.at("identity") + again,
        {"identity": "anonymous", "submitter_type": "academia", "language": "en"},
    )
    assert answer.url == visitor.at("check")
    assert "Ada Vrba" not in visitor.text("check")


def test_which_way_was_chosen_stands_in_no_address(page):
    """Addresses stay in a browser's history."""
    visitor = Visitor(page)
    visitor.client.post(visitor.at("identity"), {"identity": "anonymous"}, follow=True)
    addresses = [visitor.begin().url, visitor.at("identity")]
    addresses += re.findall(r'(?:href|action)="([^"]*respond[^"]*|\?[^"]*)"', visitor.text("tasks"))
    for each in addresses:
        assert not re.search(r"anonym|nameless|named", each), each


def test_a_browser_goes_back_from_a_choice_without_sending_it_again(page):
    """A page that answers a sent form would have the browser ask whether to send it once more."""
    visitor = Visitor(page)
    answer = visitor.client.post(visitor.at("identity"), {"identity": "anonymous"})
    assert (answer.status_code, answer.url) == (302, visitor.at("identity"))
    assert "You speak as" in visitor.text("identity")
    assert {name for name, _said in controls(visitor.text("identity"))} == {"identity"}
    assert not Draft.objects.exists()


def test_a_choice_alone_does_nothing_even_where_it_is_forged(page):
    visitor = Visitor(page, Client(enforce_csrf_checks=True))
    answer = visitor.client.post(visitor.at("identity"), {"identity": "anonymous"}, follow=True)
    assert answer.status_code == 200
    assert not visitor.client.cookies.get("handle-en")


def test_after_the_deadline_a_choice_begins_nothing(page):
    visitor = Visitor(page)
    with time_machine.travel(page.closes_at + timedelta(days=1)):
        answer = visitor.client.post(visitor.at("identity"), {"identity": "anonymous"}, follow=True)
        assert answer.status_code == 200
        data = {"identity": "anonymous", "submitter_type": "academia", "language": "en"}
        answer = visitor.client.post(visitor.at("identity"), data)
    assert answer.status_code == 409
    assert "The deadline has passed" in answer.content.decode()


# -- how far it is ---------------------------------------------------------------------------------


class Walker(Stranger):
    """Somebody who follows links and presses buttons by their words, and counts both."""

    def __init__(self):
        super().__init__(0, "testserver")
        self.client, self.clicks, self.pages = Client(), 0, []

    def ask(self, *args, **kwargs):
        self.clicks += 1
        page = super().ask(*args, **kwargs)
        assert page.status == 200, (page.status, page.text)
        self.pages.append(page.soup.h1.get_text(" ", strip=True))
        return page

    def _once(self, method, address, body, headers):
        headers = {**headers, "Host": self.host}
        kind = headers.pop("Content-Type", "application/octet-stream")
        path = urlsplit(address).path
        answer = self.client.generic(method, path, body or b"", kind, headers=headers)
        return Page(address, answer.status_code, answer.headers, answer.content)

    def answer(self, page):
        """Answer each question of a part, but for its files, and go on."""
        form = page.form("Save and continue")
        typed, places = {}, 0
        for each in form.controls("textarea", "radio", "checkbox", "text", "select"):
            name, value = each["name"], each.get("value")
            if each.name == "select":
                places += not name.startswith("v-")
                value = "public" if name.startswith("v-") else str(places)
            elif name.endswith("-year"):
                value = "2025"
            elif each.get("inputmode"):
                value = "3"
            elif name.endswith("-other"):
                continue
            typed.setdefault(name, value or "Words of mine")
        return self.press(form, "Save and continue", typed)


@pytest.mark.parametrize("by_consultation", [False, True])
def test_twenty_questions_are_at_most_twelve_pages_and_eleven_clicks(
    consultations, by_consultation
):
    page = ConsultationPageFactory(
        questionnaire=questionnaire_of("facial-recognition-due-diligence")
    )
    assert sum(len(part.questions) for part in page.questionnaire().parts) == 20
    me = Walker()
    at = me.see("https://testserver/en/")
    if by_consultation:
        at = me.see(at.link(page.title))
    form = me.see(at.link("Respond to this consultation")).form("Begin")
    without = next(c for c in form.controls("radio") if "without any" in form.label(c).lower())
    form = me.press(form, "Begin", {without["name"]: without["value"]}).form("Save and continue")
    speaks = next(c for c in form.controls("select") if "speak" in form.label(c).lower())
    in_words = next(c for c in form.controls("select") if "language" in form.label(c).lower())
    chosen = {speaks["name"]: "civil-society", in_words["name"]: "en"}
    at = me.press(form, "Save and continue", chosen)
    assert "you need your code" in at.text, "what closes an answer is said before it is begun"
    at = me.see(at.link("written it down"))
    while any(each.button("Save and continue") for each in at.forms()):
        at = me.answer(at)
    form = at.form("Send")
    at = me.press(form, "Send", {each["name"]: "on" for each in form.controls("checkbox")})
    assert "We have received your response" in me.pages[-1]
    assert len(me.pages) <= 12, me.pages
    assert me.clicks - 1 <= 11, "the first of what was asked for is the home page"
    assert len(Response.objects.get().versions.get().answers) >= 15
