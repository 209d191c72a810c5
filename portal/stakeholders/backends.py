"""How Django reads the person that a session names."""

from allauth.account.auth_backends import AuthenticationBackend as AllauthBackend

from portal.stakeholders.models import User


class AuthenticationBackend(AllauthBackend):
    """allauth's, which learns in the same query whether somebody is staff."""

    def get_user(self, user_id: int) -> User | None:
        person = User.objects.of_session(user_id)
        return person if person and self.user_can_authenticate(person) else None
