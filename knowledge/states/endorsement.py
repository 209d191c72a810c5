"""What is known of a state's endorsement, in the words that the sources bear out and no others."""

from dataclasses import dataclass

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.stakeholders.models import State


@dataclass(frozen=True)
class Source:
    """A published page that the register rests on."""

    title: str | Promise
    href: str


SOURCES = (
    Source(
        gettext_lazy("Release on the Code of Conduct with the launch list, 30 March 2023"),
        "https://www.miragenews.com/code-of-conduct-for-export-controls-human-978128/",
    ),
    Source(
        gettext_lazy("A page of April 2023 that names 25 Subscribing States"),
        "https://blog.volkovlaw.com/2023/04/",
    ),
)

SUMMIT_WORDS = {
    "invited": gettext_lazy("Invited"),
    "not invited": gettext_lazy("Not on the list of invitees"),
    "host": gettext_lazy("Host"),
    "presumed re-invited": gettext_lazy("Presumed invited again; no list was checked"),
    "newly invited (AP report)": gettext_lazy("Newly invited, as the Associated Press reported"),
}
ROLE_WORDS = {
    "joint statement author": gettext_lazy("Author of the joint statement of 2021"),
    "expressed support": gettext_lazy("Expressed support in 2021"),
}

# Names that need a word of their own. The register takes no position on any of them.
NAME_NOTES = {
    "XK": gettext_lazy(
        "References to Kosovo shall be understood in the context of United Nations Security "
        "Council resolution 1244 (1999). The code XK is assigned by its users; it is not part of "
        "ISO 3166-1."
    ),
    "TW": gettext_lazy(
        "Shown under the name in the published list of Summit invitees. The name implies no "
        "position on status."
    ),
}


def is_month_only(state: State) -> bool:
    """Say whether the sources bear out the month of the endorsement but not the day."""
    return state.date_precision.startswith("month")


def since(state: State) -> str:
    """Return the date of the endorsement as exactly as it is known; empty if none is recorded."""
    if state.endorsed_on is None:
        return ""
    pattern = "F Y" if is_month_only(state) else "j F Y"
    return formats.date_format(state.endorsed_on, pattern)


def precision(state: State) -> str:
    """Say in a few words, for a table, what kind of date `since` is."""
    if state.endorsed_on is None:
        return ""
    if is_month_only(state):
        return _("month only")
    return _("launch list") if state.date_precision.startswith("launch list") else ""


def meaning_of_date(state: State) -> str:
    """Say in a sentence what the recorded date does and does not say; empty where there is none."""
    if state.endorsed_on is None:
        return ""
    if is_month_only(state):
        return _(
            "Only the month is known, and by inference: the state is not in the list of "
            "30 March 2023 and is named on a page of April 2023. The exact date is not verified."
        )
    if state.date_precision.startswith("launch list"):
        return _(
            "This is the day on which the launch list was published, not necessarily the day of "
            "the state’s own decision."
        )
    return state.date_precision


def summit_invitations(state: State) -> list[tuple[str, str]]:
    """(Summit, what is known of the invitation) for each; being invited is not attending."""
    both = (
        (_("Summit for Democracy 2021"), state.summit_2021),
        (_("Summit for Democracy 2023"), state.summit_2023),
    )
    return [(summit, str(SUMMIT_WORDS.get(value, value))) for summit, value in both if value]


def initiative_role(state: State) -> str:
    """Return the state's part in launching the Initiative; empty where none is recorded."""
    return str(ROLE_WORDS.get(state.initiative_role, state.initiative_role))


def name_note(state: State) -> str:
    """Return what must be said beside the state's name; empty for most."""
    return str(NAME_NOTES.get(state.iso2, ""))
