"""Builds what the knowledge wing shows: states, guides and learning material."""

from datetime import date

import factory

from portal.stakeholders.models import State

LAUNCH_LIST = "launch list (date of publication, not necessarily of each state's own decision)"
MONTH_ONLY = "month only, by inference: absent from the 30 March 2023 release"


class StateFactory(factory.django.DjangoModelFactory):
    """A Summit invitee; `subscribing=True` for a Subscribing State of the launch list."""

    class Meta:
        model = State

    class Params:
        subscribing = factory.Trait(
            code_status=State.CodeStatus.SUBSCRIBING,
            endorsed_on=date(2023, 3, 30),
            date_precision=LAUNCH_LIST,
        )

    iso2 = factory.Sequence(lambda n: f"{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}")
    iso3 = factory.LazyAttribute(lambda state: f"{state.iso2}X")
    name = factory.Sequence(lambda n: f"State {n:03}")
    region = "europe"
    code_status = State.CodeStatus.INVITED
    summit_2021 = "invited"
    summit_2023 = "presumed re-invited"
