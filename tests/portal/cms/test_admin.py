"""The page editor in our name, which asks no other site for anything."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.images.models import Image
from wagtail.rich_text import features

from portal.cms.blocks.text import RICH_TEXT_FEATURES
from tests.portal.cms.admin_forms import edit_address


@pytest.fixture
def admin_pages(site_tree, guide):
    return [
        "/admin/",
        edit_address(site_tree.en),
        edit_address(site_tree.privacy),
        edit_address(site_tree.licensing),
        edit_address(guide),
        reverse("wagtailadmin_pages:add", args=["cms", "standardpage", site_tree.about.pk]),
        reverse("wagtailadmin_explore", args=[site_tree.en.pk]),
        reverse("wagtailimages:index"),
        reverse("wagtailadmin_account"),
    ]


def test_asks_another_site_for_nothing(client, admin_pages, administrator):
    client.force_login(administrator)
    for address in admin_pages:
        response = client.get(address)
        assert response.status_code == 200, address
        page = BeautifulSoup(response.content, "html.parser")
        fetched = [tag["src"] for tag in page.select("[src]")]
        fetched += [tag["href"] for tag in page.select("link[href]")]
        assert [url for url in fetched if re.match(r"(https?:)?//", url)] == [], address
        assert "gravatar" not in str(page).lower()
        assert "releases.wagtail" not in str(page)


def test_links_to_no_other_site_from_its_frame(client, administrator):
    client.force_login(administrator)
    page = BeautifulSoup(client.get("/admin/").content, "html.parser")
    for notice in page.select("noscript"):
        notice.decompose()
    assert "guide.wagtail.org" not in str(page)
    assert "docs.wagtail.org" not in str(page)
    assert page.select('a[href^="http"]') == []


def test_bears_the_portals_name(client, site_tree, author):
    client.force_login(author)
    page = BeautifulSoup(client.get("/admin/").content, "html.parser")
    assert "Code in Practice" in page.title.text
    assert page.h1.text.strip() == "Code in Practice"


def test_rich_text_has_our_formats_alone():
    assert features.get_default_features() == RICH_TEXT_FEATURES
    assert {"embed", "image", "h2", "code"}.isdisjoint(RICH_TEXT_FEATURES)


def test_images_have_a_focal_point(client, administrator, db, settings, tmp_path):
    from wagtail.images.tests.utils import get_test_image_file

    settings.MEDIA_ROOT = tmp_path
    image = Image.objects.create(title="Map", file=get_test_image_file())
    client.force_login(administrator)
    html = client.get(reverse("wagtailimages:edit", args=[image.pk])).content.decode()
    assert 'name="focal_point_x"' in html


class TestTheEditorsBar:
    @pytest.mark.parametrize(
        ("who", "shown"), [(None, False), ("member", False), ("author", True), ("superuser", True)]
    )
    def test_is_there_for_those_who_may_enter_the_admin(
        self, request, client, site_tree, who, shown
    ):
        if who:
            client.force_login(request.getfixturevalue(who))
        html = client.get("/en/about/privacy/").content.decode()
        assert ("<wagtail-userbar>" in html) is shown
        assert (edit_address(site_tree.privacy) in html) is shown

    def test_checks_the_text_and_not_the_frame(self, client, site_tree, author):
        client.force_login(author)
        html = client.get("/en/about/privacy/").content.decode()
        assert '"exclude": [".site-header", ".site-footer"' in html
        assert "p-as-heading" in html
