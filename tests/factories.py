"""What tests build people and organisations with; rooms' own factories stand in their folders."""

import factory
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from wagtail.signal_handlers import disable_reference_index_auto_update

from portal.stakeholders.models import Organisation, User


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")
    submitter_type = "civil-society"

    @classmethod
    def _create(cls, *args, **kwargs):
        with disable_reference_index_auto_update():
            return super()._create(*args, **kwargs)


class UserFactory(factory.django.DjangoModelFactory):
    """A member. `role="Editors"` puts them in that group; `verified=False` leaves e-mail open."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@people.example")
    name = factory.Sequence(lambda n: f"Person {n}")
    submitter_type = "academia"
    password = factory.LazyFunction(lambda: make_password(None))  # signs in by code, as most do

    @factory.post_generation
    def role(user, create, names, **kwargs):  # noqa: N805
        for name in [names] if isinstance(names, str) else names or []:
            user.groups.add(Group.objects.get_or_create(name=name)[0])

    @factory.post_generation
    def verified(user, create, value, **kwargs):  # noqa: N805
        if value is not False:
            user.emailaddress_set.create(email=user.email, verified=True, primary=True)
