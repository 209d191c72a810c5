"""The standing tree is made once, and what editors change in it stays changed."""

import pytest
from django.core.management import call_command
from wagtail.models import Page, Site

from portal.cms.models import CommitmentPage, PrivacyPage
from portal.management.page_text import body, rich_text
from portal.stakeholders.models import State

ADDRESSES = [
    "/en/",
    "/en/take-part/",
    "/en/take-part/organisations/",
    "/en/about/",
    "/en/about/accessibility/",
    "/en/about/privacy/",
    "/en/about/moderation/",
    "/en/about/contact/",
    "/en/before-you-answer/",
    "/en/code/",
    "/en/code/licensing/",
    "/en/code/consultation/",
    "/en/code/threat-information/",
    "/en/code/best-practice/",
    "/en/code/due-diligence/",
    "/en/code/capacity/",
    "/en/guides/",
    "/en/learning/",
    "/en/consultations/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_standing_page_answers(client, site_tree, address):
    assert client.get(address).status_code == 200


def test_the_site_is_where_its_settings_say(site_tree, settings):
    site = Site.objects.get()
    assert (site.hostname, site.port) == ("127.0.0.1", 8000)
    assert site.root_page_id == site_tree.en.pk
    settings.BASE_URL = "https://portal.example"
    call_command("create_site", languages=[], verbosity=0)
    site.refresh_from_db()
    assert (site.hostname, site.port) == ("portal.example", 443)


def test_wagtails_welcome_page_is_gone(site_tree):
    assert not Page.objects.filter(slug="home").exists()


def test_states_are_loaded(site_tree):
    assert State.objects.filter(code_status=State.CodeStatus.SUBSCRIBING).count() == 25


def test_the_code_says_whose_words_it_follows_and_what_is_known_since(client, site_tree):
    html = client.get("/en/code/").content.decode()
    for said in ("In whose words", "What it covers", "What is known since", "30 November 2026"):
        assert said in html
    assert "We have not read the official text" in html
    assert "nvitee" not in html
    for issuer in ("www.state.gov", "www.bis.gov", "www.sipri.org", "www.gov.uk"):
        assert f"https://{issuer}/" in html
    assert "miragenews" not in html
    assert "ebangla" not in html


def test_each_commitment_says_that_it_follows_the_release(client, site_tree):
    for page in CommitmentPage.objects.all():
        assert "follows the release of 30 March 2023" in client.get(page.url).content.decode()


def test_a_new_site_finds_its_states(client, site_tree):
    html = client.get("/en/search/", {"q": "Costa Rica"}).content.decode()
    assert "/en/states/cr/" in html
    assert "since April 2023" in html


def test_a_second_run_changes_nothing(site_tree):
    before = list(Page.objects.order_by("pk").values_list("pk", "title", "latest_revision_id"))
    call_command("create_site", languages=[], verbosity=0)
    assert list(Page.objects.order_by("pk").values_list("pk", "title", "latest_revision_id")) == (
        before
    )


def test_what_an_editor_changed_stays(site_tree):
    privacy = PrivacyPage.objects.get()
    privacy.title = "What we know about you"
    privacy.save_revision().publish()
    call_command("create_site", languages=[], verbosity=0)
    assert PrivacyPage.objects.get().title == "What we know about you"


def test_a_missing_page_comes_back(site_tree):
    CommitmentPage.objects.get(slug="capacity").delete()
    call_command("create_site", languages=[], verbosity=0)
    assert CommitmentPage.objects.get(slug="capacity").live


def test_it_says_what_it_did(site_tree, capsys):
    site_tree.code.delete()
    call_command("create_site", languages=[])
    assert "7 pages made" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("plain", "html"),
    [
        ("One.\n\nTwo\nlines.", "<p>One.</p><p>Two lines.</p>"),
        ("Ask:\n- who\n- why", "<p>Ask:</p><ul><li>who</li><li>why</li></ul>"),
        ("A <b> & co.", "<p>A &lt;b&gt; &amp; co.</p>"),
        (
            "See https://www.un.org/x.",
            '<p>See <a href="https://www.un.org/x">https://www.un.org/x</a>.</p>',
        ),
        (
            'See https://x.example/?a=1&b="2',
            '<p>See <a href="https://x.example/?a=1&amp;b=&quot;2">'
            "https://x.example/?a=1&amp;b=&quot;2</a></p>",
        ),
    ],
)
def test_plain_text_becomes_rich_text(plain, html):
    assert rich_text(plain) == html


def test_sources_number_themselves():
    blocks = body(text="Text [1].", citations=[{"title": "[1] A list", "url": "https://a.example"}])
    assert blocks[1] == (
        "citations",
        {"title": "Sources", "citations": [{"title": "A list", "url": "https://a.example"}]},
    )
