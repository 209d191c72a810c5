"""How hits show the words that found them."""

import pytest

from tests.portal.search.contract.asking import search
from tests.portal.search.factories import put_card

pytestmark = pytest.mark.django_db


class TestHighlights:
    def test_all_mark_up_but_mark_is_escaped(self):
        put_card(
            "<b>Spyware</b> & <script>alert(1)</script>",
            summary="",
            body='A <script src="x">spyware</script> in <b>bold</b> &amp; more',
        )
        (hit,) = search("spyware").hits
        assert "&lt;b&gt;<mark>Spyware</mark>&lt;/b&gt; &amp; &lt;script&gt;" in hit.title
        assert "<mark>spyware</mark>" in hit.summary
        for html in (hit.title, hit.summary):
            assert "<" not in html.replace("<mark>", "").replace("</mark>", "")

    def test_forged_sentinels_do_not_mark(self):
        put_card("\x02spyware\x03 and \x04others\x05", body="\x02\x02spy\x00")
        (hit,) = search("spyware").hits
        assert hit.title == "<mark>spyware</mark> and others"

    def test_the_summary_stands_unless_only_the_body_has_the_words(self):
        put_card("One", key="1", summary="A plain spyware summary", body="spyware " * 50)
        put_card("Two", key="2", summary="A plain summary", body="word " * 300 + "spyware")
        put_card("Three spyware", key="3", summary="A plain summary", body="nothing of it")
        put_card("Four spyware", key="4", body="Begins like this " + "word " * 300)
        hits = {hit.key: hit.summary for hit in search("spyware").hits}
        assert hits["1"] == "A plain <mark>spyware</mark> summary"
        assert "<mark>spyware</mark>" in hits["2"]
        assert len(hits["2"]) < 600
        assert hits["3"] == "A plain summary"
        assert hits["4"].startswith("Begins like this")
        assert len(hits["4"]) < 600

    def test_without_words_nothing_is_marked(self):
        put_card("Spyware & more", body="Text")
        (hit,) = search().hits
        assert hit.title == "Spyware &amp; more"
        assert hit.summary == "Text"
