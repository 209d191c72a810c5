"""A picture's copies are as private as the picture, whenever it became so."""

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from portal.cms.blocks import BodyBlock
from tests.factories import UserFactory
from tests.portal.cms.library.conftest import uploaded

pytestmark = pytest.mark.django_db


@pytest.fixture
def public():
    return Collection.get_first_root_node().add_child(name="Public")


@pytest.fixture
def private():
    return Collection.get_first_root_node().add_child(name="Private")


@pytest.fixture
def picture(public):
    return Image.objects.create(title="Map", collection=public, file=uploaded("photograph.jpg"))


def restrict(collection, kind="login", **more):
    return CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=kind, **more
    )


def browser(user=None):
    client = Client()
    if user:
        client.force_login(user)
    return client


def test_an_open_picture_is_for_all_and_costs_little(picture, client, django_assert_num_queries):
    address = picture.get_rendition("width-20").url
    assert address.startswith("/media/images/")
    with django_assert_num_queries(2):
        answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "sessionid" not in answer.cookies
    assert answer.content.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    ("who", "kind", "status"),
    [
        (None, "login", 302),
        ("member", "login", 200),
        ("editor", "login", 200),
        (None, "groups", 302),
        ("member", "groups", 302),
        ("of the group", "groups", 200),
        ("editor", "groups", 200),
    ],
)
def test_who_sees_a_private_picture(request, picture, who, kind, status):
    address = picture.get_rendition("width-20").url
    restriction = restrict(picture.collection, kind)
    group = Group.objects.create(name="Delegates")
    if kind == "groups":
        restriction.groups.add(group)
    user = None
    if who == "of the group":
        user = UserFactory(email="delegate@people.example")
        user.groups.add(group)
    elif who:
        user = request.getfixturevalue(who)
    answer = browser(user).get(address)
    assert answer.status_code == status
    assert (b"\xff\xd8\xff" in answer.content) is (status == 200)
    assert "public" not in answer.headers.get("Cache-Control", "")
    if status == 200:
        assert answer.headers["Cache-Control"] == "private, no-store"
    if status == 302:
        assert address in answer.headers["Location"], "back to the picture after signing in"


def test_a_password_opens_the_picture_as_it_opens_documents(picture, client):
    address = picture.get_rendition("width-20").url
    restriction = restrict(picture.collection, "password", password="open sesame")
    asked = client.get(address)
    assert b"\xff\xd8\xff" not in asked.content
    form = BeautifulSoup(asked.content, "html.parser").select_one("form[action]")
    client.post(form["action"], {"password": "open sesame", "return_url": address})
    assert client.get(address).content.startswith(b"\xff\xd8\xff")
    restriction.delete()


class TestLater:
    def test_restricting_the_collection_counts_at_once(self, picture, client):
        address = picture.get_rendition("width-20").url
        assert client.get(address).status_code == 200
        restriction = restrict(picture.collection)
        assert client.get(address).status_code == 302
        restriction.delete()
        assert client.get(address).status_code == 200

    def test_so_does_restricting_one_above_it(self, picture, client):
        address = picture.get_rendition("width-20").url
        restrict(Collection.get_first_root_node())
        assert client.get(address).status_code == 302

    def test_and_moving_the_picture_as_the_list_does(
        self, picture, private, client, administrator, editor
    ):
        address = picture.get_rendition("width-20").url
        restrict(private)
        staff = browser(editor)
        moved = staff.post(
            reverse("wagtail_bulk_action", args=["wagtailimages", "image", "add_to_collection"])
            + f"?id={picture.pk}",
            {"collection": private.pk},
        )
        assert moved.status_code == 302
        picture.refresh_from_db()
        assert picture.collection == private
        assert client.get(address).status_code == 302
        assert staff.get(address).status_code == 200


def test_what_a_page_prints_leads_through_the_same_question(picture, client):
    block = BodyBlock().child_blocks["figure"]
    value = block.to_python(
        {
            "image": {"image": picture.pk, "alt_text": "A map", "decorative": False},
            "caption": "",
            "crop": "whole",
        }
    )
    html = str(block.render(value))
    addresses = re.findall(r"/media/[^\s\",]+", html)
    assert addresses
    assert client.get(addresses[0]).status_code == 200
    restrict(picture.collection)
    for address in addresses:
        assert client.get(address).status_code == 302, address


def test_no_address_leads_to_the_original_nor_to_any_other_file(picture, client, editor, media):
    picture.get_rendition("width-20")
    staff = browser(editor)
    for address in (
        picture.file.url,
        "/media/images/../original_images/photograph.jpg",
        "/media/images/%2e%2e/original_images/photograph.jpg",
        "/media/renditions/images/photograph.jpg",
        "/media/images/nothing.jpg",
    ):
        assert client.get(address).status_code == 404, address
        assert staff.get(address).status_code == 404, address
    kept = {path.relative_to(media).parts[0] for path in media.rglob("*") if path.is_file()}
    assert kept == {"original_images", "renditions"}, "none where proxies used to look"


def test_a_copy_whose_bytes_are_gone_is_not_found(picture, client):
    rendition = picture.get_rendition("width-20")
    rendition.file.storage.delete(rendition.file.name)
    assert client.get(rendition.url).status_code == 404


def test_the_admin_shows_editors_what_they_keep(picture, editor):
    restrict(picture.collection, "groups")
    client = browser(editor)
    html = client.get(reverse("wagtailimages:index")).content.decode()
    address = re.search(r"/media/images/[^\s\"]+", html)[0]
    assert client.get(address).status_code == 200


def test_what_is_for_others_is_refused_and_not_asked_for_in_circles(private, member, site_tree):
    document = Document.objects.create(
        title="Form", collection=private, file=uploaded("template.docx")
    )
    picture = Image.objects.create(title="Map", collection=private, file=uploaded("photograph.jpg"))
    restrict(private, "groups")
    PageViewRestriction.objects.create(page=site_tree.privacy, restriction_type="groups")
    for address in (document.url, picture.get_rendition("width-20").url, site_tree.privacy.url):
        assert browser(member).get(address, follow=True).status_code == 403, address
