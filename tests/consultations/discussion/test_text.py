"""The text of a comment as HTML: whatever is typed is text, and web addresses are links."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.discussion.text import as_html

LINK = re.compile(
    r'<a class="govuk-link" href="([^"<>]*)" rel="nofollow ugc noopener">([^"<>]*)</a>'
)


@pytest.mark.parametrize(
    "body",
    [
        "<b>before</b> https://example.org/",
        "https://example.org/ <b>after</b>",
        "https://example.org/ <b>between</b> https://example.net/",
        'https://example.org/"onclick="alert(1)',
        "https://example.org/<script>alert(1)</script>",
        "https://example.org/?a=1&quot;&lt;b",
    ],
)
def test_nothing_around_or_in_an_address_is_mark_up(body):
    html = str(as_html(body))
    assert LINK.search(html)
    assert not set(LINK.sub("", html)) & set("<>\"'")


@given(st.text("<>\"'&; ah:/.", max_size=40), st.text("<>\"'&; ah:/.", max_size=40))
def test_any_text_is_escaped(before, after):
    html = str(as_html(f"{before}https://example.org{after}"))
    assert not set(LINK.sub("", html)) & set("<>\"'")


@pytest.mark.parametrize("end", [".", ",", ")", "!", "”", ".)"])
def test_the_sentences_own_punctuation_is_no_part_of_an_address(end):
    assert (
        LINK.search(str(as_html(f"See https://example.org/a{end}")))[1] == "https://example.org/a"
    )


def test_an_address_in_arabic_keeps_its_order():
    html = as_html("انظر https://example.org/4.A.5/ في البند 4.A.5")
    assert 'dir="ltr">https://example.org/4.A.5/</a>' in html
    assert html.endswith('<bdi dir="ltr">4.A.5</bdi>')
