"""What is shown of a fact check: to readers, to the expert, to editors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from knowledge.fact_checks.models import Expert, FactCheck, Verdict
from knowledge.fact_checks.sections import Run, Section, beside, digest_of, gone, sections_of
from knowledge.guides.models import GuidePage
from knowledge.guides.parts import GuidePart


def digest_of_guide(guide: GuidePage) -> str:
    """Return the digest of the text that a page has as it is in hand."""
    return digest_of(guide.summary, guide.body.get_prep_value())


def public_line(expert: Expert, on: date) -> str:
    """Return the line on a guide's page that says who checked this very text, on which day."""
    return _("Facts checked by %(name)s, %(affiliation)s, on %(day)s, version %(version)s") % {
        "name": expert.name,
        "affiliation": expert.affiliation,
        "day": date_format(on),
        "version": expert.fact_check.version,
    }


def earlier_line(expert: Expert, on: date) -> str:
    """Return the same where the text has changed since."""
    said = {"name": expert.name, "affiliation": expert.affiliation, "day": date_format(on)}
    words = _(
        "An earlier text of this guide: facts checked by %(name)s, %(affiliation)s, on %(day)s"
    )
    return words % said


def public_lines(guide: GuidePage, request: HttpRequest) -> list[str] | None:
    """
    Return the lines that readers are shown of who checked a guide; None where there is none.

    Only of who agreed to it. Of the very text that is published, only of who found nothing
    incorrect in it; of an earlier text, of everybody. One query.
    """
    incorrect = Verdict.objects.filter(expert=OuterRef("pk"), kind=Verdict.Kind.INCORRECT)
    named = list(Expert.objects.named(guide.pk).annotate(has_findings=Exists(incorrect)))
    if not named:
        return None
    now, lines = digest_of_guide(guide), []
    for each in named:
        if each.sent_on is None:
            continue
        if each.fact_check.digest != now:
            lines.append(earlier_line(each, each.sent_on))
        elif not each.has_findings:
            lines.append(public_line(each, each.sent_on))
    return list(dict.fromkeys(lines)) or None


CHECKED_BY = GuidePart(
    "facts-checked",
    "about",
    "knowledge/fact_checks/checked_by.html",
    public_lines,
    has=lambda: Exists(Expert.objects.named(OuterRef("pk"))),
)


class Shown(NamedTuple):
    """One section as an expert is shown it; `changes` is None where nothing is published."""

    section: Section
    changes: list[list[Run]] | None

    @property
    def is_changed(self) -> bool:
        return any(run.kind != "same" for each in self.changes or [] for run in each)


class Text(NamedTuple):
    """The frozen text beside the published one; `gone` is what the published one has alone."""

    sections: list[Shown]
    gone: list[Section]
    is_published: bool
    is_same: bool


def text_of(check: FactCheck) -> Text:
    """Return the text of a round with what it changes in the text that is published now."""
    guide, checked = check.guide, check.sections
    if not guide.live:
        return Text([Shown(each, None) for each in checked], [], False, False)
    published = sections_of(guide.summary, guide.body.get_prep_value())
    changes = beside(published, checked)
    shown = [Shown(each, runs) for each, runs in zip(checked, changes, strict=True)]
    is_same = check.digest == digest_of_guide(guide)
    return Text(shown, gone(published, checked), True, is_same)


@dataclass(frozen=True)
class SectionOfRound:
    """One section of a round as editors see it, with what each expert who sent said of it."""

    number: int
    section: Section
    verdicts: list[Verdict]


def verdicts_by_section(check: FactCheck, experts: Sequence[Expert]) -> list[SectionOfRound]:
    """
    Return each section with the verdicts of all experts who have sent, in the experts' order.

    `experts` have their verdicts fetched.
    """
    sent = [each for each in experts if each.sent_on]
    by_section: dict[int, list[Verdict]] = {}
    for expert in sent:
        for verdict in expert.verdicts.all():
            verdict.expert = expert
            by_section.setdefault(verdict.section, []).append(verdict)
    return [
        SectionOfRound(number + 1, section, by_section.get(number, []))
        for number, section in enumerate(check.sections)
    ]


def unsettled(sections: Sequence[SectionOfRound]) -> int:
    """Return how many findings an editor has yet to settle."""
    return sum(
        verdict.is_finding and not verdict.outcome for each in sections for verdict in each.verdicts
    )


def receipt_of(expert: Expert) -> dict[str, Any]:
    """Return what an expert is told of what they sent: the day, and how many verdicts of a kind."""
    kinds = [each.kind for each in expert.verdicts.all()]
    return {
        "day": date_format(expert.sent_on) if expert.sent_on else "",
        "sections": len(kinds),
        "incorrect": kinds.count(Verdict.Kind.INCORRECT),
    }
