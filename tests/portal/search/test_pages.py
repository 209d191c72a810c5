"""Cards of Wagtail pages follow whatever happens to the page."""

from threading import Thread

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from wagtail.models import Locale, Page, PageViewRestriction, Site

from portal.search import pages as room
from portal.search import registry
from portal.search.cards import CardData
from portal.search.engines import get_engine
from portal.search.pages import cards_at_the_end, register_page_kind
from portal.search.query import SearchQuery

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def page_kind(monkeypatch):
    """Wagtail's plain pages stand in for a room's own type."""
    monkeypatch.setattr(registry, "_kinds", {})
    monkeypatch.setattr(room, "_page_kinds", {})
    register_page_kind(
        Page,
        "plain",
        label="Page",
        plural="Pages",
        card=lambda page: CardData("", "", title=page.title, url=page.url or ""),
    )


@pytest.fixture
def top():
    """A live page under the site's root, with a child."""
    root = Site.objects.get(is_default_site=True).root_page
    top = root.add_child(instance=Page(title="Top", slug="top", live=False))
    top.save_revision().publish()
    child = top.add_child(instance=Page(title="Child spyware", slug="child", live=False))
    child.save_revision().publish()
    return top


def addresses(text="spyware"):
    return [hit.url.removeprefix("/en") for hit in get_engine().search(SearchQuery(text)).hits]


def child():
    return Page.objects.get(title__startswith="Child")


def test_publishing_writes_and_unpublishing_removes(top):
    assert addresses() == ["/top/child/"]
    child().unpublish()
    assert addresses() == []


def test_a_draft_has_no_card_and_does_not_change_one(top):
    top.add_child(instance=Page(title="Draft drones", slug="draft", live=False)).save_revision()
    page = child()
    page.title = "Child drones"
    page.save_revision()
    assert addresses("drones") == []
    page.save_revision().publish()
    assert addresses("drones") == ["/top/child/"]


def publish_as(title):
    page = child()
    page.title = title
    page.save_revision().publish()


def test_a_load_writes_cards_at_its_end(top):
    with cards_at_the_end():
        publish_as("Child drones")
        publish_as("Child lasers")
        assert addresses() == ["/top/child/"]
        assert addresses("lasers") == []
    assert addresses("lasers") == ["/top/child/"]
    assert addresses("drones") == addresses() == []


@cards_at_the_end()
def load_and_fail():
    publish_as("Child drones")
    raise ZeroDivisionError


def test_after_a_load_that_failed_cards_are_written_at_once(top):
    with pytest.raises(ZeroDivisionError):
        load_and_fail()
    assert addresses("drones") == []
    publish_as("Child lasers")
    assert addresses("lasers") == ["/top/child/"]


def test_deleting_a_parent_removes_the_cards_below(top):
    Page.objects.get(pk=top.pk).delete()
    assert addresses() == []
    assert addresses("top") == []


def test_renaming_a_parent_moves_the_cards_below(top, django_capture_on_commit_callbacks):
    page = Page.objects.get(pk=top.pk)
    page.slug = "new"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert addresses() == ["/new/child/"]


def test_moving_a_parent_moves_the_cards_below(top):
    root = Site.objects.get(is_default_site=True).root_page
    other = root.add_child(instance=Page(title="Other", slug="other"))
    Page.objects.get(pk=top.pk).move(other, pos="last-child")
    assert addresses() == ["/other/top/child/"]


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.GROUPS])
def test_a_restricted_branch_has_no_cards(top, kind):
    restriction = PageViewRestriction.objects.create(page=top, restriction_type=kind)
    restriction.groups.add(Group.objects.create(name="Few"))
    assert addresses() == []
    child().save_revision().publish()
    assert addresses() == []
    restriction.delete()
    assert addresses() == ["/top/child/"]


def test_of_two_who_publish_and_unpublish_the_later_counts_whoever_tells_first(top):
    published = child()
    child().unpublish()
    room.refresh(published)
    assert addresses() == []
    unpublished = child()
    unpublished.save_revision().publish()
    unpublished.live = False
    room.refresh(unpublished)
    assert addresses() == ["/top/child/"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
def test_what_is_restricted_while_it_is_published_has_no_card(monkeypatch):
    Locale.objects.get_or_create(language_code="en")
    page = Page.add_root(instance=Page(title="Spyware", slug="spyware"))
    closing = []

    def close():
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        connection.close()

    def card(page):
        if not closing:
            closing.append(Thread(target=close))
            closing[0].start()
            closing[0].join(1)  # done, or held up until the card is written
        return CardData("", "", title=page.title, url="/spyware/")

    monkeypatch.setattr(room, "_page_kinds", {Page: room._PageKind("plain", card)})
    room.refresh(page)
    closing[0].join(10)
    assert addresses() == []


def test_moving_under_a_restricted_page_removes(top):
    root = Site.objects.get(is_default_site=True).root_page
    closed = root.add_child(instance=Page(title="Closed", slug="closed"))
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    Page.objects.get(pk=top.pk).move(closed, pos="last-child")
    assert addresses() == []


def test_rebuilding_yields_live_and_open_pages_only(top):
    top.add_child(instance=Page(title="Draft", slug="draft", live=False))
    closed = top.add_child(instance=Page(title="Closed", slug="closed"))
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    (kind,) = registry.all_kinds()
    titles = {card.title for card in kind.cards()}
    assert {"Top", "Child spyware"} <= titles
    assert not {"Draft", "Closed"} & titles
