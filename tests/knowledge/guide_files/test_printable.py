"""What a page shows, made fit for paper, whatever it is built from."""

import pytest

from knowledge.guide_files.printable import printable
from knowledge.guide_files.rendering import picture_at


@pytest.mark.parametrize(
    ("shown", "printed"),
    [
        (
            "<details><summary>More</summary><p>a</p></details>",
            '<p class="summary">More</p><p>a</p>',
        ),
        ('<p><svg aria-hidden="true"><path d="M0 0"/></svg>Note</p>', "<p>Note</p>"),
        ('<ul><li><input type="checkbox" id="a"> Asked</li></ul>', "<ul><li>☐  Asked</li></ul>"),
        ('<p>Name <input name="n"> here</p>', "<p>Name  here</p>"),
        ('<p class="no-print small">Menu</p><p>a</p>', "<p>a</p>"),
        ("<p>a<button>Start</button> b<script>x()</script></p>", "<p>a b</p>"),
        ("<p>a<!-- b --></p>", "<p>a</p>"),
        ("<h4>a</h4><h4>b</h4><h2>c</h2><h4>d</h4>", "<h2>a</h2><h3>b</h3><h2>c</h2><h3>d</h3>"),
        ("<h1>a</h1>", "<h2>a</h2>"),
        ("<p>عربي &amp; more</p>", "<p>عربي &amp; more</p>"),
        ("", ""),
    ],
)
def test_it_says_the_same_without_a_screen(shown, printed):
    made = printable(shown)
    assert made.replace("<div>", "").replace("</div>", "") == printed


def test_a_picture_has_a_text_or_is_ornament():
    caption = "<figcaption>A <em>gate</em></figcaption>"
    shown = f'<figure><img src="/a" srcset="/b 2x" alt="">{caption}</figure><img src="/c" alt="">'
    assert '<img src="/a" alt="A gate">' in printable(shown)
    assert "/c" not in printable(shown)
    assert 'alt="Mine"' in printable('<img src="/a" alt="Mine">')


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url",
    [
        *("https://evil.example/media/images/a.png", "file:///etc/passwd"),
        *("/media/images/../../etc/passwd", "data:image/png;base64,AAAA"),
    ],
)
def test_no_picture_of_others_is_fetched(url, settings):
    assert picture_at(url) is None
    assert picture_at(f"{settings.BASE_URL}{url}") is None
