"""Who signs in, and how: django-allauth, with a second factor for staff."""

import environ

env = environ.Env()

AUTH_USER_MODEL = "stakeholders.User"
AUTHENTICATION_BACKENDS = ["portal.stakeholders.backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "portal.stakeholders.password_validation.OwnWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_overview"
# What staff may do beyond members they may only in a session with a second factor.
STAFF_MFA_REQUIRED = env.bool("STAFF_MFA_REQUIRED", default=True)
# Sessions end: of staff soon after they do nothing, of members after days; and in any case.
STAFF_SESSION_IDLE_MINUTES = env.int("STAFF_SESSION_IDLE_MINUTES", default=30)
STAFF_SESSION_HOURS = env.int("STAFF_SESSION_HOURS", default=12)
SESSION_COOKIE_AGE = env.int("MEMBER_SESSION_IDLE_DAYS", default=14) * 24 * 3600
MEMBER_SESSION_DAYS = env.int("MEMBER_SESSION_DAYS", default=90)
# How long it is kept who of staff signed in, and what was refused to them.
STAFF_LOG_DAYS = env.int("STAFF_LOG_DAYS", default=365)

ACCOUNT_ADAPTER = "portal.stakeholders.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_FORMS = {
    "signup": "portal.stakeholders.forms.SignupForm",
    "login": "portal.stakeholders.forms.LoginForm",
    "add_email": "portal.stakeholders.forms.AddEmailForm",
    "request_login_code": "portal.stakeholders.forms.RequestLoginCodeForm",
    "reset_password": "portal.stakeholders.forms.ResetPasswordForm",
    "confirm_login_code": "portal.stakeholders.forms.LoginCodeForm",
    "confirm_email_verification_code": "portal.stakeholders.forms.EmailCodeForm",
    "confirm_password_reset_code": "portal.stakeholders.forms.PasswordResetCodeForm",
}
ACCOUNT_CHANGE_EMAIL = True  # one address a person; a new one replaces it once confirmed
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # proof again before an address or a way in changes
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# Mail can be slow: allauth's 3 minutes are short. No code lives longer than 10 (ASVS 6.5.5).
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or second factor is told to its owner
# Whether an address has an account is nobody's business but its owner's.
ACCOUNT_PREVENT_ENUMERATION = True
# What anybody can send is counted by us, by account and client together, and waits for its turn
# (portal/stakeholders/rate_limits.py): allauth counts by account alone, so that a stranger locks
# its owner out, or by address, which many may share. Left to it is what only who has signed in can
# send ("change_password", "reauthenticate").
ACCOUNT_RATE_LIMITS = {
    "confirm_email": None,
    "login": None,
    "login_failed": None,
    "manage_email": "10/m/user",
    "request_login_code": None,
    "reset_password": None,
    "reset_password_from_key": None,
    "signup": None,
}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_USER_DISPLAY = "portal.stakeholders.models.display_name"
MFA_ADAPTER = "portal.stakeholders.adapters.MFAAdapter"
MFA_FORMS = {
    "activate_totp": "portal.stakeholders.forms.ActivateTOTPForm",
    "authenticate": "portal.stakeholders.forms.SecondFactorForm",
    "reauthenticate": "portal.stakeholders.forms.SecondFactorAgainForm",
    "authenticate_webauthn": "portal.stakeholders.passkeys.forms.PasskeyForm",
    "reauthenticate_webauthn": "portal.stakeholders.passkeys.forms.PasskeyAgainForm",
    "add_webauthn": "portal.stakeholders.passkeys.forms.AddPasskeyForm",
    "edit_webauthn": "portal.stakeholders.passkeys.forms.PasskeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True  # one that asks for a finger, a face or a PIN is both steps
SESSION_ENGINE = "portal.sessions.store"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
