from django.contrib.auth.decorators import login_required
from django.urls import path

from portal.stakeholders import session_views, views
from portal.stakeholders.invitations import views as invitation_views
from portal.stakeholders.passkeys import views as passkey_views
from portal.stakeholders.proof import views as proof_views

urlpatterns = [
    path("", views.overview, name="account_overview"),
    path("delete/", views.delete, name="account_delete"),
    path("export/", views.export, name="account_export"),
    path("invitation/", invitation_views.invitation, name="account_invitation"),
    path("known/", views.known, name="account_known"),
    path("proof/", views.prove, name="account_proof"),
    path(
        "reauthenticate/code/",
        proof_views.MailedProofView.as_view(),
        name="account_reauthenticate_by_code",
    ),
    path("sessions/", session_views.sessions, name="account_sessions"),
    path("profile/", views.profile, name="account_profile"),
    # In place of allauth's, which come after these.
    path("password/set/", proof_views.set_password, name="account_set_password"),
    path("2fa/webauthn/login/", passkey_views.SignInView.as_view(), name="mfa_login_webauthn"),
    path(
        "2fa/webauthn/reauthenticate/",
        login_required(passkey_views.ProveView.as_view()),
        name="mfa_reauthenticate_webauthn",
    ),
]
