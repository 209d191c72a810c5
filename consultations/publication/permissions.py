"""Who publishes, redacts and takes down, and what may be published when."""

from collections.abc import Iterable
from datetime import datetime

from consultations.calls.permissions import user_has_interest
from consultations.calls.phases import is_over
from consultations.publication.models import PublicCopy
from consultations.publication.small_cells import FEWEST
from portal.stakeholders.models import Person
from portal.stakeholders.roles import ADMINISTRATOR, MODERATOR


def user_can_publish(user: Person, *consultations: int) -> bool:
    """
    Say whether this is a moderator or administrator, without an interest in any of some
    consultations (keys); screening says for which responses.
    """
    may = bool(user.is_authenticated and user.has_role(MODERATOR, ADMINISTRATOR))
    return may and not any(user_has_interest(user, each) for each in {*consultations})


def is_due(copy: PublicCopy, at: datetime) -> bool:
    """
    Say whether its time has come at an aware instant.

    That is when nobody can change a response any more. With a name it is earlier where people were
    told so; without one never, since the day would tell when it came in.
    """
    page = copy.consultation
    return is_over(page, at) or (page.publishes_while_open and not copy.is_nameless)


def held_back(copies: Iterable[PublicCopy], public: int) -> list[PublicCopy]:
    """
    Return which of some copies of one consultation may not be published together now.

    Those without a name whose writer did not allow that they stand alone, unless with them
    `FEWEST` such copies are public. `public` says how many are already.
    """
    nameless = [copy for copy in copies if copy.is_nameless]
    if len(nameless) + public >= FEWEST:
        return []
    return [copy for copy in nameless if not copy.response.even_if_alone]
