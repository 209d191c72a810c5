"""How often each reason was used, as the pages of rules tell it; small numbers are not told."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count
from django.utils.translation import gettext as _

from consultations.discussion import policy as discussion
from consultations.discussion.models import Appeal, ModerationAct
from consultations.moderation.models import Appeal as ResponseAppeal
from consultations.moderation.models import ScreeningAct
from consultations.moderation.policy import (
    EXPLANATIONS,
    FOR_ACCEPTING,
    FOR_REJECTING,
    FOR_REMOVING,
    Reason,
    Verb,
)
from consultations.publication.models import PublicCopy
from consultations.publication.redaction import MEANINGS, RedactionReason
from consultations.publication.small_cells import FEWEST, shown_count


class Row(NamedTuple):
    """A reason, what it means, and how often it was used: text, as it may be "fewer than 5"."""

    code: str
    label: str
    meaning: str
    used: str


class Table(NamedTuple):
    key: str
    rows: list[Row]


def tables() -> list[Table]:
    """
    Return the reasons of each decision with their counts over all consultations.

    Acts that were undone, and those on versions that were replaced by another decision, count no
    more. Removals count whatever became of them, once for each reason and response. Redactions
    count the published responses in which a passage is left out for the reason.
    """
    accepted, rejected = _used(Verb.ACCEPT), _used(Verb.CONFIRM_REJECTION)
    removed = _used(Verb.HIDE, Verb.CONFIRM_REMOVAL, Verb.REMOVE)
    redactions = _redactions()
    return [
        Table("accept", _rows(FOR_ACCEPTING, accepted)),
        Table("reject", _rows(FOR_REJECTING, rejected)),
        Table("remove", _rows(FOR_REMOVING, removed)),
        Table(
            "redact",
            [
                Row(each.value, str(each.label), str(MEANINGS[each]), told(redactions[each.value]))
                for each in RedactionReason
            ],
        ),
    ]


class AppealCounts(NamedTuple):
    """
    Counts of removals taken back, and of appeals, over all consultations.

    Text, as they may be "fewer than 5".
    """

    published_again: str
    appealed: str
    granted: str
    refused: str


def appeal_counts() -> AppealCounts:
    """Return what the policy tells of removals taken back and of appeals, in two queries."""
    back = ScreeningAct.objects.filter(detail__returned=True).values("response").distinct().count()
    rows = ResponseAppeal.objects.order_by().values_list("decision__verb")
    decided = dict(rows.annotate(n=Count("pk")))
    granted = decided.get(Verb.GRANT_APPEAL, 0)
    refused = decided.get(Verb.REFUSE_APPEAL, 0)
    return AppealCounts(told(back), told_of_parts(decided.values()), told(granted), told(refused))


class CommentRules(NamedTuple):
    """
    The reasons for hiding a comment, with how many were hidden for each, and what came of appeals.

    Counts over all discussions, earlier wordings included: text, as they may be "fewer than 5".
    """

    rows: list[Row]
    appealed: str
    shown_again: str
    still_hidden: str


def comment_rules() -> CommentRules:
    """Return what the page of the moderation rules tells, in three queries."""
    hides = ModerationAct.objects.filter(verb=ModerationAct.Verb.HIDE).order_by()
    used = dict(hides.values_list("reason").annotate(n=Count("comment", distinct=True)))
    decided = dict(Appeal.objects.order_by().values_list("decision__verb").annotate(n=Count("pk")))
    granted = decided.get(ModerationAct.Verb.RESTORE, 0)
    upheld = decided.get(ModerationAct.Verb.UPHOLD, 0)
    return CommentRules(
        [
            Row(each.value, str(each.label), str(meaning), told(used.get(each.value, 0)))
            for each, meaning in discussion.EXPLANATIONS.items()
        ],
        told_of_parts(decided.values()),
        told(granted),
        told(upheld),
    )


def told_of_parts(parts: Iterable[int]) -> str:
    """Return a sum as it is published; not so exactly that a small part of it could be told."""
    parts = list(parts)
    total = sum(parts)
    if total >= FEWEST and any(shown_count(part) is None for part in parts):
        return _("at least %(number)d") % {"number": FEWEST}
    return told(total)


def told(count: int) -> str:
    """Return a count as it is published."""
    shown = shown_count(count)
    return _("fewer than %(number)d") % {"number": FEWEST} if shown is None else str(shown)


def _used(*verbs: Verb) -> dict[str, int]:
    """Return of how many responses acts in force of these kinds name each reason."""
    acts = ScreeningAct.objects.in_force().filter(verb__in=verbs).order_by()
    return dict(acts.values_list("reason").annotate(n=Count("response", distinct=True)))


def _rows(reasons: tuple[Reason, ...], counts: dict[str, int]) -> list[Row]:
    return [
        Row(each.value, str(each.label), str(EXPLANATIONS[each]), told(counts.get(each.value, 0)))
        for each in reasons
    ]


def _redactions() -> Counter[str]:
    found: Counter[str] = Counter()
    redacted = PublicCopy.objects.published().filter(is_redacted=True)
    for answers in redacted.values_list("answers", flat=True).iterator():
        found.update(
            {
                segment["redacted"]
                for answer in answers.values()
                for segment in answer.get("segments", ())
                if "redacted" in segment
            }
        )
    return found
