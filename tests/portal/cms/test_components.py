"""The design system: every component from its sample, the shell, and the built files."""

import gzip
import re
from datetime import UTC, datetime, timedelta
from importlib.metadata import distribution
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from bs4 import BeautifulSoup, Tag
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.template import engines
from markupsafe import Markup

from consultations.calls.phases import Phase
from consultations.calls.timeline import Line, Mark
from consultations.questionnaires.types import TYPES
from portal.taxonomy.vocabularies import COMMITMENT, DOCUMENT_TYPE
from tests.portal.cms.component_samples import (
    CLOSING,
    HOSTILE,
    OPENING,
    TYPED,
    ZONE,
    SampleForm,
    part_form,
    question_of,
    samples,
    typed_form,
)

ROOT = Path(__file__).parents[3]
COMPONENTS = sorted(path.stem for path in (ROOT / "templates/components").glob("*.html"))
BUILT = ROOT / "portal/static/portal"


def html_of(component: str, **arguments) -> str:
    source = f"{{% from 'components/{component}.html' import {component} %}}"
    template = engines["jinja2"].from_string(source + f"{{{{ {component}(**arguments) }}}}")
    return template.render({"arguments": arguments})


def soup_of(component: str, **arguments) -> BeautifulSoup:
    return BeautifulSoup(html_of(component, **arguments), "html.parser")


def field_of(name: str, form=None, **arguments) -> BeautifulSoup:
    return soup_of("field", bound_field=(form or typed_form())[name], **arguments)


def page_of(source: str = "", **context) -> BeautifulSoup:
    base = {"user": AnonymousUser(), "messages": [], "site_name": "Code in Practice"}
    text = "{% extends 'layouts/page.html' %}{% block title %}A page{% endblock %}" + source
    return BeautifulSoup(engines["jinja2"].from_string(text).render(base | context), "html.parser")


# -- every component -----------------------------------------------------------------------------


def test_every_component_has_a_sample():
    assert sorted(samples()) == COMPONENTS


@pytest.mark.parametrize("name", COMPONENTS)
def test_renders_its_sample_safely(name):
    """No text becomes markup, and nothing needs a looser content security policy."""
    html = html_of(name, **samples()[name])
    soup = BeautifulSoup(html, "html.parser")
    assert soup.get_text(strip=True) or soup.find(["input", "svg"])
    assert "<script" not in html
    for tag in soup.find_all(True):
        assert not [each for each in tag.attrs if each == "style" or each.startswith("on")]
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for label in soup.find_all("label"):
        assert label["for"] in ids
    for svg in soup.find_all("svg"):
        is_named = svg.get("role") == "img" and svg.get("aria-label")
        assert is_named or svg["aria-hidden"] == "true"


@pytest.mark.parametrize("is_wrong", [False, True])
def test_no_id_stands_twice_in_a_page_of_every_kind_of_question(is_wrong):
    """Else a screen reader says the hint of one control at another."""
    questions = [question_of(kind) for kind in TYPES]
    form = part_form(*questions, data=QueryDict() if is_wrong else None)
    for question in questions if is_wrong else []:
        form.add_error(f"q-{question.id}", "This is not right.")
    soup = BeautifulSoup(
        "".join(html_of("question", form=form, question=each) for each in questions), "html.parser"
    )
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert sorted(each for each in set(ids) if ids.count(each) > 1) == []
    for control in soup.find_all(attrs={"aria-describedby": True}):
        assert set(control["aria-describedby"].split()) <= set(ids)


def test_choices_in_groups_are_one_select_with_its_hint_and_error():
    soup = field_of("language", SampleForm({"language": ""}))
    control = soup.find("select")
    assert "govuk-select--error" in control["class"]
    assert [each["label"] for each in control.find_all("optgroup")] == ["First", "Others"]
    assert [each["value"] for each in control.find_all("option")] == ["", "en", "am"]
    assert soup.find("label", attrs={"for": control["id"]})
    said = described_by(control, soup)
    assert "What you write in" in said
    assert "This field is required." in said


# -- field ---------------------------------------------------------------------------------------


def described_by(control: Tag, soup: BeautifulSoup) -> str:
    """What a screen reader says after the control's name."""
    return " ".join(
        soup.find(id=each).get_text(" ", strip=True) for each in control["aria-describedby"].split()
    )


def test_field_names_describes_and_keeps_what_was_typed():
    soup = field_of("name")
    control = soup.find("input")
    assert soup.find("label", attrs={"for": control["id"]}).get_text(strip=True) == "Name & title"
    said = described_by(control, soup)
    assert "As in <your> passport" in said
    assert "at most 20 characters" in said
    assert control["value"] == HOSTILE
    assert control["autocomplete"] == "name"
    assert "maxlength" not in control.attrs
    assert "(optional)" not in soup.get_text()


def test_field_says_what_is_optional():
    assert "(optional)" in field_of("email").find("label").get_text()
    assert "(optional)" in field_of("stages").find("legend").get_text()
    assert "(optional)" not in field_of("digest").get_text()


def test_text_area_keeps_line_breaks_and_counts_characters():
    soup = field_of("body", rows=9)
    control = soup.find("textarea")
    # The first line break is the one that browsers drop.
    assert control.string == "\n" + TYPED["body"]
    assert control["rows"] == "9"
    group = soup.find(attrs={"data-module": "govuk-character-count"})
    assert group["data-maxlength"] == "200"
    assert group["data-i18n.characters-under-limit.one"] == "You have %{count} character remaining"
    assert group["data-i18n.characters-over-limit.other"] == "You have %{count} characters too many"
    assert "You can enter up to 200 characters" in described_by(control, soup)
    assert field_of("note").find(attrs={"data-module": True}) is None


def test_select_radios_and_checkboxes_keep_the_choice():
    assert field_of("country").find("option", selected=True)["value"] == "dk"
    radios = field_of("group")
    assert radios.find("input", checked=True)["value"] == "academia"
    assert radios.find("fieldset").find("legend").get_text(strip=True) == "Group"
    boxes = field_of("stages")
    assert [box["value"] for box in boxes.find_all("input", checked=True)] == ["b"]
    assert boxes.find("input", checked=True)["type"] == "checkbox"


def test_group_of_radios_in_error_is_described_and_its_first_control_is_the_target():
    soup = field_of("group", SampleForm({}))
    assert "This field is required." in described_by(soup.find("fieldset"), soup)
    assert soup.find("input")["id"] == "id_group"


def test_single_checkbox_is_labelled_hinted_and_in_error():
    soup = field_of("agree")
    box = soup.find("input", id="id_agree")
    assert box["type"] == "checkbox"
    assert "checked" not in box.attrs
    said = described_by(box, soup)
    assert "To the moderation policy" in said
    assert "This field is required." in said
    assert "checked" in field_of("agree", SampleForm({"agree": "on"})).find("input").attrs


def test_other_controls():
    assert field_of("attachment").find("input")["type"] == "file"
    password = field_of("password").find("input")
    assert password["type"] == "password"
    assert "value" not in password.attrs
    assert field_of("on").find("input")["value"] == "soon"
    assert field_of("token").find("input")["type"] == "hidden"
    assert field_of("token").find("label") is None
    assert len(field_of("at").find_all("input")) == 2


def test_field_takes_its_arguments():
    soup = field_of(
        "email", hint="Only for replies", label_class="govuk-label--m", autocomplete="email",
        spellcheck=False,
    )  # fmt: skip
    control = soup.find("input")
    assert described_by(control, soup).startswith("Only for replies")
    assert "govuk-label--m" in soup.find("label")["class"]
    assert control["autocomplete"] == "email"
    assert control["spellcheck"] == "false"


# -- error summary -------------------------------------------------------------------------------


def test_error_summary_links_every_error_to_a_control():
    form = SampleForm({})
    soup = soup_of("error_summary", forms=form)
    page = BeautifulSoup("".join(str(field_of(name, form)) for name in form.fields), "html.parser")
    links = soup.find_all("a")
    assert len(links) == len(form.errors)
    for link in links:
        target = page.find(id=link["href"][1:])
        assert target.name in ("input", "select", "textarea")


class Alike(forms.Form):
    """Errors in Django's own words, and one in ours."""

    name = forms.CharField(max_length=20, label="Your name")
    town = forms.CharField(label="Town")
    level = forms.ChoiceField(choices=[("1", "One")], label="Level")
    number = forms.IntegerField(max_value=9, label="Number")
    own = forms.CharField(error_messages={"required": "Say what it is called."})


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("name", "x" * 21, "Your name: Ensure this value has at most 20 characters (it has 21)."),
        ("name", "a\0b", "Your name: Null characters are not allowed."),
        ("town", "", "Town: This field is required."),
        ("level", "7", "Level: Select a valid choice. 7 is not one of the available choices."),
        ("number", "x", "Number: Enter a whole number."),
        ("number", "10", "Number: Ensure this value is less than or equal to 9."),
        ("own", "", "Say what it is called."),
    ],
)
def test_an_error_in_the_summary_names_its_field(name, typed, said):
    form = Alike({"name": "a", "town": "b", "level": "1", "number": "2", "own": "c", name: typed})
    assert [link.get_text() for link in soup_of("error_summary", forms=form).find_all("a")] == [
        said
    ]
    assert form[name].errors == [said.removeprefix(f"{form[name].label}: ")]


def test_error_summary_takes_several_forms_and_form_wide_errors():
    first, second = typed_form(), SampleForm({}, prefix="b")
    first.add_error(None, "The consultation is closed.")
    text = soup_of("error_summary", forms=[first, second])
    assert "The consultation is closed." in text.get_text()
    assert text.find("a", href="#id_b-name")


def test_error_summary_is_silent_without_errors():
    assert html_of("error_summary", forms=SampleForm()).strip() == ""
    assert html_of("error_summary", forms=[SampleForm()]).strip() == ""


# -- the others ----------------------------------------------------------------------------------


def test_breadcrumbs_mark_this_page():
    soup = soup_of("breadcrumbs", **samples()["breadcrumbs"])
    assert soup.find("nav")["aria-label"] == "Breadcrumb"
    assert soup.find(attrs={"aria-current": "page"}).get_text() == "Guides"


def test_deadline_tells_its_zone_and_utc():
    soup = soup_of("deadline", moment=CLOSING, zone=ZONE)
    assert soup.find("time")["datetime"] == CLOSING.isoformat()
    assert "23:59 (Brussels time)" in soup.get_text()
    assert "22:59 (UTC)" in soup.get_text()
    assert soup.find(attrs={"data-own-time": True}).has_attr("hidden")


@pytest.mark.parametrize(
    ("before", "number", "words"),
    [
        (timedelta(days=20, hours=23), 20, "20 days left"),
        (timedelta(days=3), 3, "3 days left"),
        (timedelta(days=3, seconds=-1), 71, "71 hours left"),
        (timedelta(minutes=119), 1, "1 hour left"),
        (timedelta(minutes=59), 59, "59 minutes left"),
        (timedelta(seconds=9), 0, "0 minutes left"),
    ],
)
def test_nobody_has_less_time_than_they_are_told(before, number, words):
    with time_machine.travel(CLOSING - before, tick=False):
        assert words in soup_of("deadline", moment=CLOSING, zone=ZONE).get_text()
        assert soup_of("dial", until=CLOSING, since=OPENING).strong.get_text() == str(number)


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("America/St_Johns", "St. John’s time"),
        ("America/Argentina/Ushuaia", "Ushuaia time"),
        ("Europe/Kiev", "Kyiv time"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_is_told_as_people_call_it(zone, told):
    assert f"({told})" in soup_of("deadline", moment=CLOSING, zone=zone).get_text()


def test_deadline_in_utc_is_told_once_and_a_past_one_calmly():
    soup = soup_of("deadline", moment=CLOSING, zone="UTC", past=True)
    assert soup.get_text().count("UTC") == 1
    assert "deadline--past" in soup.find(class_="deadline")["class"]


def test_timeline_says_its_states_in_words():
    soup = soup_of("timeline", **samples()["timeline"])
    marks = [mark.get_text(" ", strip=True) for mark in soup.find_all("li")]
    assert marks[0].startswith("Past:")
    assert marks[1].startswith("Now: Open")
    assert marks[2].startswith("To come: Closes")
    assert soup.find(attrs={"aria-current": "step"}).get_text(" ", strip=True) == marks[1]


@pytest.mark.parametrize(
    ("group", "word"),
    [
        ("industry", "Industry"),
        ("academia", "Academia"),
        ("civil_society", "Civil society"),
        ("civil-society", "Civil society"),
        ("government", "Government"),
        ("unheard-of", "Other"),
        (None, "Other"),
    ],
)
def test_group_mark_is_a_word_and_a_shape(group, word):
    soup = soup_of("group_mark", group=group)
    assert soup.get_text(strip=True) == word
    assert soup.find("svg").find(True)


def test_group_shapes_differ():
    groups = ["industry", "academia", "civil_society", "government", "other"]
    shapes = {str(soup_of("group_mark", group=group).find("svg")) for group in groups}
    assert len(shapes) == 5


DRAWN = [
    *(f"commitment-{key}" for key in COMMITMENT.keys),
    *(f"type-{key}" for key in DOCUMENT_TYPE.keys),
    *(f"phase-{key}" for key in Phase.values),
]


@pytest.mark.parametrize("name", DRAWN)
def test_each_term_with_a_pictogram_has_its_own(name):
    drawing = soup_of("pictogram", name=name, text="Its word").svg
    others = [soup_of("pictogram", name=other).svg for other in DRAWN if other != name]
    assert drawing.decode_contents() not in {other.decode_contents() for other in others}
    assert len(drawing.decode_contents()) < 250


def test_what_points_along_a_line_turns_round_with_it():
    turning = {name for name in DRAWN if "--turns" in str(soup_of("pictogram", name=name))}
    assert {"commitment-capacity", "type-guidance"} <= turning
    assert not {"type-checklist", "commitment-licensing", "phase-open"} & turning


def test_facets_carry_the_query_and_open_where_something_is_chosen():
    soup = soup_of("facets", **samples()["facets"])
    form = soup.find("form")
    assert form["method"] == "get"
    hidden = [(each["name"], each["value"]) for each in soup.find_all("input", type="hidden")]
    assert hidden == [("q", HOSTILE), ("language", "en"), ("language", "fr")]
    assert soup.find("input", checked=True)["value"] == "b"
    whole, *groups = soup.find_all("details")
    assert not whole.has_attr("open"), "on a phone the results come first"
    assert "1 chosen" in whole.summary.get_text()
    assert [group.has_attr("open") for group in groups] == [True, True]
    assert "(3)" in soup.find("label").get_text()
    assert "Nothing" not in soup.get_text()


def test_facets_are_silent_where_there_is_nothing_to_choose():
    groups = samples()["facets"]["groups"][2:]
    assert html_of("facets", groups=groups, action="/", keep={}).strip() == ""


def test_chips_say_what_they_remove():
    soup = soup_of("chips", **samples()["chips"])
    assert soup.find("a").get_text(" ", strip=True) == f"Remove filter: Stage: {HOSTILE}"
    assert soup.find_all("a")[-1]["href"] == "/en/guides/"
    assert html_of("chips", chips=[], clear_href="/").strip() == ""


def test_pager_is_silent_on_a_single_page():
    assert html_of("pager", previous_href=None, next_href=None).strip() == ""
    soup = soup_of("pager", previous_href=None, next_href="?p=2")
    assert [link["rel"] for link in soup.find_all("a")] == [["next"]]


def test_section_nav_marks_the_current_part_and_counts_nought():
    soup = soup_of("section_nav", **samples()["section_nav"])
    assert "(0)" in soup.find("a", attrs={"aria-current": "page"}).get_text()
    assert soup.find("a", href="/b/").get_text(strip=True) == "Documents"


def test_facts_leave_out_what_is_empty_and_keep_markup():
    soup = soup_of("facts", **samples()["facts"])
    assert [term.get_text() for term in soup.find_all("dt")] == ["Owner", "Licence"]
    assert soup.find("dd").get_text(strip=True) == HOSTILE
    assert soup.find("em")


def test_download_tells_type_and_size():
    text = soup_of("download", **samples()["download"]).get_text(" ", strip=True)
    assert re.search(r"\(PDF, 1\.2\sMB, العربية ?, accessible\)", text)
    assert "(PDF, 3 pages)" in html_of("download", title="t", href="/", kind="PDF", size="3 pages")
    assert "(PDF)" in html_of("download", title="t", href="/", kind="PDF", size=None)


def test_teaser_carries_its_language_and_level():
    soup = soup_of("teaser", **samples()["teaser"], heading=2)
    heading = soup.find("h2")
    assert heading["lang"] == "ar"
    assert heading["dir"] == "rtl"
    assert soup.find("mark")
    assert len(soup.find_all("li")) == 2


def test_messages_are_announced_by_their_weight():
    soup = soup_of("messages_list", **samples()["messages_list"])
    roles = [each["role"] for each in soup.find_all(class_="messages__item")]
    assert roles == ["status", "alert", "status"]


def test_prose_trusts_only_markup():
    assert soup_of("prose", html=Markup("<p>Yes</p>")).find("p").get_text() == "Yes"
    assert soup_of("prose", html="<p>No</p>").find("p") is None


# -- the shell -----------------------------------------------------------------------------------


def test_shell_names_language_direction_and_title():
    page = page_of(language_code="ar", text_direction="rtl")
    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    assert page.title.get_text() == "A page – Code in Practice"
    assert page.find("a", class_="govuk-skip-link")["href"] == "#" + page.main["id"]


def test_shell_says_error_in_the_title():
    assert page_of(form=SampleForm({})).title.get_text().startswith("Error: A page")
    assert page_of(page_has_errors=True).title.get_text().startswith("Error: A page")
    assert page_of("{% set page_has_errors = true %}").title.get_text().startswith("Error: ")
    assert page_of(form=SampleForm()).title.get_text().startswith("A page")


def test_shell_shows_the_demonstration_strip_only_in_the_demonstration():
    assert "Demonstration" not in page_of().get_text()
    assert "not a government service" in page_of(demo_banner=True).header.get_text()


def test_shell_offers_sign_in_or_sign_out():
    assert page_of().header.find("a", string="Sign in")
    someone = SimpleNamespace(is_authenticated=True)
    page = page_of(user=someone, csrf_input="")
    assert page.header.find("a", string="Your account")
    form = page.header.find("button", string="Sign out").find_parent("form")
    assert form["method"] == "post"


def test_shell_marks_the_current_section():
    navigation = [
        {"text": "Consultations", "href": "/en/consultations/", "current": True},
        {"text": "States", "href": "/en/states/", "current": False},
    ]
    page = page_of(navigation=navigation, footer_links=[{"text": "About", "href": "/en/about/"}])
    assert page.header.nav.find(attrs={"aria-current": True}).get_text() == "Consultations"
    assert page.footer.find("a")["href"] == "/en/about/"


def test_shell_asks_nothing_of_other_origins_and_holds_no_inline_code():
    page = page_of()
    addresses = [
        tag.get("src") or tag.get("href") for tag in page.find_all(["script", "link", "img"])
    ]
    assert len(addresses) == 3
    assert all(address.startswith("/") for address in addresses)
    assert all(not script.string for script in page.find_all("script"))
    assert not page.find("style")
    assert not page.find(style=True)


def test_embedded_page_frames_ready_html():
    template = engines["jinja2"].get_template("layouts/embedded.html")
    page = BeautifulSoup(
        template.render({"title": HOSTILE, "content_html": "<h1>Hi</h1>", "user": AnonymousUser()}),
        "html.parser",
    )
    assert page.main.h1.get_text() == "Hi"
    assert HOSTILE in page.title.get_text()


@pytest.mark.parametrize("code", ["500", "503"])
def test_static_error_pages_need_nothing(code):
    """They are rendered without a request, and hold no tag that could fail."""
    source = (ROOT / f"templates/{code}.html").read_text()
    assert "{{" not in source
    assert "{%" not in source
    page = BeautifulSoup(engines["jinja2"].get_template(f"{code}.html").render(), "html.parser")
    assert "already confirmed to you is saved" in " ".join(page.get_text().split())


@pytest.mark.parametrize("code", ["403", "404"])
def test_error_pages_stand_in_the_shell(code):
    page = BeautifulSoup(
        engines["jinja2"].get_template(f"{code}.html").render({"user": AnonymousUser()}),
        "html.parser",
    )
    assert len(page.find_all("h1")) == 1
    assert page.find("header")


# -- the built files -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["portal.css", "portal.js", "leaving.js"])
def test_built_file_is_small_and_says_what_it_is(name):
    data = (BUILT / name).read_bytes()
    assert len(gzip.compress(data)) <= 22 * 1024
    header = data[:600].decode()
    assert "GOV.UK Frontend" in header
    assert "MIT" in header
    assert b"url(" not in data
    assert b"@import" not in data


def test_built_version_is_the_one_that_the_macros_target():
    """govuk-frontend-jinja names its target in its readme's badge."""
    readme = distribution("govuk-frontend-jinja").read_text("METADATA")
    target = re.search(r"GOV\.UK%20Frontend-v([\d.]+)-", readme)
    assert f"GOV.UK Frontend {target[1]}," in (BUILT / "portal.css").read_text()[:600]


def test_stylesheet_is_logical_and_unbranded():
    css = (BUILT / "portal.css").read_text()
    assert not re.search(r"(margin|padding|border)-(left|right)\b", css)
    assert "GDS Transport" not in css
    assert "#1d70b8" not in css
    assert "@font-face" not in css


@pytest.mark.parametrize("component", ["timeline", "deadline"])
def test_a_moment_is_told_to_machines_by_the_second(component):
    """A checker of HTML takes at most three digits of a second."""
    at = datetime(2026, 11, 30, 9, 40, 55, 793193, tzinfo=UTC)
    line = Line([Mark("Opened", at, "Europe/Brussels", "past", False, 0)], "", "", "", "", "")
    values = {"timeline": {"line": line}, "deadline": {"moment": at, "zone": "Europe/Brussels"}}
    told = soup_of(component, **values[component]).select("[datetime]")
    assert [each["datetime"] for each in told] == ["2026-11-30T09:40:55+00:00"] * len(told)
    assert told


@pytest.mark.parametrize(("key", "full", "rest"), [("0", 1, 4), ("2", 3, 2), ("4", 5, 0)])
def test_a_level_has_as_many_full_bars_as_are_reached(key, full, rest):
    soup = soup_of("level", key=key, words="Level: Initial")
    assert soup.select_one(".level__reached")["d"].count("z") == full
    assert sum(each["d"].count("z") for each in soup.select("path:not([class])")) == rest


@pytest.mark.parametrize("key", ["", "5", "12", "moon"])
def test_a_level_that_is_none_is_its_words_alone(key):
    soup = soup_of("level", key=key, words="Level: moon")
    assert soup.get_text() == "Level: moon"
    assert not soup.find("svg")
