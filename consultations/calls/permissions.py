"""Who decides about a consultation beyond what Wagtail's own page permissions say."""

from consultations.calls.models import ConsultationText, Interest
from portal.stakeholders.models import Person
from portal.stakeholders.roles import ADMINISTRATOR, ANALYST, EDITOR, MODERATOR

# Where the person of a request keeps what a list has read of them.
KNOWN_INTERESTS = "_consultations_of_interest"
WHO_DECIDE = (EDITOR, MODERATOR, ANALYST, ADMINISTRATOR)


def user_can_extend(user: Person) -> bool:
    """Editors and administrators give more time."""
    return bool(user.is_authenticated and user.has_role(EDITOR, ADMINISTRATOR))


def user_can_correct(user: Person) -> bool:
    """Editors and administrators correct the wording of what is being asked."""
    return user_can_extend(user)


def user_has_interest(user: Person, consultation_id: int | None) -> bool:
    """
    Say whether this person has declared an interest there, so does not decide there: one query.

    Every power over what was sent, said or published in a consultation asks this. A list that asks
    it for each of its rows has it read once (`remember_interests`).
    """
    if not user.is_authenticated:
        return False
    known: frozenset[int] | None = getattr(user, KNOWN_INTERESTS, None)
    if known is not None:
        return consultation_id in known
    return bool(Interest.objects.of(user, consultation_id).exists())


def consultations_of_interest(user: Person) -> frozenset[int]:
    """Return the keys of the consultations in which this person has declared an interest."""
    mine = Interest.objects.in_force().filter(person=user.pk)
    return frozenset(mine.values_list("consultation", flat=True))


def remember_interests(user: Person) -> None:
    """Read once, for a page that only shows, where the person who asks for it has an interest."""
    setattr(user, KNOWN_INTERESTS, consultations_of_interest(user))


def user_can_declare_interest(user: Person) -> bool:
    """Let everybody declare an interest of their own who reads, screens, writes or decides."""
    return bool(user.is_authenticated and user.has_role(*WHO_DECIDE))


def user_can_read_interests(user: Person) -> bool:
    """Let those read what others declared who approve, and administrators."""
    return user_can_extend(user)


def user_can_translate(user: Person) -> bool:
    """Editors and administrators write the texts of a consultation in other languages."""
    return user_can_extend(user)


def user_can_approve_text(user: Person, text: ConsultationText) -> bool:
    """
    Say whether this person may approve words in a language: as of guides, neither who wrote them
    last nor who submitted them, superusers included; nobody with an interest in the consultation.
    """
    writers = {text.written_by_id, text.submitted_by_id}
    may = user_can_translate(user) and user.pk not in writers
    return may and not text.consultation.bars(user)
