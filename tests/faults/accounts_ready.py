"""`python -m tests.faults.accounts_ready EMAIL PASSWORD`: makes an account that can sign in."""

import sys

import django

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402

from portal.stakeholders.models import User  # noqa: E402

email, password = sys.argv[1:]
person = User(email=email, name="Owner", submitter_type="academia")
person.set_password(password)
person.save()
EmailAddress.objects.update_or_create(
    user=person, email=email, defaults={"verified": True, "primary": True}
)
