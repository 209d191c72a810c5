"""Invented organisations and people, and the accounts that a newcomer signs in with."""

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils import timezone

from consultations.moderation.actions import give_clearance, propose_clearance
from portal.management.demo.content import read
from portal.stakeholders import roles
from portal.stakeholders.models import Organisation, State, User

HOST = "secretariat"


@dataclass(frozen=True)
class Account:
    """An account of the demonstration that a newcomer may sign in with."""

    email: str
    name: str
    does: str
    submitter_type: str = "intergovernmental"
    roles: tuple[str, ...] = ()
    organisation: str = ""
    signs: bool = False
    superuser: bool = False
    cleared: bool = False
    state: str = ""


ACCOUNTS = (
    Account("member@demo.example", "Mika Member", "comments, as academia", "academia"),
    Account(
        "drafter@demo.example",
        "Dana Drafter",
        "writes for a trade body",
        "trade-body",
        organisation="aste",
    ),
    Account(
        "signer@demo.example",
        "Sol Signer",
        "signs what it sends",
        "trade-body",
        organisation="aste",
        signs=True,
    ),
    Account(
        "official@demo.example",
        "Olu Official",
        "answers officially",
        roles=(roles.OFFICIAL,),
        organisation=HOST,
    ),
    # Nothing is said in its name: whoever signs in so sees what a delegate sees.
    Account(
        "delegate@demo.example",
        "Dara Delegate",
        "is delegate of a state",
        "government",
        roles=(roles.STATE_DELEGATE,),
        state="EE",
    ),
    Account("analyst@demo.example", "Ansa Analyst", "reads all responses", roles=(roles.ANALYST,)),
    Account("editor@demo.example", "Edda Editor", "writes guides", roles=(roles.EDITOR,)),
    Account("approver@demo.example", "Anil Approver", "approves them", roles=(roles.EDITOR,)),
    Account(
        "moderator@demo.example",
        "Mona Moderator",
        "screens responses, moderates",
        roles=(roles.MODERATOR,),
        cleared=True,
    ),
    Account("second@demo.example", "Suda Second", "is the second", roles=(roles.MODERATOR,)),
    Account("admin@demo.example", "Ada Administrator", "everything", superuser=True),
    Account(
        "clearer@demo.example",
        "Cleo Clearer",
        "clears with her",
        roles=(roles.ADMINISTRATOR,),
    ),
)


def load_people(password: str) -> dict[str, User]:
    """Organisations, people and accounts; returns the people by the key of the content file."""
    content = read("people.toml")
    organisations = load_organisations(content["organisation"])
    hashed = make_password(password)  # once: a second for each account is a long wait at the start
    for account in ACCOUNTS:
        load_account(account, organisations.get(account.organisation), hashed)
    for account in ACCOUNTS:
        if account.cleared:
            clear(User.objects.get(email=account.email))
    return {entry["key"]: load_person(entry, organisations) for entry in content["person"]}


def load_organisations(entries: list[dict[str, Any]]) -> dict[str, Organisation]:
    return {
        entry["key"]: Organisation.objects.get_or_create(
            name=entry["name"],
            defaults={
                "submitter_type": entry["submitter_type"],
                "verified_on": timezone.localdate() if entry["verified"] else None,
            },
        )[0]
        for entry in entries
    }


def load_person(entry: dict[str, Any], organisations: dict[str, Organisation]) -> User:
    """Load one who has written, and signs for their body; nobody knows a password for them."""
    return person(
        entry["email"],
        name=entry["name"],
        submitter_type=entry["submitter_type"],
        affiliation=entry["affiliation"],
        organisation=organisations.get(entry["organisation"]),
        signs_for_organisation=bool(entry["organisation"]),
    )


def load_account(account: Account, organisation: Organisation | None, hashed: str) -> User:
    user = person(
        account.email,
        hashed,
        name=account.name,
        submitter_type=account.submitter_type,
        organisation=organisation,
        signs_for_organisation=account.signs,
        state=State.objects.filter(iso2=account.state).first() if account.state else None,
        is_superuser=account.superuser,
        is_staff=account.superuser,
    )
    user.groups.set(Group.objects.filter(name__in=account.roles))
    return user


def clear(person: User) -> None:
    """Clear the person by two administrators, as anybody is, unless it was done before."""
    if not person.clearances.exists():
        first, second = (
            User.objects.get(email=f"{name}@demo.example") for name in ("admin", "clearer")
        )
        give_clearance(clearance=propose_clearance(person=person, by=first), by=second)


def person(email: str, hashed: str | None = None, **fields: Any) -> User:
    """Return the person with this address, made with a verified address where there is none."""
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, None, **fields)
        if hashed is not None:
            user.password = hashed
            user.save(update_fields=["password"])
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user
