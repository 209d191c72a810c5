"""Each block of a guide says what it is, cites, has an anchor, and refuses what is bad."""

import json

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from knowledge.guides.blocks import GuideBodyBlock
from knowledge.guides.blocks.body import RUNNING
from knowledge.guides.models import GuidePage
from knowledge.guides.versions.actions import keep_version
from knowledge.sources.citations import lacking, numbered
from knowledge.sources.marks import citations_in
from portal.cms.texts.streams import segments_in_child
from portal.search.analysis.syntax import words_of
from portal.stakeholders.roles import EDITOR
from tests.factories import UserFactory
from tests.knowledge.factories import GuidePageFactory, SourceFactory, cite

BLOCKS = GuideBodyBlock().child_blocks
OWN = [
    *("checklist", "decision", "case", "exercise", "slides", "model_text", "not_settled"),
    *("outcomes", "steps", "table", "quote"),
]
MARK = cite("e1", "Art. 5")
# A citation in each text of each block that may cite.
CITING = {
    "checklist": {
        "title": "T",
        "entries": [{"text": f"<p>a{MARK}</p>", "hint": f"<p>b{MARK}</p>"}],
    },
    "decision": {
        "title": "T",
        "entries": [{name: f"<p>{name}{MARK}</p>" for name in ("question", "yes", "no")}],
    },
    "case": {
        "title": "T",
        "origin": "real",
        **{name: f"<p>{name}{MARK}</p>" for name in ("facts", "question", "follows")},
    },
    "exercise": {
        "title": "",
        "minutes": 5,
        "question": f"<p>a{MARK}</p>",
        "answer": f"<p>b{MARK}</p>",
    },
    "slides": {
        "title": "",
        "entries": [
            {
                "title": "T",
                "minutes": None,
                "points": f"<ul><li>a{MARK}</li></ul>",
                "notes": f"<p>b{MARK}</p>",
            }
        ],
    },
    "model_text": {"title": "T", "text": f"<p>a{MARK}</p>"},
    "not_settled": {"entries": [f"<p>a{MARK}</p>"]},
    "outcomes": {"entries": [f"<p>a{MARK}</p>"]},
    "steps": {"title": "T", "steps": [{"title": "S", "text": f"<p>a{MARK}</p>"}] * 2},
    "table": {
        "caption": "T",
        "columns": [
            {"type": "row_heading", "heading": "A"},
            {"type": "rich_text", "heading": "B"},
        ],
        "rows": [{"values": [f"<p>a{MARK}</p>", f"<p>b{MARK}</p>"]}],
    },
    "quote": {"text": "Words", "attribution": "", "source": "", "cited": f"<p>{MARK}</p>"},
}


def rendered(name, value=None) -> BeautifulSoup:
    block = BLOCKS[name]
    value = block.get_preview_value() if value is None else block.normalize(value)
    return BeautifulSoup(block.render(value), "html.parser")


def body_of(*children):
    return GuideBodyBlock().normalize(list(children))


def shown(*children) -> BeautifulSoup:
    body = body_of(*children)
    return BeautifulSoup(GuideBodyBlock().render(body), "html.parser")


def errors_of(name, value):
    block = BLOCKS[name]
    with pytest.raises(ValidationError) as refused:
        block.clean(block.normalize(value))
    return refused.value


@pytest.mark.parametrize("name", BLOCKS)
def test_says_what_it_is_for(name):
    assert BLOCKS[name].label
    assert BLOCKS[name].get_description()
    assert BLOCKS[name].is_previewable


@pytest.mark.django_db
@pytest.mark.parametrize("name", OWN)
def test_its_sample_is_valid_safe_and_found_by_what_is_seen_alone(name):
    block = BLOCKS[name]
    value = block.clean(block.get_preview_value())
    html = rendered(name)
    assert html.select("[style], style, script, iframe, form") == []
    found_by = words_of(" ".join(block.get_searchable_content(value)))
    assert found_by
    assert set(found_by) <= set(words_of(html.get_text(" ")))


@pytest.mark.parametrize("name", OWN)
def test_editors_see_a_preview_in_our_own_style(client, site_tree, settings, name):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(UserFactory(role=EDITOR))
    block = GuidePage.body.field.stream_block.child_blocks[name]
    response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert response.status_code == 200
    assert "/static/portal/portal.css" in response.content.decode()


@pytest.mark.parametrize("name", OWN)
@pytest.mark.django_db
def test_each_text_may_cite_and_is_numbered_translated_searched_and_checked(name):
    source = SourceFactory(key="e1")
    body = body_of((name, CITING[name]))
    raw = body.get_prep_value()
    cited = list(citations_in(raw))
    assert cited
    html, entries = numbered(GuideBodyBlock().render(body), {"e1": source}, "en")
    assert html.count('class="cited"') == len(cited)
    assert len(entries) == 1
    assert lacking(raw, need_places=True) == []
    source.delete()
    assert "e1" in lacking(raw, need_places=True)[0]
    told = segments_in_child(GuideBodyBlock(), {**raw[0], "id": "x"}, "body")
    assert len(list(citations_in([each.text for each in told]))) == len(cited)


def test_a_page_cites_from_its_blocks_and_the_source_tells_it(client, site_tree):
    SourceFactory(key="e1", title="Regulation 2021/821")
    guide = GuidePageFactory(limits=f"What your law says {MARK}")
    page = client.get(guide.url).content.decode()
    assert 'class="cited"' in page
    assert guide.title in client.get(reverse("source", args=["e1"])).content.decode()
    found = client.get("/en/guides/", {"q": "law says"}).content.decode()
    assert guide.title in found


class TestAnchor:
    def test_is_of_the_title_and_is_linked(self):
        html = shown(("checklist", CITING["checklist"] | {"title": "Before you sign"}))
        part = html.select_one("#checklist-before-you-sign")
        link = part.select_one("a.part__link")
        assert link["href"] == "#checklist-before-you-sign"
        assert link["aria-label"] == "Link to this part: Before you sign"

    def test_twins_and_headings_are_told_apart(self):
        twin = ("model_text", {"title": "Letter", "text": "<p>Text</p>"})
        heading = ("heading", {"text": "Model text letter", "level": "h2"})
        ids = [each["id"] for each in shown(heading, twin, twin).select("[id]")]
        assert len(ids) == len(set(ids)) == 3

    def test_without_a_title_is_of_the_key_that_the_block_keeps(self):
        value = {"entries": ["<p>Text</p>"]}
        raw = [
            {"type": "not_settled", "value": value, "id": "0a1b2c3d-0000-4000-8000-000000000000"}
        ]
        block = GuideBodyBlock()
        html = BeautifulSoup(block.render(block.to_python(raw)), "html.parser")
        assert html.select_one("#not-settled-0a1b2c3d")

    def test_running_text_has_none(self):
        assert shown(("paragraph", "<p>Text</p>")).select(".part") == []
        assert set(BLOCKS) > RUNNING


def test_a_checklist_is_ticked_without_anything_being_kept_or_sent():
    boxes = rendered("checklist").select("input")
    assert len(boxes) == 2
    for box in boxes:
        assert box["type"] == "checkbox"
        assert box["form"] == "ticks-not-kept"  # its page has that form: see below
        assert not box.has_attr("name")
        assert box.find_parent("label").get_text(strip=True)
        assert box.find_parent("form") is None


@pytest.mark.django_db
def test_a_page_has_the_form_of_its_boxes_which_sends_nothing_and_is_not_filled_in_again(
    client, site_tree
):
    """HTML knows no `autocomplete` at a box: a browser asks the form that the box is of."""
    kind = BLOCKS["checklist"]
    sample = ("checklist", kind.normalize(kind.get_preview_value()))
    guide = GuidePageFactory()
    guide.body = [sample, sample]
    guide.save()
    keep_version(guide, timezone.now())
    for address in (guide.url, f"{guide.url}versions/1/"):
        html = BeautifulSoup(client.get(address).content, "html.parser")
        [form] = html.select("form#ticks-not-kept")
        assert form["autocomplete"] == "off"
        assert form["method"] == "dialog"
        assert not form.has_attr("action")
        assert form.find(True) is None
        assert len(html.select("main input[type=checkbox][form=ticks-not-kept]")) == 4
    without = GuidePageFactory(slug="without")
    assert not BeautifulSoup(client.get(without.url).content, "html.parser").select(
        "form#ticks-not-kept"
    )


def test_a_decision_list_reads_from_top_to_bottom_in_words():
    text = rendered("decision").get_text(" ", strip=True)
    assert "Is the item on the list? Yes A licence is needed. No Go on." in text


@pytest.mark.parametrize(("origin", "told"), [("invented", "fictional"), ("real", "took place")])
def test_a_case_says_whether_it_took_place(origin, told):
    assert told in rendered("case", CITING["case"] | {"origin": origin}).text


def test_an_answer_is_folded_behind_its_question():
    html = rendered("exercise")
    assert html.details.summary.text == "Answer"
    assert "Who opens the telephones." in html.details.text
    assert "about 15 minutes" in html.text


def test_slides_are_a_numbered_list_with_folded_notes():
    html = rendered("slides")
    assert html.select_one("ol > li details").get_text(" ", strip=True).endswith("Read them aloud.")


def test_rows_of_a_table_may_have_headings():
    html = rendered("table", CITING["table"])
    assert [each["scope"] for each in html.select("th")] == ["col", "col", "row"]
    assert html.caption.text == "T"


def test_a_file_says_type_size_and_language(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    document = get_document_model().objects.create(
        title="Form", file=ContentFile(b"x" * 2048, "form.txt")
    )
    html = rendered("document", {"document": document, "title": "", "language": "fr"})
    assert "TXT, Français, 2.0" in html.text.replace("\xa0", " ")


@pytest.fixture
def image(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return get_image_model().objects.create(title="Map", file=get_test_image_file(size=(800, 600)))


def figure(image, alt_text="", decorative=False):
    image = {"image": image, "alt_text": alt_text, "decorative": decorative}
    return {"image": image, "caption": "Ports", "crop": "whole", "source": f"<p>From{MARK}</p>"}


def test_a_figure_keeps_its_place_and_says_whose_it_is(image):
    html = rendered("figure", figure(image, "A map of ports"))
    assert html.img["alt"] == "A map of ports"
    assert html.img["width"]
    assert html.img["height"]
    assert "Source:" in html.figcaption.text


class TestBadInputIsToldAtTheField:
    def test_an_image_without_its_text(self, image):
        assert "image" in errors_of("figure", figure(image)).block_errors

    def test_an_image_that_is_decoration_needs_none(self, image):
        block = BLOCKS["figure"]
        block.clean(block.normalize(figure(image, decorative=True)))

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            ({"columns": [{"type": "text", "heading": " "}]}, "Give each column a heading."),
            ({"caption": ""}, "Give the table a caption"),
            ({"rows": []}, "Add a row"),
        ],
    )
    def test_a_table_without_headings_caption_or_rows(self, change, told):
        table = {
            "columns": [{"type": "text", "heading": "A"}],
            "rows": [{"values": ["a"]}],
            "caption": "T",
        }
        assert told in str(errors_of("table", table | change).non_block_errors)

    def test_the_corner_above_headings_of_rows_may_be_empty(self):
        table = CITING["table"] | {
            "columns": [
                {"type": "row_heading", "heading": ""},
                {"type": "rich_text", "heading": "B"},
            ]
        }
        BLOCKS["table"].clean(BLOCKS["table"].normalize(table))
        assert [each.text for each in rendered("table", table).select("thead th")] == ["B"]

    @pytest.mark.parametrize("name", ["checklist", "decision", "slides", "not_settled", "outcomes"])
    def test_a_list_without_entries(self, name):
        value = {"title": "T", "entries": []} if "title" in CITING[name] else {"entries": []}
        assert "entries" in errors_of(name, value).block_errors

    @pytest.mark.parametrize(
        ("name", "field"),
        [
            ("exercise", "answer"),
            ("exercise", "question"),
            ("case", "origin"),
            ("case", "facts"),
            ("model_text", "text"),
            ("checklist", "title"),
        ],
    )
    def test_what_is_left_empty(self, name, field):
        value = CITING[name] | {field: ""}
        assert set(errors_of(name, value).block_errors) == {field}
        BLOCKS[name].clean_deferred(BLOCKS[name].normalize(value))  # a draft may

    def test_a_quotation_without_a_source(self):
        value = {"text": "Words", "attribution": "Somebody", "source": "", "cited": ""}
        assert set(errors_of("quote", value).block_errors) == {"cited"}
        BLOCKS["quote"].clean_deferred(BLOCKS["quote"].normalize(value))

    @pytest.mark.parametrize("minutes", [0, 601])
    def test_minutes_beyond_a_day(self, minutes):
        assert (
            "minutes"
            in errors_of("exercise", CITING["exercise"] | {"minutes": minutes}).block_errors
        )


def test_the_comparison_of_versions_shows_what_changed_in_each(client, site_tree, settings):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(UserFactory(role=EDITOR))
    guide = GuidePageFactory(live=False)
    guide.body = [(name, CITING[name]) for name in OWN]
    first = guide.save_revision()
    raw = json.dumps(guide.body.get_prep_value()).replace("Art. 5", "Art. 6")
    guide.body = GuideBodyBlock().to_python(json.loads(raw))
    second = guide.save_revision()
    address = reverse("wagtailadmin_pages:revisions_compare", args=[guide.pk, first.pk, second.pk])
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.content.decode().count('class="addition"') >= len(OWN)


def test_words_of_the_portal_say_their_language_amid_another_s(site_tree):
    guide = GuidePageFactory(content_language="ar")
    html = BeautifulSoup(
        guide.serve(RequestFactory().get(guide.url)).render().content, "html.parser"
    )
    heading = html.find("h3", string="What this does not settle")
    assert heading["lang"] == "en"
