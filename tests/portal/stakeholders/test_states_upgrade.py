"""What the upgrade to countries and territories makes of the states that were there before."""

from importlib import import_module

import pytest
from django.apps import apps

from portal.stakeholders.actions import load_states
from portal.stakeholders.models import State
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db

upgrade = import_module("portal.stakeholders.migrations.0005_states_and_countries")


@pytest.fixture(autouse=True)
def no_states(db):
    State.objects.all().delete()


def state(code: str, **fields) -> State:
    return State.objects.create(iso2=code, iso3=f"{code}X", **fields)


def test_people_and_bodies_keep_their_state_when_the_others_are_added():
    kenya = state("KE", code_status="invited", region="africa")
    person, body = UserFactory(state=kenya), OrganisationFactory(state=kenya)
    upgrade.keep_what_is_known(apps, None)
    State.objects.filter(iso2="KE").update(iso3="KEN")
    load_states()
    person.refresh_from_db()
    body.refresh_from_db()
    assert person.state == body.state == kenya
    assert (person.state.name, person.state.code_status) == ("Kenya", "")


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (("invited", "presumed re-invited"), ("invited", "")),
        (("not invited", "newly invited (AP report)"), ("", "invited")),
        (("host", "host"), ("host", "host")),
    ],
)
def test_an_invitation_stays_if_it_was_known_and_none_is_presumed(before, now):
    made = state("BE", summit_2021=before[0], summit_2023=before[1])
    upgrade.keep_what_is_known(apps, None)
    made.refresh_from_db()
    assert (made.summit_2021, made.summit_2023) == now
