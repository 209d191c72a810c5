"""People with an account."""

from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import (
    AbstractBaseUser,
    AnonymousUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.stakeholders import roles
from portal.stakeholders.models.organisations import Organisation, State
from portal.taxonomy.fields import TermField
from portal.taxonomy.vocabularies import GROUP_OF_SUBMITTER, SUBMITTER_TYPE

# SQL, as it is asked on every page of whoever is signed in: for Django to write it takes twice as
# long as all the rest, and with that a post misses its goal (P3 in docs/benchmarks.md).
OF_SESSION = """
SELECT person.*, person.is_superuser OR EXISTS (
    SELECT 1 FROM stakeholders_user_groups given WHERE given.user_id = person.id
) AS is_staff_member
FROM stakeholders_user person WHERE person.id = %s
"""


def confirmed_addresses(user: Any, address: Any) -> models.QuerySet[EmailAddress]:
    """Return the confirmed addresses of a person (a key) that are `address` (an expression)."""
    # Not `iexact`: on SQLite that takes a "_" of one address for any character of another.
    found = EmailAddress.objects.alias(lowered=Lower("email"))
    return found.filter(user=user, verified=True, lowered=Lower(address))


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Create a person who signs in with `email`; without a password, by e-mailed code only."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Create a person with every permission, for `manage.py createsuperuser`."""
        return self.create_user(
            email, password, **{**fields, "is_staff": True, "is_superuser": True}
        )

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def of_session(self, user_id: int) -> "User | None":
        """Return who has this key, if anybody; `is_staff_member` costs no query of its own."""
        return next(iter(self.raw(OF_SESSION, [user_id])), None)

    def staff_without_factor(self) -> models.QuerySet["User"]:
        """Return active people who were given a role and have no second factor."""
        given = User.groups.through.objects.filter(user_id=OuterRef("pk"))
        factors = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
        staff = self.filter(Q(is_superuser=True) | Q(Exists(given)), is_active=True)
        return staff.exclude(Exists(factors.filter(user=OuterRef("pk"))))

    def signing_for(self, organisation_id: int) -> models.QuerySet["User"]:
        """Return those who may sign in an organisation's name, by name."""
        found = self.filter(organisation_id=organisation_id, signs_for_organisation=True)
        return found.filter(is_active=True).order_by("name", "pk")

    def administrators(self) -> models.QuerySet["User"]:
        """Return those who can give roles once their second factor is used: accounts open."""
        given = User.groups.through.objects.filter(
            user_id=OuterRef("pk"), group__name=roles.ADMINISTRATOR
        )
        return self.filter(Q(is_superuser=True) | Q(Exists(given)), is_active=True)

    def reachable(self, among: models.QuerySet["User"]) -> models.QuerySet["User"]:
        """Return those whose address was confirmed by a code: nobody else is written to."""
        return among.filter(Exists(confirmed_addresses(OuterRef("pk"), OuterRef("email"))))


class User(AbstractBaseUser, PermissionsMixin):
    """
    A person with an account, known by e-mail address.

    `affiliation` is what the person says of themself and is shown as unverified; `organisation`
    is set by staff, who have checked it, and so is whether the person may sign in its name.
    """

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(
        _("name"),
        max_length=100,
        help_text=_("Shown beside what you write. It may be a pseudonym."),
    )
    submitter_type = TermField(SUBMITTER_TYPE, default="undisclosed")
    affiliation = models.CharField(
        _("organisation"),
        max_length=200,
        blank=True,
        help_text=_("Shown as “not verified” until the portal's staff have checked it."),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("verified organisation"),
        related_name="people",
    )
    signs_for_organisation = models.BooleanField(
        _("signs for the organisation"),
        default=False,
        help_text=_("May send in its name what its people have prepared together."),
    )
    state = models.ForeignKey(
        State,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("delegate of"),
        help_text=_("For state delegates: the state whose page they keep."),
    )
    is_staff = models.BooleanField(_("staff"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    # Set for a person that a session names, where one was used in it (`middleware`); whoever is
    # read from the database otherwise has proved nothing.
    second_factor_used = False

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique_ignoring_case")
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def group(self) -> str:
        """Return the stakeholder group: a key of `vocabularies.GROUP`."""
        return GROUP_OF_SUBMITTER[self.submitter_type]

    @property
    def public_affiliation(self) -> str:
        """Return the verified organisation's name, else what the person states."""
        return self.organisation.name if self.organisation else self.affiliation

    @cached_property
    def roles(self) -> frozenset[str]:
        """Names of the roles held; a superuser holds all."""
        if self.is_superuser:
            return frozenset(roles.ROLES)
        return frozenset(self.groups.values_list("name", flat=True))

    @cached_property
    def is_staff_member(self) -> bool:
        """Say whether this person was given any role, whether it is in force or not."""
        return bool(self.roles)

    @property
    def is_in_force(self) -> bool:
        """
        Say whether what was given to this person as staff counts now.

        It does for an active account, in a session in which its second factor was used. Without,
        a member of staff is an ordinary member wherever they go. Every power of staff rests on
        this, through `has_role` and `has_perm` (docs/decisions/0025-staff-s-proof.md).
        """
        return self.is_active and (self.second_factor_used or not settings.STAFF_MFA_REQUIRED)

    def has_role(self, *names: str) -> bool:
        """Say whether this person holds any of the roles named, and it is in force."""
        return self.is_in_force and not self.roles.isdisjoint(names)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Say whether a role, or being a superuser, allows this, and it is in force."""
        return self.is_in_force and self.was_given(perm)

    def was_given(self, perm: str) -> bool:
        """Say whether a role, or being a superuser, allows this once it is in force."""
        return super().has_perm(perm)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_in_force and super().has_module_perms(app_label)

    def has_confirmed(self, address: str) -> bool:
        """Say whether this person has confirmed that the address is theirs."""
        return confirmed_addresses(self.pk, Value(address)).exists()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


def display_name(user: User) -> str:
    """Say how allauth's pages and mail address a person."""
    return str(user)


# Whoever asks for a page or acts: signed in or not.
Person = User | AnonymousUser
