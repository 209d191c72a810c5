"""The list of people in the admin: roles, second factor, last day, body and state, in one look."""

from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy
from django_filters import ChoiceFilter, ModelMultipleChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, TitleColumn
from wagtail.admin.widgets.button import Button
from wagtail.users.views.users import IndexView

from portal.languages.dates import month_and_year
from portal.stakeholders.models import FactorReset, Invitation, User
from portal.stakeholders.permissions import user_can_delete_person

FACTORS = [
    ("passkey", gettext_lazy("Passkey")),
    ("totp", gettext_lazy("Authenticator app")),
    ("none", pgettext_lazy("no second factor", "None")),
]
ACTIVE, LOCKED, NEW = "active", "locked", "new"
STATES = [
    (ACTIVE, gettext_lazy("Active")),
    (LOCKED, gettext_lazy("Locked")),
    (NEW, gettext_lazy("Address not confirmed yet")),
]


def with_what_is_shown(people: QuerySet[User]) -> QuerySet[User]:
    """Return people with all that their list says of them; the number of queries is fixed."""

    def has(kind: str) -> Exists:
        return Exists(Authenticator.objects.filter(user_id=OuterRef("pk"), type=kind))

    return (
        people.annotate(
            has_passkey=has(Authenticator.Type.WEBAUTHN),
            has_app=has(Authenticator.Type.TOTP),
            has_address=Exists(EmailAddress.objects.filter(user_id=OuterRef("pk"), verified=True)),
            last_day=TruncDate("last_login"),
        )
        .select_related("organisation", "state")
        .prefetch_related("groups")
    )


def roles_of(person: User) -> str:
    """Name the roles; a superuser has all."""
    if person.is_superuser:
        return gettext("Superuser")
    return ", ".join(sorted(group.name for group in person.groups.all()))


def factor_of(person: Any) -> str:
    """Name the second factors that are set up."""
    held = [FACTORS[0][1]] if person.has_passkey else []
    held += [FACTORS[1][1]] if person.has_app else []
    return ", ".join(str(each) for each in held) or str(FACTORS[2][1])


def last_seen(person: Any) -> str:
    """
    Return the day of the last sign-in of somebody who has a role; of a member the month.

    A member's day beside the days on which answers came in could say who gave one.
    """
    if person.last_day is None:
        return gettext("Never")
    has_role = person.is_superuser or bool(person.groups.all())
    return date_format(person.last_day) if has_role else month_and_year(person.last_day)


def body_of(person: User) -> str:
    """Name what staff have set: the organisation, the state, or both."""
    held = [person.organisation and person.organisation.name, person.state and person.state.name]
    return ", ".join(each for each in held if each)


def state_of(person: Any) -> str:
    """Say whether somebody can use their account, and whether they ever have."""
    if not person.is_active:
        return str(STATES[1][1])
    return str(STATES[0][1] if person.has_address else STATES[2][1])


class PeopleFilterSet(WagtailFilterSet):
    """Filters by role, second factor and state."""

    role = ModelMultipleChoiceFilter(
        label=gettext_lazy("Role"),
        queryset=Group.objects.order_by("name"),
        widget=CheckboxSelectMultiple,
        method="with_role",
    )
    factor = ChoiceFilter(
        label=gettext_lazy("Second factor"),
        choices=FACTORS,
        widget=RadioSelect,
        # Translators: in a filter: nothing is chosen. The same word stands for any thing.
        empty_label=gettext_lazy("All"),
        method="with_factor",
    )
    state = ChoiceFilter(
        label=gettext_lazy("State"),
        choices=STATES,
        widget=RadioSelect,
        empty_label=gettext_lazy("All"),
        method="in_state",
    )

    class Meta:
        model = User
        fields: ClassVar = ["role", "factor", "state"]

    def __init__(self, *args: Any, is_searching: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def with_role(self, people: QuerySet[User], name: str, roles: Any) -> QuerySet[User]:
        """Keep those who have any of the roles; nobody stands there twice."""
        if not roles:
            return people
        given = User.groups.through.objects.filter(user_id=OuterRef("pk"), group__in=roles)
        return people.filter(Exists(given))

    def with_factor(self, people: QuerySet[User], name: str, factor: str) -> QuerySet[User]:
        kept = {
            "passkey": Q(has_passkey=True),
            "totp": Q(has_app=True),
            "none": Q(has_passkey=False, has_app=False),
        }
        return people.filter(kept[factor])

    def in_state(self, people: QuerySet[User], name: str, state: str) -> QuerySet[User]:
        kept = {
            ACTIVE: Q(is_active=True, has_address=True),
            LOCKED: Q(is_active=False),
            NEW: Q(is_active=True, has_address=False),
        }
        return people.filter(kept[state])


class PeopleIndexView(IndexView):
    """The list of people, with those who are invited above it."""

    page_title = gettext_lazy("People")
    add_item_label = gettext_lazy("Invite a person")
    template_name = "stakeholders_admin/people.html"
    results_template_name = "stakeholders_admin/people_results.html"
    search_fields = ("name", "email")

    @cached_property
    def columns(self) -> list[Any]:
        named = self._get_title_column_class(TitleColumn)  # portraits are shown nowhere
        told = (
            ("roles", gettext_lazy("Roles"), roles_of),
            ("factor", gettext_lazy("Second factor"), factor_of),
            ("last", gettext_lazy("Last signed in"), last_seen),
            # Translators: a column: the organisation or the state that somebody speaks for.
            ("body", gettext_lazy("Body"), body_of),
            ("state", gettext_lazy("State"), state_of),
        )
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="user"),
            named(
                "name",
                accessor=str,
                label=gettext_lazy("Name"),
                sort_key="name",
                get_url=self.get_edit_url,
                classname="name",
                width="22%",
            ),
            Column("email", label=gettext_lazy("E-mail address"), sort_key="email"),
            *(Column(name, label=label, accessor=accessor) for name, label, accessor in told),
        ]

    def get_base_queryset(self) -> QuerySet[User]:
        return with_what_is_shown(User.objects.all())

    def order_queryset(self, queryset: Any) -> Any:
        # Wagtail would sort by first and last name, which our people have not.
        return super(IndexView, self).order_queryset(queryset)

    def get_add_url(self) -> str | None:
        return reverse("invite") if self.user_has_permission("change") else None

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = [*super().header_more_buttons]
        for label, page, icon in (
            (gettext("Invitations"), "invitations", "mail"),
            (gettext("Lost second factors"), "factor_resets", "key"),
            (gettext("Add a person without a mail"), "wagtailusers_users:add", "plus"),
        ):
            buttons.append(Button(label, url=reverse(page), icon_name=icon, priority=20))
        return buttons

    def get_delete_url(self, instance: User) -> str | None:
        if not user_can_delete_person(self.request.user, instance):
            return None
        return reverse("wagtailusers_users:delete", args=[instance.pk])

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add those who are invited, as far as they fit what is searched for."""
        invited = Invitation.objects.listed()
        if self.is_searching:
            invited = invited.filter(email__icontains=self.search_query)
        asked = FactorReset.objects.waiting(timezone.now()).count()
        return super().get_context_data(*args, invited=invited[:20], asked=asked, **kwargs)
