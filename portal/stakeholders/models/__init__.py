"""People, the organisations they speak for, and states."""

from portal.stakeholders.models.invitations import FactorReset, Invitation
from portal.stakeholders.models.organisations import Organisation, ReservedName, State
from portal.stakeholders.models.people import (
    Person,
    User,
    UserManager,
    confirmed_addresses,
    display_name,
)

__all__ = [
    "FactorReset",
    "Invitation",
    "Organisation",
    "Person",
    "ReservedName",
    "State",
    "User",
    "UserManager",
    "confirmed_addresses",
    "display_name",
]
