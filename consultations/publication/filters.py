"""What the address of the index asks: filters, one question, the order, a place in the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from consultations.calls.models import ConsultationPage
from consultations.publication.models import AnsweredQuestion, PublicCopy
from consultations.publication.queries import PublicCopyQuerySet
from consultations.questionnaires.parts import Questionnaire
from consultations.questionnaires.types import Question
from portal.search.facets import get_facet
from portal.search.query import FacetGroup, FacetOption
from portal.taxonomy.vocabularies import GROUP, LANGUAGE
from portal.web.addresses import href

PAGE_SIZE = 20
BY_NAME = "name"
# Facet → the column that it narrows by; what was answered stands in rows of its own.
COLUMNS = {"group": "shown_group", "state": "state", "language": "shown_language"}
ANSWERED = "answered"
LONGEST_REFERENCE = 64


@dataclass(frozen=True)
class Asked:
    """
    A reading of the index.

    `filters` maps a facet to the values chosen: several widen, several facets narrow. `question`
    is set where the answers to one question are asked for, `answered` the questions chosen.
    `anchor` is a copy that the page follows, or leads up to where `backwards`.
    """

    consultation: ConsultationPage
    filters: Mapping[str, Sequence[str]]
    question: Question | None
    by_name: bool
    anchor: PublicCopy | None
    backwards: bool
    questionnaire: Questionnaire = field(repr=False)

    @classmethod
    def of(cls, consultation: ConsultationPage, params: QueryDict) -> "Asked":
        """Return what an address asks; raise Http404 for what we do not have."""
        questionnaire = consultation.questionnaire()
        numbers = {each.number: each for each in questionnaire.questions}
        filters = {
            name: list(dict.fromkeys(value for value in params.getlist(name) if value))
            for name in (*COLUMNS, ANSWERED)
        }
        question = params.get("question", "")
        order = params.get("order", "")
        anchors = {name: str(params[name]) for name in ("after", "before") if params.get(name)}
        if (
            not set(filters["group"]) <= set(GROUP.keys)
            or not set(filters["language"]) <= set(LANGUAGE.keys)
            or not set(filters[ANSWERED]) <= set(numbers)
            or not all(_is_code(each) for each in filters["state"])
            or (question and question not in numbers)
            or order not in ("", BY_NAME)
            or len(anchors) > 1
        ):
            raise Http404
        return cls(
            consultation,
            {name: values for name, values in filters.items() if values},
            numbers.get(question),
            order == BY_NAME,
            _anchor(consultation, next(iter(anchors.values()), "")),
            "before" in anchors,
            questionnaire,
        )

    @property
    def copies(self) -> PublicCopyQuerySet:
        """Return all published copies that fit, in no order."""
        return self._narrowed(without="")

    def _narrowed(self, without: str) -> PublicCopyQuerySet:
        found: PublicCopyQuerySet = PublicCopy.objects.published().of(self.consultation)
        if self.question:
            found = found.having_answered([self.question.id])
        for name, values in self.filters.items():
            if name == without:
                continue
            if name == ANSWERED:
                found = found.having_answered(self._ids(values))
            else:
                found = found.filter(**{f"{COLUMNS[name]}__in": values})
        return found

    def _ids(self, numbers: Sequence[str]) -> list[str]:
        return [each.id for each in self.questionnaire.questions if each.number in numbers]

    def page(self) -> tuple[list[PublicCopy], PublicCopy | None, PublicCopy | None]:
        """Return a page of copies, and those by which to ask for the pages before and after."""
        found = self.copies.to_show().in_order(by_name=self.by_name, backwards=self.backwards)
        if self.anchor:
            narrow = found.before if self.backwards else found.after
            found = narrow(self.anchor, by_name=self.by_name)
        rows = list(found[: PAGE_SIZE + 1])
        more, rows = len(rows) > PAGE_SIZE, rows[:PAGE_SIZE]
        if self.backwards:
            rows.reverse()
            return rows, (rows[0] if rows and more else None), (rows[-1] if rows else None)
        return rows, (rows[0] if rows and self.anchor else None), (rows[-1] if more else None)

    def facets(self) -> list[FacetGroup]:
        """Return what can be chosen, counted with the other filters in force; a query a facet."""
        groups = [self._column_facet(name) for name in COLUMNS]
        if not self.question:
            groups.insert(1, self._answered_facet())
        return [group for group in groups if group.options]

    def _column_facet(self, name: str) -> FacetGroup:
        column = COLUMNS[name]
        rows = self._narrowed(name).exclude(**{column: ""}).order_by().values_list(column)
        counts = dict(rows.annotate(count=Count("pk")))
        chosen = self.filters.get(name, ())
        labels = get_facet(name).labels({*counts, *chosen})
        return FacetGroup(
            name,
            _("Country") if name == "state" else str(get_facet(name).label),
            [
                FacetOption(value, label, counts.get(value, 0), value in chosen)
                for value, label in labels.items()
            ],
        )

    def _answered_facet(self) -> FacetGroup:
        found = AnsweredQuestion.objects.filter(copy__in=self._narrowed(ANSWERED).values("pk"))
        counts = dict(found.order_by().values_list("question").annotate(count=Count("pk")))
        chosen = self.filters.get(ANSWERED, ())
        return FacetGroup(
            ANSWERED,
            _("Answers question"),
            [
                FacetOption(
                    each.number,
                    f"{each.number}. {each.text}",
                    counts.get(each.id, 0),
                    each.number in chosen,
                )
                for each in self.questionnaire.questions
                if each.id in counts or each.number in chosen
            ],
        )

    def pairs(self) -> list[tuple[str, str]]:
        """Return the address's parameters without a place in the list."""
        pairs = [("question", self.question.number)] if self.question else []
        pairs += [("order", BY_NAME)] if self.by_name else []
        return pairs + [(name, each) for name, values in self.filters.items() for each in values]

    def href(self, *, without: Sequence[tuple[str, str]] = (), **changed: Any) -> str:
        """Link to the index with pairs left out and parameters changed; "" takes one away."""
        return href([each for each in self.pairs() if each not in without], **changed)


def _is_code(text: str) -> bool:
    return len(text) == 2 and text.isascii() and text.isalpha() and text.isupper()


def _anchor(consultation: ConsultationPage, reference: str) -> PublicCopy | None:
    """Return the copy that an address names: one that everybody may know of, or raises Http404."""
    if not reference:
        return None
    if len(reference) > LONGEST_REFERENCE or not reference.isprintable():
        raise Http404
    known = PublicCopy.objects.ever_published().of(consultation)
    found = known.filter(response__reference=reference).first()
    if found is None:
        raise Http404
    return found
