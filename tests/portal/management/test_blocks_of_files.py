"""Each kind of block of a guide is made of plain text in a content file."""

import tomllib

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from knowledge.guides.blocks import GuideBodyBlock
from knowledge.sources.marks import Citation, citations_in
from portal.management.library.loading.blocks import MAKERS, blocks_from

FILE = """
[[block]]
type = "heading"
text = "What to do"
[[block]]
type = "heading2"
text = "In detail"
[[block]]
type = "text"
text = "**Ask** early {{E1: Art. 5(1)}}."
[[block]]
type = "steps"
title = "In order"
items = [{title = "First", text = "Ask {{E1}}."}, {title = "Then", text = ""}]
[[block]]
type = "checklist"
title = "Tick"
items = ["A line {{E1: Art. 2}}", {text = "Another", hint = "Look it up."}]
[[block]]
type = "decision"
title = "Decide"
items = [{question = "Is it listed?", yes = "Stop {{E1: Art. 3}}.", no = "Go on."}]
[[block]]
type = "case"
title = "An invented case"
text = "Somebody orders something."
[[block]]
type = "table"
caption = "Two rows"
head = ["", "What"]
rows = [["One", "{{E1: Art. 4}}"], ["Two", "b"]]
row_heads = true
[[block]]
type = "figure"
title = "A ladder"
text = "Five rungs."
[[block]]
type = "quote"
text = "Words of a law."
cite = "E1: Art. 6"
[[block]]
type = "template"
title = "Letter"
text = '''
[Authority]
To: [name]

We ask [question].
'''
[[block]]
type = "slides"
minutes = 90
items = [{title = "One", minutes = 10, points = ["First", "Second"], notes = "Say it."}]
[[block]]
type = "exercise"
minutes = 5
question = "Which?"
answer = "That one {{E1: Art. 7}}."
[[block]]
type = "outcomes"
items = ["Ask four questions."]
[[block]]
type = "not-settled"
items = ["What your law says."]
"""
ENTRIES = tomllib.loads(FILE)["block"]
NEED_A_LIBRARY = {"document"}


def made(*entries):
    return GuideBodyBlock().normalize(blocks_from(entries))


def test_every_type_is_made_into_what_an_editor_could_have_typed(db):
    assert {each["type"] for each in ENTRIES} == set(MAKERS) - NEED_A_LIBRARY
    body = GuideBodyBlock().clean(made(*ENTRIES))
    assert len(body) == len(ENTRIES)
    pinpoints = [each.pinpoint for each in citations_in(body.get_prep_value())]
    assert pinpoints == ["Art. 5(1)", "", *(f"Art. {n}" for n in (2, 3, 4, 6, 7))]


def test_the_lines_of_a_letter_stay_lines():
    text = made(next(each for each in ENTRIES if each["type"] == "template"))[0].value["text"]
    assert text.source == "<p>[Authority]<br/>To: [name]</p><p>We ask [question].</p>"


def test_bold_words_and_what_looks_like_markup():
    text = made({"type": "text", "text": "**a** <b> 2 * 3 * 4 and *b*"})[0].value.source
    assert text == "<p><b>a</b> &lt;b&gt; 2 * 3 * 4 and <i>b</i></p>"


@pytest.mark.parametrize(
    ("title", "more", "origin"),
    [
        ("Monday (invented)", {}, "invented"),
        ("Nine of forty", {"origin": "real"}, "real"),
        ("Monday", {}, ""),  # nobody has said it: an editor is asked
    ],
)
def test_a_case_is_fictional_where_it_says_so(title, more, origin):
    case = made({"type": "case", "title": title, "text": "Facts."} | more)[0]
    assert case.value["origin"] == origin


def test_a_figure_and_a_file_are_those_of_the_library(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    get_image_model().objects.create(title="Ladder", file=get_test_image_file())
    get_document_model().objects.create(title="Form", file=ContentFile(b"x", "form.txt"))
    body = made(
        {
            "type": "figure",
            "title": "A ladder",
            "text": "Five rungs.",
            "image": "Ladder",
            "source": "{{E1}}",
        },
        {"type": "document", "document": "Form", "language": "fr"},
    )
    figure, document = (each.value for each in GuideBodyBlock().clean(body))
    assert figure["image"].contextual_alt_text == "Five rungs."
    assert list(citations_in(body.get_prep_value())) == [Citation("e1")]
    assert document["document"].title == "Form"


def test_an_unknown_type_is_refused():
    with pytest.raises(KeyError):
        blocks_from([{"type": "poem", "text": ""}])
