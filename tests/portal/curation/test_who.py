"""Who reaches which of the editors' pages for search."""

import pytest

from portal.curation.actions import save_synonyms
from portal.curation.models import SynonymGroup
from portal.stakeholders import roles
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PEOPLE = {
    "member": None,
    "state delegate": roles.STATE_DELEGATE,
    "official": roles.OFFICIAL,
    "analyst": roles.ANALYST,
    "moderator": roles.MODERATOR,
    "editor": roles.EDITOR,
    "administrator": roles.ADMINISTRATOR,
}
ALLOWED = {"editor", "administrator"}
ADDRESSES = (
    "/admin/synonyms/",
    "/admin/synonyms/new/",
    "/admin/synonyms/edit/{group}/",
    "/admin/synonyms/delete/{group}/",
    "/admin/searchpicks/",
    "/admin/searchpicks/results/",
    "/admin/searchpicks/add/",
    "/admin/reports/missed-searches/",
    "/admin/reports/missed-searches/results/",
    "/admin/reports/missed-searches/?export=csv",
)


def is_shown(response):
    if response.status_code == 200:
        return True
    # Wagtail leads whoever may not see a page back to the admin's first one; the door, away.
    assert response.status_code in (302, 403)
    return False


@pytest.mark.parametrize("address", ADDRESSES)
def test_editors_and_administrators_alone(client, address):
    group = save_synonyms(SynonymGroup(), ["FRT", "facial recognition"])
    address = address.format(group=group.pk)
    assert not is_shown(client.get(address))
    for name, role in PEOPLE.items():
        client.force_login(UserFactory(role=[role] if role else []))
        assert is_shown(client.get(address)) == (name in ALLOWED), name


@pytest.mark.parametrize("name", [name for name in PEOPLE if name not in ALLOWED])
def test_nobody_else_writes(client, name):
    role = PEOPLE[name]
    client.force_login(UserFactory(role=[role] if role else []))
    group = save_synonyms(SynonymGroup(), ["FRT", "facial recognition"])
    client.post("/admin/synonyms/new/", {"words": "spyware\nespiogiciel"})
    client.post(f"/admin/synonyms/edit/{group.pk}/", {"words": "spyware\nespiogiciel"})
    client.post(f"/admin/synonyms/delete/{group.pk}/")
    assert [str(each) for each in SynonymGroup.objects.all()] == ["FRT, facial recognition"]


@pytest.mark.parametrize(("role", "shown"), [(roles.EDITOR, True), (roles.MODERATOR, False)])
def test_the_menu_offers_what_one_may_do(client, role, shown):
    client.force_login(UserFactory(role=role))
    page = client.get("/admin/").content.decode()
    for address in ("/admin/synonyms/", "/admin/searchpicks/", "/admin/reports/missed-searches/"):
        assert (f'"{address}"' in page or f"{address}&quot;" in page) == shown, address


def test_nobody_is_offered_a_report_of_all_searches(client):
    """Wagtail's own would stay empty: what people search is not recorded."""
    client.force_login(UserFactory(is_superuser=True))
    page = client.get("/admin/").content.decode()
    assert "/admin/reports/missed-searches/" in page
    assert "search-terms" not in page
