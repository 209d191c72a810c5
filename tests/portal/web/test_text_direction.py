"""Codes in text that runs right to left stand apart; nothing else changes."""

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
