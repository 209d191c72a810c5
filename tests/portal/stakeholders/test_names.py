"""What people and bodies may be called: one rule for profiles, responses and signatories."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from consultations.responses.forms.identity import IdentityForm
from consultations.responses.signatories.forms import SignatoriesForm
from portal.stakeholders.actions import update_profile
from portal.stakeholders.lookalikes import said_in
from portal.stakeholders.models import ReservedName
from portal.stakeholders.names import checked_name, clean_name, reserved_from
from portal.stakeholders.roles import ADMINISTRATOR, MODERATOR
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db

UNSEEN = {
    "zero width space": "A\u200bna",
    "joiner between Latin letters": "A\u200dna",
    "non-joiner between Latin letters": "A\u200cna",
    "word joiner": "A\u2060na",
    "soft hyphen": "A\u00adna",
    "byte order mark": "\ufeffAna",
    "override": "\u202eAna\u202c",
    "isolate": "\u2067Ana\u2069",
    "mark of direction": "Ana\u200f",
    "filler of Hangul": "A\u3164na",
    "selector of variation": "A\ufe0fna",
    "tags": "Ana\U000e0041",
    "control": "A\x07na",
}
PORTAL = [
    "Moderator",
    "MODERATORS",
    "Mоderatоr",  # Cyrillic о
    "M0derat0r",
    "ＭＯＤＥＲＡＴＯＲ",
    "𝐌oderator",
    "M.o.d.e.r.a.t.o.r",
    "Mo\u200bderator",
    "Mödérâtor",
    "Rnoderator of this place",
    "Code in Practice",
    "Code ln Practice Team",
    "Cоde-in-Practice",
    "Администратор",
    "АДМИНИСТРАТОР сайта",
    "Official Answer",
    "ECHRI desk",
]
OFFICIAL = [
    "Ministry of Trade",
    "Ministrу of Trade",  # Cyrillic у
    "MINISTRY",
    "M i n i s t r y",
    "Ministère de l'Économie",
    "Ministere de l'economie",
    "Министерство торговли",
    "وزارة الخارجية",
    "European Comrnission",
    "Embassy of Exampleland",
    "Government of Exampleland",
]
INNOCENT = [
    "Ana Ruiz",
    "Иван Петров",
    "محمد بن سلمة",
    "می\u200cخواهم",
    "क्\u200dष",
    "Dr. Minister Jones",
    "Embassytown Readers",
    "Model Rater",
    "Practice Codes",
    "3M",
    "O'Brien-Łukasz",
    "李",
]


@pytest.mark.parametrize("typed", UNSEEN.values(), ids=UNSEEN)
def test_nothing_unseen_is_in_a_name(typed):
    assert clean_name(typed) == "Ana"


@given(st.text(max_size=40))
def test_cleaning_twice_changes_nothing_and_leaves_nothing_unseen(typed):
    name = clean_name(typed)
    assert clean_name(name) == name
    for each in name:
        assert unicodedata.category(each) not in ("Cc", "Cs", "Zl", "Zp")
        assert unicodedata.category(each) != "Cf" or each in "\u200c\u200d"


@pytest.mark.parametrize("name", INNOCENT)
def test_an_innocent_name_is_kept_as_it_is(name):
    assert checked_name(f"  {name} ", reserved_from()) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize("typed", ["42", "--", "؟", "٣٤", "🙂"])
def test_a_name_has_at_least_one_letter(typed):
    with pytest.raises(ValidationError, match="at least one letter"):
        checked_name(typed, reserved_from())


@pytest.mark.parametrize("typed", PORTAL)
def test_no_name_claims_to_be_the_portal(typed):
    with pytest.raises(ValidationError, match="kept for the portal"):
        checked_name(typed, reserved_from())


@pytest.mark.parametrize("typed", OFFICIAL)
def test_no_name_claims_to_be_an_official_body(typed):
    with pytest.raises(ValidationError, match="kept for official bodies"):
        checked_name(typed, reserved_from())


def test_no_name_wears_the_mark_of_what_was_verified():
    for typed in ("Ana Ruiz ✓", "✔ Ana Ruiz", "Ana Ruiz ✅ verified"):
        with pytest.raises(ValidationError, match="check mark"):
            checked_name(typed, reserved_from())


def test_the_bodies_that_the_portal_knows_are_reserved_to_their_people():
    body = OrganisationFactory(
        name="Export Office of Exampleland",
        submitter_type="government",
        verified_on=timezone.localdate(),
    )
    OrganisationFactory(name="Rights Watch", submitter_type="civil-society")
    assert checked_name("Rights Watch", reserved_from())
    for by in (None, UserFactory()):
        with pytest.raises(ValidationError, match="kept for official bodies"):
            checked_name("Export 0ffice of Exampleland", reserved_from(by))
    of_it = UserFactory(organisation=body)
    assert checked_name("Ministry and Export Office of Exampleland", reserved_from(of_it))
    with pytest.raises(ValidationError, match="kept for the portal"):
        checked_name("Moderator", reserved_from(of_it))


def test_a_body_that_was_not_verified_opens_nothing():
    body = OrganisationFactory(submitter_type="government")
    with pytest.raises(ValidationError):
        checked_name("Ministry of Trade", reserved_from(UserFactory(organisation=body)))


def test_staff_may_be_called_what_they_are():
    assert checked_name("Mona Moderator", reserved_from(UserFactory(role=MODERATOR)))


def test_long_words_are_found_in_others_and_short_ones_by_themselves():
    assert said_in("Xmoderatory", ["moderator"])
    assert said_in("Echrinox", ["ECHRI"]) is None
    assert said_in("of Government", ["Government of"]) is None


# -- where names are typed -------------------------------------------------------------------------


def profile(**typed):
    return {"name": "Ana", "submitter_type": "academia", "affiliation": "", **typed}


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("name", "Moderаtor", "kept for the portal"),
        ("affiliation", "Ministry of Trade", "kept for official bodies"),
        ("affiliation", "Code in Practice", "kept for the portal"),
    ],
)
def test_a_profile_says_what_is_wrong_and_keeps_what_was_typed(client, member, field, typed, told):
    client.force_login(member)
    answer = client.post(reverse("account_profile"), profile(**{field: typed}))
    page = answer.content.decode()
    assert told in page
    assert typed in page
    before = member.name
    member.refresh_from_db()
    assert member.name == before
    with pytest.raises(ValidationError):
        update_profile(user=member, **profile(**{field: typed}))


def test_a_name_of_which_nothing_is_seen_is_none(client, member):
    client.force_login(member)
    answer = client.post(reverse("account_profile"), profile(name="\u200b\u202e"))
    assert "Enter a name; it may be a pseudonym." in answer.content.decode()


def test_sign_up_holds_to_the_same_rule(client, db):
    sent = {"email": "new@people.example", **profile(name="Portal staff")}
    assert "kept for the portal" in client.post(reverse("account_signup"), sent).content.decode()


def test_a_profile_keeps_a_name_without_what_cannot_be_seen(client, member):
    client.force_login(member)
    client.post(reverse("account_profile"), profile(name="An\u200ba \u202eRuiz"))
    member.refresh_from_db()
    assert member.name == "Ana Ruiz"


def identity(by=None, **typed):
    sent = {"identity": "named", "name": "Ana", "organisation_name": "", "language": "en"}
    sent |= {"submitter_type": "academia", "place": "", **typed}
    return IdentityForm(sent, anonymous_allowed=True, by=by)


def test_a_response_holds_to_the_same_rule():
    assert "kept for the portal" in str(identity(name="M0derator").errors["name"])
    form = identity(organisation_name="Ministry of Trade")
    assert "kept for official bodies" in str(form.errors["organisation_name"])
    assert "at least one letter" in str(identity(name="\u200b1").errors["name"])
    form = identity(name="An\u200ba")
    assert form.is_valid()
    assert form.details()["name"] == "Ana"


def test_an_official_body_that_was_verified_answers_under_its_name():
    body = OrganisationFactory(submitter_type="government", verified_on=timezone.localdate())
    by = UserFactory(organisation=body)
    assert identity(by, organisation_name="Ministry of Trade").is_valid()


def test_what_staff_type_in_from_paper_stands_as_it_was_written():
    sent = {"identity": "organisation", "organisation_name": "Ministry of Trade", "language": "en"}
    form = IdentityForm(
        {**sent, "submitter_type": "government"}, anonymous_allowed=True, whole=True
    )
    assert form.is_valid(), form.errors


def test_signatories_hold_to_the_same_rule():
    form = SignatoriesForm({"name": "Moderator", "listed": "Ben Okoro\nAna, Ministry of Trade\n42"})
    assert not form.is_valid()
    assert "kept for the portal" in str(form.errors["name"])
    listed = str(form.errors["listed"])
    assert "Line 2: “ministry” is kept for official bodies" in listed
    assert "Line 3: A name has at least one letter." in listed


# -- the list --------------------------------------------------------------------------------------


def test_administrators_edit_the_list(client):
    client.force_login(UserFactory(role=ADMINISTRATOR))
    assert "ECHRI" in client.get("/admin/reserved_names/").content.decode()
    sent = {"words": "Cartographers' Guild", "kind": "portal"}
    assert client.post("/admin/reserved_names/new/", sent).status_code == 302
    with pytest.raises(ValidationError, match="kept for the portal"):
        checked_name("Cartographers guild", reserved_from())
    guild = ReservedName.objects.get(words="Cartographers' Guild")
    client.post(f"/admin/reserved_names/delete/{guild.pk}/")
    assert checked_name("Cartographers guild", reserved_from())


def test_moderators_do_not(client):
    client.force_login(UserFactory(role=MODERATOR))
    assert client.get("/admin/reserved_names/").status_code in (302, 403)
