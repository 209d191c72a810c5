"""Who may do what for search."""

from django.contrib.auth.models import AnonymousUser

from portal.stakeholders.models import User


def user_can_add_synonyms(user: User | AnonymousUser) -> bool:
    """Say whether this person may write a new group of synonyms."""
    return user.has_perm("curation.add_synonymgroup")


def user_can_promote(user: User | AnonymousUser) -> bool:
    """Say whether this person may put a result above all others."""
    return user.has_perm("wagtailsearchpromotions.add_searchpromotion")


def user_can_read_missed_searches(user: User | AnonymousUser) -> bool:
    """Say whether this person may see what others searched and did not find."""
    return user.has_perm("curation.view_missedsearch")
