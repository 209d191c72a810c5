"""
People in the admin: the list, and adding and changing one.

Nobody sets another's password: a person whom staff add signs in by a code sent to their address.
"""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.users.views.users import EditView, UserViewSet

from portal.notifications.addresses import clean_address
from portal.sessions.actions import end_sessions
from portal.stakeholders import roles
from portal.stakeholders.actions import change_address_by_staff, keep_an_administrator
from portal.stakeholders.actions.errors import LastAdministrator
from portal.stakeholders.admin_views.accounts import delete_person
from portal.stakeholders.admin_views.people_list import PeopleFilterSet, PeopleIndexView
from portal.stakeholders.fields import StateChoiceField
from portal.stakeholders.models import User
from portal.stakeholders.names import clean_name
from portal.stakeholders.permissions import user_can_change_person, user_can_delete_person
from portal.web.forms import TypedText


class PersonForm(TypedText, forms.ModelForm):
    """A person as staff see them; the organisation given here counts as verified."""

    class Meta:
        model = User
        fields: ClassVar = [
            "email",
            "name",
            "submitter_type",
            "affiliation",
            "organisation",
            "signs_for_organisation",
            "state",
            "groups",
        ]
        labels: ClassVar = {"affiliation": _("Stated organisation"), "groups": _("Roles")}
        help_texts: ClassVar = {
            "groups": "",
            "organisation": _("Only once the organisation has confirmed that they speak for it."),
        }
        widgets: ClassVar = {"groups": forms.CheckboxSelectMultiple}
        field_classes: ClassVar = {"state": StateChoiceField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = cast(forms.ModelMultipleChoiceField, self.fields["groups"])
        groups.queryset = Group.objects.order_by("name")

    def clean_name(self) -> str:
        """Return any name that staff give, if it is what it shows."""
        name = clean_name(self.cleaned_data["name"])
        if not name:
            raise ValidationError(_("Enter a name; it may be a pseudonym."))
        return name

    def clean_affiliation(self) -> str:
        return clean_name(self.cleaned_data["affiliation"])

    def clean_email(self) -> str:
        email = clean_address(self.cleaned_data["email"])
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Someone has an account with this address."))
        return email

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("signs_for_organisation") and not data.get("organisation"):
            self.add_error(
                "signs_for_organisation",
                _("Choose the verified organisation that they sign for."),
            )
        return data


class PersonCreationForm(PersonForm):
    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        return super().save(commit)


class PersonEditForm(PersonForm):
    """Oneself, nobody can shut out."""

    class Meta(PersonForm.Meta):
        fields: ClassVar = [*PersonForm.Meta.fields, "is_active"]

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if editing_self:
            del self.fields["is_active"]
            self.fields["email"].disabled = True
            self.fields["email"].help_text = _(
                "Change your own under “Your account”, which asks you for proof first."
            )

    def clean(self) -> dict[str, Any]:
        """Refuse what would leave nobody who can give roles."""
        data = super().clean()
        stays = self.instance.is_superuser or any(
            group.name == roles.ADMINISTRATOR for group in data.get("groups", ())
        )
        if not (stays and data.get("is_active", True)):
            try:
                keep_an_administrator(but=self.instance)
            except LastAdministrator as refusal:
                self.add_error("groups" if not stays else "is_active", str(refusal))
        return data

    def save(self, commit: bool = True) -> User:
        person = super().save(commit)
        if commit and "email" in self.changed_data:
            change_address_by_staff(user=person, email=self.cleaned_data["email"])
        if commit and not person.is_active:
            end_sessions(person)
        return person


class PersonEditView(EditView):
    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not user_can_change_person(request.user, self.object):
            raise PermissionDenied
        self.can_delete = user_can_delete_person(request.user, self.object)


class PeopleViewSet(UserViewSet):
    menu_label = _("People")
    index_view_class = PeopleIndexView
    edit_view_class = PersonEditView
    filterset_class = PeopleFilterSet
    # A copy would take along what no form shows, a superuser's standing included.
    copy_view_enabled = False
    index_template_name = PeopleIndexView.template_name
    index_results_template_name = PeopleIndexView.results_template_name
    create_template_name = "wagtailadmin/generic/create.html"
    edit_template_name = "wagtailadmin/generic/edit.html"

    @property
    def delete_view(self) -> Any:
        """Return our own page: it asks for a reason, twice, and tells the person."""
        return delete_person

    def get_form_class(self, for_update: bool = False) -> type[PersonForm]:
        return PersonEditForm if for_update else PersonCreationForm
