"""Codes in text that runs right to left stand apart; nothing else changes."""

from html import unescape

import pytest
from django.utils.safestring import mark_safe

from portal.web.text_direction import isolate_codes


@pytest.mark.parametrize(
    "code",
    [
        *("4.A.5", "5A001.j.2", "5a001", "ML11", "8543.70.90", "ECHRI-2026-01", "2026-11-30"),
        *("1/2", "A-1"),
    ],
)
def test_a_code_in_arabic_is_an_element_of_its_own(code):
    marked = f'<bdi dir="ltr">{code}</bdi>'
    assert isolate_codes(f"البند {code}.") == f"البند {marked}."
    assert isolate_codes(mark_safe(f"<p>البند ({code})</p>")) == f"<p>البند ({marked})</p>"


@pytest.mark.parametrize(
    ("before", "run", "after"),
    [
        ("ابق مجهولا. ", "The code 4.A.5", " لا يعني شيئا"),
        ("البند ", "Category 4.A.5", " غير واضح"),
        ("في 2026 ", "ECCN 5A001, Annex I 4A005", "، أيضا"),
        ("(", "Regulation (EU) 2021/821", ")، ورقة"),
        ("ورقة ", "L'équipement: 5A001", "."),
        ("البند ", "5A001 equipment 2", "."),
    ],
)
def test_latin_words_and_the_codes_among_them_stay_together(before, run, after):
    expected = f'{before}<bdi dir="ltr">{run}</bdi>{after}'
    assert isolate_codes(mark_safe(f"<p>{before}{run}{after}</p>")) == f"<p>{expected}</p>"
    assert unescape(isolate_codes(f"{before}{run}{after}")) == expected


def test_codes_without_words_stay_in_the_order_of_a_list():
    assert (
        isolate_codes("البنود 4.A.5, 5A001 2026")
        == 'البنود <bdi dir="ltr">4.A.5</bdi>, <bdi dir="ltr">5A001</bdi> 2026'
    )


@pytest.mark.parametrize("words", ["ورقة", "في 2026", "قال OECD هذا", "a.b. ورقة"])
def test_words_and_plain_numbers_are_left_alone(words):
    assert isolate_codes(words) == words


def test_text_that_runs_left_to_right_stays_as_it_is():
    assert isolate_codes("Entry 4.A.5 & <b>") == "Entry 4.A.5 &amp; &lt;b&gt;"
    assert isolate_codes(mark_safe("<b>4.A.5</b>")) == "<b>4.A.5</b>"


def test_plain_text_is_escaped_and_tags_and_entities_of_html_stay():
    assert (
        isolate_codes('<a href="/x-1/">ورقة')
        == '&lt;a href=&#34;/<bdi dir="ltr">x-1</bdi>/&#34;&gt;ورقة'
    )
    html = '<a href="/c/4.A.5">ورقة &#34; &#x27; &amp;</a>'
    assert isolate_codes(mark_safe(html)) == html
