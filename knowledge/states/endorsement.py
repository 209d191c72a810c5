"""What is known of a state and the Code, in the words that the sources bear out and no others."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from portal.languages.dates import month_and_year
from portal.stakeholders.models import State

# The day on which the sources below were last looked up.
CHECKED_ON = date(2026, 11, 30)


UNKNOWN = gettext_lazy("unknown, since no list of those invited was found")


@dataclass(frozen=True)
class Source:
    """
    A document that a statement rests on; `href` is empty until its address was opened.

    `dated` is its date as exactly as it is known, in words. `language` is that of the title, where
    no catalogue has it.
    """

    title: str | Promise
    href: str = ""
    dated: str | Promise = ""
    language: str = ""


@dataclass(frozen=True)
class Summit:
    """
    A Summit for Democracy; `source` is what its invitations are known from.

    `otherwise` is said of a state for which none is recorded: only where a list was published is
    more known than that nothing is.
    """

    field: str
    name: str | Promise
    source: Source
    otherwise: str | Promise = UNKNOWN


@dataclass(frozen=True)
class Invitation:
    """Invitation to a Summit, as far as it is known, in words."""

    summit: Summit
    words: str


SOURCES = (
    Source(
        gettext_lazy(
            "US Department of State, release of 30 March 2023 with the launch list of 24 names"
        ),
        dated=gettext_lazy("30 March 2023"),
    ),
    Source(
        gettext_lazy("The Volkov Law Group, page of April 2023 that names 25 Subscribing States"),
        "https://blog.volkovlaw.com/2023/04/u-s-and-international-partners-unveil-new-code-of-"
        "conduct-respecting-human-rights-concerns-in-relation-to-export-control-measures/",
        dated=gettext_lazy("April 2023"),
    ),
    Source(
        gettext_lazy("SIPRI, commentary of March 2024 that counts 25 states"),
        "https://www.sipri.org/commentary/2024/export-controls-cyber-surveillance-summit-democracy",
        dated=gettext_lazy("March 2024"),
    ),
)
SUMMITS = (
    Summit(
        "summit_2021",
        gettext_lazy("9 and 10 December 2021, held online"),
        Source(
            gettext_lazy("US Department of State, list of invited participants of 23 November 2021")
        ),
        otherwise=gettext_lazy("not named in the published list"),
    ),
    Summit(
        "summit_2023",
        gettext_lazy("29 and 30 March 2023, five hosts"),
        Source(
            gettext_lazy("US Department of State, briefing of 22 March 2023"),
            "https://www.state.gov/briefings-foreign-press-centers/"
            "2023-summit-for-democracy-progress-in-the-year-of-action-2",
        ),
    ),
    Summit(
        "summit_2024",
        gettext_lazy("18 to 20 March 2024, Seoul"),
        Source(
            gettext_lazy("SIPRI, commentary of March 2024"),
            "https://www.sipri.org/commentary/2024/"
            "export-controls-cyber-surveillance-summit-democracy",
        ),
    ),
)
ROLE_WORDS = {
    "joint statement author": gettext_lazy("Author of the joint statement of 10 December 2021"),
    "expressed support": gettext_lazy("Expressed support on 10 December 2021"),
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


def in_short(subscribing: int) -> str:
    """Say in a sentence or two how many states the register has, and when it was last checked."""
    told = ngettext(
        "%(count)s state is known to have subscribed to the Code of Conduct since its release in "
        "March 2023. Sources were last looked up on %(day)s.",
        "%(count)s states are known to have subscribed to the Code of Conduct since its release in "
        "March 2023. Sources were last looked up on %(day)s.",
        subscribing,
    )
    return told % {"count": subscribing, "day": formats.date_format(CHECKED_ON)}


def is_month_only(state: State) -> bool:
    """Say whether the sources bear out the month of the endorsement but not the day."""
    return state.date_precision.startswith("month")


def since(state: State) -> str:
    """Return the date of the endorsement as exactly as it is known; empty if none is recorded."""
    if state.endorsed_on is None:
        return ""
    if is_month_only(state):
        return month_and_year(state.endorsed_on)
    return formats.date_format(state.endorsed_on)


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


def standing(state: State) -> str:
    """Say where the state stands with the Code, in one sentence with its date."""
    if not state.is_subscribing:
        return _(
            "Not on the list of Subscribing States of 2023. This says nothing about its policy."
        )
    if day := since(state):
        return _("Subscribing State to the Code of Conduct since %(date)s.") % {"date": day}
    return _("Subscribing State to the Code of Conduct; the day is not recorded.")


def source_of(state: State) -> Source | None:
    """Return what the endorsement is known from; None where there is none."""
    if not state.is_subscribing:
        return None
    with override(settings.LANGUAGE_CODE):
        named = {str(each.title): each.title for each in SOURCES}
    if title := named.get(state.endorsement_source):
        return Source(title, state.endorsement_url)
    return Source(state.endorsement_source, state.endorsement_url, language=settings.LANGUAGE_CODE)


def invitations(state: State) -> list[Invitation]:
    """List what is known of the state's invitation to each Summit; none is presumed."""
    return [
        Invitation(summit, str(getattr(state, f"get_{summit.field}_display")() or summit.otherwise))
        for summit in SUMMITS
    ]


def initiative_role(state: State) -> str:
    """Return the state's part in launching the Initiative; empty where none is recorded."""
    return str(ROLE_WORDS.get(state.initiative_role, state.initiative_role))


def name_note(state: State) -> str:
    """Return what must be said beside the state's name; empty for most."""
    return str(NAME_NOTES.get(state.iso2, ""))
