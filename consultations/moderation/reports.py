"""
The report of what staff did with responses and comments, in the admin under “Reports”.

A response is named by its reference and nothing else: who sent it, and a note about it, stand on
its own page, for those who may open that. Days and no times: what was done within a day is in the
order of the references, which were drawn by chance.
"""

from typing import Any, ClassVar

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, F, IntegerField, Model, Q, QuerySet, Value
from django.db.models.functions import Cast, TruncDate
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from consultations.calls.models import ConsultationPage
from consultations.discussion.models import ModerationAct
from consultations.discussion.policy import HideReason
from consultations.moderation.models import ConfidentialView, ScreeningAct
from consultations.moderation.permissions import user_can_see_acts
from consultations.moderation.policy import Reason, Verb
from portal.formulas import safe
from portal.stakeholders.models import User

TEXT = CharField()
NOTHING = Value("", TEXT)
# Each table of acts: which it is in a row, whose act it is, and how its columns are read.
TABLES: list[tuple[type[Model], str, str, str, dict[str, Any]]] = [
    (
        ScreeningAct,
        "response",
        "by",
        "response__consultation",
        {"day": F("on"), "about": F("response__reference"), "what": F("verb"), "why": F("reason")},
    ),
    (
        ConfidentialView,
        "opened",
        "by",
        "response__consultation",
        {
            "day": TruncDate("at"),
            "about": F("response__reference"),
            "what": NOTHING,
            "why": NOTHING,
        },
    ),
    (
        ModerationAct,
        "comment",
        "moderator",
        "comment__thread__consultation",
        {
            "day": TruncDate("at"),
            "about": Cast("comment_id", TEXT),
            "what": F("verb"),
            "why": F("reason"),
        },
    ),
]
# Each kind of act: the table, and the verb there.
KINDS: dict[tuple[str, str], Any] = {
    **{("response", verb): label for verb, label in Verb.choices},
    ("opened", ""): _("Opened what is for officials only"),
    **{("comment", verb): label for verb, label in ModerationAct.Verb.choices},
}
ABOUT = {"response": _("response"), "opened": _("response"), "comment": _("comment")}
REASONS: dict[str, Any] = {**dict(HideReason.choices), **dict(Reason.choices)}


def acts(conditions: dict[str, Any] | None = None) -> QuerySet[Any, dict[str, Any]]:
    """
    Return what was done, the last day first, in one query over the tables of acts.

    `conditions` are those of the report's filters, by their names; what is empty is none.
    """
    wanted = {name: value for name, value in (conditions or {}).items() if value}
    days = wanted.get("day")
    found = []
    for table, of, who, page, columns in TABLES:
        rows: QuerySet[Any] = table._default_manager.annotate(
            **columns,
            place=F("number") if table is ScreeningAct else Value(0, IntegerField()),
            of=Value(of, TEXT),
            name=F(f"{who}__name"),
            title=F(f"{page}__title"),
        )
        chosen = Q()
        if "person" in wanted:
            chosen &= Q(**{who: wanted["person"]})
        if "consultation" in wanted:
            chosen &= Q(**{page: wanted["consultation"]})
        if "kind" in wanted:
            chosen &= Q(of=wanted["kind"].partition(":")[0], what=wanted["kind"].partition(":")[2])
        if days and days.start:
            chosen &= Q(day__gte=days.start.date())
        if days and days.stop:
            chosen &= Q(day__lte=days.stop.date())
        named = ("day", "about", "what", "why", "place", "of", "name", "title")
        found.append(rows.filter(chosen).order_by().values(*named))
    return found[0].union(*found[1:], all=True).order_by("-day", "of", "about", "place")


def people() -> QuerySet[User]:
    """Return whoever did anything that the report tells of, by name."""
    did = Q()
    for table, _of, who, _page, _columns in TABLES:
        did |= Q(pk__in=table._default_manager.filter(**{f"{who}__isnull": False}).values(who))
    return User.objects.filter(did).order_by("name", "pk")


class ActsFilterSet(WagtailFilterSet):
    """By person, consultation, kind of act and day."""

    person = django_filters.ModelChoiceFilter(
        label=_("Who"), queryset=lambda request: people(), empty_label=_("All")
    )
    consultation = django_filters.ModelChoiceFilter(
        label=_("Consultation"),
        queryset=lambda request: ConsultationPage.objects.order_by("title", "pk"),
        to_field_name="docket",  # in the address; a number there could be too large to look up
        empty_label=_("All"),
    )
    kind = django_filters.ChoiceFilter(
        label=_("What"),
        choices=lambda: [
            (f"{of}:{verb}", f"{label} ({ABOUT[of]})") for (of, verb), label in KINDS.items()
        ],
        empty_label=_("All"),
    )
    day = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)

    class Meta:
        model = ScreeningAct
        fields: ClassVar[list[str]] = []

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Put the conditions to each table: to all of them together none can be put."""
        return acts(self.form.cleaned_data)


def what_of(row: dict[str, Any]) -> str:
    """Say what was done."""
    return str(KINDS.get((row["of"], row["what"]), row["what"]))


def who_of(row: dict[str, Any]) -> str:
    """Say who did it; an account that is gone has no name any more."""
    return row["name"] or str(_("Former member of staff"))


def why_of(row: dict[str, Any]) -> str:
    """Say for which of the published reasons."""
    return str(REASONS.get(row["why"], row["why"]))


def about_of(row: dict[str, Any]) -> str:
    """Name the response by its reference, the comment by its number."""
    if row["of"] != "comment":
        return str(row["about"])
    return str(_("Comment %(id)s") % {"id": row["about"]})


def href_of(row: dict[str, Any]) -> str:
    """Return where it stands: a response's page in the admin, a comment's permanent address."""
    if row["of"] == "comment":
        return reverse("comment_permalink", args=[row["about"]])
    return reverse("screen_response", args=[row["about"]])


class ActsView(ReportView):
    """The listing, and the same as a spreadsheet."""

    page_title = _("Acts on responses and comments")
    verbose_name_plural = _("acts")
    header_icon = "history"
    index_url_name = "acts_of_staff"
    index_results_url_name = "acts_of_staff_results"
    results_template_name = "moderation/acts.html"
    filterset_class = ActsFilterSet
    default_ordering = None
    export_filename = "acts"
    columns: ClassVar = [
        Column("day", label=_("Day"), accessor=lambda row: date_format(row["day"])),
        Column("name", label=_("Who"), accessor=who_of),
        Column("what", label=_("What"), accessor=what_of),
        TitleColumn("about", label=_("Of what"), accessor=about_of, get_url=href_of),
        Column("title", label=_("Consultation"), accessor=lambda row: row["title"]),
        Column("why", label=_("Reason"), accessor=why_of),
    ]
    list_export: ClassVar = ["day", "who", "what", "about", "consultation", "reason"]
    export_headings: ClassVar = {
        "day": _("Day"),
        "who": _("Who"),
        "what": _("What"),
        "about": _("Of what"),
        "consultation": _("Consultation"),
        "reason": _("Reason"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not user_can_see_acts(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[Any, dict[str, Any]]:
        return acts()

    def to_row_dict(self, item: dict[str, Any]) -> dict[str, Any]:
        """Return a row of the spreadsheet, in which no cell is run."""
        cells = [who_of(item), what_of(item), about_of(item), item["title"], why_of(item)]
        return dict(zip(self.list_export, [item["day"].isoformat(), *safe(cells)], strict=True))
