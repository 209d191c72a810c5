"""
Nothing that staff may do beyond members is done without a second factor, wherever it stands.

Who is staff and has not used theirs in this session is an ordinary member there: held against the
very same person before the role was given, at every address that there is, and with every form.
"""

import ast
import re

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from portal.stakeholders import roles
from tests import test_access, test_access_to_answers
from tests.addresses import every_address
from tests.consultations.factories import ConsultationPageFactory
from tests.factories import UserFactory
from tests.portal.cms.library.conftest import uploaded
from tests.staff import set_up_factor, use_factor
from tests.test_house import ROOT, modules

pytestmark = [pytest.mark.django_db, pytest.mark.walk]

STAFF = (*roles.ROLES, "superuser")
PROOF = "/en/accounts/2fa/"
# What differs between any two answers, and the line that says what waits.
PASSING = re.compile(
    r'name="(?:csrfmiddlewaretoken|submission_key)"[^>]*value="[\w-]+"'
    r'|<div class="govuk-inset-text">Here you are an ordinary member.*?</div>'
)


@pytest.fixture(autouse=True)
def asked_of_staff(settings):
    settings.STAFF_MFA_REQUIRED = True


def give(person, role):
    if role == "superuser":
        person.is_superuser = True
        person.save()
    else:
        person.groups.add(Group.objects.get_or_create(name=role)[0])


def staff(role, *, proved=False):
    """A browser of somebody with that role, who has a second factor and used it or did not."""
    person = UserFactory()
    give(person, role)
    set_up_factor(person)
    client = Client(raise_request_exception=False)
    client.force_login(person)
    if proved:
        use_factor(client)
    return client


def of_admin(path):
    return path.startswith("/admin/") and path != reverse("admin_logout")


@pytest.mark.parametrize("role", ["superuser", roles.MODERATOR])
def test_no_address_of_the_admin_is_reached_by_any_verb(role):
    client = staff(role)
    asked = [path for path, _view in every_address() if of_admin(path)]
    assert len(asked) > 200
    for path in asked:
        for verb in ("get", "post", "put", "patch", "delete"):
            answer = getattr(client, verb)(path)
            assert answer.status_code == 302, (verb, path)
            assert answer.url.startswith(PROOF), (verb, path)


def test_at_no_other_address_is_staff_told_from_a_member():
    member, unproved = Client(raise_request_exception=False), staff("superuser")
    own = UserFactory()
    set_up_factor(own)
    left_out = ("logout", "/signup/", "/exit/")
    for path, _view in every_address():
        if of_admin(path) or any(word in path for word in left_out):
            continue
        for verb in ("get", "post", "put", "patch", "delete"):
            member.force_login(own)
            as_member = getattr(member, verb)(path)
            as_staff = getattr(unproved, verb)(path)
            assert as_staff.status_code == as_member.status_code, (verb, path)


@pytest.fixture
def house(site_tree, settings):
    settings.STAFF_MFA_REQUIRED = False  # while it is built, by staff without a browser
    built = test_access.House()
    settings.STAFF_MFA_REQUIRED = True
    return built


@pytest.fixture
def answers(site_tree, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    settings.STAFF_MFA_REQUIRED = False
    built = test_access_to_answers.Answers()
    settings.STAFF_MFA_REQUIRED = True
    return built


def seen(client, path):
    """What a page says, and the status, without what differs between any two answers."""
    answer = client.get(path)
    if answer.status_code == 403:  # the page of a refusal says to staff what waits
        return answer.status_code, ""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = PASSING.sub("", body.decode("utf-8", "replace"))
    return answer.status_code, re.sub(r"\s+", " ", text)


def real_addresses(request):
    house = request.getfixturevalue("house")
    answers = request.getfixturevalue("answers")
    return [
        *(path for path, _readers in test_access.addresses(house)),
        *answers.addresses.values(),
    ]


@pytest.mark.parametrize("role", STAFF)
def test_each_page_is_the_one_that_the_same_person_saw_before_the_role(request, role):
    paths = real_addresses(request)
    person = UserFactory()
    set_up_factor(person)
    client = Client(raise_request_exception=False)
    client.force_login(person)
    # The overview leads staff to the admin's door, where they are asked for the factor.
    public = [path for path in paths if not of_admin(path) and path != reverse("account_overview")]
    before = {path: seen(client, path) for path in public}
    give(person, role)
    differing = [path for path in public if seen(client, path) != before[path]]
    assert differing == []
    for path in filter(of_admin, paths):
        answer = client.get(path)
        if role == roles.STATE_DELEGATE:  # who has nothing to do there
            assert answer.status_code == 403, path
        else:
            assert answer.url.startswith(PROOF), path


def test_with_the_factor_the_same_pages_differ(request):
    """Else the test before this one could not fail."""
    paths = real_addresses(request)
    member, proved = Client(), staff("superuser", proved=True)
    member.force_login(UserFactory())
    differing = {
        path
        for path in paths
        if not of_admin(path) and member.get(path).status_code != proved.get(path).status_code
    }
    assert {path.split("/")[-3] for path in differing} >= {"hide", "restore", "history"}


@pytest.mark.parametrize("role", STAFF)
def test_no_form_that_is_for_staff_does_anything(house, role):
    client = staff(role)
    before = test_access.everything_stored()
    for path, data, meant in test_access.writes(house):
        if "member" in meant:  # what everybody may do who has an account
            continue
        assert client.post(path, data).status_code < 500, path
        assert test_access.everything_stored() == before, path


@pytest.mark.parametrize("role", STAFF)
def test_no_form_about_answers_that_is_for_staff_does_anything(answers, role):
    client = staff(role)
    before = test_access_to_answers.kept()
    for path, data, _meant in test_access_to_answers.writes(answers):
        assert client.post(path, data).status_code < 500, path
    after = test_access_to_answers.kept()
    assert {table for table in after if after[table] != before[table]} == set()


@pytest.mark.parametrize(
    ("name", "role", "data"),
    [
        ("hide", roles.MODERATOR, {"reason": "abuse"}),
        ("restore", roles.MODERATOR, {}),
        ("closing", roles.ADMINISTRATOR, {"reason": "Heated."}),
    ],
)
def test_with_the_factor_the_same_form_does_it(house, name, role, data):
    discussion = f"/en/consultations/{house.consultation.slug}/discussion/"
    of = {"hide": f"hide/{house.shown.pk}/", "restore": f"restore/{house.hidden.pk}/"}
    path = discussion + of.get(name, "closing/")
    unproved, proved = staff(role), staff(role, proved=True)
    before = test_access.everything_stored()
    assert unproved.post(path, data).status_code == 403
    assert test_access.everything_stored() == before
    assert proved.post(path, data).status_code == 302
    assert test_access.everything_stored() != before


def test_a_page_says_what_waits_and_leads_to_the_second_factor(house, client):
    discussion = f"/en/consultations/{house.consultation.slug}/discussion/"
    unproved = staff(roles.MODERATOR)
    page = unproved.get(discussion).content.decode()
    assert "To work as staff, confirm your second factor" in page
    way = re.search(r'href="(/en/accounts/proof/\?next=[^"]+)"', page)[1]
    asked = unproved.get(way)
    assert asked.url.startswith("/en/accounts/2fa/reauthenticate/?next=")
    assert discussion.rstrip("/").rsplit("/", 1)[0].replace("/", "%2F") in asked.url
    refused = unproved.post(f"{discussion}hide/{house.shown.pk}/", {"reason": "abuse"})
    assert "after they have confirmed their second factor" in refused.content.decode()
    for other in (client, staff(roles.MODERATOR, proved=True)):
        assert "second factor" not in other.get(discussion).content.decode()


@pytest.mark.parametrize("kind", ["page", "document", "picture"])
def test_what_is_for_a_group_alone_waits_too(site_tree, kind):
    collection = Collection.get_first_root_node().add_child(name="Private")
    restricted = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="groups"
    )
    restricted.groups.add(Group.objects.get(name=roles.EDITOR))
    if kind == "page":
        page = ConsultationPageFactory()
        one = PageViewRestriction.objects.create(page=page, restriction_type="groups")
        one.groups.add(Group.objects.get(name=roles.EDITOR))
        path = page.url
    elif kind == "document":
        file = ContentFile(b"secret", name="private.txt")
        path = Document.objects.create(title="P", collection=collection, file=file).url
    else:
        file = uploaded("photograph.jpg")
        picture = Image.objects.create(title="P", collection=collection, file=file)
        path = picture.get_rendition("width-20").url
    for role in (roles.EDITOR, "superuser"):
        assert staff(role).get(path).status_code == 403
        assert staff(role, proved=True).get(path).status_code == 200


# What may look at a role itself: the rule, what is done with it, and what shows it to its holder.
MAY_LOOK = {
    "portal.stakeholders.models.people",
    "portal.stakeholders.permissions",  # who may change a superuser's account, of the one changed
    "portal.stakeholders.admin_views.dashboard",  # says what was given to whom without a factor
    "portal.stakeholders.admin_views.people_list",  # says what was given to whom
    "portal.stakeholders.admin_views.people",  # keeps the last administrator one
    "portal.stakeholders.actions.invitations",  # gives what was offered
    "portal.stakeholders.models.invitations",
    "portal.stakeholders.actions.exports",  # says it to its holder
    "consultations.moderation.wagtail_hooks",  # beside whom a clearance can be proposed
    "portal.stakeholders.wagtail_hooks",  # the log says what roles a changed account has
    "portal.cms.models.approval",
    "portal.cms.library.privacy",
    "knowledge.guides.permissions",
    "portal.management.demo.people",
}
WAYS_AROUND = {"is_superuser", "roles", "user_has_any_permission", "was_given"}


def test_no_power_goes_around_the_rule():
    """Each asks `has_role` or `has_perm`; what looks at a role itself asks `is_in_force` beside."""
    looking = {
        name
        for name, path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in WAYS_AROUND
    }
    assert looking <= MAY_LOOK
    for name in ("portal.cms.models.approval", "portal.cms.library.privacy"):
        assert "is_in_force" in (ROOT / f"{name.replace('.', '/')}.py").read_text()
    assert "is_in_force" in (ROOT / "knowledge/guides/permissions.py").read_text()
