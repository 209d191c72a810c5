"""What the pages of published responses are made of."""

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from consultations.calls import tabs
from consultations.calls.models import ConsultationPage
from consultations.calls.privacy import when_published
from consultations.publication.filters import Asked
from consultations.publication.metadata import citation, dataset
from consultations.publication.models import PublicCopy
from consultations.publication.presenters import (
    attachments,
    files_of,
    shown_answer,
    shown_parts,
)
from consultations.publication.queries import confidential_count
from consultations.publication.recording import place_of
from consultations.publication.redaction import RedactionReason
from consultations.publication.small_cells import FEWEST, shown_count
from consultations.publication.statistics import tallies
from consultations.publication.tabs import KEY
from consultations.questionnaires.types import Question
from consultations.responses.presenters import on_behalf
from portal.metadata import metadata
from portal.search.listing import Chip
from portal.stakeholders.countries import name_of
from portal.taxonomy.vocabularies import GROUP, LANGUAGE, SUBMITTER_TYPE

EXCERPT = 220


def consultation_or_404(slug: str) -> ConsultationPage:
    """Return the published consultation with this slug; raises Http404."""
    page = ConsultationPage.objects.readable().filter(slug=slug).first()
    if page is None:
        raise Http404
    return page


def copy_of(page: ConsultationPage, reference: str) -> PublicCopy | None:
    """
    Return what is published under a reference, or was.

    None for one that never was, the same whether there is such a response or not.
    """
    known = PublicCopy.objects.ever_published().of(page).to_show().select_related("version")
    copy = known.filter(response__reference=reference).first()
    if copy is not None:
        copy.consultation = page
    return copy


def copy_or_404(page: ConsultationPage, reference: str) -> PublicCopy:
    """Return the same as `copy_of`; raises Http404 where there is none."""
    copy = copy_of(page, reference)
    if copy is None:
        raise Http404
    return copy


def frame(page: ConsultationPage, title: str, *above: Any) -> dict[str, Any]:
    """Return what every page of this room has; `above` are further crumbs between the two."""
    crumbs = page.breadcrumbs_below()
    return {
        "consultation": page,
        "title": title,
        "reason_labels": {each.value: each.label for each in RedactionReason},
        "address": address(page),
        "when_published": when_published(page),
        "breadcrumb_items": [*crumbs, *above, {"text": title}],
    }


def address(page: ConsultationPage) -> str:
    return reverse("publication:index", args=[page.slug])


def index_crumb(page: ConsultationPage) -> dict[str, str]:
    return {"text": _("Responses"), "href": address(page)}


def index_context(request: HttpRequest, page: ConsultationPage) -> dict[str, Any]:
    """Return the index, or the answers to one question; raises Http404 for what cannot be asked."""
    asked = Asked.of(page, request.GET)
    copies, before, after = asked.page()
    groups = asked.facets()
    keep = dict(pair for pair in asked.pairs() if pair[0] in ("question", "order"))
    counted = totals(page)
    context = {
        "asked": asked,
        "entries": [_entry(copy, asked) for copy in copies],
        "facet_groups": groups,
        "keep": keep,
        "chips": _chips(asked, groups),
        "clear_href": asked.href(group="", answered="", state="", language=""),
        "previous_href": asked.href(before=before.response.reference) if before else "",
        "next_href": asked.href(after=after.response.reference) if after else "",
        "orders": [
            {
                # Translators: an order of a list.
                "text": _("Random"),
                "href": asked.href(order=""),
                "current": not asked.by_name,
            },
            {
                "text": _("By name"),
                "href": asked.href(order="name"),
                "current": asked.by_name,
            },
        ],
        "questions": list(asked.questionnaire.questions),
        "section_items": tabs.links(page, KEY),
        "totals": counted,
    }
    if counted["all"]:
        context |= metadata(request, dataset(page))
    if asked.question:
        _add_answers(context, asked, asked.question, copies)
    return context


def _entry(copy: PublicCopy, asked: Asked) -> dict[str, Any]:
    return {
        "shown": copy,
        "href": reverse(
            "publication:response", args=[asked.consultation.slug, copy.response.reference]
        ),
        "excerpt": "" if asked.question else _excerpt(copy, asked),
        "language": LANGUAGE.label_of(copy.shown_language),
    }


def _excerpt(copy: PublicCopy, asked: Asked) -> str:
    """Return the beginning of the first answer in words that stands whole."""
    for question in asked.questionnaire.questions:
        value = copy.answers.get(question.id, {}).get("value")
        if question.is_text and isinstance(value, str):
            return Truncator(value).chars(EXCERPT)
    return ""


def _add_answers(
    context: dict[str, Any], asked: Asked, question: Question, copies: list[PublicCopy]
) -> None:
    files = files_of(copies, asked.questionnaire)
    for entry, copy in zip(context["entries"], copies, strict=True):
        attached = {
            str(each.file.pk): each for each in attachments(copy, asked.questionnaire, files)
        }
        entry["answer"] = shown_answer(question, copy.answers[question.id], attached)
    context["tallies"] = tallies(question, asked.copies)


def _chips(asked: Asked, groups: list[Any]) -> list[Chip]:
    return [
        Chip(group.label, option.label, asked.href(without=[(group.name, option.value)]))
        for group in groups
        for option in group.options
        if option.selected
    ]


def totals(page: ConsultationPage) -> dict[str, Any]:
    """Count those published, by the group that the public is told, and those that are not shown."""
    found = PublicCopy.objects.published().of(page).order_by()
    counts = dict(found.values_list("shown_group").annotate(count=Count("pk")))
    confidential = confidential_count(page)
    shown = shown_count(confidential)
    return {
        "groups": [
            {"key": term.key, "count": counts[term.key]} for term in GROUP if term.key in counts
        ],
        "untold": counts.get("", 0),
        "all": sum(counts.values()),
        "confidential": confidential
        and (
            _("fewer than %(number)d") % {"number": FEWEST} if shown is None else str(confidential)
        ),
    }


def response_context(request: HttpRequest, copy: PublicCopy) -> dict[str, Any]:
    """Return a published response whole."""
    page = copy.consultation
    questionnaire = page.questionnaire()
    files = files_of([copy], questionnaire)
    return {
        **frame(page, copy.title, index_crumb(page)),
        **metadata(request, citation=citation(copy)),
        "copy": copy,
        "parts": shown_parts(copy, questionnaire, files),
        "state": name_of(copy.state),
        "language": LANGUAGE.label_of(copy.shown_language),
        "translated_into": LANGUAGE.label_of(copy.translated_into),
        "submitter_type": SUBMITTER_TYPE.label_of(copy.submitter_type),
        "represents": [
            {"key": label, "value": format_html("<bdi>{}</bdi>", value)}
            for label, value in on_behalf(copy.represents)
        ],
        "permalink": request.build_absolute_uri(copy.get_absolute_url()),
        "place_in_record": place_of(copy),
        "recorded_href": reverse(
            "publication:as_recorded", args=[page.slug, copy.response.reference]
        ),
    }
